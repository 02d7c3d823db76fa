"""A registration as its form holds it: to be corrected, or to begin the next one from, of whoever presents again what
they have not obtained (R9.1)."""
from __future__ import annotations

from typing import Any, Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.candidacy.kind import CANDIDACY, status
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import Registered
from server.http import parts
from server.http.home import HOME
from server.http.office.door import DESK
from server.http.office.enrolling import registrable
from server.http.office.registration_shown import civil_of
from server.people.birth_place import BirthPlace
from server.people.civil_identity import CivilIdentity

AGAIN: Final = "again"
"""In the address of the form: the candidacy whose missing blocks are presented again."""
PRESENTS_AGAIN: Final = frozenset({"partial", "none"})
OF_ITS_TIME: Final = ("interview_on", "interview_by", "rules_version", "rules_on")
"""What a registration says that the next one does not take over."""


def presents_again(request: web.Request, state: CandidacyState) -> bool:
    """Whether somebody here registers the candidate again, for what a jury did not award."""
    return state.registration is not None and status(state) in PRESENTS_AGAIN and (
        state.provider in registrable(request[DESK]))


async def presented_before(request: web.Request) -> dict[str, Any]:
    """What the form of a new registration holds at first, where its address names the one before."""
    at, named = request[DESK], request.query.get(AGAIN, "")
    row = await parts.rows(request).one("candidacies", named) if named else None
    if row is None or row.body != at.body.id or not at.sees_of(Register.CANDIDACIES, row.scope or ""):
        return {}
    state = await parts.journals(request).state(CANDIDACY, row.stream)
    if state is None or state.registration is None or not presents_again(request, state):
        return {}
    civil = await civil_of(request, state.registration)
    if civil is None:
        return {}
    found = await as_registered(request, state.registration, civil)
    kept = {name: value for name, value in found.items() if name not in OF_ITS_TIME}
    return {**kept, "provider": state.provider or "", "certification": state.certification.code}


async def as_registered(request: web.Request, one: Registered, civil: CivilIdentity) -> dict[str, Any]:
    """What the form holds before anybody typed: the registration as it stands."""
    known = await parts.accounts(request).profiles((one.interview.by, *one.enrolment.trained_by))

    def written(person: str) -> str:
        profile = known.get(person) or {}
        return f"{profile['name']}, {profile['email']}" if profile.get("email") else ""

    mine = one.interview.by == request[HOME].person
    return {
        "birth_name": civil.birth_name, "used_name": civil.used_name or "", "first_names": _listed(civil.first_names),
        "one_name": () if civil.first_names else ("yes",), "sex": civil.sex,
        "birth_date": f"{civil.birth_date:%d/%m/%Y}", **_place(civil.birth_place), "email": civil.email,
        "phone": civil.phone or "", "address": civil.address, "company": civil.company or "",
        "company_email": civil.company_email or "", "came_by": one.came_by.value, "initiative": one.initiative.value,
        "trained_by": "\n".join(filter(None, map(written, one.enrolment.trained_by))),
        "interview_on": f"{one.interview.on:%d/%m/%Y}", "interview_by": "" if mine else written(one.interview.by),
        "rules_version": one.rules_handed.version, "rules_on": f"{one.rules_handed.on:%d/%m/%Y}"}


def _listed(first_names: tuple[str, ...]) -> str:
    return (", " if any(" " in one for one in first_names) else " ").join(first_names) + (
        "," if len(first_names) == 1 and " " in first_names[0] else "")


def _place(place: BirthPlace) -> dict[str, str]:
    commune = f"{place.name} ({place.commune})" if place.commune else ""
    return {"birth_country": place.country, "birth_commune": commune, "birth_town": "" if commune else place.name}
