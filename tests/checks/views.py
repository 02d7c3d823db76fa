"""The contract of the pages, `web/static/js/view.d.ts`, held to what the views in Python are typed to give.

`python -m tests.checks.views`
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from server.views.session import contract

TOLD = Path("web/static/js/view.d.ts")
REMARK = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
INTERFACE = re.compile(r"export interface (\w+)(?: extends (\w+))? \{")
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
    found: dict[str, dict[str, str]] = {}
    for one in INTERFACE.finditer(source):
        fields = dict(found[one[2]]) if one[2] else {}
        for text in filter(None, _parts(_body(source, one.end()), ";")):
            field = FIELD.fullmatch(text)
            if field is None:
                raise ValueError(f"{one[1]}: unreadable: {text}")
            fields[field[1] + field[2]] = canonical(field[3], aliases)
        found[one[1]] = fields
    return found


def given(views: ModuleType) -> dict[str, dict[str, str]]:
    """Each typed view's fields with their canonical types."""
    return {
        name: {
            field + ("" if field in kind.__required_keys__ else "?"): canonical(written(hint), {})
            for field, hint in get_type_hints(kind).items()
        }
        for name, kind in vars(views).items()
        if is_typeddict(kind) and kind.__module__ == views.__name__
    }


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


def main() -> int:
    found = list(refused(given(contract), interfaces(TOLD.read_text(encoding="utf-8"))))
    print("\n".join(found) or "pages are promised what the views give")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
