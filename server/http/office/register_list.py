"""`certificates`: what was issued, where each paper is; `certificates/issue`: the awards that wait for a certificate,
issued several at once (R8.2, R8.3)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.register.terms import CertificateKind
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Several
from server.http.forms import Form, Sent
from server.http.home import HOME
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.acting import made_id
from server.http.office.door import DESK, base, desk_for, keeps, not_there, show
from server.http.office.mass import progress
from server.i18n import say
from server.people.certificate_holder import holder_of
from server.people.issuing_certificates import CERTIFICATES as ISSUED
from server.people.issuing_certificates import ISSUE_CERTIFICATES, TO_CERTIFY
from server.views.body.periods import short_day
from server.views.register.certificate_list import CERTIFICATES, CertificateLine

HERE: Final = "certificates"
TO_POST: Final = ("to_post", "undeliverable", "company_gone")
door: Final = desk_for(Register.CERTIFICATES)
ISSUE: Final = Form((Several("candidacies", N_("Pour qui")),), N_("Établir les certificats choisis"))
ERASED: Final = N_("nom effacé")
LATE: Final = N_("{name} : {what} {code}, à remettre avant le {day}, en retard")
IN_TIME: Final = N_("{name} : {what} {code}, à remettre avant le {day}")


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET certificates`."""
    at, rows = request[DESK], parts.rows(request)

    async def opened(found: Sequence[Row]) -> Sequence[CertificateLine]:
        names = await names_of(request, found)
        return [_line(request, row, names.get(row.key, "")) for row in found]

    view = await listed(request, Listing(
        CERTIFICATES, rows, opened, at.where(Register.CERTIFICATES), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(
        request, "office/certificates.html", here=HERE, list=view, keeps=keeps(at),
        waiting=await rows.count(TO_CERTIFY, body=at.body.id),
        to_post=await rows.count(ISSUED, body=at.body.id, status=TO_POST))


async def names_of(request: web.Request, rows: Iterable[Row]) -> Mapping[str, str]:
    """By number, as the register keeps them."""
    refs = {row.key: str(row.data["holder"]) for row in rows}
    texts = await parts.vault(request).read_words(refs.values())
    found = {key: holder_of(texts.get(ref, "")) for key, ref in refs.items()}
    return {key: one.name for key, one in found.items() if one is not None}


def _line(request: web.Request, row: Row, name: str) -> CertificateLine:
    return CertificateLine(
        f"{base(request)}certificates/{row.key}", row.key, name, cast("CertificateKind", row.data["kind"]),
        str(row.about), tuple(cast("list[str]", row.data["blocks"])), row.status, day_of(row.at or 0),
        day_of(row.due_at - 1) if row.due_at is not None else None, request[DESK].today)


# What waits


async def _waiting(request: web.Request) -> Sequence[Row]:
    """The awards that wait, the one that is due first before the others: as many as one page acts on."""
    most = parts.config(request).lists.page_rows
    return await parts.rows(request).page(TO_CERTIFY, body=request[DESK].body.id, order="due_at", limit=most)


async def _not_asked_for(request: web.Request, rows: Sequence[Row]) -> Sequence[Row]:
    """Without those that an act begun before is for, and still has to issue."""
    under_way = {item.item for act, item in await request.app[parts.MASS_ACTS].waiting()
                 if (act.kind, act.stream) == (ISSUE_CERTIFICATES, request[DESK].body.id)}
    return [row for row in rows if row.key not in under_way]


async def _form(request: web.Request, rows: Sequence[Row]) -> Form:
    at, locale = request[DESK], locale_of(request)
    known = await parts.accounts(request).profiles(row.person for row in rows)
    choices = list[tuple[str, str]]()
    for row in rows:
        name = str(known.get(row.person or "", {}).get("name", "")) or say(locale, ERASED, {})
        last = day_of((row.due_at or 1) - 1)
        what = N_("certificat") if row.status == "full" else N_("attestation de blocs")
        choices.append((row.key, say(locale, LATE if last < at.today else IN_TIME, {
            "name": name, "what": say(locale, what, {}), "code": str(row.about), "day": short_day(last, locale)})))
    return ISSUE.choosing(candidacies=tuple(choices))


@entry(door)
async def show_waiting(request: web.Request) -> web.StreamResponse:
    """`GET certificates/issue`."""
    return await _issue_page(request, None, 200)


async def _issue_page(request: web.Request, sent: Sent | None, status: int) -> web.Response:
    at, found = request[DESK], await _waiting(request)
    if not keeps(at):
        raise not_there()
    rows = await _not_asked_for(request, found)
    form = await _form(request, rows)
    address = f"{base(request)}certificates/issue"
    whole = await parts.rows(request).count(TO_CERTIFY, body=at.body.id)
    return await show(
        request, "office/certificates_issue.html", status=status, here=HERE, waiting=len(rows), more=whole - len(found),
        form=forms.view(request, form, address, sent, candidacies=tuple(row.key for row in rows)),
        to_post=await parts.rows(request).count(ISSUED, body=at.body.id, status=TO_POST),
        every=parts.config(request).registration.import_look_seconds,
        progress=await progress(request, at.body.id, ISSUE_CERTIFICATES, await _names(request), address))


async def _names(request: web.Request) -> Mapping[str, str]:
    """Of the candidacies that the act begun last is for."""
    act = await request.app[parts.MASS_ACTS].last(request[DESK].body.id, ISSUE_CERTIFICATES)
    items = [one.item for one in await request.app[parts.MASS_ACTS].items(act.id)] if act is not None else []
    people = {one: row.person for one in items
              if (row := await parts.rows(request).one("candidacies", one)) is not None}
    known = await parts.accounts(request).profiles(people.values())
    return {one: str(known.get(person or "", {}).get("name", "")) for one, person in people.items()}


@entry(door, takes=ISSUE.types, most=ISSUE.most)
async def issue(request: web.Request) -> web.StreamResponse:
    """`POST certificates/issue`: begun here, carried out beside the pages."""
    at = request[DESK]
    if not keeps(at):
        raise not_there()

    acts, begun = request.app[parts.MASS_ACTS], f"{base(request)}certificates/issue?done=issuing#progress"

    def act_of(sent: Sent) -> str:
        """Another choice, from the page gone back to, is another act."""
        return made_id(request, sent, " ".join(("certificates", *sorted(sent.typed.get("candidacies", ())))))

    async def do(sent: Sent) -> str:
        await acts.begin(
            act_of(sent), ISSUE_CERTIFICATES, at.body.id, request[HOME].person, sent.values["candidacies"])
        request.app[parts.MASS].wake()
        return begun

    async def done_already(sent: Sent) -> str | None:
        return begun if await acts.begun(act_of(sent)) else None

    return await forms.answer(request, await _form(request, await _waiting(request)), do,
                              lambda sent, status: _issue_page(request, sent, status), done_already)
