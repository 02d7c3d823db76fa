"""What somebody typed, in a form or a file, read: a text, a day, an address."""
from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeVar
from unicodedata import category, normalize

from evaluation.field_values import FIRST_YEAR, LAST_YEAR, written
from evaluation.rules import N_, Value

T = TypeVar("T")

DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})", re.ASCII)
"""As browsers send a day, or as a French hand writes it where a browser has no field for days."""
LINE_MOST: Final = 200
"""Characters of a line."""
ADDRESS: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
MISSING: Final = N_("Ce champ manque.")


class Mistyped(ValueError):
    """`text` says in French words (a msgid) what is wrong with it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def read_text(typed: str, lines: bool = False) -> str:
    """In the one form that letters have in Unicode. Mistyped for characters that nobody writes."""
    allowed = "\n\t" if lines else ""
    if any(category(one) in ("Cc", "Cs") and one not in allowed for one in typed):
        raise Mistyped(N_("Ce texte contient un caractère qui n’existe pas."))
    return normalize("NFC", typed)


def read_day(typed: str) -> date:
    found = DAY.fullmatch(typed)
    if found is None:
        raise Mistyped(N_("Un jour s’écrit 24/11/2026."))
    year, month, day = (int(one) for one in (found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)))
    try:
        read = date(year, month, day)
    except ValueError:
        raise Mistyped(N_("Ce jour n’existe pas au calendrier.")) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Mistyped(N_("Vérifiez l’année."))
    return read


def read_address(typed: str) -> str:
    if not ADDRESS.fullmatch(typed) or not typed.isprintable():
        raise Mistyped(N_("Une adresse électronique s’écrit nom@exemple.fr."))
    return typed


# Several fields at once


@dataclass(frozen=True)
class Said:
    """`text` is a French msgid; `values` fill its places."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])


@dataclass
class Reading:
    """What is typed, by field, and what was said of it. `today` is the day on which it is read."""

    values: Mapping[str, str]
    today: date
    problems: dict[str, Said] = field(default_factory=dict[str, Said])
    warnings: dict[str, Said] = field(default_factory=dict[str, Said])

    def refuse(self, name: str, text: str, **values: Value) -> None:
        self.problems.setdefault(name, Said(text, values))

    def warn(self, name: str, text: str, **values: Value) -> None:
        self.warnings.setdefault(name, Said(text, values))

    def typed(self, name: str) -> str:
        return written(self.values.get(name, ""))

    def text(self, name: str, required: bool = True, most: int = LINE_MOST, lines: bool = False) -> str:
        """Empty where there is none, or where it is wrong."""
        return self.read(name, lambda typed: read_text(typed, lines), required, most) or ""

    def read(self, name: str, read: Callable[[str], T], required: bool = True, most: int = LINE_MOST) -> T | None:
        typed = self.typed(name)
        if not typed:
            if required:
                self.refuse(name, MISSING)
            return None
        if len(typed) > most:
            self.refuse(name, N_("Ce texte est trop long : {most} caractères au plus."), most=most)
            return None
        try:
            return read(typed)
        except Mistyped as mistyped:
            self.refuse(name, mistyped.text)
            return None
