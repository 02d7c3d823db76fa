"""A document held to a webcam: perspective, light, glare, a hand, blur, noise, and VP8 at a webcam's bit rate."""

from __future__ import annotations

import io
from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, cast

import av
import cv2
import numpy as np
from av.video.frame import PictureType
from PIL import Image

from server.identity.pictures import Picture

Hand = Literal["edge", "portrait", "none"]
RATES = {480: 550_000, 720: 1_300_000}  # bit/s, about what browsers give a camera


@dataclass(frozen=True)
class Holding:
    """`share` of the frame's width the document takes, `tilt` in radians (standard deviation), `glare` its strength
    in grey levels at `glare_at` (shares of the document's width and height)."""

    size: tuple[int, int] = (1280, 720)
    share: float = 0.65
    tilt: float = 0.12
    glare: float = 0.0
    glare_at: tuple[float, float] = (0.55, 0.4)
    glare_wide: float = 0.13
    hand: Hand = "edge"
    mirrored: bool = False
    light: float = 0.9
    frames: int = 5
    blur: float = 0.7
    noise: float = 3.0
    motion: float = 1.0
    at: tuple[float, float] | None = None
    """The document's centre in shares of the frame, beside the person, who is then on the left; None: anywhere."""


def shown(document: Picture, how: Holding, seed: int = 0, person: Picture | None = None) -> list[Picture]:
    """What a receiver decodes, frame by frame, RGB. `person` is behind the document."""
    rng = np.random.default_rng(seed)
    wide, high = how.size
    room = _room(wide, high, rng, person, beside=how.at is not None)
    lit = _lit(document, how)
    view = _view(document, how, rng)
    shrink = document.shape[1] / (how.share * wide)
    lit = cv2.GaussianBlur(lit, (0, 0), max(0.01, shrink * 0.35)) if shrink > 1 else lit
    step = rng.normal(0, how.motion, 2) * wide / 1280
    pictures = [_frame(lit, view, room, step * i, how, rng) for i in range(how.frames)]
    return vp8(pictures)


