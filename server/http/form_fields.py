"""The kinds of field that forms have: what each reads from what was typed."""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Self

from evaluation.codec import FieldError
from evaluation.field_values import written
from evaluation.rules import N_
from server.people.typed import MISSING, Mistyped, read_address, read_day, read_text

HOUR = re.compile(r"(\d{1,2}) ?(?:[:hH] ?(\d{2})?)?", re.ASCII)
"""09:30, as browsers send it; 9h30, 9 h, as a French hand writes it."""
NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)


@dataclass(frozen=True)
class Uploaded:
    filename: str
    data: bytes


@dataclass(frozen=True)
class Field:
    """`label`, `hint` and `needed` are French msgids; so are the words of `choices`, unless they are `own` (names,
    codes). `needed` says, of a field that may stay empty, when it may not."""

    name: str
    label: str
    hint: str = ""
    required: bool = True
    needed: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    own: bool = False
    lines: int = 1
    most: int = 200
    """Characters."""
    autocomplete: str = "off"
    accept: str = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.odt,.doc,.pptx"
    """Which files are offered to choose from, of an upload."""
    kind: ClassVar[str] = "text"

    def choosing(self, choices: tuple[tuple[str, str], ...]) -> Self:
        return replace(self, choices=choices, own=True)

    def read(self, typed: tuple[str, ...], file: Uploaded | None) -> Any:
        """What the field holds; None for one that may be empty and is. FieldError for what it cannot hold."""
        if len(typed) > 1:
            raise FieldError(self.name, N_("Une seule réponse est attendue."))
        text = written(typed[0]) if typed else ""
        if not text:
            if self.required:
                raise FieldError(self.name, self.asked)
            return None
        if len(text) > self.most:
            raise FieldError(self.name, N_("Ce texte est trop long : {most} caractères au plus."), most=self.most)
        try:
            return self.parsed(text)
        except Mistyped as mistyped:
            raise FieldError(self.name, mistyped.text) from None

    @property
    def asked(self) -> str:
        """What is said of an empty one."""
        return N_("Écrivez quelques mots ici.") if self.lines > 1 else MISSING

    def parsed(self, text: str) -> Any:
        """Raises FieldError, or Mistyped."""
        return read_text(text, lines=True)


@dataclass(frozen=True)
class Text(Field):
    """A line, or several of them."""


@dataclass(frozen=True)
class Email(Field):
    kind: ClassVar[str] = "email"

    def parsed(self, text: str) -> str:
        return read_address(text)

    @property
    def asked(self) -> str:
        return N_("Donnez une adresse électronique.")


@dataclass(frozen=True)
class Day(Field):
    kind: ClassVar[str] = "date"

    def parsed(self, text: str) -> date:
        return read_day(text)

    @property
    def asked(self) -> str:
        return N_("Donnez un jour.")


@dataclass(frozen=True)
class Hour(Field):
    """HH:MM, however it was written."""

    kind: ClassVar[str] = "time"

    def parsed(self, text: str) -> str:
        found = HOUR.fullmatch(text)
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise FieldError(self.name, N_("Une heure s’écrit 09:30."))
        return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"

    @property
    def asked(self) -> str:
        return N_("Donnez une heure.")


@dataclass(frozen=True)
class Number(Field):
    """A whole number above zero."""

    def parsed(self, text: str) -> int:
        if not NUMBER.fullmatch(text):
            raise FieldError(self.name, N_("Donnez un nombre entier, sans lettre."))
        return int(text)


@dataclass(frozen=True)
class Choice(Field):
    """One of a few, each in sight; `Listed` for one of many."""

    kind: ClassVar[str] = "radio"

    def parsed(self, text: str) -> str:
        if text not in {value for value, _words in self.choices}:
            raise FieldError(self.name, N_("Choisissez dans la liste."))
        return text

    @property
    def asked(self) -> str:
        return N_("Choisissez une réponse.")


@dataclass(frozen=True)
class Listed(Choice):
    kind: ClassVar[str] = "select"


@dataclass(frozen=True)
class Several(Field):
    """Any of a few, in their order."""

    kind: ClassVar[str] = "checkbox"

    def read(self, typed: tuple[str, ...], file: Uploaded | None) -> tuple[str, ...]:
        known = [value for value, _words in self.choices]
        if not set(typed) <= set(known):
            raise FieldError(self.name, N_("Choisissez dans la liste."))
        if self.required and not typed:
            raise FieldError(self.name, N_("Choisissez au moins une réponse."))
        return tuple(value for value in known if value in typed)


class Unread:
    """A field whose form is checked as a whole, so that all that is wrong with it is said at once: `required` is what
    its label says, and what was typed is taken as it is."""

    def read(self, typed: tuple[str, ...], file: Uploaded | None) -> str:
        return typed[0] if typed else ""


@dataclass(frozen=True)
class Typed(Unread, Text):
    """A line, or several of them."""


@dataclass(frozen=True)
class TypedChoice(Unread, Choice):
    """One of a few."""


@dataclass(frozen=True)
class TypedListed(Unread, Listed):
    """One of many."""


@dataclass(frozen=True)
class Upload(Field):
    """A PDF or a picture."""

    kind: ClassVar[str] = "file"

    def read(self, typed: tuple[str, ...], file: Uploaded | None) -> Uploaded | None:
        if file is not None and file.data:
            return file
        if file is not None and file.filename:
            raise FieldError(self.name, N_("Ce fichier est vide : choisissez-le de nouveau."))
        if self.required:
            raise FieldError(self.name, N_("Joignez le document."))
        return None
