"""What the page of a candidacy shows of its registration, opened for who may register there."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from aiohttp import web

from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import Registered
from evaluation.deadlines import day_of
from server.http import parts
from server.http.language import locale_of
from server.http.office.door import DESK
from server.http.office.enrolling import registrable
from server.people.civil_identity import CivilIdentity, civil_identity_of
from server.views.body.periods import short_day
from server.views.candidacy import registrations
from server.views.candidacy.registrations import CorrectionView, FactView


@dataclass(frozen=True)
class RegistrationView:
    """`facts` and `corrections` are for who registers; others see the blocks sought. `changes`: it may be put right and
    withdrawn. `withdrawn` is the day of it, `told` what the candidate said."""

    sought: str
    facts: tuple[FactView, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    changes: bool = False
    withdrawn: str = ""
    told: str = ""


async def registration_shown(request: web.Request, state: CandidacyState) -> RegistrationView | None:
    """None of a past candidacy."""
    one, locale = state.registration, locale_of(request)
    if one is None:
        return None
    sought = ", ".join(one.enrolment.sought)
    withdrawn = short_day(day_of(state.withdrawn.at), locale) if state.withdrawn is not None else ""
    if state.provider not in registrable(request[DESK]):
        return RegistrationView(sought, withdrawn=withdrawn)
    texts = await parts.vault(request).read_words(_words(state))
    civil = {ref.civil.ref: civil_identity_of(texts[ref.civil.ref]) for ref in state.registrations
             if ref.civil.ref in texts}
    known = await parts.accounts(request).profiles(_people(state.registrations))
    names = {person: str(profile.get("name", "")) for person, profile in known.items()}
    return RegistrationView(
        sought, tuple(registrations.facts(one, civil.get(one.civil.ref), names, locale)),
        tuple(registrations.corrections(state.registrations, civil, texts, names, locale)),
        state.withdrawn is None and one.civil.ref in civil, withdrawn,
        texts.get(state.withdrawn.words.ref, "") if state.withdrawn is not None else "")


async def civil_of(request: parts.OfTheApplication, one: Registered) -> CivilIdentity | None:
    """None where it was erased."""
    texts = await parts.vault(request).read_words((one.civil.ref,))
    return civil_identity_of(texts[one.civil.ref]) if one.civil.ref in texts else None


def _words(state: CandidacyState) -> Iterable[str]:
    for one in state.registrations:
        yield one.civil.ref
        if one.reason is not None:
            yield one.reason.ref
    if state.withdrawn is not None:
        yield state.withdrawn.words.ref


def _people(all_of_them: Iterable[Registered]) -> Iterable[str]:
    for one in all_of_them:
        yield from (one.by, one.interview.by, *one.enrolment.trained_by)
