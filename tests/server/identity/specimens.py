"""Made identity documents of no real layout: a printed ground shared by a kind, a portrait, fields, an MRZ.

Two people's documents of one kind share everything but what is theirs: that is the hard case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

import cv2
import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from server.documents.demo.card import check_digit
from server.documents.demo.demo_people import plain
from server.documents.demo.faces import person_svg, portrait_svg
from server.documents.typesetting import typeset_png
from server.identity.pictures import Picture, decode

Kind = Literal["new_card", "new_card_back", "old_card", "passport"]
MM = 10  # pixels
SIZES = {"new_card": (85.6, 54), "new_card_back": (85.6, 54), "old_card": (105, 74), "passport": (125, 88)}
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
OCR_B = Path("/usr/share/fonts/opentype/ocr-b/OCRB.otf")  # Debian's fonts-ocr-b, used where it is installed
GROUNDS = {
    "new_card": ((222, 230, 240), (228, 214, 222)), "new_card_back": ((224, 228, 240), (214, 226, 214)),
    "old_card": ((205, 222, 240), (190, 205, 232)), "passport": ((226, 214, 228), (206, 224, 236)),
}  # fmt: skip
PORTRAITS = {
    "passport": (0.035, 0.2, 0.3, 0.5), "old_card": (0.03, 0.17, 0.28, 0.52), "new_card": (0.04, 0.22, 0.33, 0.68),
}  # fmt: skip
TEXT = {"passport": (0.36, 0.17, 0.083), "old_card": (0.34, 0.17, 0.085), "new_card": (0.41, 0.2, 0.105)}
MRZ_TOP = {"passport": 0.79, "old_card": 0.78, "new_card_back": 0.58}
FAMILIES = "MARTIN BERNARD THOMAS PETIT DURAND MOREAU LAURENT LEFEBVRE LEROY ROUX BERTRAND FOURNIER BONNET LAMBERT"
GIVEN = "Marie Jean Nathalie Philippe Isabelle Alain Sylvie Nicolas Aurélie David Camille Thomas Léa Hugo Chloé Lucas"


@dataclass(frozen=True)
class Holder:
    """`seed` is the drawn portrait's; `portrait` stands in its place."""

    family: str = "LEFEBVRE"
    given: tuple[str, ...] = ("Léa", "Camille")
    sex: str = "F"
    birth: date = date(1994, 3, 17)
    expiry: date = date(2031, 8, 4)
    number: str = "X4RTBPFW4"
    old_number: str = "060975101234"
    seed: int = 0
    portrait: Picture | None = None
    spoiled: bool = False
    """One check digit of the MRZ is wrong."""

    @property
    def passport_number(self) -> str:
        return f"{self.old_number[:2]}KB{self.old_number[-5:]}"


def holder(seed: int) -> Holder:
    r = Random(f"holder {seed}")
    number = "".join(r.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(9))
    old = f"{r.randint(4, 21):02}{r.randint(1, 12):02}{r.randint(1, 95):02}{r.randint(1, 9)}{r.randint(1, 99999):05}"
    return Holder(
        r.choice(FAMILIES.split()), tuple(r.sample(GIVEN.split(), 2)), r.choice("MF"),
        date(r.randint(1960, 2005), r.randint(1, 12), r.randint(1, 28)),
        date(r.randint(2027, 2034), r.randint(1, 12), r.randint(1, 28)), number, old, seed,
    )  # fmt: skip


def impostor(of: Holder, seed: int) -> Holder:
    """Somebody else with a document of the same kind."""
    other = holder(seed)
    return replace(other, family="DUBREUIL" if other.family == of.family else other.family, seed=of.seed + 1 + seed % 7)


@cache
def drawn_portrait(seed: int) -> Picture:
    return decode(typeset_png("picture.typ", {"svg": portrait_svg(seed), "width": 290, "height": 376}), 10**7)


@cache
def drawn_person(seed: int) -> Picture:
    """Head and shoulders, 640 by 480."""
    return decode(typeset_png("picture.typ", {"svg": person_svg(seed), "width": 640, "height": 480}), 10**7)


def mrz_lines(kind: Kind, one: Holder) -> list[str]:
    birth, expiry = f"{one.birth:%y%m%d}", f"{one.expiry:%y%m%d}"
    birth, expiry = birth + check_digit(birth), expiry + check_digit(expiry)
    family, given = letters(one.family), "<".join(letters(name) for name in one.given)
    if kind == "passport":
        number = one.passport_number + check_digit(one.passport_number)
        rest = "<" * 14 + "0"
        last = f"{number}FRA{birth}{one.sex}{expiry}{rest}"
        lines = [fill(f"P<FRA{family}<<{given}", 44), last + check_digit(number + birth + expiry + rest)]
    elif kind == "old_card":
        head = fill(f"IDFRA{family}", 30) + one.old_number[4:7] + one.old_number[:3]
        number = one.old_number + check_digit(one.old_number)
        second = f"{number}{fill(given.replace('<', '<<'), 14)}{birth}{one.sex}"
        lines = [head, second + check_digit(head + second)]
    else:
        head = fill(f"IDFRA{one.number}{check_digit(one.number)}", 30)
        second = fill(f"{birth}{one.sex}{expiry}FRA", 29)
        second += check_digit(head[5:30] + second[0:7] + second[8:15] + second[18:29])
        lines = [head, second, fill(f"{family}<<{given}", 30)]
    if one.spoiled:
        row = 0 if kind == "new_card_back" else 1
        at = {"passport": 9, "old_card": 12, "new_card_back": 14}[kind]
        wrong = str((int(lines[row][at]) + 3) % 10)
        lines[row] = lines[row][:at] + wrong + lines[row][at + 1 :]
    return lines


