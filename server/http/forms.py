"""Forms of the office, declared once: read, refused field by field, shown again with what was typed. Without a script.

A form bears a key made when it was shown, which goes with the command: sent twice, it is done once.
"""
from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import parse_qsl

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_, Refusal
from server.documents.document_refusals import DocumentRefusal
from server.http import parts
from server.http.bodies import FORM, MULTIPART, read_parts, read_text
from server.http.form_fields import Field, Upload, Uploaded
from server.http.language import locale_of
from server.http.login import see_other
from server.http.seat_commands import KEY
from server.i18n import Locale, say
from server.journals.write_path import KeyReused
from server.storage.journal import StaleVersion
from server.views.form import FieldView, FormView

KEY_FIELD, SEEN_FIELD = "key", "seen"
POSITION: Final = re.compile(r"\d{1,9}", re.ASCII)
MOST_VALUES: Final = 600
"""Of one form: every box that can be ticked is one, and so is each mark of three grids."""
STALE: Final = N_("Quelqu’un d’autre a agi juste avant vous : votre demande n’a pas été faite. Ce que vous avez écrit "
                  "est gardé ci-dessous : regardez ce qui a changé, puis envoyez de nouveau si c’est toujours utile.")
SENT_ALREADY: Final = N_("Ce formulaire a déjà été envoyé, avec d’autres réponses : celles-ci n’ont pas été "
                         "enregistrées. Regardez ce qui l’est, puis envoyez de nouveau si c’est toujours utile.")
CHOOSE_AGAIN: Final = N_("Choisissez le fichier de nouveau : un navigateur ne le garde pas.")


@dataclass(frozen=True)
class Form:
    """`send` is what its button says. `sure`: what it does is grave, and the button shows it. `multipart`: it is sent
    as a form with files, whether it asks for one or not."""

    fields: tuple[Field, ...]
    send: str
    sure: bool = False
    multipart: bool = False

    @property
    def types(self) -> tuple[str, ...]:
        return (MULTIPART,) if self.with_files else (FORM,)

    @property
    def most(self) -> str:
        """The setting that says how large it may be."""
        return "limits.upload_bytes" if self.with_files else "limits.command_bytes"

    @property
    def with_files(self) -> bool:
        return self.multipart or any(isinstance(one, Upload) for one in self.fields)

    def choosing(self, **choices: tuple[tuple[str, str], ...]) -> Form:
        """The same form, whose fields of these names offer these choices (value and words)."""
        return replace(self, fields=tuple(
            one.choosing(choices[one.name]) if one.name in choices else one for one in self.fields))

    def requiring(self, *names: str) -> Form:
        """The same form, whose fields of these names cannot be left empty."""
        return replace(self, fields=tuple(
            replace(one, required=True) if one.name in names else one for one in self.fields))

    def without(self, name: str, value: str) -> Form:
        """The same form, whose field of this name does not offer a choice."""
        return replace(self, fields=tuple(
            replace(one, choices=tuple(choice for choice in one.choices if choice[0] != value)) if one.name == name
            else one for one in self.fields))


@dataclass
class Sent:
    """A form as it came. `values` are what the fields hold, of those that are right; `wrong` the words about each that
    is not; `top` what stands against the whole of it. Words are in the reader's language. `seen` is the position of the
    journal that the page showed, of a form that says it."""

    key: str
    typed: dict[str, tuple[str, ...]]
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    wrong: dict[str, str] = field(default_factory=dict[str, str])
    top: str = ""
    locale: Locale = "fr"
    seen: int | None = None

    def refuse(self, name: str, text: str, values: Mapping[str, object] | None = None) -> None:
        """About a field; about the whole form when it has none of this name."""
        words = say(self.locale, text, values or {})
        self.wrong.setdefault(name, words[:1].upper() + words[1:])


async def read(request: web.Request, form: Form) -> Sent:
    """FieldError for what no form of ours sends."""
    typed, files = await (_of_parts(request) if request.content_type == MULTIPART else _of_text(request))
    keys = typed.pop(KEY_FIELD, ())
    if len(keys) != 1 or not KEY.fullmatch(keys[0]):
        raise FieldError(KEY_FIELD, N_("ce champ manque"))
    seen = typed.pop(SEEN_FIELD, ())
    if seen and not (len(seen) == 1 and POSITION.fullmatch(seen[0])):
        raise FieldError(SEEN_FIELD, N_("ce champ n’a pas la forme attendue"))
    sent = Sent(keys[0], typed, locale=locale_of(request), seen=int(seen[0]) if seen else None)
    for one in form.fields:
        try:
            sent.values[one.name] = one.read(typed.get(one.name, ()), files.get(one.name))
        except FieldError as error:
            sent.refuse(one.name, error.text, error.values)
    return sent