def _frame(lit: np.ndarray, view: np.ndarray, room: np.ndarray, off: np.ndarray, how: Holding,
           rng: np.random.Generator) -> Picture:  # fmt: skip
    wide, high = how.size
    moved = np.array([[1, 0, off[0]], [0, 1, off[1]], [0, 0, 1.0]]) @ view
    card = cv2.warpPerspective(lit, moved, (wide, high))
    mask = cv2.warpPerspective(np.full(lit.shape[:2], 255, np.uint8), moved, (wide, high))[..., None] / 255
    picture = room * (1 - mask) + card * mask
    if how.hand != "none":
        picture = _hand(picture, lit.shape, moved, how.hand)
    picture = cv2.GaussianBlur(picture, (0, 0), how.blur * wide / 1280)
    picture = np.clip(picture + rng.normal(0, how.noise, picture.shape), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(picture[:, ::-1]) if how.mirrored else picture


def _lit(document: Picture, how: Holding) -> np.ndarray:
    high, wide = document.shape[:2]
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    across = (x / wide - how.glare_at[0]) / how.glare_wide
    down = (y / high - how.glare_at[1]) / (how.glare_wide * 1.4)
    spot = across**2 + down**2
    return np.clip(document * how.light + 8 + how.glare * np.exp(-spot)[..., None], 0, 255)


def _view(document: Picture, how: Holding, rng: np.random.Generator) -> np.ndarray:
    wide, high = how.size
    tall, across = document.shape[:2]
    scale = min(how.share * wide / across, 0.92 * high / tall)
    half = np.array([[-across, -tall, 0], [across, -tall, 0], [across, tall, 0], [-across, tall, 0]]) * scale / 2
    pitch, yaw, roll = rng.normal(0, how.tilt, 3) * (1, 1, 0.4)
    turned = half @ cv2.Rodrigues(np.array([pitch, yaw, roll]))[0].T
    focal = 1.2 * wide
    seen = turned[:, :2] * focal / (turned[:, 2:] + focal)
    room = np.maximum(0, (np.array([wide, high]) - np.ptp(seen, axis=0)) / 2 * 0.7)
    place = np.array([wide, high]) / 2 + rng.uniform(-1, 1, 2) * room if how.at is None else np.array(how.at) * how.size
    corners = (seen + place).astype(np.float32)
    flat = np.array([[0, 0], [across, 0], [across, tall], [0, tall]], np.float32)
    return cv2.getPerspectiveTransform(flat, corners)


def _hand(picture: np.ndarray, shape: tuple[int, ...], view: np.ndarray, hand: Hand) -> np.ndarray:
    tall, across = shape[:2]
    at = {"edge": (1.01, 0.55), "portrait": (0.17, 0.5)}[hand]
    spot = cv2.perspectiveTransform(np.array([[[across * at[0], tall * at[1]]]], np.float32), view)[0, 0]
    side = np.linalg.norm(cv2.perspectiveTransform(np.array([[[0, 0], [0, tall]]], np.float32), view)[0][1]
                          - cv2.perspectiveTransform(np.array([[[0, 0]]], np.float32), view)[0, 0])  # fmt: skip
    mask = np.zeros(picture.shape[:2], np.uint8)
    big = (0.14, 0.09) if hand == "edge" else (0.42, 0.36)
    away = 1 if hand == "edge" else -1
    cv2.ellipse(mask, (int(spot[0]), int(spot[1])), (int(side * big[0]), int(side * big[1])), 0, 0, 360, 255, -1)
    arm = (int(spot[0] + away * side * 0.25), int(spot[1] + side * 0.17))
    cv2.ellipse(mask, arm, (int(side * 0.3), int(side * 0.26)), 0, 0, 360, 255, -1)
    soft = (cv2.GaussianBlur(mask, (0, 0), 1.5) / 255.0)[..., None]
    return picture * (1 - soft) + np.array([205, 160, 135]) * 0.85 * soft


def _room(wide: int, high: int, rng: np.random.Generator, person: Picture | None, beside: bool) -> np.ndarray:
    ground = cv2.resize(rng.integers(40, 200, (6, 8, 3)).astype(np.uint8), (wide, high), interpolation=cv2.INTER_CUBIC)
    for _ in range(8):
        x, y = int(rng.integers(0, wide)), int(rng.integers(0, high))
        to = (x + int(rng.integers(20, wide // 3)), y + int(rng.integers(20, high // 3)))
        cv2.rectangle(ground, (x, y), to, rng.integers(30, 220, 3).tolist(), -1)
    room = cv2.GaussianBlur(ground, (0, 0), wide / 320).astype(np.float64)
    if person is not None:
        scale = high * 0.75 / person.shape[0]
        grown = cv2.resize(person, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        left = 0 if beside else int(rng.integers(0, max(1, wide - grown.shape[1])))
        part = grown[:, : wide - left]
        room[high - part.shape[0] :, left : left + part.shape[1]] = part
    return room


def vp8(
    pictures: Sequence[Picture], rate: int | None = None, fps: int = 15, keyframes: Container[int] = ()
) -> list[Picture]:
    """What a receiver decodes of `encoded`."""
    decoder = av.CodecContext.create("vp8", "r")
    packets = encoded(pictures, rate, fps, keyframes)
    decoded = [one for data in packets for one in decoder.decode(av.Packet(data))]
    return [cast("Picture", one.to_ndarray(format="rgb24")) for one in decoded]


def encoded(
    pictures: Sequence[Picture], rate: int | None = None, fps: int = 15, keyframes: Container[int] = ()
) -> list[bytes]:
    """Through libvpx as browsers use it, at `rate` bit/s (by height if None). `keyframes`: those a receiver asks
    for, as every capture does."""
    high, wide = pictures[0].shape[:2]
    encoder = av.CodecContext.create("libvpx", "w")
    encoder.width, encoder.height, encoder.pix_fmt = wide, high, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, fps), Fraction(fps, 1)
    encoder.bit_rate = rate or RATES[480 if high <= 480 else 720]
    encoder.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0", "error-resilient": "1",
                       "max-intra-rate": "300", "qmin": "2", "qmax": "56", "static-thresh": "1"}  # fmt: skip
    packets: list[bytes] = []
    for i, picture in enumerate(pictures):
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
        frame.pts = i
        if i in keyframes:
            frame.pict_type = PictureType.I
        packets += [bytes(packet) for packet in encoder.encode(frame)]
    return packets + [bytes(packet) for packet in encoder.encode(None)]


def scanned(document: Picture) -> Picture:
    """The copy supplied beforehand: a scan, on a white page."""
    small = cv2.resize(document, None, fx=0.9, fy=0.9, interpolation=cv2.INTER_AREA)
    high, wide = small.shape[:2]
    page = np.full((round(high * 1.3), round(wide * 1.2), 3), 250, np.uint8)
    page[round(high * 0.1) : round(high * 0.1) + high, round(wide * 0.08) : round(wide * 0.08) + wide] = small
    return page


def photographed(document: Picture, seed: int = 0) -> Picture:
    """The same with a telephone, on a table."""
    how = Holding(size=(1600, 1200), share=0.8, tilt=0.06, hand="none", frames=1, motion=0)
    rng = np.random.default_rng(seed)
    room = _room(1600, 1200, rng, None, False)
    return _frame(_lit(document, how), _view(document, how, rng), room, np.zeros(2), how, rng)


def as_jpeg(picture: Picture, quality: int = 90) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=quality)
    return out.getvalue()
