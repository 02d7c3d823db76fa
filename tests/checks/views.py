"""The contract of the pages, `web/static/js/view.d.ts`, held to what the views in Python are typed to give: each shape
of one side has its like on the other.

`python -m tests.checks.views`
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from server.views.session.contract import (
    basic_types,
    board_types,
    deliberation_types,
    hearing_types,
    identity_types,
    incident_types,
    live_types,
    room_types,
)

TOLD = Path("web/static/js/view.d.ts")
GIVEN = (basic_types, identity_types, incident_types, deliberation_types, hearing_types, room_types, board_types,
         live_types)
REMARK = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
INTERFACE = re.compile(r"export interface (\w+)(?: extends ([\w, ]+?))? ?\{")
ALIAS = re.compile(r"export type (\w+) =([^;]*);")
FIELD = re.compile(r"(\w+)(\??):(.*)", re.DOTALL)
PLAIN: Mapping[Any, str] = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null",
                            Any: "unknown"}  # fmt: skip


def written(kind: Any) -> str:
    """A Python type as TypeScript."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " | ".join(written(one) for one in inner)
    if origin is Literal:
        return " | ".join(f'"{one}"' for one in inner)
    if origin is list:
        return f"({written(inner[0])})[]"
    if origin is dict:
        return f"Record<string, {written(inner[1])}>"
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return " | ".join(f'"{one.value}"' for one in kind)
    return str(kind.__name__)


def _parts(source: str, separator: str) -> Iterator[str]:
    """What stands between separators, those within brackets apart."""
    depth, begun = 0, 0
    for place, letter in enumerate(source):
        depth += (letter in "{[(<") - (letter in "}])>")
        if letter == separator and depth == 0:
            yield source[begun:place].strip()
            begun = place + 1
    yield source[begun:].strip()


def canonical(kind: str, aliases: Mapping[str, str]) -> str:
    """The same for every way to write the same type: aliases opened, unions sorted."""
    choices = [one for one in _parts(kind.strip(), "|") if one]
    if len(choices) > 1:
        opened = {part for one in choices for part in _parts(canonical(one, aliases), "|")}
        return " | ".join(sorted(opened))
    (one,) = choices
    if one.endswith("[]"):
        return f"({canonical(one[:-2], aliases)})[]"
    if one.startswith("(") and one.endswith(")"):
        return canonical(one[1:-1], aliases)
    if one.startswith("Record<string,"):
        return f"Record<string, {canonical(one[len('Record<string,') : -1], aliases)}>"
    return canonical(aliases[one], aliases) if one in aliases else one


def _body(source: str, begin: int) -> str:
    depth = 1
    for place in range(begin, len(source)):
        depth += (source[place] == "{") - (source[place] == "}")
        if depth == 0:
            return source[begin:place]
    raise ValueError("an interface does not end")


def interfaces(source: str) -> dict[str, dict[str, str]]:
    """Each interface's fields (`name?` where it may be absent) with their canonical types."""
    source = REMARK.sub(" ", source)
    aliases = {one[1]: one[2] for one in ALIAS.finditer(source)}
    for name, kind in aliases.items():
        if set("{&") & set(kind):
            raise ValueError(f"{name}: a shape is written as an interface")
    own = {one[1]: _fields(one[1], _body(source, one.end()), aliases) for one in INTERFACE.finditer(source)}
    above = {one[1]: [name for name in _parts(one[2] or "", ",") if name] for one in INTERFACE.finditer(source)}

    def whole(name: str) -> dict[str, str]:
        return {field: kind for base in above[name] for field, kind in whole(base).items()} | own[name]

    return {name: whole(name) for name in own}


def _fields(name: str, body: str, aliases: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in filter(None, _parts(body, ";")):
        field = FIELD.fullmatch(text)
        if field is None:
            raise ValueError(f"{name}: unreadable: {text}")
        found[field[1] + field[2]] = canonical(field[3], aliases)
    return found


def given(views: Iterable[ModuleType]) -> dict[str, dict[str, str]]:
    """Each typed view's fields with their canonical types. ValueError for two of one name."""
    found: dict[str, dict[str, str]] = {}
    for module in views:
        for name, kind in vars(module).items():
            if not is_typeddict(kind) or kind.__module__ != module.__name__:
                continue
            if name in found:
                raise ValueError(f"{name}: two views of one name")
            found[name] = dict(_hinted(kind))
    return found


def _hinted(view: Any) -> Iterator[tuple[str, str]]:
    for field, hint in get_type_hints(view, include_extras=True).items():
        # Where annotations are text, __required_keys__ knows of the class's `total` alone.
        absent = get_origin(hint) is NotRequired
        kind = get_args(hint)[0] if absent else hint
        yield field + ("?" if absent or field in view.__optional_keys__ else ""), canonical(written(kind), {})


def refused(views: Mapping[str, Mapping[str, str]], told: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Each difference between what the views give and what the pages are promised, in words."""
    for name, fields in views.items():
        if name not in told:
            yield f"{name}: no interface of {TOLD} has this name"
            continue
        promised = told[name]
        for field in sorted(fields.keys() | promised.keys()):
            if fields.get(field) != promised.get(field):
                yield f"{name}.{field}: the view gives {fields.get(field)}, the page is told {promised.get(field)}"
    yield from (f"{name}: no view gives this interface of {TOLD}" for name in told if name not in views)


def main() -> int:
    found = list(refused(given(GIVEN), interfaces(TOLD.read_text(encoding="utf-8"))))
    print("\n".join(found) or "pages are promised what the views give")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
