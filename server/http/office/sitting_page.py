"""`sittings/{sitting}`: one sitting of the certification jury, and what it waits for from whoever reads; its papers."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.offices import OfficeRole
from evaluation.people import Paper, PersonId
from evaluation.rules import N_
from evaluation.sitting.convening_sitting import held_by, notice_by
from evaluation.sitting.not_signing import may_be_noted_from
from evaluation.sitting.reminding import reminded_in_vain
from evaluation.sitting.seeing import reads_minutes, seen_from_office
from evaluation.sitting.sitting_rows import stage
from evaluation.sitting.state import Minutes, SittingState
from evaluation.sitting.who_sits import everybody, on_whole_sitting
from server.http import parts
from server.http.entry import entry
from server.http.language import locale_of
from server.http.office import sitting_papers
from server.http.office.door import DESK, base, keeps, not_there, show
from server.http.office.office_papers import given_out
from server.http.office.sitting_act_forms import ACTS, Trying, allowed, place_empty
from server.http.office.sitting_acts import sitting_of_address, trying, when_words
from server.http.office.sitting_agenda import can_add
from server.http.office.sitting_list import HERE, door
from server.http.office.sitting_members import may_appoint
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.body.sittings import state_cell
from server.views.sitting.sitting_shown import declined_shown, documents_shown, items_shown, seats_shown
from server.views.sitting.sitting_words import WAYS


@dataclass(frozen=True)
class Offered:
    """An act that can be done now: `why` is said of the one that the sitting waits for."""

    href: str
    title: str
    why: str = ""


@entry(door)
async def show_sitting(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}`."""
    state, locale = await sitting_of_address(request), locale_of(request)
    here = f"{base(request)}sittings/{state.id}"
    names, offered = await _names(request, state), await _offered(request, state, here)
    first = _first(state, offered)
    ref = state.place.ref if state.place is not None else ""
    written = await parts.vault(request).read_words([*([ref] if ref else []), *(
        one.words.ref for one in state.completed), *(one.ref for one in state.taken_off.values()), *(
        [state.cancelled.ref] if state.cancelled is not None else []), *(
        noted.words.ref for one in state.minutes for noted in one.not_signing.values())])
    last, told_by = held_by(state), notice_by(state)
    return await show(
        request, "office/sitting.html", here=HERE, when=when_words(request, state), state=state_cell(
            stage(state), locale), way=say(locale, WAYS[state.mode], {}), place=written.get(ref, ""),
        hold_by=short_day(last, locale), late=state.opened_at is None and day_of(state.at) > last,
        held=state.opened_at is not None or state.cancelled is not None,
        notice_by=short_day(told_by, locale) if None in on_whole_sitting(state).values() else "",
        notice_late=told_by < request[DESK].today,
        cancelled=written.get(state.cancelled.ref, "") if state.cancelled is not None else "",
        declined=declined_shown(state, names, locale),
        items=items_shown(state, names, here, f"{base(request)}candidacies/", locale, kept_away(request, state)),
        seats=seats_shown(state, names, _delegates(state), request[DESK].today, locale),
        documents=documents_shown(state, names, written, here, locale, lambda one: _reads(request, state, one)),
        added=[written[one.words.ref] for one in state.completed if one.words.ref in written]
        if not kept_away(request, state) else [],
        draft=f"{here}/draft.pdf" if to_be_written(state) and not kept_away(request, state) else "",
        next=first, others=[one for one in offered.values() if one != first],
        demonstration=parts.seals(request).demonstration, waits=_waits(state, parts.now(request), locale))


def kept_away(request: web.Request, state: SittingState) -> frozenset[str]:
    """The candidacies of which whoever reads sees nothing here: a member's who is kept from deciding on them. Who keeps
    the registers has the minutes written, and sees all of it."""
    at = request[DESK]
    return frozenset[str]() if keeps(at) else frozenset(
        id for id, one in state.agenda.items() if not seen_from_office(state, one, at.person))


def _reads(request: web.Request, state: SittingState, one: Minutes) -> bool:
    """Who signs it read it before."""
    return reads_minutes(one, request[DESK].person) or not kept_away(request, state)


def to_be_written(state: SittingState) -> bool:
    """Whether there is something that a document to come would say."""
    last = max((one.position for one in state.minutes if one.sealed is not None), default=0)
    added = any(one.position > last for one in state.completed)
    return state.opened_at is not None and state.presented is None and (not last or added)


async def _names(request: web.Request, state: SittingState) -> Mapping[PersonId, str]:
    people = {*everybody(state), *(one.recommended.person for one in state.agenda.values()),
              *(one.person for one in state.declined.values()),
              *(person for one in state.minutes for person in one.signers),
              *(noted.by for one in state.minutes for noted in one.not_signing.values())}
    return {person: str(one.get("name", "")) for person, one in
            (await parts.accounts(request).profiles(people)).items()}


def _delegates(state: SittingState) -> frozenset[PersonId]:
    offices = (*state.delegates.items(), *(((state.president.person, state.president),) if state.president else ()))
    return frozenset(person for person, one in offices if one.role is OfficeRole.PRESIDENT_DELEGATE)


