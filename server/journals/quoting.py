"""What a command rests on in other streams, looked up in its own transaction (architecture: quote, never peek)."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import FieldError
from evaluation.journal import Record
from evaluation.kinds import Kind, Kinds
from evaluation.quotes import Quote
from evaluation.rules import N_
from server.journals.parsing import quote_fields
from server.storage import journal

GIVEN = frozenset({"kind", "stream", "position", "hash"})
"""What a page sends of a quote; what it says is filled in here."""
NOT_THERE = N_("ce qui est cité ne se trouve pas là : rouvrez la page, puis recommencez")
NO_LONGER = N_("ce qui est cité ne vaut plus : rouvrez la page pour voir ce qui vaut maintenant")
Holds = Callable[[Kind[Any], str, int, AsyncConnection], Awaitable[bool]]
"""Whether what stands at a position of another stream still holds, read in this transaction."""


def reference(said: Record | Quote) -> dict[str, object]:
    """What a command carries to quote this record, or to quote again what is quoted."""
    return {"kind": said.kind, "stream": said.stream, "position": said.position, "hash": said.hash}


def quoted_streams(command: type, plain: Mapping[str, Any]) -> frozenset[str]:
    """The streams that a command's fields quote."""
    given = (one for name in quote_fields(command) for one in _several(plain.get(name)))
    return frozenset(one["stream"] for one in map(_fields, given) if isinstance(one.get("stream"), str))


async def resolve(
    command: type, plain: Mapping[str, Any], kinds: Kinds, connection: AsyncConnection, holds: Holds | None,
) -> dict[str, Any]:
    """The command's fields with what each quote says. FieldError for one that stands nowhere, says another thing than
    its hash, or (where `holds` is given) no longer holds."""
    found = dict(plain)
    for name in quote_fields(command):
        value = found.get(name)
        if isinstance(value, list | tuple):
            found[name] = [await _resolved(f"{name}[{i}]", one, kinds, connection, holds)
                           for i, one in enumerate(_several(value))]
        elif value is not None:
            found[name] = await _resolved(name, value, kinds, connection, holds)
    return found


async def _resolved(field: str, given: Any, kinds: Kinds, connection: AsyncConnection, holds: Holds | None
                    ) -> dict[str, Any]:
    found = _fields(given)
    if not found.keys() >= GIVEN:
        raise FieldError(field, NOT_THERE)
    stream, position = found["stream"], found["position"]
    if type(stream) is not str or type(position) is not int or not 1 <= position < 2**31:
        raise FieldError(field, NOT_THERE)
    records = await journal.read(connection, stream, position - 1, position)
    record = records[0] if records else None
    if record is None or reference(record) != {name: found[name] for name in GIVEN}:
        raise FieldError(field, NOT_THERE)
    try:
        kind = kinds.named(record.kind)
    except LookupError:
        raise FieldError(field, NOT_THERE) from None
    if holds is not None and not await holds(kind, stream, position, connection):
        raise FieldError(field, NO_LONGER)
    return {**reference(record), "event": record.event, "data": record.data}


def _several(value: Any) -> list[Any]:
    return list(cast("Sequence[Any]", value)) if isinstance(value, list | tuple) else [value]


def _fields(value: Any) -> dict[str, Any]:
    """Of what should be a JSON object; none of what is none."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}
