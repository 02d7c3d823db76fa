"""A drawn identity card of a country that does not exist, with machine-readable lines that do compute.

Size and lines after ICAO Doc 9303, parts 3 and 5 (TD1); `UTO` is the code that document keeps for specimens.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from server.documents.demo.demo_people import DemoPerson, plain
from server.documents.demo.faces import portrait_svg, svg
from server.documents.typesetting import typeset_png

STATE = "UTO"
VALID_YEARS = 10
WEIGHTS = (7, 3, 1)
LINE = 30


@dataclass(frozen=True)
class DrawnCard:
    """Both sides as PNG, 1000 by 630 pixels, and the three lines printed on the back."""

    front: bytes
    back: bytes
    mrz: tuple[str, str, str]


def identity_card(person: DemoPerson, issued: date) -> DrawnCard:
    """Needs a person with a birth date and a card number."""
    if person.birth is None or not person.card_number:
        raise ValueError(f"{person.name} has no birth date or no card number")
    expires = issued.replace(year=issued.year + VALID_YEARS, day=min(issued.day, 28))
    lines = mrz_td1(person, person.birth, expires)
    data = {
        "family": person.family.upper(), "given": person.given, "sex": person.sex, "number": person.card_number,
        "birth": f"{person.birth:%d.%m.%Y}", "issued": f"{issued:%d.%m.%Y}", "expires": f"{expires:%d.%m.%Y}",
        "mrz": lines, "face": portrait_svg(person.seed), "waves": _waves(person.seed),
        "height": f"1,{Random(person.seed).randint(58, 86)} m",
    }  # fmt: skip
    return DrawnCard(
        typeset_png("card.typ", data | {"side": "front"}), typeset_png("card.typ", data | {"side": "back"}), lines
    )


def mrz_td1(person: DemoPerson, birth: date, expires: date) -> tuple[str, str, str]:
    """The three lines of 30 characters of a TD1 document (Doc 9303-5, 4.2.2)."""
    number = person.card_number.ljust(9, "<")
    first = _fill(f"I<{STATE}{number}{check_digit(number)}")
    born, until = f"{birth:%y%m%d}", f"{expires:%y%m%d}"
    born, until = born + check_digit(born), until + check_digit(until)
    second = _fill(f"{born}{person.sex}{until}{STATE}")[:-1]
    second += check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29])
    return first, second, _fill(f"{_letters(person.family)}<<{_letters(person.given)}")


def check_digit(field: str) -> str:
    """Doc 9303-3, 4.9: weights 7, 3, 1; letters count from A = 10, the filler counts 0."""
    return str(sum(int(c, 36) * WEIGHTS[i % 3] for i, c in enumerate(field.replace("<", "0"))) % 10)


def _letters(name: str) -> str:
    return "".join(c if c.isalpha() else "<" for c in plain(name).upper())


def _fill(text: str) -> str:
    return text[:LINE].ljust(LINE, "<")


def _waves(seed: int) -> str:
    """The printed ground: fine waves that differ from card to card."""
    r = Random(f"waves {seed}")
    lines = "".join(
        f'<path d="M-20 {y}C{r.randint(180, 320)} {y - r.randint(60, 140)} {r.randint(480, 640)} '
        f'{y + r.randint(60, 160)} '
        f'1040 {y - r.randint(0, 60)}" fill="none" stroke="{r.choice(("#7fa3b0", "#a58fb0", "#8fb09a"))}" '
        'stroke-width="1.3" opacity=".5"/>'
        for y in range(-20, 700, 17)
    )
    return svg(
        '<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#dfeaf0"/><stop offset=".5" stop'
        '-color="#f3eee2"/>'
        f'<stop offset="1" stop-color="#d6e6df"/></linearGradient></defs><rect width="1000" height="630" '
        f'fill="url(#g)"/>'
        f'{lines}', 1000, 630,
    )  # fmt: skip