# What can be done


async def _offered(request: web.Request, state: SittingState, here: str) -> dict[str, Offered]:
    """By the act's name, in the order of the page."""
    locale, asked = locale_of(request), await trying(request, state)
    found: dict[str, Offered] = {}
    if may_appoint(request, state):
        found["members"] = Offered(f"{here}/members", say(locale, MEMBERS_TITLE, {}), say(locale, MEMBERS_WHY, {}))
    if await can_add(request, state):
        found["agenda"] = Offered(f"{here}/agenda", say(locale, AGENDA_TITLE, {}), say(locale, AGENDA_WHY, {}))
    return found | (_acts(asked, here, request) if asked is not None else {})


MEMBERS_TITLE: Final = N_("Désigner les représentants")
MEMBERS_WHY: Final = N_("La commission nomme un représentant des employeurs, un des salariés, et leurs suppléants.")
AGENDA_TITLE: Final = N_("Ajouter à l’ordre du jour")
AGENDA_WHY: Final = N_("Aucune candidature n’est à l’ordre du jour : choisissez parmi celles qui attendent.")


def _acts(asked: Trying, here: str, request: web.Request) -> dict[str, Offered]:
    locale = locale_of(request)
    return {one.name: Offered(f"{here}/act/{one.name}", say(locale, one.title, {}),
                              say(locale, one.why, {}) if one.why else "") for one in ACTS if allowed(one, asked)}


def _first(state: SittingState, offered: Mapping[str, Offered]) -> Offered | None:
    """The one thing that the sitting waits for; None where it waits for others."""
    wanted = (
        ("president", state.president is None), ("members", not state.members), ("agenda", not state.agenda),
        ("substitute", bool(place_empty(state))), ("present", state.sealed is None))
    return next((offered[name] for name, waits in wanted if waits and name in offered), None)


SIGNING: Final = N_("Les membres signent le procès-verbal dans leur espace.")
NOTED_FROM: Final = N_("À partir du {day}, il peut être noté qu’un membre n’a pas signé.")
OVERDUE: Final = N_(
    "Il manque encore une signature, et toutes les relances sont parties : joignez la personne. Si elle ne signe pas, "
    "notez-le avec ses raisons, et le procès-verbal est scellé sans elle.")


def _waits(state: SittingState, now: int, locale: Locale) -> str:
    """For whom it waits where that is nobody who reads."""
    if state.presented is not None and state.presented.unsigned:
        return _signing(state, state.presented, now, locale)
    words = {
        "convened": N_("Le jury se prépare : chaque membre répond sur chaque candidat et lit ce qui est à lire."),
        "open": N_("Le jury décide sur chaque candidat."),
        "signed": N_("Tout est signé : le cachet est apposé dans un instant, puis les résultats partent.") if not (
            state.minutes and state.minutes[-1].not_signing) else N_(
            "Plus aucune signature n’est attendue : le cachet est apposé dans un instant, puis les résultats partent."),
        "sealed": N_("Cette séance est terminée : son procès-verbal est scellé."),
        "cancelled": N_("Cette séance est annulée : ses candidatures attendent une autre séance."),
    }[stage(state)]
    return say(locale, words, {})


def _signing(state: SittingState, minutes: Minutes, now: int, locale: Locale) -> str:
    if reminded_in_vain(state):
        return say(locale, OVERDUE, {})
    told, begins = [say(locale, SIGNING, {})], may_be_noted_from(state, minutes)
    if now < begins:
        told.append(say(locale, NOTED_FROM, {"day": day_of(begins).isoformat()}))
    return " ".join(told)


# Its papers


@entry(door)
async def show_draft(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}/draft.pdf`: the minutes as they would be presented now. Nothing is kept."""
    state = await sitting_of_address(request)
    if not to_be_written(state) or kept_away(request, state):
        raise not_there()
    return web.Response(body=await sitting_papers.drawn(request, state), content_type="application/pdf", headers={
        "Content-Disposition": 'inline; filename="apercu.pdf"'})


@entry(door)
async def show_document(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}/documents/{number}`: as it is sealed, before that as it is presented."""
    found = await _document(request)
    return await given_out(request, (found.sealed or found.paper) if found is not None else None)


@entry(door)
async def show_scan(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}/documents/{number}/scan`."""
    found = await _document(request)
    return await given_out(request, found.scan if found is not None else None)


async def _document(request: web.Request) -> Minutes | None:
    """What the address names, if it is for whoever reads."""
    state, number = await sitting_of_address(request), int(request.match_info["number"])
    return next((one for one in state.minutes if one.number == number and _reads(request, state, one)), None)


@entry(door)
async def show_extract(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}/extracts/{candidacy}`."""
    state, paper = await sitting_of_address(request), None
    sealed: Mapping[str, Paper] = state.sealed.extracts if state.sealed is not None else {}
    wanted = request.match_info["candidacy"]
    paper = sealed.get(wanted) if wanted not in kept_away(request, state) else None
    return await given_out(request, paper)
