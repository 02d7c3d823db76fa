"""What a process that looks at pictures answers: JSON, and the pictures in it behind it, as they are.

Written out as letters inside the JSON, they would hold up the event loop, and with it live media, while it is read.
"""
from __future__ import annotations

import struct
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainSerializer, SerializationInfo, TypeAdapter, ValidationInfo

T = TypeVar("T")
LENGTH = struct.Struct(">I")
HEAD = struct.Struct(">II")
"""In front of a question: the length of its JSON, and of the pictures behind it."""


def _put_behind(picture: bytes, info: SerializationInfo) -> int:
    behind: Any = info.context
    behind.append(picture)
    return len(behind) - 1


def _taken_up(place: object, info: ValidationInfo) -> bytes:
    behind: Any = info.context
    if not isinstance(place, int) or not 0 <= place < len(behind):
        raise ValueError("no such picture")
    return behind[place]


Behind = Annotated[bytes, PlainSerializer(_put_behind, return_type=int), BeforeValidator(_taken_up)]
"""A field's bytes that travel behind the JSON."""


@cache
def _adapter(kind: type[T]) -> TypeAdapter[T]:
    """Building it takes some milliseconds."""
    return TypeAdapter(kind)


def packed(kind: type[T], value: T) -> bytes:
    behind: list[bytes] = []
    text = _adapter(kind).dump_json(value, context=behind)
    return b"".join(LENGTH.pack(len(one)) + one for one in (text, *behind))


def opened(kind: type[T], data: bytes) -> T:
    """Raises ValueError where it is none of the kind."""
    parts: list[bytes] = []
    at = 0
    while at < len(data):
        begin = at + LENGTH.size
        try:
            (length,) = LENGTH.unpack(data[at:begin])
        except struct.error:
            raise ValueError("cut off") from None
        at = begin + length
        if at > len(data):
            raise ValueError("cut off")
        parts.append(data[begin:at])
    if not parts:
        raise ValueError("nothing")
    return _adapter(kind).validate_json(parts[0], context=parts[1:])
