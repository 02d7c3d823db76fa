"""`sittings/{sitting}/act/{act}`: one act of the clerk in a sitting, on a page of its own."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.offices import TITLES, Office, runs
from evaluation.people import PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_
from evaluation.sitting.access import PRESIDES
from evaluation.sitting.kind import SITTING
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import PLACES, Place
from evaluation.sitting.who_sits import everybody, holder
from server.http import forms, parts
from server.http.bodies import FORM, MULTIPART
from server.http.entry import entry
from server.http.forms import Form, Sent
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office import citing, sitting_papers
from server.http.office.acting import Papers, act, papers
from server.http.office.door import DESK, base, keeps, not_there, show
from server.http.office.sitting_act_forms import BY_NAME, SittingAct, Trying, allowed, may_be_noted, substitutes
from server.http.office.sitting_list import HERE, door
from server.i18n import say
from server.journals.quoting import reference
from server.views.sitting.sitting_words import seat_words
from server.views.when import day_words, hour_words

PRESIDING: Final = "office:"
"""How a choice begins that is an office, and not one of the members."""


async def sitting_of_address(request: web.Request) -> SittingState:
    """Problem 404 for one that is not of this awarding body."""
    state = await parts.journals(request).state(SITTING, request.match_info["sitting"])
    if state is None or state.body != request[DESK].body.id:
        raise not_there()
    return state


async def presiding(request: web.Request, state: SittingState) -> tuple[tuple[Office, Quote], ...]:
    """The offices under which somebody may preside on the sitting's day, with their grants."""
    at, day = request[DESK], max(day_of(state.at), request[DESK].today)
    found = [one for one in at.body.offices.values()
             if one.office.role in PRESIDES and runs(one.office.since, one.office.until, day)]
    return tuple([(one.office, await citing.quote_at(request, at.body.id, one.position)) for one in found])


async def trying(request: web.Request, state: SittingState) -> Trying | None:
    """None for who does not keep the registers."""
    if not keeps(request[DESK]):
        return None
    office = await citing.office_of(request)
    quote = await citing.quote_at(request, str(office["stream"]), int(str(office["position"])))
    return Trying(state, quote, request[HOME].person, parts.now(request), await presiding(request, state))


# One act


@dataclass(frozen=True)
class Doing:
    state: SittingState
    act: SittingAct
    form: Form
    trying: Trying


async def _doing(request: web.Request, *, sent: bool = False) -> Doing:
    """Problem 404 for an act that is not theirs, or that the rules do not allow now. Of what was `sent` their refusal
    stands beside what was typed."""
    state, one = await sitting_of_address(request), BY_NAME.get(request.match_info["act"])
    asked = await trying(request, state)
    if one is None or asked is None or not (sent or allowed(one, asked)):
        raise not_there()
    names = await _names(request, state, asked)
    return Doing(state, one, one.form.choosing(**_choices(request, asked, names, sent=sent)), asked)


async def _names(request: web.Request, state: SittingState, asked: Trying) -> Mapping[PersonId, str]:
    people = {*everybody(state), *(one.recommended.person for one in state.agenda.values()),
              *(office.person for office, _quote in asked.presides), *state.last_signers}
    known = await parts.accounts(request).profiles(people)
    erased = say(locale_of(request), N_("nom effacé"), {})
    return {one: str(known.get(one, {}).get("name", "")) or erased for one in people}


def _choices(request: web.Request, asked: Trying, names: Mapping[PersonId, str], *, sent: bool) -> dict[str, Any]:
    """Of what was `sent`, all whom it may have offered: the rules say which of them they are not any more."""
    state, locale = asked.state, locale_of(request)
    noted = state.last_signers if sent else may_be_noted(state, asked.office, asked.actor, asked.now)
    undecided = tuple((one.candidacy, names[one.recommended.person]) for one in state.agenda.values()
                      if one.decided is None)
    seats: list[tuple[PersonId, Place]] = [(person, place) for place in PLACES for person in _seated(state, place)]
    presides = tuple((office.id, f"{names[office.person]}, {say(locale, TITLES[office.role], {})}")
                     for office, _quote in asked.presides)
    return {
        "candidacy": undecided, "candidacies": undecided, "presides": presides,
        "signer": tuple((one, names[one]) for one in noted),
        "member": tuple((person, f"{names[person]}, {say(locale, seat_words(place), {})}") for person, place in seats),
        "substitute": (*((person, f"{names[person]}, {say(locale, seat_words(place), {})}")
                         for place, person in substitutes(state)),
                       *((f"{PRESIDING}{id}", words) for id, words in presides))}


