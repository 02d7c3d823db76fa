"""What the minutes of a sitting are written from, read where it stands: names, births, providers, words, and how each
examination went (R3.9)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.body.certifications import code_on
from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.codec import FieldError
from evaluation.deadlines import day_of
from evaluation.offices import OfficeRole
from evaluation.people import PersonId, Words
from evaluation.sitting.state import Item, Minutes, SittingState
from evaluation.sitting.terms import BY_HAND, Place
from evaluation.sitting.who_sits import holder
from server.http import parts
from server.http.office.registration_shown import civil_of
from server.views.sitting.candidacy_record import handed_on
from server.views.sitting.minutes_reading import ItemRead, MemberRead, MinutesReading, SignatureRead
from server.views.sitting.sitting_words import place_of
from server.views.when import day_words

SEATED: Sequence[Place] = ("president", "employers", "employees")
"""In the order in which papers name them."""


@dataclass(frozen=True)
class Writing:
    """Which document: `number`, and which minutes it adds to. `draft`: it is only looked at."""

    number: int
    amends: int | None = None
    draft: bool = False


def next_document(state: SittingState, *, draft: bool = False) -> Writing:
    """The one that would be presented now."""
    sealed = state.sealed
    return Writing(len(state.minutes) + 1, sealed.number if sealed is not None else None, draft)


async def reading_of(request: parts.OfTheApplication, state: SittingState, writing: Writing) -> MinutesReading:
    """An addition holds what was written since, and nothing of the candidates."""
    whole = writing.amends is None
    items = [await _item(request, state, one) for one in state.agenda.values()] if whole else []
    removed = [(await _person(request, one), words) for one, words in state.taken_off.items()] if whole else []
    added = tuple(one.words for one in state.completed if one.position > _since(state))
    words, people = list(_words(state, items, removed, added)), _people(state, items, removed)
    if state.place is not None:
        words.append(state.place)
    written = await parts.vault(request).read_words([one.ref for one in words])
    profiles = await parts.accounts(request).profiles(people)
    body = await parts.journals(request).state(BODY, state.body)
    decided = [one.decided.at for one in state.agenda.values() if one.decided is not None]
    return MinutesReading(
        state.id, writing.number, day_of(state.opened_at or state.at), state.opened_at or state.at,
        max(decided, default=None), state.mode, written.get(state.place.ref, "") if state.place is not None else "",
        body.name if body is not None else "", tuple(_members(state)), tuple(items),
        next((one.framework.appeal_address for one in state.agenda.values()), ()), tuple(removed), added,
        amends=writing.amends, draft=writing.draft, demonstration=parts.seals(request).demonstration,
        names={person: str(one.get("name", "")) for person, one in profiles.items()}, written=written)


def _since(state: SittingState) -> int:
    """The position of the last document that was not taken back; 0 before the first."""
    return max((one.position for one in state.minutes if one.sealed is not None), default=0)


def _members(state: SittingState) -> Iterable[MemberRead]:
    """Each place: who was seated, then whoever was called, in their order."""
    for place in SEATED:
        first = _seated(state, place)
        if first is not None:
            yield MemberRead(first, place, by_delegation=_delegated(state, first))
        for one in state.calls:
            if one.place == place and one.person != first and first is not None:
                several = tuple(each for each in state.agenda if each in one.candidacies) \
                    if one.candidacies is not None else None
                yield MemberRead(one.person, place, first, several, _delegated(state, one.person))


def _seated(state: SittingState, place: Place) -> PersonId | None:
    if place == "president":
        return state.president.person if state.president is not None else None
    named = next((one.person for one in state.members if one.category.value == place and not one.substitute), None)
    return named or holder(state, place)


def _delegated(state: SittingState, person: PersonId) -> bool:
    office = state.delegates.get(person)
    if office is None and state.president is not None and state.president.person == person:
        office = state.president
    return office is not None and office.role is OfficeRole.PRESIDENT_DELEGATE


def signatures_of(state: SittingState, minutes: Minutes) -> tuple[SignatureRead, ...]:
    """In the order of the papers; of who signed by hand without an hour."""
    found = (_signature(state, minutes, person) for person in minutes.signers)
    return tuple(sorted(found, key=lambda one: SEATED.index(one.place)))


def _signature(state: SittingState, minutes: Minutes, person: PersonId) -> SignatureRead:
    place, said = place_of(state, person) or "president", minutes.signatures.get(person)
    noted = minutes.not_signing.get(person)
    if noted is not None:
        return SignatureRead(person, place, not_signing=noted)
    if said is None:
        return SignatureRead(person, place, level=BY_HAND)
    apart = tuple(state.agenda[one].recommended.person for one in said.apart if one in state.agenda)
    return SignatureRead(person, place, said.at, said.level, apart)


# One candidate


async def _item(request: parts.OfTheApplication, state: SittingState, one: Item) -> ItemRead:
    of = one.recommended
    candidacy = await parts.journals(request).state(CANDIDACY, one.candidacy)
    last = next((each for each in reversed(one.questions) if each.ended_at is not None), None)
    return ItemRead(
        one.candidacy, of.person, one.framework, of.held_on, await _born(request, candidacy),
        await _provider(request, candidacy), await _course(request, one),
        (last.began_at, last.ended_at) if last is not None and last.ended_at is not None else None,
        tuple(each.person for each in _members(state) if one.candidacy in state.recused.get(each.person, frozenset())),
        one.decided.ruling if one.decided is not None else None,
        await _code(request, state, one), one.reexamines is not None)


async def _code(request: parts.OfTheApplication, state: SittingState, one: Item) -> str:
    """Under which the certification is known on the day of the sitting (R1.1)."""
    body, day = await parts.journals(request).state(BODY, state.body), day_of(state.opened_at or state.at)
    return code_on(body, one.framework.code, day) if body is not None else ""


async def _born(request: parts.OfTheApplication, candidacy: CandidacyState | None) -> str:
    """Nothing where it was erased, or was never recorded whole."""
    registered = candidacy.registration if candidacy is not None else None
    try:
        civil = await civil_of(request, registered) if registered is not None else None
    except FieldError:
        return ""
    return day_words(civil.birth_date, "fr") if civil is not None else ""


async def _provider(request: parts.OfTheApplication, candidacy: CandidacyState | None) -> str:
    body = await parts.journals(request).state(BODY, candidacy.body) if candidacy is not None else None
    provider = body.providers.get(candidacy.provider or "") if body is not None and candidacy is not None else None
    return provider.name if provider is not None else ""


async def _course(request: parts.OfTheApplication, one: Item) -> tuple[str, ...]:
    """What of the examination wants a look, in the order of the day; nothing to say where all was as it should be."""
    of, sessions = one.recommended, request.app[parts.SESSIONS]
    day = await sessions.state(of.session)
    found = await handed_on(sessions, day, of.hearing, of.person, "fr", parts.now(request)) if day is not None else None
    return tuple(line.words for line in found.checked if line.standing != "kept") if found is not None else ()


async def _person(request: parts.OfTheApplication, candidacy: str) -> PersonId:
    state = await parts.journals(request).state(CANDIDACY, candidacy)
    return state.person if state is not None else ""


# What it names


def _words(state: SittingState, items: Sequence[ItemRead], removed: Sequence[tuple[PersonId, Words]],
           added: Sequence[Words]) -> Iterable[Words]:
    yield from added
    yield from (noted.words for one in state.minutes for noted in one.not_signing.values())
    yield from (words for _person, words in removed)
    for ruling in (one.ruling for one in items if one.ruling is not None):
        yield from (one.words for one in ruling.settled)
        yield from (one.words for one in ruling.dissents if one.words is not None)
        if ruling.words is not None:
            yield ruling.words


def _people(state: SittingState, items: Sequence[ItemRead], removed: Sequence[tuple[PersonId, Words]]
            ) -> set[PersonId]:
    found = {one.person for one in (*items, *_members(state))}
    found |= {person for person, _words in removed} | {person for one in state.minutes for person in one.signers}
    return found | {noted.by for one in state.minutes for noted in one.not_signing.values()}

