"""A form as a page draws it (`macros/forms.html`). Words are in the reader's language."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldView:
    """`id` is its own on the page. `kind`: text, email, date, radio, select, checkbox, file. `value` is what was typed;
    `options` are value, words, and whether it was chosen; `wrong` is what stands against it. `needed`: when it may not
    stay empty, of one that else may."""

    id: str
    name: str
    kind: str
    label: str
    hint: str
    required: bool
    needed: str
    value: str
    wrong: str
    lines: int
    most: int
    autocomplete: str
    accept: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class FormView:
    """`key` makes that it is done once; `seen` is the position of the journal that the page shows. `top` is what stands
    against the whole of it, `wrong` the fields that something stands against."""

    action: str
    key: str
    with_files: bool
    fields: tuple[FieldView, ...]
    top: tuple[str, ...]
    wrong: tuple[FieldView, ...]
    send: str
    sure: bool
    most_bytes: int
    seen: int | None = None
