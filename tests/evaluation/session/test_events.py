"""What the journal holds of a day: ids, and never a name or a word."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from evaluation.grading import Mark
from evaluation.people import Seat, Words
from evaluation.session import commands as c
from evaluation.session import events as e
from tests.evaluation.session.day import begun

PLAIN: dict[str, set[str]] = {
    "SessionPlanned": {"session", "date", "framework"},
    "HearingAdded": {"zone"},
    "MoveAgreedTo": {"date"},
    "DayMoved": {"date", "starts"},
    "PreventionAcknowledged": {"wording"},
    "DocumentSupplied": {"document", "digest"},
    "BriefWritten": {"document", "digest"},
    "BriefAnswered": {"document"},
    "BriefPublished": {"document"},
    "SatOnSite": {"camera"},
    "TranscriptEntered": {"said"},  # by the names of their places
    "ScanAttached": {"document", "digest"},
    "PapersFrozen": {"documents"},
    "ReadingConfirmed": {"what", "document"},
    "LatePaperAccepted": {"document"},
    "DocumentSetAside": {"document"},
    "CopyExamined": {"document"},
    "CopyAccepted": {"document"},
    "FaceConsentAnswered": {"wording"},
    "IdentityDecided": {"evidence", "dissent", "digests", "copies"},
    "PhaseStarted": {"phase"},
    "PhaseEnded": {"phase"},
    "TimeAnnounced": {"phase"},
    "CandidateDismissed": {"results_by"},
    "IncidentRecorded": {"phase", "evidence", "kind", "answers"},  # answers: by the place of the question
    "CaptureTaken": {"capture", "source", "digest"},
    "ExaminedNoted": {"competency"},
    "MarkSet": {"competency"},
    "MarkCleared": {"competency"},
    "ConsensusProposed": {"competency"},
    "ConsensusConfirmed": {"competency"},
    "ConfirmationWithdrawn": {"competency"},
    "DeliberationOpened": {"jurors"},
    "DisputeDeclared": {"competencies"},
    "Recommended": {"block"},
    "HearingClosed": {"marks"},
    "NoticeGiven": {"date"},
    "SeatConvened": {"date"},
    "BodyInformed": {"date"},
    "NoticeBounced": {"why"},  # the mail server's code
}
IDS = {"hearing", "seat", "juror", "president", "choice", "replaced"}


def texts_of(event: type) -> set[str]:
    """The fields in which this event could hold any text."""
    hints = get_type_hints(event)
    return {one.name for one in fields(event) if hints[one.name] is str or str in get_args(hints[one.name])}


@pytest.mark.rule("X1")
@pytest.mark.parametrize("event", get_args(e.Event))
def test_no_event_has_a_place_for_words(event: type):
    """What somebody wrote is a reference and a keyed digest; every other text is an id, a code, a date or a digest."""
    held = texts_of(event)
    assert held - IDS == PLAIN.get(event.__name__, set())
    for name, hint in get_type_hints(event).items():
        if "words" in name:
            assert Words in (hint, *get_args(hint))


@pytest.mark.rule("X1")
def test_people_are_ids_in_the_journal():
    assert [one.name for one in fields(Seat)] == ["id", "person", "role", "category", "hearing"]
    assert [one.name for one in fields(Words)] == ["ref", "digest"]


@pytest.mark.rule("X1")
def test_words_leave_only_their_reference_in_the_journal():
    day = begun().questioning()
    day.do("tra", c.SetMark("h1", "C1.1", Mark.NOT_ACQUIRED, Words("ref-1", "keyed")))
    assert day.records[-1].data["words"] == {"ref": "ref-1", "digest": "keyed"}
