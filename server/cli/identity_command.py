"""`visiojury identity COPY FRAME…`: compare camera frames with the copy of a document, and print what was measured.

COPY is a picture or a PDF (its second page is the back, unless `--back` says otherwise). Each FRAME is a picture or a
video file. The result is JSON; a value is null where it could not be measured, and `why` says why. There is no
overall score, here as on the jury's screen.
"""
from __future__ import annotations

import asyncio
import io
import json
import sys
from argparse import Namespace
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import av
import av.error
from av.video.frame import VideoFrame

from server.checking.supplied import worker_limits
from server.config import Config
from server.documents.confined import WorkerBroken
from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import IntakeLimits, intake, sniff
from server.documents.rendered_page import render_page
from server.identity.identity_refusals import IdentityRefusal, IdentityUnavailable
from server.identity.identity_settings import IdentitySettings
from server.identity.signals import MrzReading, Registered, Signals
from server.identity.worker import IdentityWorkers

DONE, FAILED, BAD_INPUT = 0, 1, 2
PICTURES = {"jpeg", "png", "webp"}
MOST_FRAMES = 120  # of a video: taken evenly from its first two minutes
STEP_SECONDS = 0.25
JPEG_QUALITY = 95


class Unusable(Exception):
    """What is wrong with a file, in one line for the person at the terminal."""


@dataclass(frozen=True)
class Asked:
    copy_front: bytes
    copy_back: bytes | None
    frames: tuple[bytes, ...]
    registered: Registered | None
    face: bool


def identity(given: Namespace, config: Config) -> int:
    """Print the signals as JSON and return 0; 1 where the computation failed; 2 with one line on stderr where a file
    cannot be used."""
    async def work() -> Signals:
        # Frames are whatever picture somebody has at hand, a photograph of twelve million pixels too.
        settings = replace(config.identity, frame_pixels=config.identity.picture_pixels)
        return await _checked(await _asked(given, config), settings)

    try:
        signals = asyncio.run(work())
    except (Unusable, IdentityRefusal) as problem:
        print(f"visiojury: {getattr(problem, 'text', problem)}", file=sys.stderr)
        return BAD_INPUT
    except (IdentityUnavailable, WorkerBroken) as problem:
        print(f"visiojury: {getattr(problem, 'text', problem)}", file=sys.stderr)
        return FAILED
    print(json.dumps(to_data(signals), ensure_ascii=False, indent=2))
    return DONE


async def _checked(asked: Asked, settings: IdentitySettings) -> Signals:
    workers = IdentityWorkers(settings)
    try:
        return await workers.check(asked.copy_front, asked.copy_back, asked.frames, asked.registered, asked.face,
                                   date.today())  # noqa: DTZ011 (the day where the person at the terminal is)
    finally:
        await workers.stop()


async def _asked(given: Namespace, config: Config) -> Asked:
    front, back = await _copy(given.copy, config)
    if given.back is not None:
        back, _ = await _copy(given.back, config)
    frames = [frame for path in given.frames for frame in _frames(path)]
    named = Registered(given.family, given.given) if given.family or given.given else None
    return Asked(front, back, tuple(frames), named, not given.no_face)


async def _copy(path: Path, config: Config) -> tuple[bytes, bytes | None]:
    """The copy's one or two pictures."""
    data = _read(path)
    if sniff(data) != "pdf":
        return data, None
    limits = worker_limits(config)
    try:
        clean = await intake(data, path.name, IntakeLimits(config.limits.upload_bytes, config.limits.upload_pages,
                                                           config.limits.upload_pixels, limits))  # fmt: skip
        drawn = [await render_page(clean.data, "pdf", page, config.pages.width_pixels, limits)
                 for page in range(1, min(clean.pages, 2) + 1)]  # fmt: skip
    except DocumentRefusal as refusal:
        raise Unusable(f"{path}: {refusal}") from None
    return drawn[0].data, drawn[1].data if len(drawn) > 1 else None


def _frames(path: Path) -> list[bytes]:
    data = _read(path)
    return [data] if sniff(data) in PICTURES else _of_video(path)


def _of_video(path: Path) -> list[bytes]:
    """Frames as JPEG, one every quarter of a second."""
    taken: list[bytes] = []
    due = 0.0
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise Unusable(f"{path}: neither a picture nor a video")
            for frame in container.decode(video=0):
                if float(frame.time or 0.0) >= due and len(taken) < MOST_FRAMES:
                    due += STEP_SECONDS
                    taken.append(_jpeg(frame))
                if len(taken) >= MOST_FRAMES:
                    break
    except (av.error.FFmpegError, OSError) as problem:
        if not taken:
            raise Unusable(f"{path}: neither a picture nor a video ({problem.__class__.__name__})") from None
    return taken


def _jpeg(frame: VideoFrame) -> bytes:
    out = io.BytesIO()
    cast(Any, frame).to_image().save(out, "JPEG", quality=JPEG_QUALITY)
    return out.getvalue()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from None


def to_data(signals: Signals) -> dict[str, object]:
    """The stable form: every key is always there, null where not measured. Without face comparison, `face` is
    null."""
    document = signals.row("document")
    face = signals.row("face")
    return {
        "document": {
            "portrait_ncc": signals.value("portrait"), "text_ncc_p20": signals.value("text"),
            "inliers": None if document is None or document.value is None else int(document.value),
            "mirrored": signals.mirrored if document is not None and document.value is not None else None,
        },
        "face": None if face is None else {"distance": face.value},
        "mrz": _mrz(signals.mrz),
        "bands": {row.name: row.band for row in signals.rows},
        "why": {row.name: row.code for row in signals.rows if row.band == "not_measurable"},
    }  # fmt: skip


def _mrz(mrz: MrzReading | None) -> dict[str, object]:
    keys = ("format", "number", "surname", "given_names", "birth", "sex", "nationality", "expiry", "lines")
    if mrz is None:
        return {**dict.fromkeys(keys), "valid": None, "checks": None, "frames": None, "agrees": None}
    fields: dict[str, object] = {key: getattr(mrz, key) for key in keys}
    days = {"birth": mrz.birth, "expiry": mrz.expiry}
    dates = {key: None if day is None else day.isoformat() for key, day in days.items()}
    return {**fields, **dates, "valid": mrz.valid, "checks": dict(mrz.checks), "frames": mrz.agreeing_frames,
            "agrees": dict(mrz.agrees)}  # fmt: skip
