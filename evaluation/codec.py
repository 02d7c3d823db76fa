"""Strict dataclass <-> JSON-able dict: browsers' commands come in by it, events go to the journal and back.

A field may be `str`, `int`, `bool`, `None`, a `StrEnum`, a `Literal` of strings or integers, a `Fraction`
(written "n/d"), a `date` ("YYYY-MM-DD"), `tuple[X, ...]`, `tuple[X, Y]`, `Mapping[str, X]`, another dataclass,
a union of these that JSON itself tells apart, or `object` (any JSON value). A field with a default may be absent, so
that an old journal is still read after a field was added. No floats: two machines must write the same bytes for a
value.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, partial
from typing import Any, Generic, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from evaluation.rules import N_, Value

T = TypeVar("T")
Decoder = Callable[[object], Any]

DEEPEST = 32
SAFE_INTEGER = 2**53 - 1  # what a browser's number and a database's bigint both hold exactly
FIRST_YEAR, LAST_YEAR = 1900, 2999  # a slip of the pen; and days before and after can be counted
FRACTION = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)


class FieldError(ValueError):
    """Data that does not fit its class. `field` is its path ("blocks[0].share"), `problem` French words."""

    def __init__(self, field: str, text: str, **values: Value) -> None:
        self.field, self.text, self.values = field, text, values
        self.problem = text.format(**values)
        super().__init__(f"{field} : {self.problem}" if field else self.problem)

    def inside(self, outer: str) -> FieldError:
        """The same error seen from the object or list that holds the field."""
        joint = "" if not self.field or self.field.startswith("[") else "."
        return FieldError(outer + joint + self.field, self.text, **self.values)


# Encoding


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(one.name for one in fields(cls))


def _plain(value: Any) -> Any:
    kind = cast("type[Any]", type(value))
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is tuple or kind is list:
        return [_plain(one) for one in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if kind is date:
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in cast("Mapping[str, Any]", value).items()}
    if is_dataclass(kind):
        return {name: _plain(getattr(value, name)) for name in _names(kind)}
    raise TypeError(f"{kind.__name__} has no JSON form here")


def encode(obj: object) -> dict[str, Any]:
    """A dataclass instance as a dict that `json` can write. TypeError for a value of another kind."""
    if not is_dataclass(obj) or isinstance(obj, type):
        raise TypeError(f"{obj!r} is not a dataclass instance")
    return _plain(obj)


# Decoding: one function for each type, built once


def _string(value: object) -> str:
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


def _integer(value: object) -> int:
    if type(value) is not int:
        raise FieldError("", N_("un nombre entier est attendu"))
    if not -SAFE_INTEGER <= value <= SAFE_INTEGER:
        raise FieldError("", N_("ce nombre est trop grand"))
    return value


def _boolean(value: object) -> bool:
    if type(value) is not bool:
        raise FieldError("", N_("vrai ou faux est attendu"))
    return value


def _nothing(value: object) -> None:
    if value is not None:
        raise FieldError("", N_("aucune valeur n’est attendue"))


def _fraction(value: object) -> Fraction:
    found = FRACTION.fullmatch(value) if type(value) is str else None
    if not found or int(found[2]) == 0:
        raise FieldError("", N_('une fraction entre guillemets est attendue, par exemple "60/100"'))
    return Fraction(int(found[1]), int(found[2]))


def _date(value: object) -> date:
    try:
        found = date.fromisoformat(_string(value))
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:  # other ways to write a date exist
        raise FieldError("", N_("une date est attendue (AAAA-MM-JJ)"))
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise FieldError("", N_("une année entre {first} et {last} est attendue"), first=FIRST_YEAR, last=LAST_YEAR)
    return found


def _one_of(choices: Mapping[object, object]) -> Decoder:
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


def _sequence(item: Decoder) -> Decoder:
    return lambda value: tuple([_at(index, item, one) for index, one in enumerate(_items(value))])


def _fixed(decoders: tuple[Decoder, ...]) -> Decoder:
    def decode_fixed(value: object) -> tuple[Any, ...]:
        items = _items(value)
        if len(items) != len(decoders):
            raise FieldError("", N_("la liste doit avoir {count} éléments"), count=len(decoders))
        return tuple(_at(index, decoders[index], one) for index, one in enumerate(items))

    return decode_fixed


def _object(value: object) -> dict[str, object]:
    if type(value) is not dict:
        raise FieldError("", N_("un objet est attendu"))
    return cast("dict[str, object]", value)


def _mapping(item: Decoder) -> Decoder:
    def decode_mapping(value: object) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, one in _object(value).items():
            _string(key)
            try:
                result[key] = item(one)
            except FieldError as error:
                raise error.inside(key) from None
        return result

    return decode_mapping


def _anything(value: object, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise FieldError("", N_("les données sont trop imbriquées"))
    if isinstance(value, dict):
        return _mapping(partial(_anything, depth=depth + 1))(cast("object", value))
    if isinstance(value, list):
        inner = partial(_anything, depth=depth + 1)
        return [_at(index, inner, one) for index, one in enumerate(cast("list[object]", value))]
    if isinstance(value, float):
        raise FieldError("", N_("un nombre à virgule n’est pas accepté"))
    return SCALARS.get(cast("type[Any]", type(value)), _nothing)(value)


JSON_KINDS: dict[object, type] = {str: str, int: int, bool: bool, type(None): type(None), Fraction: str, date: str}


def _json_kind(hint: Any) -> type:
    """The Python type `json` gives for a value of this hint: what tells the members of a union apart."""
    if hint in JSON_KINDS:
        return JSON_KINDS[hint]
    origin = get_origin(hint)
    if origin is tuple:
        return list
    if origin is Literal:
        return cast("type[Any]", type(get_args(hint)[0]))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str
    return dict


def _union(members: tuple[Any, ...]) -> Decoder:
    table = {_json_kind(member): _decoder(member) for member in members}
    if len(table) != len(members):
        raise TypeError(f"JSON cannot tell the members of {members} apart")
    others = [decoder for kind, decoder in table.items() if kind is not type(None)]

    # A value of a wrong kind: let the first member say what it expects.
    return lambda value: table.get(type(value), others[0])(value)


SCALARS: dict[object, Decoder] = {
    str: _string,
    int: _integer,
    bool: _boolean,
    type(None): _nothing,
    Fraction: _fraction,
    date: _date,
}


def _decoder(hint: Any) -> Decoder:
    if hint in SCALARS:
        return SCALARS[hint]
    if hint is object:
        return _anything
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is Literal:
        return _one_of({choice: choice for choice in arguments})
    if origin is tuple and arguments[-1] is Ellipsis:
        return _sequence(_decoder(arguments[0]))
    if origin is tuple:
        return _fixed(tuple(_decoder(argument) for argument in arguments))
    if origin in (dict, Mapping) and arguments[0] is str:
        return _mapping(_decoder(arguments[1]))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _one_of({member.value: member for member in hint})
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: decode(hint, value)  # looked up late: a class may hold its own kind
    raise TypeError(f"{hint} has no JSON form here")


def read_json(text: str) -> object:
    """The JSON value a text holds. FieldError for any other text, and for a member named twice (RFC 8259)."""
    try:
        return json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_no_constant)
    except FieldError:
        raise
    except json.JSONDecodeError as error:
        words = N_("ce n’est pas du JSON (ligne {line}, colonne {column})")
        raise FieldError("", words, line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        raise FieldError("", N_("ce JSON ne peut pas être lu")) from None


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise FieldError(name, N_("ce champ est donné deux fois"))
        found[name] = value
    return found


def _no_constant(name: str) -> object:
    raise FieldError("", N_("{name} n’est pas du JSON"), name=name)


@cache
def _plan(cls: type) -> tuple[dict[str, Decoder], frozenset[str]]:
    """The decoder of each field, and the names of those that must be there."""

    def required(one: Field[Any]) -> bool:
        return one.default is MISSING and one.default_factory is MISSING

    hints = get_type_hints(cls)
    decoders = {one.name: _decoder(hints[one.name]) for one in fields(cls)}
    return decoders, frozenset(one.name for one in fields(cls) if required(one))


def decode(cls: type[T], data: object) -> T:
    """The instance of `cls` that `data` describes. FieldError names a missing, unknown or wrong field."""
    given = _object(data)
    decoders, required = _plan(cls)
    if not required <= given.keys():
        raise FieldError(min(required - given.keys()), N_("ce champ manque"))
    values: dict[str, Any] = {}
    for name, value in given.items():
        decoder = decoders.get(name)
        if decoder is None:
            raise FieldError(str(name), N_("ce champ est inconnu"))
        try:
            values[name] = decoder(value)
        except FieldError as error:
            raise error.inside(name) from None
    return cls(**values)


class Catalogue(Generic[T]):
    """The classes that one door lets in, by the name they have in JSON."""

    def __init__(self, classes: Mapping[str, type[T]]) -> None:
        self._classes = dict(classes)
        self._names = {one: name for name, one in self._classes.items()}
        if len(self._names) != len(self._classes):
            raise ValueError("a class under two names")

    @classmethod
    def of(cls, *classes: type[T]) -> Catalogue[T]:
        """Each by the name of its class."""
        named = {one.__name__: one for one in classes}
        if len(named) != len(classes):
            raise ValueError("two classes of one name")
        return cls(named)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._classes)

    @property
    def classes(self) -> Mapping[str, type[T]]:
        return self._classes

    def name_of(self, obj: T) -> str:
        """KeyError when the object's class is not in the catalogue."""
        return self._names[type(obj)]

    def decode(self, name: object, data: object) -> T:
        """FieldError("kind", ...) for a name that is not in the catalogue, and whatever `decode` refuses."""
        found = self._classes.get(name) if isinstance(name, str) else None
        if found is None:
            raise FieldError("kind", N_("ce nom est inconnu"))
        return decode(found, data)
