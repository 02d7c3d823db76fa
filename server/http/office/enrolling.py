"""A candidate is registered, from a form or from a line of a file: who they are, who trained them, what they keep from
earlier juries, and the act that writes it all or nothing."""
from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.body.accrediting import agreed_on
from evaluation.body.certifications import code_on, version_on
from evaluation.body.state import InForce
from evaluation.candidacy.access import may_register
from evaluation.candidacy.kind import CANDIDACY, UNDER_WAY
from evaluation.candidacy.registering import to_seek
from evaluation.offices import OfficeRole
from evaluation.rules import N_, Refusal
from server.http import parts
from server.http.forms import Sent, Wrong
from server.http.office import citing
from server.http.office.acting import REFUSED, made_for
from server.http.office.door import DESK, Asking, AtDesk
from server.http.office.persons import Named, named_at
from server.http.office.possible_bars import with_possible_bars
from server.journals.deciding import Together
from server.journals.quoting import reference
from server.journals.write_path import NotDone
from server.people.bar_matches import Possible
from server.people.civil_identity import CivilIdentity
from server.people.companies import company_digest
from server.people.registration_check import CheckedRegistration, NamedPerson
from server.people.same_person import is_at_this_address, is_elsewhere
from server.storage.accounts import plain_address
from server.storage.journal import StaleVersion
from server.storage.rows import listed

ALREADY: Final = N_("Cette personne est déjà inscrite pour cette certification : cherchez son nom dans la liste.")
HELD: Final = ("candidacies", "offices", "seats", "jurors")
"""The indexes that tell what somebody holds, and at whose: not the awarding body's own, which nobody is told of."""
NOT_YOURS_TO_CHANGE: Final = N_(
    "Rien n’est enregistré : le secrétariat de l’organisme certificateur change l’adresse d’une personne déjà "
    "inscrite. Vérifiez-la avec elle, puis demandez-lui.")


def registrable(at: AtDesk) -> Mapping[str, str]:
    """The providers for which somebody at this desk may register candidates today, each with the office under which."""
    found = {one: may_register(at.offices, one) for one in at.body.providers}
    return {provider: office for provider, office in found.items() if office is not None}


def open_to(at: AtDesk) -> Mapping[str, InForce]:
    """The certifications that candidates are registered for today, by code: the version in force."""
    codes = {one.certification.code for one in at.body.in_force}
    found = {code: version_on(at.body, code, at.today) for code in codes if code_on(at.body, code, at.today) == code}
    return {code: version for code, version in sorted(found.items()) if version is not None}


def candidacy_of(request: Asking, sent: Sent) -> str:
    """The id of the candidacy that what was `sent` makes."""
    return made_for(parts.vault(request), request[DESK].person, sent, "candidacy")


async def enrol(request: Asking, sent: Sent, checked: CheckedRegistration, code: str, provider: str) -> str:
    """The id of the candidacy. Wrong, with the reasons by field in what was `sent`; Refusal. Done once for `sent.key`.
    """
    at = request[DESK]
    candidacy, version = candidacy_of(request, sent), open_to(at).get(code)
    office, agreed = registrable(at).get(provider), agreed_on(at.body.providers[provider], at.today)
    if version is None or office is None or agreed is None:
        raise Refusal("R1.7", N_("L’organisme de formation n’a pas de convention en cours le {day}."),
                      day=at.today.isoformat())
    async with people_of(request, sent, checked, provider) as people:
        outcomes = await citing.outcomes_of(request, people.candidate.person, code)
        sought, cited = to_seek(version.certification, people.candidate.person, outcomes, at.today)
        fields = {
            "candidacy": candidacy, "person": people.candidate.person, "provider": provider,
            "framework": await citing.of_body(request, version.position),
            "office": await citing.of_body(request, at.body.offices[office].position),
            "agreement": await citing.of_body(request, agreed.position),
            "registration": {"sought": list(sought), **await given(request, checked, people)},
            "civil": checked.civil.as_text(), "outcomes": [reference(one) for one in cited]}

        async def alone(connection: AsyncConnection) -> None:
            for row in await listed(connection, "candidacies", {
                    "body": at.body.id, "person": people.candidate.person, "about": code}):
                if row.data.get("held_under", row.status) in UNDER_WAY and row.key != candidacy:
                    raise AlreadyRegistered(candidacy)

        try:
            await act_with_bars(request, people, candidacy, code, "OpenCandidacy", fields, sent, alone)
        except AlreadyRegistered:
            sent.refuse("certification", ALREADY)
            raise Wrong from None
    return candidacy


class AlreadyRegistered(NotDone):
    """Another candidacy of the same person, for the same certification, is under way."""


async def act_with_bars(request: Asking, people: PeopleOf, candidacy: str, code: str, command: str,
                        fields: Mapping[str, Any], sent: Sent, alone: Together | None = None) -> None:
    """With the bars that may be the candidate's (R6.6), and everybody whom the registration names."""
    async def register(bars: Possible) -> None:
        async def together(connection: AsyncConnection) -> None:
            await bars.check(connection)
            if alone is not None:
                await alone(connection)
            await people.keep(connection)

        await parts.journals(request).execute(
            CANDIDACY, candidacy, request[DESK].person, command, {**fields, "possible_bars": bars.quotes},
            key=sent.key, expected=sent.seen, together=together, final=False)

    try:
        await with_possible_bars(request, people.candidate.person, people.described, code, register)
    except AlreadyRegistered:
        raise
    except NotDone:
        raise StaleVersion(candidacy, 0) from None


