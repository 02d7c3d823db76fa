"""`certificates/{number}`: one certificate, what became of it, its papers, and what can be done with it."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.register.kind import REGISTER
from evaluation.register.state import Certificate, RegisterState
from server.http import forms, parts
from server.http.bodies import FORM, MULTIPART
from server.http.entry import entry
from server.http.forms import Sent
from server.http.language import locale_of
from server.http.office.acting import act, papers
from server.http.office.door import DESK, base, not_there, show
from server.http.office.office_papers import given_out
from server.http.office.register_acts import ACTS, CertificateAct, Doing, acts_of, award_holds, form_of, office_for
from server.http.office.register_list import HERE, door
from server.i18n import say
from server.people.certificate_holder import Holder, holder_of
from server.people.issuing_certificates import CERTIFICATES
from server.views.register.certificate_shown import shown

FATE_ACT: Final = "fate"
COPY: Final = re.compile(r"\d{1,3}", re.ASCII)


@dataclass(frozen=True)
class Found:
    state: RegisterState
    one: Certificate
    holder: Holder | None


async def found_at(request: web.Request) -> Found:
    """The certificate that the address names. Problem 404 for none, or another awarding body's."""
    row = await parts.rows(request).one(CERTIFICATES, request.match_info["number"])
    if row is None or row.body != request[DESK].body.id:
        raise not_there()
    state = await parts.journals(request).state(REGISTER, row.stream)
    one = state.named(row.key) if state is not None else None
    if state is None or one is None:
        raise not_there()
    texts = await parts.vault(request).read_words([one.holder.ref])
    return Found(state, one, holder_of(texts.get(one.holder.ref, "")))


@entry(door)
async def show_certificate(request: web.Request) -> web.StreamResponse:
    """`GET certificates/{number}`."""
    found, at, locale = await found_at(request), request[DESK], locale_of(request)
    noted = (*found.one.duplicates, *found.one.fates)
    refs = [one.words.ref for one in noted if one.words is not None]
    if found.one.revoked is not None:
        refs.append(found.one.revoked.words.ref)
    texts = await parts.vault(request).read_words(refs)
    known = [*await _acts(request, found, by_commission=False), *await _acts(request, found, by_commission=True)]
    return await show(
        request, "office/certificate_of.html", here=HERE,
        one=shown(found.state, found.one, found.holder, texts, at.today, f"{base(request)}certificates/", locale),
        candidacy=f"{base(request)}candidacies/{found.one.candidacy}",
        public=f"{parts.public_url(request)}/certificate/{found.one.text}/{found.one.code}",
        award_holds=await award_holds(request, found.one),
        acts=[(f"{base(request)}certificates/{found.one.text}/{each.name}", say(locale, each.title, {}),
               each.form.sure) for each in known])


async def _acts(request: web.Request, found: Found, *, by_commission: bool) -> tuple[CertificateAct, ...]:
    office = await office_for(request, by_commission=by_commission)
    if office is None:
        return ()
    return await acts_of(Doing(request, found.state, found.one, found.holder, office), by_commission=by_commission)


async def _doing(request: web.Request) -> tuple[Doing, CertificateAct]:
    """Problem 404 for an act that there is not, or that whoever asks cannot do now."""
    found, name = await found_at(request), request.match_info["act"]
    one = next((each for each in ACTS if each.name == name), None)
    office = await office_for(request, by_commission=one.by_commission) if one is not None else None
    if one is None or office is None:
        raise not_there()
    return Doing(request, found.state, found.one, found.holder, office), one


@entry(door)
async def show_act(request: web.Request) -> web.StreamResponse:
    """`GET certificates/{number}/{act}`."""
    doing, one = await _doing(request)
    if one not in await acts_of(doing, by_commission=one.by_commission):
        raise not_there()
    return await _act_page(request, doing, one, None, 200)


async def _act_page(request: web.Request, doing: Doing, one: CertificateAct, sent: Sent | None, status: int
                    ) -> web.Response:
    locale, back = locale_of(request), f"{base(request)}certificates/{doing.one.text}"
    holder = doing.holder or Holder("")
    first = {"on": request[DESK].today.isoformat()} if one.name == FATE_ACT else {}
    if one.name == "correct":
        first = {"name": holder.name, "used": holder.used or ""}
    return await show(
        request, "office/certificate_act.html", status=status, here=HERE, back=back, number=doing.one.text,
        name=holder.name, title=say(locale, one.title, {}), told=say(locale, one.told, {}) if one.told else "",
        form=forms.view(request, form_of(doing, one), f"{back}/{one.name}", sent, seen=doing.one.changed, **first))


@entry(door, takes=(FORM, MULTIPART), most="limits.upload_bytes")
async def do_act(request: web.Request) -> web.StreamResponse:
    """`POST certificates/{number}/{act}`."""
    doing, one = await _doing(request)

    async def do(sent: Sent) -> str:
        stream = doing.state.id
        async with papers(request, f"stream:{stream}", stream, sent) as kept:
            fields = await one.fields(doing, sent, kept)
            quoted = await parts.journals(request).quote(doing.office.stream, doing.office.position)
            await act(request, REGISTER, stream, one.command, {**fields, "office": quoted}, sent, expected=sent.seen)
        return await _after(request, doing, one)

    # A fate that was just noted is offered no more, and the same form sent again says so: the rules judge what is sent.
    form = one.form if one.name == FATE_ACT else form_of(doing, one)
    return await forms.answer(request, form, do, lambda sent, status: _act_page(request, doing, one, sent, status))


async def _after(request: web.Request, doing: Doing, one: CertificateAct) -> str:
    """The certificate's page; of one that was corrected, the page of what took its place."""
    state = await parts.journals(request).state(REGISTER, doing.state.id)
    replaced = state.certificates[doing.one.number].replaced_by if state is not None else None
    text = state.text(replaced) if state is not None and replaced is not None else doing.one.text
    return f"{base(request)}certificates/{text}?done={one.done}"


@entry(door)
async def paper(request: web.Request) -> web.StreamResponse:
    """`GET certificates/{number}/paper`; with `?copy=N` a duplicate."""
    one, asked = (await found_at(request)).one, request.query.get("copy", "")
    if not asked:
        return await given_out(request, one.paper)
    number = int(asked) if COPY.fullmatch(asked) else 0
    return await given_out(request, next((each.paper for each in one.duplicates if each.number == number), None))


@entry(door)
async def proof(request: web.Request) -> web.StreamResponse:
    """`GET certificates/{number}/proof`: what shows the change of civil status."""
    return await given_out(request, (await found_at(request)).one.proof)
