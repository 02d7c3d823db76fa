"""What the certification jury ruled, recorded by the clerk, corrected and never erased; certificates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.candidacy.awarding import OutcomeRecorded, RecordOutcome, completed_by
from evaluation.candidacy.certifying import CertificateNoted, NoteCertificate
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.opening import OpenCandidacy
from evaluation.candidacy.state import Award, Awarded
from evaluation.deadlines import start_of
from evaluation.journal import BrokenJournal
from evaluation.known import KINDS
from evaluation.rules import Forbidden
from evaluation.verify import verify
from tests.evaluation.body.house import CLERK, ORGANIZER, PAPER, POLISH, TODAY
from tests.evaluation.candidacy.house import CANDIDATE, awarded, office, opened, outcome

RULED = date(2026, 3, 10)
NOTE = NoteCertificate("2026-001", RULED, PAPER, office("o-clerk"))
UNREGISTERED = replace(POLISH, registered=False)


@pytest.mark.rule("R1.6", "R5.4")
@pytest.mark.parametrize(("award", "blocks"), [("full", ("BC1", "BC2")), ("partial", ("BC2",)), ("none", ())])
def test_an_outcome_says_all_it_is_quoted_for(award: Award, blocks: tuple[str, ...]):
    one = opened()
    said = Awarded(CANDIDATE, "RNCP26850", "1", RULED, award, blocks)
    assert one.do(CLERK, outcome(award, *blocks)) == [OutcomeRecorded(said, PAPER, office("o-clerk"), (), None)]
    assert CANDIDACY.results(one.state) == {"2": said}
    assert CANDIDACY.replay(one.events[1], None) == outcome(award, *blocks)
    assert one.refused(CLERK, outcome(award, *blocks)) == "X8"


@pytest.mark.rule("R1.6")
@pytest.mark.parametrize(
    ("award", "blocks"),
    [("partial", ()), ("full", ()), ("none", ("BC1",)), ("partial", ("BC9",)), ("partial", ("BC1", "BC1"))],
)
def test_an_outcome_that_is_none(award: Award, blocks: tuple[str, ...]):
    assert opened().refused(CLERK, outcome(award, *blocks)) == "R1.6"


@pytest.mark.rule("R1.6")
def test_a_certification_that_is_not_registered_by_blocks():
    assert opened(of=UNREGISTERED).refused(CLERK, outcome("partial", "BC1")) == "R1.6"
    opened(of=UNREGISTERED).do(CLERK, outcome("full", "BC1", "BC2"))


@pytest.mark.rule("R5.4")
def test_an_award_is_full_when_no_block_is_missing_and_then_alone():
    one = opened()
    assert one.refused(CLERK, outcome("full", "BC1")) == "R5.4"
    assert one.refused(CLERK, outcome("partial", "BC1", "BC2")) == "R5.4"
    one.do(CLERK, outcome("partial", "BC1"))
    later = outcome("partial", "BC2", ruled_on=date(2026, 3, 12))
    assert one.refused(CLERK, later) == "R5.4"
    one.do(CLERK, replace(later, award="full"))
    assert one.refused(CLERK, outcome("full", "BC2", ruled_on=date(2026, 3, 9))) == "R5.4"  # before the first


@pytest.mark.rule("X8", "R5.4")
def test_an_earlier_candidacy_completes_an_award():
    earlier = awarded("partial", "BC1", name="k0", ruled_on=date(2025, 6, 1))
    one = opened()
    assert one.refused(CLERK, outcome("partial", "BC2", kept=(earlier,))) == "X8"
    one.do(CLERK, outcome("full", "BC2", kept=(earlier,)))
    others = awarded("partial", "BC1", name="k0", person="p-other")
    assert opened().refused(CLERK, outcome("full", "BC2", kept=(others,))) == "X8"
    short = replace(POLISH, kept_block_validity_months=6)
    assert opened(of=short).refused(CLERK, outcome("full", "BC2", kept=(earlier,))) == "R5.4"


@pytest.mark.rule("X8")
def test_a_jury_of_tomorrow_has_not_ruled():
    one = opened()
    assert one.refused(CLERK, outcome("none", ruled_on=date(2026, 3, 17))) == "X8"
    one.do(CLERK, outcome("none", ruled_on=date.fromisoformat(TODAY)))


@pytest.mark.rule("X8")
def test_a_jury_rules_once():
    one = opened()
    one.do(CLERK, outcome("partial", "BC1"))
    assert one.refused(CLERK, outcome("partial", "BC2")) == "X8"
    one.do(CLERK, outcome("partial", "BC2", corrects=2), outcome("none", ruled_on=date(2026, 3, 11)))
    assert one.refused(CLERK, outcome("none", ruled_on=date(2026, 3, 11), corrects=3)) == "X8"


@pytest.mark.rule("R1.1")
def test_a_jury_does_not_rule_under_a_version_that_is_not_in_force_yet():
    one = opened()
    assert one.refused(CLERK, outcome("none", ruled_on=date(2019, 12, 31))) == "R1.1"
    one.do(CLERK, outcome("none", ruled_on=date(2020, 1, 1)))


def test_what_is_recorded_is_decided_on_what_already_is():
    one = opened()
    seen = {command: CANDIDACY.must_have_seen(one.state, command, {}) for command in (RecordOutcome, NoteCertificate)}
    assert seen == {RecordOutcome: 1, NoteCertificate: 1}
    one.do(CLERK, outcome("none"))
    assert CANDIDACY.must_have_seen(one.state, RecordOutcome, {}) == 2
    assert CANDIDACY.must_have_seen(one.state, OpenCandidacy, {}) == 0


@pytest.mark.rule("X8", "R5.4")
def test_the_outcomes_that_a_full_award_quotes():
    first = awarded("partial", "BC1", name="k0", ruled_on=date(2025, 6, 1))
    again = awarded("partial", "BC1", name="k9", ruled_on=date(2025, 9, 1))
    refused = awarded("none", name="k8", ruled_on=date(2025, 3, 1))
    one = opened()
    assert completed_by(one.state, ("BC2",), RULED, None, (first, again, refused)) == (again,)
    assert completed_by(one.state, ("BC1", "BC2"), RULED, None, (first,)) == ()
    assert completed_by(one.state, ("BC2",), date(2025, 5, 31), None, (first,)) == ()
    one.do(CLERK, outcome("partial", "BC1", ruled_on=date(2026, 3, 1)))
    own = one.quote()
    assert completed_by(one.state, ("BC2",), RULED, None, (first, own)) == ()
    assert completed_by(one.state, ("BC2",), RULED, 2, (first, own)) == (first,)  # where the own one is corrected


@pytest.mark.rule("X8")
def test_an_outcome_is_corrected_once_and_stays_in_the_journal():
    one = opened()
    one.do(CLERK, outcome("full", "BC1", "BC2"))
    assert one.refused(CLERK, outcome("partial", "BC1", corrects=1)) == "X8"
    one.do(CLERK, outcome("partial", "BC1", corrects=2))
    assert not CANDIDACY.stands(one.state, 2)
    assert CANDIDACY.stands(one.state, 3)
    assert [outcome.awarded.award for outcome in one.state.standing()] == ["partial"]
    assert set(one.state.outcomes) == {2, 3}
    assert one.refused(CLERK, outcome("none", corrects=2)) == "X8"


@pytest.mark.rule("X8")
@pytest.mark.parametrize("corrects", [1, 2, 9])
def test_what_is_corrected_is_an_outcome_that_stands(corrects: int):
    """Of another day than all that stand: no other rule refuses it."""
    one = opened()
    one.do(CLERK, outcome("none"), outcome("none", corrects=2))
    assert one.refused(CLERK, outcome("none", ruled_on=date(2026, 3, 1), corrects=corrects)) == "X8"


@pytest.mark.rule("X15")
def test_the_clerk_of_the_awarding_body_alone_records():
    one = opened()
    one.do(CLERK, outcome("partial", "BC1"))
    for command in (outcome("none"), NOTE):
        assert isinstance(one.refusal(ORGANIZER, command), Forbidden)
        assert isinstance(one.refusal(ORGANIZER, replace(command, office=office("o-organizer"))), Forbidden)
        other = replace(command.office, stream="b2")
        assert isinstance(one.refusal(CLERK, replace(command, office=other)), Forbidden)


# Certificates


@pytest.mark.rule("R8.3")
def test_a_certificate_follows_an_award():
    one = opened()
    assert one.refused(CLERK, NOTE) == "R8.3"
    one.do(CLERK, outcome("none", ruled_on=date(2026, 3, 1)))
    assert one.refused(CLERK, NOTE) == "R8.3"
    one.do(CLERK, outcome("full", "BC1", "BC2"))
    assert not CANDIDACY.closed(one.state)
    for wrong in ({"number": " "}, {"dated": date(2026, 3, 9)}, {"dated": date(2026, 3, 17)}, {"corrects": 3}):
        assert one.refused(CLERK, replace(NOTE, **wrong)) == "R8.3"
    assert one.do(CLERK, NOTE) == [CertificateNoted("2026-001", RULED, PAPER, office("o-clerk"), None)]
    assert CANDIDACY.closed(one.state)
    assert CANDIDACY.replay(one.events[-1], None) == NOTE
    assert one.refused(CLERK, NOTE) == "R8.3"


@pytest.mark.rule("R8.3")
def test_a_certificate_is_corrected_once():
    one = opened()
    one.do(CLERK, outcome("full", "BC1", "BC2"), NOTE, replace(NOTE, number="2026-010", corrects=3))
    assert [certificate.number for certificate in one.state.certified()] == ["2026-010"]
    assert not CANDIDACY.stands(one.state, 3)
    assert one.refused(CLERK, replace(NOTE, number="2026-011", corrects=3)) == "R8.3"
    one.do(CLERK, replace(NOTE, dated=date(2026, 3, 11), number="2026-010", corrects=4))


@pytest.mark.rule("X5", "X8")
def test_a_candidacys_journal_is_proved():
    one = opened()
    one.do(CLERK, outcome("full", "BC1", "BC2"), NOTE)
    (proved,) = verify(one.lines(), KINDS)
    assert (proved.kind, proved.records, proved.results) == ("candidacy", 3, CANDIDACY.results(one.state))
    name, _, when, data = one.journal[-1]
    one.journal[-1] = (name, ORGANIZER, when, data)
    with pytest.raises(BrokenJournal) as broken:
        verify(one.lines(), KINDS)
    assert broken.value.position == 3


# The index


def test_the_rows_of_a_candidacy():
    one = opened()
    (row,) = one.rows("candidacies").values()
    assert (row.key, row.person, row.scope, row.status, row.about) == ("k1", CANDIDATE, "of1", "open", "RNCP26850")
    assert (row.at, row.body) == (start_of(date.fromisoformat(TODAY)), "b1")
    assert row.data == {"version": "1", "past": True}
    one.do(CLERK, outcome("partial", "BC1"), outcome("none", corrects=2))
    assert one.rows("candidacies")["k1"].status == "none"
    one.do(CLERK, outcome("full", "BC1", "BC2", ruled_on=date(2026, 3, 12)), replace(NOTE, dated=date(2026, 3, 12)))
    assert one.rows("candidacies")["k1"].status == "full"
    assert {key: (row.status, row.data["blocks"]) for key, row in one.rows("outcomes").items()} == {
        "k1/3": ("none", []), "k1/4": ("full", ["BC1", "BC2"]),
    }
    assert {key: row.data["number"] for key, row in one.rows("certificates").items()} == {"k1/5": "2026-001"}


def test_words_of_a_candidacy_are_its_persons():
    assert CANDIDACY.subject(None, "k1", {"person": CANDIDATE}) == CANDIDATE
    assert CANDIDACY.subject(opened().state, "k1", {}) == CANDIDATE
