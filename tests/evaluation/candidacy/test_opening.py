"""A candidacy is opened under an office that is quoted: of the right kind, holder, role, period, provider."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body.accrediting import EndAgreement
from evaluation.body.granting import EndOffice, GrantOffice
from evaluation.body.kind import BODY
from evaluation.candidacy.awarding import RecordOutcome
from evaluation.candidacy.kind import BY_THE_SERVER, CANDIDACY
from evaluation.candidacy.opening import CandidacyOpened
from evaluation.codec import encode
from evaluation.deadlines import start_of
from evaluation.people import SYSTEM
from evaluation.rules import Forbidden
from tests.evaluation.body.house import CLERK, DIRECTOR, MEMBER, ORGANIZER, POLISH, TODAY, YEAR, staffed, words
from tests.evaluation.body.test_granting import DEPUTY
from tests.evaluation.candidacy.house import (
    AGREEMENT,
    CANDIDATE,
    FRAMEWORK,
    Candidacy,
    framework_quote,
    office,
    opened,
    opening,
    outcome,
    past,
    registered,
)


def new() -> Candidacy:
    return Candidacy(CANDIDACY, "k1", TODAY)


@pytest.mark.rule("R1.1")
def test_a_candidacy_keeps_the_version_it_began_with():
    one = registered()
    state = one.state
    assert (state.id, state.person, state.body, state.provider) == ("k1", CANDIDATE, "b1", "of1")
    assert state.certification == POLISH
    command = opening()
    assert one.events[:1] == [
        CandidacyOpened("k1", CANDIDATE, framework_quote(), command.office, "of1", command.agreement, None),
    ]
    assert one.refused(ORGANIZER, opening()) == "R1.1"
    assert new().refused(CLERK, outcome("none")) == "R1.1"


@pytest.mark.rule("X15")
def test_who_opens():
    house = staffed()
    house.do(ORGANIZER, GrantOffice(DEPUTY))
    assert new().do("p-deputy", opening(office=house.quote())) != []
    assert new().do(CLERK, opening(office=office("o-clerk"))) != []
    for actor, quote in (
        (DIRECTOR, office("o-director")), (MEMBER, office("o-member")), ("p-nobody", office("o-organizer")),
        (SYSTEM, office("o-organizer")), (CLERK, office("o-organizer")),
    ):  # fmt: skip
        assert isinstance(new().refusal(actor, opening(office=quote)), Forbidden)


@pytest.mark.rule("X15")
def test_an_office_that_does_not_fit():
    good = office("o-organizer")
    for bad in (
        replace(good, kind="session"), replace(good, event="body.office_ended"), replace(good, data={}),
        staffed().quote(AGREEMENT),
    ):  # fmt: skip
        assert isinstance(new().refusal(ORGANIZER, opening(office=bad)), Forbidden)
    assert isinstance(new().refusal(ORGANIZER, opening(provider="of2")), Forbidden)
    assert isinstance(new().refusal(ORGANIZER, opening(provider=None)), Forbidden)
    early = Candidacy(CANDIDACY, "k1", "2025-12-31")
    assert isinstance(early.refusal(ORGANIZER, opening()), Forbidden)


@pytest.mark.rule("X15")
def test_an_office_that_ended_this_morning_is_not_quoted():
    house = staffed()
    house.do(CLERK, EndOffice("o-organizer"))
    assert not BODY.stands(house.state, office("o-organizer", house).position)
    assert isinstance(new().refusal(ORGANIZER, opening(office=house.quote())), Forbidden)  # nor its end


@pytest.mark.rule("X15")
def test_everything_quoted_is_of_one_awarding_body():
    command = opening()
    assert command.agreement is not None
    for other in (
        {"framework": replace(command.framework, stream="b2")}, {"agreement": replace(command.agreement, stream="b2")},
    ):  # fmt: skip
        assert isinstance(new().refusal(ORGANIZER, opening(**other)), Forbidden)


@pytest.mark.rule("R1.7")
def test_a_provider_whose_agreement_ended_opens_none():
    house = staffed()
    house.do(CLERK, EndAgreement("of1", date(2026, 4, 1), words()))
    assert new().do(ORGANIZER, opening(agreement=house.quote())) != []
    late = Candidacy(CANDIDACY, "k1", "2026-04-01")
    assert late.refused(ORGANIZER, opening(agreement=house.quote())) == "R1.7"
    assert new().refused(ORGANIZER, opening(agreement=None)) == "R1.7"
    assert new().refused(ORGANIZER, opening(agreement=house.quote(FRAMEWORK))) == "R1.7"
    other = house.quote(AGREEMENT)
    other = replace(other, data={**other.data, "agreement": {**encode(YEAR), "provider": "of2"}})
    assert new().refused(ORGANIZER, opening(agreement=other)) == "R1.7"


@pytest.mark.rule("R1.1")
def test_a_version_that_is_not_in_force():
    for bad in (staffed().quote(AGREEMENT), replace(opening().framework, data={})):
        assert new().refused(ORGANIZER, opening(framework=bad)) == "R1.1"
    late = opening().framework
    late = replace(late, data={**late.data, "since": "2026-03-17"})
    assert new().refused(ORGANIZER, opening(framework=late)) == "R1.1"


@pytest.mark.rule("R1.1")
def test_a_candidacy_is_a_persons():
    for change in ({"person": ""}, {"person": SYSTEM}, {"candidacy": ""}):
        assert new().refused(ORGANIZER, opening(**change)) == "R1.1"


@pytest.mark.rule("X8")
def test_a_past_candidacy_is_under_the_version_of_its_jurys_day():
    day = date(2023, 5, 10)
    one = new()
    assert one.refused(CLERK, past(day)) == "R1.1"  # the version of today
    one.do(CLERK, past(day, framework=framework_quote(since="2023-05-10")))
    assert (one.state.provider, one.state.first_jury) == (None, day)
    assert one.state.opened_on.isoformat() == TODAY
    one.do(CLERK, outcome("partial", "BC1", ruled_on=day))
    (row,) = one.rows("candidacies").values()
    assert (row.body, row.scope, row.status) == ("b1", None, "partial")
    assert (row.at, row.data) == (start_of(day), {"version": "1", "past": True})


@pytest.mark.rule("X8")
def test_the_clerk_alone_records_what_juries_have_ruled_already():
    day = date.fromisoformat(TODAY)
    assert isinstance(new().refusal(ORGANIZER, opening(first_jury=day)), Forbidden)
    assert new().refused(CLERK, past(date(2026, 3, 17))) == "X8"
    assert new().do(CLERK, past(day)) != []
    assert new().do(CLERK, past(day, provider="of1")) != []


def test_what_an_act_can_be_asked_for_again():
    assert CANDIDACY.replay(*registered().events) == opening(framework=framework_quote())
    assert CANDIDACY.replay(opened().events[0], outcome) == past(
        date.fromisoformat(TODAY), provider="of1", framework=framework_quote())
    assert CANDIDACY.from_pages == set(CANDIDACY.commands.classes.values()) - BY_THE_SERVER
    assert RecordOutcome in CANDIDACY.from_pages
