"""`candidacies/import`: many candidates from one file. Its lines are checked as the form is, each problem is shown
beside its line, and nothing is registered until there is none; then line by line, beside the pages (`import_runs`),
with what became of each (X12)."""
from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from evaluation.rules import N_
from server.checking.supplied import worker_limits
from server.documents.spreadsheets import read_rows
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Listed, Several, Upload, Uploaded
from server.http.forms import Form, Sent, Wrong
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office.acting import made_id
from server.http.office.candidacies import HERE, door
from server.http.office.door import DESK, base, not_there, show
from server.http.office.enrolling import open_to, registrable
from server.i18n import say
from server.people.registration_columns import (
    TITLES,
    CheckedLine,
    Columns,
    Line,
    check_lines,
    columns,
    lines_of,
)
from server.storage.imports import Import
from server.views.candidacy.imported import LineView, done_view, line_view

SHOWN: Final = 100
"""Lines with something beside them, on one page."""
SURE: Final = Several("sure", N_("Est-ce bien ainsi ?"), choices=(
    ("yes", N_("Oui, j’ai vérifié ce qui est signalé.")),))
HAND_IN: Final = Form((
    Listed("provider", N_("Organisme de formation")), Listed("certification", N_("Certification")),
    Upload("file", N_("Fichier"), N_("Excel, LibreOffice ou CSV. La première ligne donne les titres des colonnes, dans "
                                     "l’ordre que vous voulez."), accept=".xlsx,.xls,.ods,.csv,.txt,.tsv")),
    N_("Vérifier le fichier"))
GO: Final = Form((), N_("Inscrire"))
NO_TITLES: Final = N_("Les titres des colonnes n’ont pas été reconnus. Prenez le modèle, ou donnez ces titres : "
                      "{titles}.")
NOT_THERE: Final = N_("Il manque ces colonnes : {titles}.")
TWO_COLUMNS: Final = N_("Deux colonnes disent la même chose : {titles}. Gardez-en une.")
NO_LINES: Final = N_("Sous les titres il n’y a aucune ligne.")


@dataclass(frozen=True)
class Read:
    """A file as it was read, with what is beside its lines."""

    checked: tuple[CheckedLine, ...]
    unknown: tuple[str, ...]

    @property
    def wrong(self) -> tuple[CheckedLine, ...]:
        return tuple(one for one in self.checked if one.clean is None)

    @property
    def doubtful(self) -> tuple[CheckedLine, ...]:
        return tuple(one for one in self.checked if one.warnings)


# The file


def _form(request: web.Request) -> Form:
    """Problem 404 for whoever registers nobody."""
    at = request[DESK]
    providers = registrable(at)
    if not providers:
        raise not_there()
    return HAND_IN.choosing(
        provider=tuple((one, at.body.providers[one].name) for one in sorted(providers)),
        certification=tuple((code, f"{code} : {one.certification.title}") for code, one in open_to(at).items()))


