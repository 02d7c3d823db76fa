"""What a made person's camera sees: a clip that Chromium plays as a fake camera (--use-file-for-fake-video-capture).

The person breathes, sways, blinks and speaks; asked to, holds a card at an angle before the lens. The clip loops.
"""
from __future__ import annotations

from dataclasses import dataclass
from io import BufferedWriter
from math import cos, pi, sin
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from server.documents.demo.faces import HEIGHT, WIDTH, person_svg, room_svg
from server.documents.typesetting import typeset_png

Picture = NDArray[np.uint8]
MJPEG_RATE = 30  # Chromium plays every MJPEG file at this rate: pictures are repeated to keep the time right
JPEG_QUALITY = 82
BLUR = 6.0  # standard deviation of the room's blur, in pixels
NOISE = 2.0  # standard deviation of the sensor's noise, in grey levels
CARD_WIDE = 0.55  # share of the picture's width
HAND = (132, 168, 219)  # BGR


@dataclass(frozen=True)
class _Scene:
    room: Picture
    calm: Picture
    blinking: Picture
    speaking: Picture
    card: Picture | None
    noise: list[NDArray[np.float32]]


def camera_clip(
    path: Path, card_png: bytes | None = None, seed: int = 0, seconds: float = 6.0,
    size: tuple[int, int] = (WIDTH, HEIGHT), fps: int = 15,
) -> None:  # fmt: skip
    """Write the clip to `path`: `.mjpeg` (small) or `.y4m` (no decoding). The same arguments give the same bytes.

    `size` is in even pixels; for `.mjpeg`, `fps` divides 30.
    """
    if path.suffix not in (".mjpeg", ".y4m") or size[0] % 2 or size[1] % 2:
        raise ValueError("a clip is .mjpeg or .y4m, of even width and height")
    if path.suffix == ".mjpeg" and MJPEG_RATE % fps:
        raise ValueError(f"an .mjpeg clip has a rate that divides {MJPEG_RATE}")
    scene, frames = _scene(seed, card_png), max(1, round(seconds * fps))
    with path.open("wb") as out:
        if path.suffix == ".y4m":
            out.write(f"YUV4MPEG2 W{size[0]} H{size[1]} F{fps}:1 Ip A1:1 C420jpeg\n".encode())
        for index in range(frames):
            picture = cv2.resize(_frame(scene, index, frames, fps, seed), size, interpolation=cv2.INTER_AREA)
            _write(out, path.suffix, _pixels(picture), MJPEG_RATE // fps)


def _write(out: BufferedWriter, suffix: str, picture: Picture, times: int) -> None:
    if suffix == ".y4m":
        out.write(b"FRAME\n" + cv2.cvtColor(picture, cv2.COLOR_BGR2YUV_I420).tobytes())
    else:
        _, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
        out.write(jpeg.tobytes() * times)


def _scene(seed: int, card_png: bytes | None) -> _Scene:
    room = cv2.GaussianBlur(_drawn(room_svg(seed))[..., :3], (0, 0), BLUR)
    card = None if card_png is None else cv2.imdecode(np.frombuffer(card_png, np.uint8), cv2.IMREAD_COLOR)
    if card_png is not None and card is None:
        raise ValueError("the card is not a picture")
    if card is not None:  # twice the size it is seen at is enough
        wide = min(card.shape[1], int(2 * CARD_WIDE * WIDTH))
        card = cv2.resize(card, (wide, card.shape[0] * wide // card.shape[1]), interpolation=cv2.INTER_AREA)
    rng = np.random.default_rng(seed)
    noise = [rng.normal(0, NOISE, (HEIGHT, WIDTH, 1)).astype(np.float32) for _ in range(8)]
    return _Scene(_pixels(room), _drawn(person_svg(seed)), _drawn(person_svg(seed, eyes_open=False)),
                  _drawn(person_svg(seed, mouth_open=0.7)), None if card is None else _pixels(card), noise)  # fmt: skip


def _drawn(svg: str) -> Picture:
    png = typeset_png("picture.typ", {"svg": svg, "width": WIDTH, "height": HEIGHT})
    return _pixels(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED))


def _pixels(picture: object) -> Picture:
    return np.asarray(picture, dtype=np.uint8)


def _frame(scene: _Scene, index: int, frames: int, fps: int, seed: int) -> Picture:
    turn = 2 * pi * index / frames  # every movement comes back to where it began: the clip loops without a jump
    person = _pose(scene, index, fps, seed)
    sway = cv2.getRotationMatrix2D((320, 430), 1.3 * sin(turn), 1 + 0.008 * cos(2 * turn))
    sway[:, 2] += (5 * sin(turn), 2.5 * cos(2 * turn))
    moved = _pixels(
        cv2.warpAffine(person, sway, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    )
    picture = _over(scene.room, moved[..., :3], moved[..., 3:])
    if scene.card is not None:
        picture = _hold(picture, scene.card, turn)
    return np.clip(picture + scene.noise[index % len(scene.noise)], 0, 255).astype(np.uint8)


def _pose(scene: _Scene, index: int, fps: int, seed: int) -> Picture:
    second = index / fps
    if (second + seed * 0.37) % 3.1 < 0.15:
        return scene.blinking
    speaks = Random(f"{seed} {int(second * 5)}").random() < 0.35
    return scene.speaking if speaks else scene.calm


def _over(under: NDArray[np.generic], above: Picture, alpha: NDArray[np.generic]) -> NDArray[np.float32]:
    share = alpha.astype(np.float32) / 255
    return (under.astype(np.float32) * (1 - share) + above.astype(np.float32) * share).astype(np.float32)


def _hold(picture: NDArray[np.float32], card: Picture, turn: float) -> NDArray[np.float32]:
    """The card before the chest, turned a little in space, with a reflection that wanders and a hand at its edge."""
    high, wide = card.shape[:2]
    corners = _corners(wide, high, turn)
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    view = cv2.getPerspectiveTransform(flat, corners)
    shrink = CARD_WIDE * WIDTH / wide
    lit = cv2.GaussianBlur(card, (0, 0), max(0.3, 0.35 / shrink)).astype(np.float32)
    lit += _glare(wide, high, turn)
    seen = cv2.warpPerspective(np.clip(lit, 0, 255).astype(np.uint8), view, (WIDTH, HEIGHT))
    mask = cv2.warpPerspective(np.full((high, wide, 1), 255, np.uint8), view, (WIDTH, HEIGHT))
    return _hand(_over(picture, _pixels(seen), mask[..., None]), corners)


def _corners(wide: int, high: int, turn: float) -> NDArray[np.float32]:
    """Where the card's corners are seen: a pinhole camera looking at a card turned about its three axes."""
    axes = np.array([0.16 + 0.04 * sin(turn), -0.22 + 0.05 * cos(turn), -0.07 + 0.02 * sin(2 * turn)])
    rotation = cv2.Rodrigues(axes)[0]
    half = np.array([[-wide, -high, 0], [wide, -high, 0], [wide, high, 0], [-wide, high, 0]], np.float64) / 2
    turned = half * (CARD_WIDE * WIDTH / wide) @ rotation.T
    focal = 1.2 * WIDTH
    seen = turned[:, :2] * focal / (turned[:, 2:] + focal)
    centre = np.array([300 + 4 * sin(turn), 352 + 3 * cos(turn)])
    return (seen + centre).astype(np.float32)


def _glare(wide: int, high: int, turn: float) -> NDArray[np.float32]:
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    band = (x / wide + 0.4 * y / high - 0.9 - 0.08 * sin(turn)) / 0.09
    return (46 * np.exp(-(band**2)))[..., None].astype(np.float32)


def _hand(picture: NDArray[np.float32], corners: NDArray[np.float32]) -> NDArray[np.float32]:
    x, y = (corners[1] * 0.35 + corners[2] * 0.65).tolist()
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    cv2.ellipse(mask, (int(x + 44), int(y + 46)), (52, 74), -24, 0, 360, 255, -1)
    cv2.ellipse(mask, (int(x + 4), int(y)), (40, 17), 18, 0, 360, 255, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), 1.6)
    return _over(picture, _pixels(np.full((HEIGHT, WIDTH, 3), HAND)), soft[..., None])