def _seated(state: SittingState, place: Place) -> list[PersonId]:
    """Who holds a place, for the whole sitting and for some candidates."""
    found = dict.fromkeys((holder(state, place), *(holder(state, place, one) for one in state.agenda)))
    return [one for one in found if one is not None]


@entry(door)
async def show_act(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}/act/{act}`."""
    return await _page(request, await _doing(request), None, 200)


async def _page(request: web.Request, doing: Doing, sent: Sent | None, status: int) -> web.Response:
    one, locale, here = doing.act, locale_of(request), f"{base(request)}sittings/{doing.state.id}"
    return await show(
        request, "office/sitting_act.html", status=status, here=HERE, path=here, title=say(locale, one.title, {}),
        told=say(locale, one.told, {}) if one.told else "", when=when_words(request, doing.state),
        draft=f"{here}/draft.pdf" if one.draws else "",
        form=forms.view(request, doing.form, f"{here}/act/{one.name}", sent, seen=doing.state.position,
                        **await _first(request, doing)))


async def _first(request: web.Request, doing: Doing) -> dict[str, str]:
    """What its fields hold before anybody typed: where the sitting stands now."""
    if doing.act.name != "move":
        return {}
    state, ref = doing.state, doing.state.place.ref if doing.state.place is not None else ""
    place = (await parts.vault(request).read_words([ref])).get(ref, "") if ref else ""
    return {"day": day_of(state.at).isoformat(), "hour": hour_words(state.at, "en"), "mode": state.mode,
            "place": place}


def when_words(request: web.Request, state: SittingState) -> str:
    locale = locale_of(request)
    return f"{day_words(day_of(state.at), locale)}, {hour_words(state.at, locale)}"


@entry(door, takes=(FORM, MULTIPART), most="limits.upload_bytes")
async def do_act(request: web.Request) -> web.StreamResponse:
    """`POST sittings/{sitting}/act/{act}`."""
    doing = await _doing(request, sent=True)
    subject = sitting_papers.own_key(doing.state.id)

    async def do(sent: Sent) -> str:
        async with papers(request, subject, doing.state.id, sent) as kept:
            fields = await _fields(request, doing, sent, kept)
            await act(request, SITTING, doing.state.id, doing.act.command, fields, sent, expected=sent.seen)
        request.app[parts.DELIVERY].wake()
        return f"{base(request)}sittings/{doing.state.id}?done=sitting-noted"

    return await forms.answer(request, doing.form, do, lambda sent, status: _page(request, doing, sent, status))


async def _fields(request: web.Request, doing: Doing, sent: Sent, kept: Papers) -> Mapping[str, Any]:
    one, values = doing.act, sent.values
    fields: dict[str, Any] = {"office": reference(doing.trying.office)}
    if "words" in values:
        fields["words"] = values["words"]
    fields |= {name: await kept.keep(name) for name in one.papers}
    if one.draws:
        fields["paper"] = await sitting_papers.presented(request, doing.state, sent.key)
    return fields | _of_people(doing, values) | one.fields(doing.state, values)


def _of_people(doing: Doing, values: Mapping[str, Any]) -> dict[str, Any]:
    """Who presides, or is called in whose place."""
    known = {office.id: (office, quote) for office, quote in doing.trying.presides}
    if doing.act.name == "president":
        office, quote = known[values["presides"]]
        return {"person": office.person, "office_of": reference(quote)}
    if doing.act.name != "substitute":
        return {}
    chosen, several = str(values["substitute"]), list(values["candidacies"]) or None
    if not chosen.startswith(PRESIDING):
        return {"member": values["member"], "substitute": chosen, "candidacies": several}
    office, quote = known[chosen.removeprefix(PRESIDING)]
    return {"member": values["member"], "substitute": office.person, "candidacies": several,
            "office_of": reference(quote)}
