"""Papers of many makers with machine-readable lines, alone in a picture as people scan and photograph them: formats,
fonts, grounds under the lines, tables they lie on, sizes, turns, light, noise, compression. No real layout.

`specimens.py` draws what this product's own copies look like; here nothing but the lines is alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from server.documents.demo.card import check_digit
from server.identity.pictures import Picture, pixels
from tests.server.identity import specimens
from tests.server.identity.specimens import FAMILIES, FONTS, GIVEN, drawn_portrait, fill, letters

Format = Literal["TD1", "TD2", "TD3", "FR36", "book"]
"""`book`: a passport laid open, the page with the lines under another."""
SIZES: dict[Format, tuple[float, float]] = {  # millimetres
    "TD1": (85.6, 54), "TD2": (105, 74), "FR36": (105, 74), "TD3": (125, 88), "book": (125, 176)}  # fmt: skip
STATES = "UTO BEL ROU D ESP ITA GBR USA SEN MAR DZA CIV TUR POL PRT CHE VNM BRA".split()
TYPEFACES = ("DejaVuSansMono.ttf", "cmtt10.ttf", "DejaVuSansMono-Bold.ttf")
LABELS = ("DejaVuSans.ttf", "DejaVuSerif.ttf", "STIXGeneral.ttf", "DejaVuSans-Bold.ttf", "cmss10.ttf")
PITCH, LEADING, HIGH = 2.54, 5.5, 3.4  # millimetres: from a character to the next, from line to line, a font's size
MM = 12  # pixels


@dataclass(frozen=True)
class Paper:
    format: Format
    number: str
    lines: tuple[str, ...]
    picture: Picture
    how: str
    """What was done to it, for whoever looks for the cause of a miss."""


@dataclass(frozen=True)
class Camera:
    """`share` of the picture's width or height that the paper takes; `side`: the picture's longer one, in pixels;
    `turned`: quarters; `skew` in degrees; `tilt`: how far a corner is drawn in, as a share; `blur` and `noise` in
    pixels and grey levels of the picture."""

    side: int = 1600
    share: float = 0.8
    turned: int = 0
    skew: float = 0.0
    tilt: float = 0.0
    blur: float = 0.5
    noise: float = 2.0
    glare: float = 0.0
    shade: float = 0.0
    quality: int = 90


def paper(seed: int, camera: Camera | None = None, kind: Format | None = None) -> Paper:
    """One of them, each a different one, as it is scanned or photographed; `camera` and `kind` in place of any."""
    r = Random(f"paper {seed}")
    drawn = printed(seed, kind)
    how = camera or _camera(r)
    return replace(drawn, picture=_taken(drawn.picture, how, r), how=f"{drawn.how} {how}")


def printed(seed: int, kind: Format | None = None) -> Paper:
    """The same before it is taken, `MM` pixels a millimetre."""
    r = Random(f"printed {seed}")
    chosen: Format = kind or r.choice(("TD3", "TD3", "TD3", "book", "book", "TD1", "TD1", "TD2", "FR36"))
    number, lines = _lines(chosen, r)
    typeface = specimens.OCR_B if specimens.OCR_B.is_file() and r.random() < 0.75 else FONTS / r.choice(TYPEFACES)
    return Paper(chosen, number, lines, _drawn(chosen, lines, str(typeface), r), f"{chosen} {typeface.stem}")


def _camera(r: Random) -> Camera:
    side = r.choice((640, 800, 1000, 1280, 1600, 2000, 2600, 3600))
    small = side <= 800
    share = r.uniform(0.85, 1) if small else r.uniform(0.62, 1) if side < 1600 else r.uniform(0.35, 1)
    scan = r.random() < 0.5
    return Camera(
        side, share, r.choice((0, 0, 0, 0, 0, 1, 2, 3)), r.uniform(-3, 3) if scan else r.gauss(0, 5),
        0.0 if scan else r.uniform(0, 0.08), r.uniform(0.3, 0.6 if small else 0.4 + side / 2500), r.uniform(0.5, 6),
        0.0 if scan else r.choice((0, 0, 60, 110)), 0.0 if scan else r.uniform(0, 0.4), r.choice((45, 65, 80, 90, 95)),
    )


# What is printed -------------------------------------------------------------------------------------------------


def _lines(kind: Format, r: Random) -> tuple[str, tuple[str, ...]]:
    state = r.choice(STATES).ljust(3, "<")
    names = f"{letters(r.choice(FAMILIES.split()))}<<" + "<".join(letters(n) for n in r.sample(GIVEN.split(), 2))
    number = "".join(r.choice("ABCDEFGHJKLMNPRTUVWXYZ" if i < r.choice((0, 1, 2)) else "0123456789") for i in range(9))
    birth = _digit(f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}")
    expiry = _digit(f"{r.randint(10, 36)}{r.randint(1, 12):02}{r.randint(1, 28):02}")
    sex = r.choice("MF<")
    if kind in ("TD3", "book"):
        own = "".join(r.choice("0123456789") for _ in range(r.choice((0, 0, 7, 11, 14))))
        second = _digit(number) + state + birth + sex + expiry + _digit(fill(own, 14))
        last = check_digit(second[:10] + second[13:20] + second[21:43])
        return number, (fill(f"P<{state}{names}", 44), second + last)
    if kind == "TD2":
        second = _digit(number) + state + birth + sex + expiry + "<" * 7
        last = check_digit(second[:10] + second[13:20] + second[21:35])
        return number, (fill(f"I<{state}{names}", 36), second + last)
    if kind == "FR36":
        number = "".join(r.choice("0123456789") for _ in range(12))
        first = fill(f"IDFRA{names.partition('<<')[0]}", 30) + number[4:7] + number[:3]
        second = _digit(number) + fill(names.partition("<<")[2].replace("<", "<<"), 14) + birth + r.choice("MF")
        return number, (first, second + check_digit(first + second))
    first = fill(r.choice(("I<", "ID", "IR", "C<")) + state + _digit(number), 30)
    if r.random() < 0.3:
        number += f"{r.randint(0, 999):03}"
        first = fill(f"ID{state}{number[:9]}<{number[9:]}{check_digit(f'{number[:9]}<{number[9:]}')}", 30)
    second = fill(birth + sex + expiry + state, 29)
    second += check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    return number, (first, second, fill(names, 30))


def _digit(field: str) -> str:
    return field + check_digit(field)


def _drawn(kind: Format, lines: Sequence[str], typeface: str, r: Random) -> Picture:
    wide, high = (round(side * MM) for side in SIZES[kind])
    image = Image.fromarray(_ground(wide, high, r))
    draw = ImageDraw.Draw(image)
    top = high // 2 if kind == "book" else 0
    first = high - (len(lines) * LEADING + r.uniform(1.5, 6)) * MM
    _fields(image, draw, (0, top, wide, round(first)), r)
    if top:
        _fields(image, draw, (0, 0, wide, top), r, portrait=False)
        draw.line((0, top, wide, top), fill=(150, 150, 150), width=5)
    ink = r.choice(((15, 15, 15), (30, 25, 40), (55, 55, 60)))
    step = min(PITCH * MM, wide * 0.97 / len(lines[0]))
    size = HIGH * MM * r.uniform(0.9, 1.05)
    left = (wide - len(lines[0]) * step) * r.uniform(0.3, 0.7)
    if r.random() < 0.4:
        draw.rectangle((0, first - 2 * MM, wide, high), fill=(r.randint(225, 252),) * 3)
    letter = ImageFont.truetype(typeface, round(size))
    for i, line in enumerate(lines):
        for j, c in enumerate(line):
            draw.text((left + j * step, first + i * LEADING * MM), c, font=letter, fill=ink)
    if r.random() < 0.15:
        _across(image, r)
    return np.array(image)


def _ground(wide: int, high: int, r: Random) -> Picture:
    """Paper in two tints, waves, grain."""
    rng = np.random.default_rng(r.randrange(1 << 30))
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    one, other = rng.uniform(170, 250, 3), rng.uniform(170, 250, 3)
    share = (0.5 + 0.5 * np.sin(x / wide * rng.uniform(1, 7) + y / high * rng.uniform(1, 7)))[..., None]
    ground = one * share + other * (1 - share)
    for _ in range(r.randint(0, 8)):
        slope, deep, often = rng.uniform(-1, 1, 2), rng.uniform(10, 60), rng.uniform(0.005, 0.06)
        wave = y * slope[0] + x * slope[1] + deep * np.sin(x * often)
        ground[(wave % rng.uniform(14, 60)) < rng.uniform(1, 4)] -= rng.uniform(5, 45, 3)
    return pixels(np.clip(ground + rng.normal(0, rng.uniform(0, 5), ground.shape), 0, 255))


def _fields(image: Image.Image, draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], r: Random,
            portrait: bool = True) -> None:  # fmt: skip
    """A heading, a portrait, some fields, down to where lines may stand."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    label = FONTS / r.choice(LABELS)
    at = left + wide * 0.05
    if portrait and r.random() < 0.8:
        face = Image.fromarray(drawn_portrait(r.randrange(12))).resize((round(wide * 0.27), round(high * 0.45)))
        image.paste(face, (round(left + wide * 0.04), round(top + high * 0.18)))
        at = left + wide * 0.35
    rows = r.randint(3, 6)
    draw.text((left + wide * 0.05, top + high * 0.04), r.choice(("REPUBLIC OF UTOPIA", "CARTE D’ESSAI", "PASSPORT")),
              font=ImageFont.truetype(label, round(min(wide, 1.4 * high) * 0.045)), fill=(40, 40, 90))  # fmt: skip
    for i in range(rows):
        said = r.choice((*FAMILIES.split(), *GIVEN.split())) + " " + str(r.randint(1, 99999))
        place, unit = (at + (i % 2) * wide * 0.3, top + high * (0.2 + 0.7 / rows * i)), min(wide, 1.4 * high)
        draw.text(place, said, font=ImageFont.truetype(label, round(unit * 0.032)), fill=(30, 30, 30))
        draw.text((place[0], place[1] - unit * 0.018), r.choice(("Nom / Surname", "Nationality", "Date of birth")),
                  font=ImageFont.truetype(label, round(unit * 0.016)), fill=(90, 90, 110))  # fmt: skip