@dataclass(frozen=True)
class PeopleOf:
    """Everybody whom a registration names. Who is new, or is known better now, is kept with the act. `described` is the
    candidate as known with what was given now, whether or not that is kept."""

    request: Asking
    candidate: Named
    described: Mapping[str, Any]
    interviewer: str
    trainers: tuple[Named, ...]
    others: tuple[Named, ...]

    async def keep(self, connection: AsyncConnection) -> None:
        for one in (self.candidate, *self.others):
            if one.profile is not None:
                await parts.accounts(self.request).keep_person(connection, one.person, one.profile)


async def given(request: Asking, checked: CheckedRegistration, people: PeopleOf) -> dict[str, Any]:
    """A `Registration`, without the blocks sought."""
    company = await company_digest(parts.vault(request), request[DESK].body.id, checked.civil.company)
    return {
        "came_by": checked.came_by.value, "initiative": checked.initiative.value, "company": company,
        "interview": {"on": checked.interview_on.isoformat(), "by": people.interviewer},
        "rules_handed": {"version": checked.rules_version, "on": checked.rules_on.isoformat()},
        "trained_by": [one.person for one in people.trainers]}


@asynccontextmanager
async def people_of(request: Asking, sent: Sent, checked: CheckedRegistration, provider: str, person: str = ""
                    ) -> AsyncIterator[PeopleOf]:
    """Until the act is done; what is refused leaves nobody behind. `person`: the candidate, where they are registered
    already. Wrong for an address that is another person's, or not theirs to change."""
    named = {plain_address(one.email): one for one in (*checked.trained_by, *filter(None, (checked.interview_by,)))}
    async with AsyncExitStack() as held:
        for who in (f"born {checked.civil.birth_date}", *sorted(named)):
            await held.enter_async_context(request.app[parts.PLACES].place("naming", who, 1))
        found = {address: await _somebody(request, sent, checked, one) for address, one in named.items()}
        candidate, described = await _candidate(request, sent, checked.civil, provider, person)
        if sent.wrong:
            raise Wrong
        by = checked.interview_by
        people = PeopleOf(
            request, candidate, described, found[plain_address(by.email)].person if by else request[DESK].person,
            tuple(found[plain_address(one.email)] for one in checked.trained_by), tuple(found.values()))
        new = [one.person for one in (candidate, *found.values()) if one.profile is not None]
        for one in new:  # inside the act's transaction none can be made
            await parts.vault(request).key(one)
        try:
            yield people
        except REFUSED:
            for one in new:
                await parts.vault(request).drop_key(one)
            raise
        for one in new:
            parts.accounts(request).read_again(one)


async def _somebody(request: Asking, sent: Sent, checked: CheckedRegistration, one: NamedPerson) -> Named:
    field = "trained_by" if one in checked.trained_by else "interview_by"
    first, _, rest = one.name.partition(" ")
    try:
        return await named_at(request, sent, field, first, rest, one.email)
    except Wrong:  # with whatever else is wrong
        return Named("")


async def _candidate(request: Asking, sent: Sent, civil: CivilIdentity, provider: str, person: str
                     ) -> tuple[Named, Mapping[str, Any]]:
    """With the profile that they have from now on, and as they are described. Who is known at another provider's stays
    as known there, and who registers them is not told that they are (X15)."""
    accounts = parts.accounts(request)
    found = person or await _known(request, civil)
    if not found:
        new = civil.as_profile()
        return Named(made_for(parts.vault(request), request[DESK].person, sent, "candidate"), new), new
    before = await accounts.profile(found) or {}
    described = {**before, **civil.as_profile()}
    if await may_describe(request, found, provider):
        return Named(found, described), described
    if person and plain_address(str(before.get("email") or "")) != plain_address(civil.email):
        sent.refuse("email", NOT_YOURS_TO_CHANGE)
    return Named(found), described


async def _known(request: Asking, civil: CivilIdentity) -> str:
    """Who of those that are known is registered; empty for somebody new."""
    accounts = parts.accounts(request)
    at_address = await accounts.people_at(civil.email)
    for person, profile in (await accounts.profiles(at_address)).items():
        if is_at_this_address(profile, civil):
            return person
    most = parts.config(request).lists.found_people
    named = await accounts.names.find(" ".join((*civil.first_names, civil.birth_name)), most)
    for person, profile in (await accounts.profiles(named)).items():
        if is_elsewhere(profile, civil):
            return person
    return ""


async def may_describe(request: Asking, person: str, provider: str) -> bool:
    """Links to all that somebody holds go to their address, and all whom they meet read their name: a provider changes
    those of its own people alone."""
    if any(one.role is OfficeRole.CLERK for one in request[DESK].offices):
        return True
    return await parts.rows(request).scopes(person, HELD) <= {provider}