def letters(name: str) -> str:
    return "".join(c if c.isalpha() else "<" for c in plain(name).upper())


def fill(text: str, length: int) -> str:
    return text[:length].ljust(length, "<")


def font(bold: bool, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), int(size))


@cache
def ground(kind: Kind) -> Image.Image:
    wide, high = (round(side * MM) for side in SIZES[kind])
    r = np.random.default_rng(len(kind))
    y, x = np.mgrid[:high, :wide].astype(np.float32)
    share = (x / wide * 0.6 + y / high * 0.4)[..., None]
    paper = np.array(GROUNDS[kind][0]) * (1 - share) + np.array(GROUNDS[kind][1]) * share
    for k in range(9):
        slope = 0.4 if k % 2 else -0.3
        wave = y + r.uniform(20, 70) * np.sin(x * r.uniform(0.01, 0.05) + r.uniform(0, 6)) + x * slope
        paper[(wave % r.uniform(16, 40)) < 1.6] -= r.uniform(12, 45, 3)
    image = Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.text((wide * 0.3, high * 0.02), "REPUBLIQUE D’ESSAI", font=font(True, high * 0.055), fill=(40, 50, 110))
    titles = {"passport": "PASSEPORT / PASSPORT", "new_card_back": "TITRE D’ESSAI"}
    title = titles.get(kind, "CARTE D’IDENTITE / IDENTITY CARD")
    draw.text((wide * 0.04, high * 0.1), title, font=font(False, high * 0.035), fill=(50, 50, 90))
    r2 = Random(kind)
    for _ in range(14):
        left, top = r2.uniform(0.35, 0.9) * wide, r2.uniform(0.2, 0.5) * high
        box = (left, top, left + r2.uniform(0.03, 0.1) * wide, top + r2.uniform(0.05, 0.12) * high)
        draw.ellipse(box, outline=(150 + r2.randint(0, 60), 160, 190), width=3)
    return image


def document(kind: Kind, one: Holder) -> Picture:
    """One side, 10 pixels a millimetre."""
    image = ground(kind).copy()
    draw = ImageDraw.Draw(image)
    if kind in PORTRAITS:
        _portrait(image, kind, one)
        _fields(draw, image.size, kind, one)
    if kind in MRZ_TOP:
        _mrz(draw, image.size, kind, one)
    return np.array(image)


def _portrait(image: Image.Image, kind: Kind, one: Holder) -> None:
    x, y, w, h = PORTRAITS[kind]
    wide, high = round(w * image.width), round(h * image.height)
    picture = drawn_portrait(one.seed) if one.portrait is None else one.portrait
    scale = max(wide / picture.shape[1], high / picture.shape[0])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    grown = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=how)
    left, top = (grown.shape[1] - wide) // 2, (grown.shape[0] - high) // 2
    part = grown[top : top + high, left : left + wide]
    if kind == "new_card":
        part = cv2.cvtColor(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    image.paste(Image.fromarray(part), (round(x * image.width), round(y * image.height)))


def _fields(draw: ImageDraw.ImageDraw, size: tuple[int, int], kind: Kind, one: Holder) -> None:
    wide, high = size
    number = {"passport": one.passport_number, "old_card": one.old_number}.get(kind, one.number)
    rows = [("Nom / Surname", one.family), ("Prénoms / Given names", ", ".join(one.given)),
            ("Naissance / Birth", f"{one.sex}   {one.birth:%d %m %Y}"), ("N°", number),
            ("Expire / Expiry", f"{one.expiry:%d.%m.%Y}")]  # fmt: skip
    left, top, step = TEXT[kind]
    for i, (label, value) in enumerate(rows):
        y = (top + i * step) * high
        draw.text((left * wide, y), label, font=font(False, high * 0.022), fill=(70, 70, 120))
        draw.text((left * wide, y + high * 0.026), value, font=font(True, high * 0.043), fill=(15, 15, 25))
    r = Random(one.number)
    points = [(wide * 0.7, high * 0.66)]
    for _ in range(14):
        points.append((points[-1][0] + r.uniform(-0.01, 0.03) * wide, high * 0.66 + r.uniform(-0.05, 0.05) * high))
    draw.line(points, fill=(20, 20, 60), width=5, joint="curve")


def _mrz(draw: ImageDraw.ImageDraw, size: tuple[int, int], kind: Kind, one: Holder) -> None:
    wide, high = size
    top, pitch, lines = MRZ_TOP[kind] * high, 2.54 * MM, mrz_lines(kind, one)
    if kind != "old_card":
        draw.rectangle((0, top - 8, wide, high), fill=(236, 236, 236))
    path = OCR_B if OCR_B.is_file() else FONTS / "DejaVuSansMono.ttf"
    letter = ImageFont.truetype(path, int(3.55 * MM))
    left = (wide - len(lines[0]) * pitch) / 2
    for i, line in enumerate(lines):
        for j, c in enumerate(line):
            draw.text((left + j * pitch, top + i * 6.1 * MM + 6), c, font=letter, fill=(15, 15, 15))