def _across(image: Image.Image, r: Random) -> None:
    """A specimen's stamp, pale, over everything but the lines."""
    stamp = Image.new("L", image.size, 0)
    letter = ImageFont.truetype(FONTS / "DejaVuSans-Bold.ttf", image.width // 9)
    ImageDraw.Draw(stamp).text((image.width * 0.2, image.height * 0.35), "SPECIMEN", font=letter, fill=90)
    turned = stamp.rotate(r.uniform(-5, 35), center=(image.width / 2, image.height / 2))
    image.paste((200, 60, 60), (0, 0), turned)


# How it is taken -------------------------------------------------------------------------------------------------


def _taken(drawn: Picture, how: Camera, r: Random) -> Picture:
    rng = np.random.default_rng(r.randrange(1 << 30))
    turned = pixels(np.rot90(drawn, how.turned))
    tall, across = turned.shape[:2]
    landscape = (across >= tall) if how.share > 0.6 else r.random() < 0.6
    wide, high = (how.side, round(how.side * r.uniform(0.66, 0.8)))
    wide, high = (wide, high) if landscape else (high, wide)
    scale = how.share * min(wide / across, high / tall)
    view = _view(turned, scale, (wide, high), how, rng)
    soft = cv2.GaussianBlur(turned, (0, 0), max(0.01, 0.35 / scale)) if scale < 1 else turned
    picture = _table(wide, high, r, rng)
    card = cv2.warpPerspective(soft, view, (wide, high), flags=cv2.INTER_LINEAR)
    mask = cv2.warpPerspective(np.full((tall, across), 255, np.uint8), view, (wide, high)) > 127
    picture[mask] = card[mask]
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    slope, spot = rng.uniform(-1, 1, 2).astype(np.float32), rng.uniform(0.2, 0.8, 2) * (wide, high)
    light = 1 - np.float32(how.shade) * np.clip(x / wide * slope[0] + y / high * abs(slope[1]), 0, 1)
    away = ((x - np.float32(spot[0])) ** 2 + (y - np.float32(spot[1])) ** 2) / np.float32(how.side * 0.12) ** 2
    lit = picture * light[..., None] + (np.float32(how.glare) * np.exp(-away))[..., None]
    grain = rng.normal(0, how.noise, (high // 4 + 1, wide // 4 + 1, 3)).astype(np.float32)
    lit = cv2.GaussianBlur(lit, (0, 0), how.blur) + np.tile(grain, (4, 4, 1))[:high, :wide]
    return pixels(np.clip(lit, 0, 255))


def _view(card: Picture, scale: float, size: tuple[int, int], how: Camera,
          rng: np.random.Generator) -> NDArray[np.float64]:  # fmt: skip
    tall, across = card.shape[:2]
    angle = np.deg2rad(how.skew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    half = np.array([[-across, -tall], [across, -tall], [across, tall], [-across, tall]]) / 2 * scale
    drawn_in = 1 - rng.uniform(0, how.tilt, (4, 1))
    corners = (half * drawn_in) @ turn.T
    corners *= min(1.0, *(np.array(size) / np.ptp(corners, axis=0)))
    room = np.maximum(0, np.array(size) - np.ptp(corners, axis=0)) / 2
    corners += np.array(size) / 2 - (corners.max(axis=0) + corners.min(axis=0)) / 2 + room * rng.uniform(-0.9, 0.9, 2)
    flat = np.array([[0, 0], [across, 0], [across, tall], [0, tall]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(flat, corners.astype(np.float32)), np.float64)


def _table(wide: int, high: int, r: Random, rng: np.random.Generator) -> NDArray[np.float32]:
    """A scanner's white, a desk, a cloth, wood."""
    which = r.randrange(4)
    colour = np.full(3, 250.0) if which == 0 else np.full(3, rng.uniform(60, 230)) + rng.uniform(-25, 25, 3)
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    weave = {2: lambda: 14 * np.sin(x / 2.1) * np.sin(y / 2.3),
             3: lambda: 18 * np.sin(y / high * 60 + 4 * np.sin(x / wide * 5)) + 8 * np.sin(y / 3 + x / 90)}  # fmt: skip
    pattern = weave[which]()[..., None] if which in weave else np.zeros((high, wide, 1), np.float32)
    return np.clip(colour.astype(np.float32) + pattern, 0, 255).astype(np.float32)
