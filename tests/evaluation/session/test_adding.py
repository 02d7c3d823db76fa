"""One candidate on the day's list, as they are registered and as it was decided for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evaluation.candidacy.kept import KeptBlock
from evaluation.grading import Mark
from evaluation.people import Role, Seat
from evaluation.session import commands as c
from tests.evaluation.session.day import (
    CANDIDATES,
    HOUR,
    NINE,
    appointed,
    begun,
    framework,
    hearing,
    listed,
    planned,
)
from tests.evaluation.session.quotes import adjusted, agreement, gained, registered

RESIT = {"sought": ("BC2",), "outcomes": (gained("BC1"),)}
@pytest.mark.rule("X11")
@pytest.mark.parametrize(
    "changes",
    [
        {"candidate": replace(CANDIDATES["h1"], id="obs")},
        {"candidate": replace(CANDIDATES["h1"], id="emp")},
        {"candidate": replace(CANDIDATES["h1"], id="system")},
        {"aids": (Seat("cand1", "p-x", Role.AID, hearing="h1"),)},
        {"aids": (Seat("aid1", "p-x", Role.AID, hearing="h1"), Seat("aid1", "p-y", Role.AID, hearing="h1"))},
    ],
)
def test_a_place_is_not_given_twice(changes: dict[str, Any]):
    assert appointed().refused("org", hearing(**changes)) == "X11"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"candidate": replace(CANDIDATES["h1"], person="p-emp")}, "R1.2"),
        ({"aids": (Seat("aid9", "p-tra", Role.AID, hearing="h1"),)}, "R1.2"),
        ({"aids": (Seat("aid9", "p-cand1", Role.AID, hearing="h1"),)}, "R1.2"),
        ({"candidate": replace(CANDIDATES["h1"], person="p-org")}, "R1.2"),
    ],
)
@pytest.mark.rule("R1.2")
def test_a_person_has_one_role_in_a_session(changes: dict[str, Any], rule: str):
    assert appointed().refused("org", hearing(**changes)) == rule


@pytest.mark.rule("R4.4")
def test_a_candidacy_is_on_the_list_once():
    """Not while its hearing is to be held; after an absence that was excused, say, once more."""
    day = appointed()
    day.do("org", hearing("h1"))
    again = replace(CANDIDATES["h2"], person="p-cand1")
    second = hearing("h2", candidate=again, aids=(), enrolled={"person": "p-cand1"})
    assert day.refused("org", second) == "R4.4"
    day.wait(30).do("org", c.RecordNoShow("h1"))
    day.do("org", second)
    assert set(day.state.hearings) == {"h1", "h2"}


@pytest.mark.rule("R1.1", "R1.2", "R4.4", "R10.1", "X8", "X15")
@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"candidate": replace(CANDIDATES["h1"], role=Role.AID)}, "R3.2"),
        ({"aids": (Seat("aid9", "p-aid9", Role.OBSERVER, hearing="h1"),)}, "R3.2"),
        ({"candidate": replace(CANDIDATES["h1"], hearing="h2")}, "R3.2"),
        ({"candidate": replace(CANDIDATES["h1"], hearing=None)}, "R3.2"),
        ({"aids": (Seat("aid9", "p-aid9", Role.AID, hearing="h2"),)}, "R3.2"),
        ({"hearing": "", "candidate": replace(CANDIDATES["h1"], hearing=""), "aids": ()}, "R3.2"),
        ({"candidacy": agreement()}, "R1.1"),
        ({"candidacy": registered("p-cand2")}, "R1.1"),
        ({"enrolled": {"of": framework(code="RNCP26849")}}, "R1.1"),
        ({"enrolled": {"of": framework(version="2")}}, "R1.1"),
        ({"enrolled": {"provider": "of2"}}, "X15"),
        ({"enrolled": {"sought": ("BC1",)}}, "X8"),
        ({"enrolled": {"sought": ("BC1",), "outcomes": (gained("BC1"),)}}, "X8"),
        ({"enrolled": {"sought": ("BC1",), "outcomes": (gained("BC2", person="p-cand2"),)}}, "X8"),
        ({"enrolled": {"sought": ("BC1",), "outcomes": (gained("BC2", code="RNCP26849"),)}}, "X8"),
        ({"enrolled": {"sought": ("BC1",), "outcomes": (agreement(),)}}, "X8"),
        ({"enrolled": {"trained_by": ("p-x", "p-tra")}}, "R1.2"),
        ({"extra_seconds": {"welcome": 60}}, "R10.1"),
        ({"extra_seconds": {"questions": -60}}, "R10.1"),
        ({"adjustment": adjusted("p-cand2")}, "R10.1"),
        ({"adjustment": replace(adjusted(), stream="c-other")}, "R10.1"),
        ({"adjustment": agreement()}, "R10.1"),
        ({"adjustment": replace(adjusted(), data={})}, "R10.1"),
        ({"starts_at": NINE + 15 * HOUR}, "R4.4"),
        ({"starts_at": NINE - 10 * HOUR}, "R4.4"),
        ({"zone": "Atlantis"}, "R4.4"),
    ],
)
def test_a_hearing_that_cannot_be_listed(changes: dict[str, Any], rule: str):
    assert appointed().refused("org", hearing(**changes)) == rule


@pytest.mark.rule("X8")
def test_the_blocks_kept_are_computed_for_the_day():
    day = appointed(framework(kept_block_validity_months=12))
    on_time, late = gained("BC1", ruled_on=date(2025, 3, 16)), gained("BC1", ruled_on=date(2025, 3, 15))
    (event,) = day.do("org", hearing(enrolled={"sought": ("BC2",), "outcomes": (on_time,)}))
    assert event.kept == (KeptBlock("BC1", "k1", "1", date(2025, 3, 16), date(2026, 3, 16)),)  # type: ignore[union-attr]
    assert (day.hearing().blocks, day.hearing().kept_blocks) == (("BC2",), ("BC1",))
    day = appointed(framework(kept_block_validity_months=12))
    late_one = hearing(enrolled={"sought": ("BC2",), "outcomes": (late,)})
    assert day.why("org", late_one) == (
        "Ce jour-là BC1 ne sera plus acquis : corrigez l’inscription pour que la personne le présente.")  # fmt: skip
    day.do("org", hearing(enrolled={"outcomes": (late,)}))
    assert day.hearing().kept_blocks == ()


@pytest.mark.rule("R1.1")
def test_a_candidacy_is_planned_on_a_day_of_its_own_version():
    """The framework changed between the registration and the day: the refusal names what fits."""
    newer = framework(version="2")
    day = planned(newer)
    assert day.why("org", hearing()) == (
        "Cette personne est inscrite pour RNCP26850 version 1 ; cette session est une session de RNCP26850 version 2. "
        "Choisissez une session de RNCP26850 version 1, ou planifiez-en une.")  # fmt: skip
    day.do("org", hearing(enrolled={"of": newer}))
    assert planned().refused("org", hearing(enrolled={"of": newer})) == "R1.1"


@pytest.mark.rule("R10.1")
def test_what_a_hearing_takes_from_the_registration_and_the_adjustment():
    day = planned()
    command = hearing(enrolled={"trained_by": ("p-x",), "company": "digest"}, mode="mixed", zone="Indian/Reunion")
    day.do("org", replace(command, adjustment=adjusted("p-cand1", {"questions": 600}, 10)))
    found = day.hearing()
    assert (found.candidacy, found.company, found.trained_by) == ("c-p-cand1", "digest", ("p-x",))
    assert (found.mode, found.zone) == ("mixed", "Indian/Reunion")
    assert (dict(found.extra_seconds), found.break_minutes) == ({"questions": 600}, 10)
    day.do("org", hearing("h2"))
    assert (dict(day.hearing("h2").extra_seconds), day.hearing("h2").mode) == ({}, "remote")


def test_a_hearing_is_listed_once():
    assert listed().refused("org", hearing()) == "R3.2"


@pytest.mark.rule("X8")
def test_a_resit_of_one_block_with_the_other_kept():
    """Only the block sought is marked, and with the kept one the certification is whole."""
    day = begun(hearings={"h1": {"enrolled": RESIT}}).questioning()
    assert day.refused("tra", c.SetMark("h1", "C1.4", Mark.ACQUIRED)) == "R5.1"
    day = begun(hearings={"h1": {"enrolled": RESIT}}).signed()
    result = day.hearing().result
    assert result is not None
    assert (result.outcome, result.complete) == ("full", True)
    assert {b.code: (b.validated, b.kept) for b in result.blocks} == {
        "BC1": (True, True), "BC2": (True, False),
    }  # fmt: skip
