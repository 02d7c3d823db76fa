"""Strict dataclass <-> JSON-able dict: browsers' commands come in by it, events go to the journal and back.

A field may be `str`, `int`, `bool`, `None`, a `StrEnum`, a `Literal` of strings or integers, a `Fraction`
(written "n/d"), a `date` ("YYYY-MM-DD"), `tuple[X, ...]`, `tuple[X, Y]`, `Mapping[str, X]`, another dataclass,
a union of these that JSON itself tells apart, or `object` (any JSON value). A field with a default may be absent, so
that an old journal is still read after a field was added. No floats: two machines must write the same bytes for a
value.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import Any, Generic, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from evaluation.field_error import FieldError
from evaluation.field_values import SCALARS, Decoder, anything, fixed, json_object, mapping, one_of, sequence
from evaluation.json_text import read_json
from evaluation.rules import N_

T = TypeVar("T")
__all__ = ["Catalogue", "FieldError", "decode", "encode", "read_json"]

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


def _decoder(hint: Any) -> Decoder:
    if hint in SCALARS:
        return SCALARS[hint]
    if hint is object:
        return anything
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is Literal:
        return one_of({choice: choice for choice in arguments})
    if origin is tuple and arguments[-1] is Ellipsis:
        return sequence(_decoder(arguments[0]))
    if origin is tuple:
        return fixed(tuple(_decoder(argument) for argument in arguments))
    if origin in (dict, Mapping) and arguments[0] is str:
        return mapping(_decoder(arguments[1]))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return one_of({member.value: member for member in hint})
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: decode(hint, value)  # looked up late: a class may hold its own kind
    raise TypeError(f"{hint} has no JSON form here")


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
    given = json_object(data)
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