@entry(door)
async def show_hand_in(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/import`."""
    return await _hand_in_page(request, _form(request), None, 200)


async def _hand_in_page(request: web.Request, form: Form, sent: Sent | None, status: int, read: Read | None = None
                        ) -> web.Response:
    locale = locale_of(request)
    beside = (*read.wrong, *(one for one in read.doubtful if one.clean is not None)) if read is not None else ()
    first: dict[str, Any] = {one.name: one.choices[0][0] for one in form.fields if len(one.choices) == 1}
    return await show(
        request, "office/import.html", status=status, here=HERE, path=f"{base(request)}candidacies/import",
        form=forms.view(request, form, f"{base(request)}candidacies/import", sent, **first),
        lines=[line_view(one, locale) for one in beside[:SHOWN]], more=max(0, len(beside) - SHOWN),
        count=len(read.checked) if read is not None else 0, wrong=len(read.wrong) if read is not None else 0,
        unknown=", ".join(read.unknown) if read is not None else "",
        titles=[say(locale, one, {}) for one in TITLES.values()])


@entry(door, takes=HAND_IN.types, most=HAND_IN.most)
async def hand_in(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/import`."""
    form, found = _form(request), list[Read]()

    async def do(sent: Sent) -> str:
        read = await _read(request, sent)
        found.append(read)
        if read.wrong or (read.doubtful and not _sure(sent)):
            sent.refuse("file", _why(read), {"wrong": len(read.wrong), "doubtful": len(read.doubtful)})
            raise Wrong
        name = made_id(request, sent, "import")
        values = sent.values
        await request.app[parts.IMPORTS].keep(Import(
            name, request[HOME].person, request[DESK].body.id, values["provider"], values["certification"],
            len(read.checked)), [(one.line.number, one.line.values) for one in read.checked])
        return f"{base(request)}candidacies/import/{name}"

    async def again(sent: Sent, status: int) -> web.Response:
        read = found[-1] if found else None
        asked = form if read is None or read.wrong or not read.doubtful else Form(
            (*form.fields, SURE), form.send)
        return await _hand_in_page(request, asked, sent, status, read)

    return await forms.answer(request, form, do, again)


def _sure(sent: Sent) -> bool:
    return sent.typed.get(SURE.name) == ("yes",)


def _why(read: Read) -> str:
    if read.wrong:
        return N_("Rien n’est inscrit. Lignes à corriger : {wrong}. Corrigez-les dans le fichier, puis choisissez-le "
                  "de nouveau.")
    return N_("Rien n’est encore inscrit. Lignes à vérifier : {doubtful}. Si tout est juste, cochez la case et "
              "choisissez le fichier de nouveau.")


async def _read(request: web.Request, sent: Sent) -> Read:
    """DocumentRefusal for what is no list, Wrong for one without its columns."""
    config, given = parts.config(request), sent.values["file"]
    assert isinstance(given, Uploaded)
    rows = await read_rows(given.data, config.registration.import_lines + 1, worker_limits(config))
    where = columns(rows)
    problem = _against(where)
    if problem is not None:
        text, names = problem
        sent.refuse("file", text, {"titles": ", ".join(say(sent.locale, TITLES[one], {}) for one in names)})
        raise Wrong
    lines = lines_of(rows, where)
    if not lines:
        sent.refuse("file", NO_LINES)
        raise Wrong
    checked = await asyncio.to_thread(check_lines, lines, request[DESK].today, config.registration)
    return Read(checked, where.unknown)


def _against(where: Columns) -> tuple[str, Sequence[str]] | None:
    if len(where.at) < 2:
        return NO_TITLES, list(TITLES)
    if where.twice:
        return TWO_COLUMNS, where.twice
    return (NOT_THERE, where.missing) if where.missing else None


# The template


@entry(door)
async def template(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/import/template`: the titles, as spreadsheet programs open them."""
    written = io.StringIO()
    csv.writer(written, delimiter=";", lineterminator="\r\n").writerow(
        [say(locale_of(request), one, {}) for one in TITLES.values()])
    return web.Response(body=("\ufeff" + written.getvalue()).encode(), headers={
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="candidats.csv"'})


# Line by line


async def _import(request: web.Request) -> Import:
    """Problem 404 for another's, or one that is kept no more."""
    found = await request.app[parts.IMPORTS].find(request.match_info["import"])
    if found is None or (found.person, found.body) != (request[HOME].person, request[DESK].body.id):
        raise not_there()
    return found


async def _lines(request: web.Request, one: Import) -> tuple[Line, ...]:
    try:
        content = await request.app[parts.IMPORTS].content(one.id)
    except FileNotFoundError:
        raise not_there() from None
    return tuple(Line(number, values) for number, values in content)


@entry(door)
async def show_import(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/import/{import}`."""
    one, locale = await _import(request), locale_of(request)
    lines, done = await _lines(request, one), await request.app[parts.IMPORTS].done(one.id)
    views = [done_view(line, done.get(line.number), base(request), locale) for line in lines]
    refused = [view for view in views if view.problems]
    shown: Sequence[LineView] = (*refused, *(view for view in views if not view.problems))[:SHOWN]
    left, path = len(lines) - len(done), f"{base(request)}candidacies/import/{one.id}"
    begun = one.begun_at is not None
    provider = request[DESK].body.providers.get(one.provider)
    return await show(
        request, "office/import_run.html", here=HERE, path=path, code=one.code, total=len(lines), left=left,
        provider=provider.name if provider is not None else "", entered=len(done) - len(refused), refused=len(refused),
        lines=shown, more=len(views) - len(shown), begun=begun, runs=begun and left > 0,
        every=parts.config(request).registration.import_look_seconds,
        form=forms.view(request, GO, f"{path}/go") if (left and not begun) or (refused and not left) else None)


@entry(door, takes=GO.types, most=GO.most)
async def go(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/import/{import}/go`: begun here, carried out beside the pages; what was refused is tried again.
    """
    one = await _import(request)
    if one.provider not in registrable(request[DESK]):
        raise not_there()

    async def do(_sent: Sent) -> str:
        await request.app[parts.IMPORTS].begin(one.id)
        request.app[parts.IMPORT_BEGUN]()
        return f"{base(request)}candidacies/import/{one.id}"

    async def again(_sent: Sent, _status: int) -> web.Response:
        raise web.HTTPSeeOther(f"{base(request)}candidacies/import/{one.id}")

    return await forms.answer(request, GO, do, again)
