"""`certificates/post`: what is to leave, by address; and one parcel with its tracking number (R8.2)."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.register.kind import REGISTER
from evaluation.register.state import RegisterState
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Several, Text
from server.http.forms import Form, Sent
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office.acting import act
from server.http.office.citing import office_of
from server.http.office.door import DESK, base, keeps, not_there, show
from server.http.office.register_list import HERE, TO_POST, door, names_of
from server.i18n import say
from server.people.issuing_certificates import CERTIFICATES
from server.storage.rows import Entry
from server.storage.vault import Erased
from server.views.body.periods import short_day

SEND: Final = Form((
    Several("numbers", N_("Ce que contient l’envoi")),
    Text("tracking", N_("Numéro de suivi"), N_("Celui du transporteur : il prouve l’envoi."), most=40),
    Day("on", N_("Jour de l’envoi"))), N_("Noter l’envoi"))
OF_COMPANY: Final = N_("Entreprise de {names}")
ZIP_NAME: Final = "certificats.zip"


@dataclass(frozen=True)
class Parcel:
    """What goes to one address. `address` is the postal one, of a holder. `due` is the first last day among them."""

    href: str
    title: str
    address: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    due: str
    late: bool


def _address(row: Row) -> tuple[str, str, str]:
    """What is posted together: of one register, to one company or one holder."""
    to = str(row.data["to"])
    return str(row.data["register"]), to, str(row.data["company"] if to == "company" else row.person)


async def _groups(request: web.Request) -> list[list[Entry]]:
    """Those whose papers are made, what is due first before the rest."""
    rows = await parts.rows(request).page(
        CERTIFICATES, body=request[DESK].body.id, status=TO_POST, order="due_at")
    found = dict[tuple[str, str, str], list[Entry]]()
    for row in rows:
        if row.data["paper"]:
            found.setdefault(_address(row), []).append(row)
    return list(found.values())


@entry(door)
async def show_parcels(request: web.Request) -> web.StreamResponse:
    """`GET certificates/post`."""
    if not keeps(request[DESK]):
        raise not_there()
    groups = await _groups(request)
    shown = groups[:parts.config(request).lists.page_rows]
    return await show(request, "office/certificates_post.html", here=HERE, more=len(groups) - len(shown),
                      parcels=[await _parcel(request, group) for group in shown])


async def _parcel(request: web.Request, rows: Sequence[Entry]) -> Parcel:
    locale, first = locale_of(request), rows[0]
    names = await names_of(request, rows)
    known = await parts.accounts(request).profiles([first.person])
    profile = known.get(first.person or "", {})
    called = [names.get(row.key, "") or say(locale, N_("nom effacé"), {}) for row in rows]
    holder = first.data["to"] == "holder"
    company = str(profile.get("company") or "")
    title = called[0] if holder else company or say(locale, OF_COMPANY, {"names": ", ".join(called[:3])})
    last = day_of((first.due_at or 1) - 1)
    return Parcel(
        f"{base(request)}certificates/post/{first.key}", title,
        tuple(str(profile.get("address") or "").splitlines()) if holder else (),
        tuple((row.key, name) for row, name in zip(rows, called, strict=True)),
        short_day(last, locale), last < request[DESK].today)


async def _group_of(request: web.Request) -> Sequence[Entry]:
    """What is posted with the certificate that the address names. Problem 404 where it is not to be posted."""
    if not (rows := await _group_or_nothing(request)):
        raise not_there()
    return rows


async def _group_or_nothing(request: web.Request) -> Sequence[Entry]:
    """None of them where nothing is to be posted any more: a form of its page may have been sent before."""
    if not keeps(request[DESK]):
        raise not_there()
    number = request.match_info["number"]
    return next((group for group in await _groups(request) if any(row.key == number for row in group)), ())


@entry(door)
async def show_parcel(request: web.Request) -> web.StreamResponse:
    """`GET certificates/post/{number}`."""
    return await _page(request, await _group_of(request), None, 200)


def _form(rows: Sequence[Row], names: Mapping[str, str]) -> Form:
    return SEND.choosing(numbers=tuple((row.key, f"{row.key} {names.get(row.key, '')}".strip()) for row in rows))


async def _page(request: web.Request, rows: Sequence[Entry], sent: Sent | None, status: int) -> web.Response:
    form = _form(rows, await names_of(request, rows))
    address = f"{base(request)}certificates/post/{request.match_info['number']}"
    return await show(
        request, "office/certificates_parcel.html", status=status, here=HERE, parcel=await _parcel(request, rows),
        papers=f"{address}/papers.zip",
        form=forms.view(request, form, address, sent, numbers=tuple(row.key for row in rows),
                        on=request[DESK].today.isoformat()))


@entry(door, takes=SEND.types, most=SEND.most)
async def post(request: web.Request) -> web.StreamResponse:
    """`POST certificates/post/{number}`."""
    rows, posted = await _group_or_nothing(request), f"{base(request)}certificates/post?done=posted"

    async def do(sent: Sent) -> str:
        values = sent.values
        if not rows:
            raise not_there()
        numbers = [int(str(row.data["number"])) for row in rows if row.key in values["numbers"]]
        await act(request, REGISTER, rows[0].stream, "PostCertificates", {
            "numbers": numbers, "to": str(rows[0].data["to"]), "tracking": values["tracking"],
            "on": values["on"].isoformat(), "office": await office_of(request)}, sent)
        return posted

    async def again(sent: Sent, status: int) -> web.Response:
        if not rows:
            raise not_there()
        return await _page(request, rows, sent, status)

    async def done_already(sent: Sent) -> str | None:
        return posted if await _left_so(request, sent) else None

    return await forms.answer(request, _form(rows, await names_of(request, rows)), do, again, done_already)


async def _left_so(request: web.Request, sent: Sent) -> bool:
    """Whether all that the form names left as it says, last of all."""
    several, tracking, on = sent.typed.get("numbers", ()), sent.values.get("tracking"), sent.values.get("on")
    found = [await parts.rows(request).one(CERTIFICATES, one) for one in several[:forms.MOST_VALUES]]
    for row in found:
        state = await parts.journals(request).state(REGISTER, row.stream) if row is not None else None
        if row is None or state is None or row.body != request[DESK].body.id:
            return False
        last = next(reversed(state.certificates[int(str(row.data["number"]))].postings), None)
        if last is None or (last.tracking, last.on) != (tracking, on) or row.status != "posted":
            return False
    return 0 < len(several) <= forms.MOST_VALUES


@entry(door)
async def papers(request: web.Request) -> web.StreamResponse:
    """`GET certificates/post/{number}/papers.zip`: what is printed for one parcel."""
    rows = await _group_of(request)
    state = await parts.journals(request).state(REGISTER, rows[0].stream)
    if state is None:
        raise not_there()
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for row in rows:
            await _add(request, archive, state, int(str(row.data["number"])))
    return web.Response(body=sink.getvalue(), content_type="application/zip", headers={
        "Content-Disposition": f'attachment; filename="{ZIP_NAME}"'})


async def _add(request: web.Request, archive: zipfile.ZipFile, state: RegisterState, number: int) -> None:
    """The paper that is to be posted: the last duplicate, else the certificate. Who opened it is written down."""
    one, vault = state.certificates[number], parts.vault(request)
    paper = one.duplicates[-1].paper if one.duplicates else one.paper
    info = await vault.file_info(paper.file) if paper is not None else None
    if paper is None or info is None:
        return
    try:
        data = await vault.read_file(paper.file)
    except (FileNotFoundError, Erased):
        return
    await parts.openings(request).note(info, request[HOME].person, "paper")
    archive.writestr(f"{one.text}.pdf", data)
