"""A candidate is registered: interview, règlement, blocks sought, employer, trainers; corrected with its trace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.body.accrediting import EndAgreement
from evaluation.body.granting import GrantOffice
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.opening import OpenCandidacy
from evaluation.candidacy.registering import (
    CandidacyRegistered,
    CorrectRegistration,
    RegistrationCorrected,
    WithdrawCandidacy,
    quoted,
    to_seek,
)
from evaluation.candidacy.terms import CameBy, Enrolment, Interview, Registration, RulesHanded
from evaluation.journal import BrokenJournal
from evaluation.known import KINDS
from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from evaluation.rules import Forbidden, Refusal
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, DIRECTOR, ORGANIZER, POLISH, staffed, words
from tests.evaluation.body.test_granting import DEPUTY
from tests.evaluation.candidacy.house import (
    AGREEMENT,
    CANDIDATE,
    CIVIL,
    REGISTRATION,
    TRAINER,
    Candidacy,
    awarded,
    examined,
    framework_quote,
    office,
    opened,
    opening,
    outcome,
    registered,
)

TOMORROW = date(2026, 3, 17)
OTHER_CIVIL = Words("civil-2", "f" * 64)


def new() -> Candidacy:
    return Candidacy(CANDIDACY, "k1", "2026-03-16")


def given(**changes: object) -> Registration:
    return replace(REGISTRATION, **changes)


def asking(**changes: object) -> OpenCandidacy:
    return opening(registration=given(**changes))


def correction(**changes: object) -> CorrectRegistration:
    command = CorrectRegistration(REGISTRATION, OTHER_CIVIL, words("why"), office("o-organizer"))
    return replace(command, **changes)


def withdrawal(**changes: object) -> WithdrawCandidacy:
    return replace(WithdrawCandidacy(words("gone"), office("o-organizer")), **changes)


ENROLMENT = Enrolment(CANDIDATE, "RNCP26850", "1", "of1", "e" * 64, ("BC1", "BC2"), (), (TRAINER,))


def test_what_is_registered():
    one = registered()
    assert one.events[1:] == [CandidacyRegistered(
        ENROLMENT, REGISTRATION.came_by, REGISTRATION.initiative, REGISTRATION.interview, REGISTRATION.rules_handed,
        CIVIL)]  # fmt: skip
    assert quoted(one.quote()) == ENROLMENT
    (row,) = one.rows("candidacies").values()
    assert (row.status, row.scope, row.data) == (
        "registered", "of1", {"version": "1", "past": False, "sought": ["BC1", "BC2"], "registered": 2,
                              "planned": []})
    assert CANDIDACY.stands(one.state, 2)
    assert not CANDIDACY.closed(one.state)


@pytest.mark.rule("X12")
def test_a_registration_is_whole_and_a_past_candidacy_has_none():
    for changes in (
        {"civil": None}, {"registration": None}, {"registration": None, "civil": None},
        {"registration": None, "civil": None, "outcomes": (awarded("partial", "BC1", name="k0"),)},
    ):
        assert new().refused(ORGANIZER, opening(**changes)) == "X12"
    assert new().refused(CLERK, opening(
        first_jury=date(2026, 3, 2), office=office("o-clerk"), framework=framework_quote())) == "X12"


@pytest.mark.rule("R4.3")
def test_the_interview_comes_first():
    assert new().do(ORGANIZER, asking(interview=Interview(date(2026, 3, 16), ORGANIZER)))
    for wrong in (Interview(TOMORROW, ORGANIZER), *(
            Interview(date(2026, 3, 16), nobody) for nobody in ("", SYSTEM, CANDIDATE))):
        assert new().refused(ORGANIZER, asking(interview=wrong)) == "R4.3"


@pytest.mark.rule("R4.1")
def test_the_reglement_in_hand():
    assert new().do(ORGANIZER, asking(rules_handed=RulesHanded("2025", date(2026, 3, 16))))
    for wrong in (RulesHanded("2025", TOMORROW), RulesHanded(" ", date(2026, 3, 16))):
        assert new().refused(ORGANIZER, asking(rules_handed=wrong)) == "R4.1"


@pytest.mark.rule("R1.2")
def test_the_trainers_are_others():
    assert new().do(ORGANIZER, asking(trained_by=()))
    for wrong in ((TRAINER, TRAINER), (CANDIDATE,), ("",), (TRAINER, SYSTEM)):
        assert new().refused(ORGANIZER, asking(trained_by=wrong)) == "R1.2"


@pytest.mark.rule("R1.7")
def test_a_provider_whose_agreement_ended_registers_nobody():
    house = staffed()
    house.do(CLERK, EndAgreement("of1", date(2026, 4, 1), words()))
    ended = house.quote()
    late = Candidacy(CANDIDACY, "k1", "2026-04-01")
    for actor, under in ((ORGANIZER, "o-organizer"), (CLERK, "o-clerk")):
        assert late.refused(actor, opening(agreement=ended, office=office(under))) == "R1.7"
        assert new().refused(actor, opening(agreement=None, office=office(under))) == "R1.7"
    one = registered(agreement=house.quote(AGREEMENT))
    one.on("2026-04-01")
    assert one.do(ORGANIZER, correction())  # what was registered before is still put right


# Blocks sought


@pytest.mark.rule("X8", "R9.1")
def test_the_blocks_sought_are_all_of_them_or_those_missing():
    kept = awarded("partial", "BC1", name="k0")
    nothing = awarded("none", name="k0")
    assert to_seek(POLISH, CANDIDATE, (kept,), date(2026, 3, 16)) == (("BC2",), (kept,))
    assert to_seek(POLISH, CANDIDATE, (nothing,), date(2026, 3, 16)) == (("BC1", "BC2"), ())
    one = new()
    one.do(ORGANIZER, opening(registration=given(sought=("BC2",)), outcomes=(kept,)))
    enrolment = quoted(one.quote())
    assert (enrolment.sought, enrolment.outcomes) == (("BC2",), (kept,))
    assert CANDIDACY.replay(*one.events) == opening(registration=given(sought=("BC2",)), outcomes=(kept,))


@pytest.mark.rule("X8", "R9.1")
@pytest.mark.parametrize("sought", [(), ("BC1",), ("BC2", "BC1"), ("BC1", "BC2", "BC3"), ("BC1", "BC1")])
def test_other_blocks_are_not_sought(sought: tuple[str, ...]):
    assert new().refused(ORGANIZER, asking(sought=sought)) == "X8"


@pytest.mark.rule("X8", "R9.1")
def test_what_is_kept_is_not_sought_again_and_the_rest_is():
    kept, all_of_it = awarded("partial", "BC1", name="k0"), awarded("full", "BC1", "BC2", name="k0")
    for sought, outcomes in (
        (("BC1", "BC2"), (kept,)), (("BC1",), (kept,)), ((), (all_of_it,)), (("BC1", "BC2"), (all_of_it,)),
        (("BC2",), ()), (("BC2",), (awarded("partial", "BC1", name="k0", person="p-twin"),)),
    ):
        assert new().refused(ORGANIZER, opening(registration=given(sought=sought), outcomes=outcomes)) == "X8"


@pytest.mark.rule("X8")
def test_a_block_that_is_kept_no_longer_is_sought_again():
    year = replace(POLISH, kept_block_validity_months=12)
    kept = awarded("partial", "BC1", name="k0", ruled_on=date(2025, 3, 10))
    assert to_seek(year, CANDIDATE, (kept,), date(2025, 3, 20)) == (("BC2",), (kept,))
    assert to_seek(year, CANDIDATE, (kept,), date(2026, 3, 16)) == (("BC1", "BC2"), ())


# Corrections


@pytest.mark.rule("X12")
def test_a_correction_stands_in_place_of_what_it_corrects_and_leaves_it_to_be_read():
    one = registered()
    one.do(ORGANIZER, correction(registration=given(company=None, came_by=CameBy.APPRENTICESHIP)))
    state = one.state
    assert isinstance(one.events[-1], RegistrationCorrected)
    assert [(was.position, was.by, was.civil, was.reason, was.came_by) for was in state.registrations] == [
        (2, ORGANIZER, CIVIL, None, CameBy.CONTINUING_TRAINING),
        (3, ORGANIZER, OTHER_CIVIL, words("why"), CameBy.APPRENTICESHIP)]  # fmt: skip
    assert [CANDIDACY.stands(state, position) for position in (2, 3)] == [False, True]
    assert quoted(one.quote()) == replace(ENROLMENT, company=None)
    assert one.rows("candidacies")["k1"].data["registered"] == 3
    assert CANDIDACY.replay(one.events[-1], None) == correction(
        registration=given(company=None, came_by=CameBy.APPRENTICESHIP))
    assert CANDIDACY.must_have_seen(state, CorrectRegistration, {}) == 3


@pytest.mark.rule("R4.3", "R4.1", "R1.2")
def test_a_correction_is_under_the_rules_of_a_registration():
    for rule, changes in (
        ("R4.3", {"interview": Interview(TOMORROW, ORGANIZER)}), ("R4.1", {"rules_handed": RulesHanded("", TOMORROW)}),
        ("R1.2", {"trained_by": (CANDIDATE,)}),
    ):
        assert registered().refused(ORGANIZER, correction(registration=given(**changes))) == rule


@pytest.mark.rule("X8")
def test_the_blocks_are_looked_at_again_only_where_they_change():
    kept = awarded("partial", "BC1", name="k0")
    missing = given(sought=("BC2",))
    one = registered(registration=missing, outcomes=(kept,))
    one.do(ORGANIZER, correction(registration=missing))
    assert quoted(one.quote()).outcomes == (kept,)
    assert one.refused(ORGANIZER, correction(registration=given(sought=("BC1",)))) == "X8"
    one.do(ORGANIZER, correction())  # that outcome was another person's: all are sought
    assert (quoted(one.quote()).sought, quoted(one.quote()).outcomes) == (("BC1", "BC2"), ())
    one.do(ORGANIZER, correction(registration=missing, outcomes=(kept,)))
    assert quoted(one.quote()).outcomes == (kept,)
    assert CANDIDACY.replay(one.events[-1], None) == correction(registration=missing, outcomes=(kept,))


@pytest.mark.rule("X15")
def test_who_corrects_and_withdraws():
    house = staffed()
    house.do(ORGANIZER, GrantOffice(DEPUTY))
    for command in (correction(), withdrawal()):
        for actor, quote in (
            (ORGANIZER, office("o-organizer")), ("p-deputy", house.quote()), (CLERK, office("o-clerk")),
        ):
            assert registered().do(actor, replace(command, office=quote))
        good = office("o-organizer")
        for actor, quote in (
            (DIRECTOR, office("o-director")), (CANDIDATE, good), (ORGANIZER, replace(good, stream="b2")),
            (ORGANIZER, _at(good, "of2")),
        ):
            assert isinstance(registered().refusal(actor, replace(command, office=quote)), Forbidden)


def _at(quote: Quote, provider: str) -> Quote:
    said: Any = quote.data["office"]
    return replace(quote, data={**quote.data, "office": {**said, "provider": provider}})


# Withdrawal


@pytest.mark.rule("X12")
def test_who_withdraws_is_neither_planned_nor_corrected():
    one = registered()
    one.do(ORGANIZER, withdrawal())
    assert (one.rows("candidacies")["k1"].status, CANDIDACY.closed(one.state)) == ("withdrawn", True)
    assert not CANDIDACY.stands(one.state, 2)
    assert CANDIDACY.replay(one.events[-1], None) == withdrawal()
    for command in (withdrawal(), correction()):
        assert one.refused(ORGANIZER, command) == "X12"


@pytest.mark.rule("X12")
def test_what_has_no_registration_or_was_ruled_is_not_withdrawn():
    past = opened()
    for command in (withdrawal(office=office("o-clerk")), correction(office=office("o-clerk"))):
        assert past.refused(CLERK, command) == "X12"
    ruled = examined(registered())
    ruled.do(CLERK, outcome("partial", "BC1", ruled_on=date(2026, 3, 16)))
    assert ruled.rows("candidacies")["k1"].status == "partial"
    assert ruled.refused(ORGANIZER, withdrawal()) == "X12"
    assert ruled.do(ORGANIZER, correction())  # what the deposit refused is put right


# Quoted elsewhere, and proved


def test_what_is_no_registration_is_not_quoted():
    good = registered().quote()
    for bad in (
        registered().quote(1), replace(good, kind="session"), replace(good, data={}), awarded("none"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            quoted(bad)
        assert refusal.value.rule == "R1.1"


@pytest.mark.rule("X5")
def test_the_journal_of_a_registration_is_proved():
    one = registered(registration=given(sought=("BC2",)), outcomes=(awarded("partial", "BC1", name="k0"),))
    one.do(ORGANIZER, correction(registration=given(sought=("BC2",))), withdrawal())
    (proved,) = verify(one.lines(), KINDS)
    assert proved.records == 4
    name, actor, when, data = one.journal[1]
    one.journal[1] = (name, actor, when, {**data, "enrolment": {**data["enrolment"], "trained_by": []}})
    one.journal[1][3]["enrolment"]["sought"] = ["BC1"]
    with pytest.raises(BrokenJournal) as broken:
        verify(one.lines(), KINDS)
    assert broken.value.position == 1
