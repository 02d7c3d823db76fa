"""JSON read strictly: nothing that two readers would understand in two ways."""

from __future__ import annotations

import json

from evaluation.field_error import FieldError
from evaluation.rules import N_


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
