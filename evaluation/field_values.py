"""What one field may hold, read strictly from JSON's values: one function for each type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, cast
from unicodedata import category

from evaluation.field_error import FieldError
from evaluation.rules import N_

Decoder = Callable[[object], Any]

DEEPEST = 32
SAFE_INTEGER = 2**53 - 1  # what a browser's number and a database's bigint both hold exactly
FIRST_YEAR, LAST_YEAR = 1900, 2999  # a slip of the pen; and days before and after can be counted
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""The categories of Unicode whose characters leave nothing on paper: zero width, direction, space."""
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u2800\u3164\uffa0") | {
    chr(one) for one in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}
"""Letters and marks that leave nothing either: fillers, what chooses a variant, the empty pattern of Braille."""
FRACTION = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)


def unicode_text(value: object) -> str:
    if type(value) is not str:
        raise FieldError("", N_("un texte est attendu"))
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:  # half a surrogate pair: JSON can say it, UTF-8 cannot
            raise FieldError("", N_("un caractère n’existe pas en Unicode")) from None
    if "\0" in value:  # PostgreSQL has no place for it
        raise FieldError("", N_("un caractère nul n’est pas accepté"))
    return value


def written(text: str) -> str:
    """What somebody wrote, without the space around it; empty where nothing of it can be seen."""
    text = text.replace("\r\n", "\n").strip()
    return text if any(_can_be_seen(one) for one in text) else ""


def _can_be_seen(one: str) -> bool:
    return category(one) not in UNSEEN and one not in BLANK


def integer(value: object) -> int:
    if type(value) is not int:
        raise FieldError("", N_("un nombre entier est attendu"))
    if not -SAFE_INTEGER <= value <= SAFE_INTEGER:
        raise FieldError("", N_("ce nombre est trop grand"))
    return value


def boolean(value: object) -> bool:
    if type(value) is not bool:
        raise FieldError("", N_("vrai ou faux est attendu"))
    return value


def nothing(value: object) -> None:
    if value is not None:
        raise FieldError("", N_("aucune valeur n’est attendue"))


def fraction(value: object) -> Fraction:
    found = FRACTION.fullmatch(value) if type(value) is str else None
    if not found or int(found[2]) == 0:
        raise FieldError("", N_('une fraction entre guillemets est attendue, par exemple "60/100"'))
    return Fraction(int(found[1]), int(found[2]))


def day(value: object) -> date:
    try:
        found = date.fromisoformat(unicode_text(value))
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:  # other ways to write a date exist
        raise FieldError("", N_("une date est attendue (AAAA-MM-JJ)"))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise FieldError("", N_("une année entre {first} et {last} est attendue"), first=FIRST_YEAR, last=LAST_YEAR)
    return found


def one_of(choices: Mapping[object, object]) -> Decoder:
    listed = ", ".join(str(choice) for choice in choices)

    def decode_choice(value: object) -> object:
        # The type first: True == 1, and a list cannot be looked up.
        if type(value) not in (str, int) or value not in choices:
            raise FieldError("", N_("cette valeur n’existe pas (possibles : {choices})"), choices=listed)
        return choices[value]

    return decode_choice


def _items(value: object) -> list[object]:
    if type(value) is list:
        return cast("list[object]", value)
    raise FieldError("", N_("une liste est attendue"))


def _at(index: int, decoder: Decoder, value: object) -> Any:
    try:
        return decoder(value)
    except FieldError as error:
        raise error.inside(f"[{index}]") from None


def sequence(item: Decoder) -> Decoder:
    return lambda value: tuple([_at(index, item, one) for index, one in enumerate(_items(value))])


def fixed(decoders: tuple[Decoder, ...]) -> Decoder:
    def decode_fixed(value: object) -> tuple[Any, ...]:
        items = _items(value)
        if len(items) != len(decoders):
            raise FieldError("", N_("la liste doit avoir {count} éléments"), count=len(decoders))
        return tuple(_at(index, decoders[index], one) for index, one in enumerate(items))

    return decode_fixed


def json_object(value: object) -> dict[str, object]:
    if type(value) is not dict:
        raise FieldError("", N_("un objet est attendu"))
    return cast("dict[str, object]", value)


def mapping(item: Decoder) -> Decoder:
    def decode_mapping(value: object) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, one in json_object(value).items():
            unicode_text(key)
            try:
                result[key] = item(one)
            except FieldError as error:
                raise error.inside(key) from None
        return result

    return decode_mapping


def anything(value: object, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise FieldError("", N_("les données sont trop imbriquées"))
    if isinstance(value, dict):
        return mapping(partial(anything, depth=depth + 1))(cast("object", value))
    if isinstance(value, list):
        inner = partial(anything, depth=depth + 1)
        return [_at(index, inner, one) for index, one in enumerate(cast("list[object]", value))]
    if isinstance(value, float):
        raise FieldError("", N_("un nombre à virgule n’est pas accepté"))
    return SCALARS.get(cast("type[Any]", type(value)), nothing)(value)


SCALARS: dict[object, Decoder] = {
    str: unicode_text,
    int: integer,
    bool: boolean,
    type(None): nothing,
    Fraction: fraction,
    date: day,
}
