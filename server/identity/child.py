"""The process that looks at pictures: started only by `worker.py`, it answers one question at a time.

It loads its models, then lowers its own limits: from there on it opens no file for writing, starts no process, and
each question has its share of processor time. It forgets every picture when it has answered.
"""
from __future__ import annotations

import json
import os
import resource
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, BinaryIO, cast

import cv2
from pydantic import TypeAdapter

from server.identity import face, ocr
from server.identity.answers import HEAD, opened, packed
from server.identity.detector import NoDetector, open_detector
from server.identity.findings import CopyQuality, IdentityDocument
from server.identity.identity_refusals import IdentityRefusal
from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.identity.presence import looked, sample
from server.identity.quality import examine
from server.identity.signals import Registered, Signals
from server.identity.watched import Looked, Memory
from server.identity.whole_check import check

NICE = 10
Question = dict[str, Any]
Job = Callable[[Question, Sequence[bytes], IdentitySettings], bytes]


def _check(question: Question, blobs: Sequence[bytes], settings: IdentitySettings) -> bytes:
    front, rest = blobs[0], list(blobs[1:])
    back = rest.pop(0) if question["has_back"] else None
    registered = TypeAdapter(Registered | None).validate_python(question["registered"])
    done = check(front, back, rest, registered, question["consent_to_face"] is True,
                 date.fromisoformat(question["today"]), settings)  # fmt: skip
    return packed(Signals, done)


def _presence(question: Question, blobs: Sequence[bytes], settings: IdentitySettings) -> bytes:
    memory, watch = opened(Memory, blobs[0]), TypeAdapter(WatchSettings).validate_python(question["watch"])
    taken = sample(blobs[1], settings, blobs[2:], float(question["step"]))
    return packed(Looked, looked(float(question["at"]), taken, watch, memory))


def _copy_quality(question: Question, blobs: Sequence[bytes], settings: IdentitySettings) -> bytes:
    rest = list(blobs)
    front = rest.pop(0) if question["has_front"] else None
    back = rest.pop(0) if question["has_back"] else None
    kind = cast(IdentityDocument, question["kind"])
    done = examine(kind, front, back, date.fromisoformat(question["today"]), settings)
    return packed(CopyQuality, done)


JOBS: dict[str, Job] = {"check": _check, "presence": _presence, "copy_quality": _copy_quality}


def main(settings_json: str) -> None:
    settings = TypeAdapter(IdentitySettings).validate_json(settings_json)
    out = _own_stdout()
    _load(settings)
    _confine(settings)
    out.write(b"R")
    out.flush()
    while (head := sys.stdin.buffer.read(HEAD.size)) and len(head) == HEAD.size:
        json_length, blob_length = HEAD.unpack(head)
        question = json.loads(sys.stdin.buffer.read(json_length))
        blobs = _cut(sys.stdin.buffer.read(blob_length), question["blobs"])
        _allow(settings)
        answer = _answered(question, blobs, settings)
        out.write(struct.pack(">I", len(answer)) + answer)
        out.flush()
        del blobs, answer


def _cut(joined: bytes, lengths: Sequence[int]) -> list[bytes]:
    parts: list[bytes] = []
    at = 0
    for length in lengths:
        parts.append(joined[at : at + length])
        at += length
    return parts


def _answered(question: Question, blobs: Sequence[bytes], settings: IdentitySettings) -> bytes:
    """`+` and the answer, or `-` and why not."""
    try:
        return b"+" + JOBS[question["job"]](question, blobs, settings)
    except IdentityRefusal as refusal:
        return b"-" + refusal.code.encode()


def _load(settings: IdentitySettings) -> None:
    """Everything that has to be read from disk; what is not installed is left out."""
    cv2.setNumThreads(0)
    with suppress(NoDetector):
        open_detector(settings.face_model)
    if face.model_files() is not None:
        face.load()
    if ocr.available():
        ocr.load()


def _confine(settings: IdentitySettings) -> None:
    """Limits that the process cannot raise again."""
    for what, most in (
        (resource.RLIMIT_AS, settings.address_space_bytes),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    # Live video goes before pictures: its processes never wait for one of these to have used up its slice.
    os.nice(NICE)
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _allow(settings: IdentitySettings) -> None:
    """Processor time for one more question: the limit counts from the process' beginning."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + settings.check_cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _own_stdout() -> BinaryIO:
    """Keep stdout for the answers: what a library prints goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


if __name__ == "__main__":
    main(sys.argv[1])