async def _of_text(request: web.Request) -> tuple[dict[str, tuple[str, ...]], dict[str, Uploaded]]:
    try:
        pairs = parse_qsl(await read_text(request), keep_blank_values=True, max_num_fields=MOST_VALUES)
    except ValueError:
        raise FieldError("", N_("l’envoi est incomplet, ou n’a pas la forme d’un formulaire")) from None
    return _gathered(pairs), {}


async def _of_parts(request: web.Request) -> tuple[dict[str, tuple[str, ...]], dict[str, Uploaded]]:
    found = await read_parts(request, MOST_VALUES)
    try:
        typed = _gathered([(one.name, one.data.decode()) for one in found if one.filename is None])
    except UnicodeDecodeError:
        raise FieldError("", N_("le texte reçu n’est pas de l’UTF-8")) from None
    return typed, {one.name: Uploaded(one.filename, one.data) for one in found if one.filename is not None}


def _gathered(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        found[name] = (*found.get(name, ()), value)
    return found


# Answering


Do = Callable[[Sent], Awaitable[str]]
"""Does what was asked, and gives the address to go to. It may `refuse` fields of what was sent (and raise Wrong)."""
DoneAlready = Callable[[Sent], Awaitable["str | None"]]
"""The address to go to where this very form was sent before, and what it asked for stands: what it chose of may be
offered no more. None where it was not."""
Again = Callable[[Sent, int], Awaitable[web.Response]]
"""The same page once more, with what is wrong, under a status."""


class Wrong(Exception):
    """Some field of what was sent is refused."""


async def answer(request: web.Request, form: Form, do: Do, again: Again, done_already: DoneAlready | None = None
                 ) -> web.Response:
    """Post, redirect, get; or the page again: 422, 409 where somebody was quicker."""
    sent, status = await read(request, form), 422
    done = await done_already(sent) if done_already is not None else None
    if done is not None:
        return see_other(done)
    if not sent.wrong:
        try:
            return see_other(await do(sent))
        except Wrong:
            pass
        except FieldError as error:
            sent.refuse(_known(form, error.field), error.text, error.values)
        except DocumentRefusal as error:
            sent.refuse(next(one.name for one in form.fields if isinstance(one, Upload)), error.text, error.values)
        except Refusal as error:
            sent.top = say(sent.locale, error.text, error.values)
        except StaleVersion:
            sent.top, status = say(sent.locale, STALE, {}), 409
        except KeyReused:
            sent.top, status = say(sent.locale, SENT_ALREADY, {}), 409
    return await again(sent, status)


def _known(form: Form, path: str) -> str:
    """The form's field that a command's (`office.until`) is: the last of its parts that is one."""
    names = {one.name for one in form.fields}
    return next((part for part in reversed(path.replace("[", ".").split(".")) if part in names), path)


# Showing


def view(request: web.Request, form: Form, action: str, sent: Sent | None = None, *, prefix: str = "",
         seen: int | None = None, **first: str | tuple[str, ...]) -> FormView:
    """`first` are what its fields hold before anybody typed; `prefix` tells two forms of one page apart; `seen` is the
    position of the journal that the page shows, where what is asked is decided on it."""
    locale = locale_of(request)
    held = {name: value if isinstance(value, tuple) else (value,) for name, value in first.items()}
    typed = sent.typed if sent is not None else held
    wrong = sent.wrong if sent is not None else {}
    shown = tuple(_field(one, typed.get(one.name, ()), wrong.get(one.name, ""), locale, prefix=prefix,
                         lost=sent is not None and isinstance(one, Upload)) for one in form.fields)
    named = {one.name for one in shown}
    others = tuple(words for name, words in wrong.items() if name not in named)
    top = (*((sent.top,) if sent is not None and sent.top else ()), *others)
    return FormView(
        action=action, key=secrets.token_urlsafe(16), with_files=form.with_files, fields=shown,
        top=top, wrong=tuple(one for one in shown if one.wrong), send=say(locale, form.send, {}), sure=form.sure,
        most_bytes=parts.setting(request, form.most), seen=seen)


def _field(one: Field, typed: tuple[str, ...], wrong: str, locale: Locale, *, prefix: str, lost: bool
           ) -> FieldView:
    hint = say(locale, one.hint, {}) if one.hint else ""
    if lost:
        hint = f"{hint} {say(locale, CHOOSE_AGAIN, {})}".strip()
    return FieldView(
        id=f"field-{prefix}{one.name}", name=one.name, kind=one.kind, label=say(locale, one.label, {}), hint=hint,
        required=one.required, needed=say(locale, one.needed, {}) if one.needed else "",
        value=typed[0] if typed else "", wrong=wrong, lines=one.lines, most=one.most, autocomplete=one.autocomplete,
        accept=one.accept,
        options=tuple((value, words if one.own else say(locale, words, {}), value in typed)
                      for value, words in one.choices))
