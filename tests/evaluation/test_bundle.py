"""From the marks that a jury agreed on to the number in the register: every stream on the way, verified together, and
what was altered in one of them refused where it does not follow any more (X5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pytest

from evaluation.body.batches import PresentBatch, ValidateBatch
from evaluation.body.decisions import DecideJury
from evaluation.body.granting import GrantOffice
from evaluation.body.sittings import DecideSitting
from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.hearing_endings import NoteEnding
from evaluation.candidacy.issued import NoteIssued
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.planned import NotePlanned
from evaluation.candidacy.recommended import NoteAgenda, NoteRecommendation
from evaluation.candidacy.state import Awarded
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.validated import NoteValidation
from evaluation.framework_file import framework_to_data
from evaluation.journal import GENESIS, BrokenJournal, Record, chain, export
from evaluation.known import KINDS
from evaluation.people import SYSTEM, Words
from evaluation.quotes import Quote
from evaluation.register.issuing import IssueCertificate, OpenRegister
from evaluation.register.kind import REGISTER
from evaluation.register.terms import register_id
from evaluation.session import commands as c
from evaluation.sitting.agenda import PutOnAgenda
from evaluation.sitting.convening_sitting import ConveneSitting
from evaluation.sitting.kind import SITTING
from evaluation.sitting.members import SeatMembers, SeatPresident
from evaluation.sitting.not_signing import NoteNotSigning
from evaluation.verify import Verified, verify
from tests.evaluation.body.house import CLERK, MEMBER, ORGANIZER, House, staffed
from tests.evaluation.candidacy.house import Candidacy, opening
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.linked import Journal, Linked
from tests.evaluation.register.shelf import Shelf
from tests.evaluation.session.day import CANDIDATES, JURY, Day, hearing, marks
from tests.evaluation.session.day import ORGANIZER as ORGANIZES
from tests.evaluation.sitting.house import (
    DELEGATED,
    EMPLOYEES,
    EMPLOYERS,
    HELD,
    MEMBERS,
    PRESIDENT,
    PRESIDES,
    Sitting,
    words,
)
from tests.evaluation.streams import Stream, at

GRANTS = {CLERK: 2, ORGANIZER: 7}
AGREEMENT, FRAMEWORK = 3, 4


def said(day: Day, event: str) -> Quote:
    """What the day's journal says last of that."""
    one = next(one for one in reversed(day.records) if one.event == event)
    return Quote("session", "s1", one.position, one.hash, one.event, one.data)


def found(stream: Stream[Any], event: str) -> Quote:
    place = max(number for number, (name, *_) in enumerate(stream.journal, 1) if name == event)
    return stream.quote(place)


@dataclass
class Way:
    """All that one candidate's certificate rests on."""

    body: House
    candidacy: Candidacy
    day: Day
    sitting: Sitting
    register: Shelf

    def journals(self) -> dict[str, Journal]:
        streams: dict[str, Stream[Any]] = {one.id: one for one in (
            self.body, self.candidacy, self.sitting, self.register)}
        found: dict[str, Journal] = {id: (one.kind.name, deepcopy(one.journal)) for id, one in streams.items()}
        found["s1"] = "session", [(one.event, one.actor, one.at, deepcopy(one.data)) for one in self.day.records]
        return found


@cache
def way(*, absent: bool = False) -> Way:
    """C2.1 was not acquired: one block of two. The hearing on 16 March, the sitting on the 30th, the commission on 20
    April, the register on the 22nd. `absent`: a member of the sitting does not sign."""
    body = staffed()
    body.do(CLERK, GrantOffice(PRESIDES), GrantOffice(DELEGATED))
    candidacy = Candidacy(CANDIDACY, "k1", "2026-03-16")
    candidacy.do(ORGANIZER, opening("k1"))
    day = judged(body, candidacy)
    handed_on(candidacy, day)
    sitting = sat(body, candidacy, absent=absent)
    candidacy.now = sitting.now + 2 * 3_600_000
    candidacy.do(SYSTEM, NoteAward(found(sitting, "sitting.ruling_sealed")))
    body.on("2026-04-20")
    body.do(CLERK, PresentBatch("batch", (found(candidacy, "candidacy.outcome_recorded"),)))
    candidacy.do(SYSTEM, NoteValidation(found(body, "body.outcome_presented")))
    body.do(MEMBER, ValidateBatch("batch", {}))
    candidacy.on("2026-04-20", 12)
    candidacy.do(SYSTEM, NoteValidation(found(body, "body.outcome_validated")))
    register = Shelf(REGISTER, register_id("b1", 2026), "2026-04-22")
    register.do(SYSTEM, OpenRegister(register.id, "b1", 2026, "CQP"))
    register.do(CLERK, IssueCertificate("k1", found(candidacy, "candidacy.award_validated"), Words("holder", "d" * 8),
                                        "code-of-sixteen-x", body.quote(GRANTS[CLERK])))
    candidacy.on("2026-04-22", 12)
    candidacy.do(SYSTEM, NoteIssued(found(register, "register.certificate_issued")))
    return Way(body, candidacy, day, sitting, register)


def judged(body: House, candidacy: Candidacy) -> Day:
    """The candidate's hearing, held and signed."""
    day, registration = Day(), found(candidacy, "candidacy.registered")
    organizer = replace(ORGANIZES, person=ORGANIZER)
    day.do("org", c.PlanSession("s1", framework_to_data(POLISHING), body.quote(FRAMEWORK), "2026-03-16", organizer,
                                body.quote(GRANTS[ORGANIZER]), body.quote(AGREEMENT)))
    body.do(MEMBER, DecideJury("d1", "s1", JURY))
    day.do(SYSTEM, c.AppointJury(found(body, "body.jury_decided")))
    candidate = replace(CANDIDATES["h1"], person="p-cand")
    day.do("org", hearing("h1", candidacy=registration, candidate=candidate, aids=()))
    candidacy.do(SYSTEM, NotePlanned("h1", said(day, "session.hearing_added")))
    day.join("org", *(one.id for one in JURY))
    for juror in ("emp", "own"):
        day.do(juror, c.DesignatePresident("emp"))
    return day.wait(20).signed(given=marks("C2.1"))


def handed_on(candidacy: Candidacy, day: Day) -> None:
    closed = said(day, "session.hearing_closed")
    candidacy.on("2026-03-16", 18)
    candidacy.do(SYSTEM, NoteEnding("h1", HearingEnding.HEARD, closed),
                 NoteRecommendation("h1", closed, date(2026, 3, 16), ("BC1", "BC2"), (), {},
                                    tuple(one.person for one in JURY)))


def sat(body: House, candidacy: Candidacy, *, absent: bool) -> Sitting:
    """One sitting on this candidate alone."""
    clerk, sitting = body.quote(GRANTS[CLERK]), Sitting(SITTING, "t1", "2026-03-17")
    sitting.do(CLERK, ConveneSitting("t1", "b1", at(HELD, 10), "remote", date(2026, 4, 10), clerk))
    sitting.do(CLERK, PutOnAgenda("k1", found(candidacy, "candidacy.recommended"), framework_to_data(POLISHING),
                                  clerk))
    candidacy.on("2026-03-17", 10)
    candidacy.do(SYSTEM, NoteAgenda(sitting.quote(), on=True, held_at=sitting.state.at))
    body.do(MEMBER, DecideSitting("d2", "t1", MEMBERS))
    sitting.do(SYSTEM, SeatMembers(found(body, "body.sitting_decided")))
    presides = next(number for number, one in enumerate(body.journal, 1)
                    if one[0] == "body.office_granted" and one[3]["office"]["person"] == PRESIDENT)
    sitting.do(CLERK, SeatPresident(PRESIDENT, body.quote(presides), clerk))
    sitting.impartial().opened().decided().presented()
    if absent:
        sitting.waited().do(CLERK, NoteNotSigning(1, EMPLOYERS, words("away"), clerk))
        return sitting.signed(PRESIDENT, EMPLOYEES).sealed()
    return sitting.signed().sealed()


def altered(stream: str, event: str, path: tuple[str, ...], value: Any, *, absent: bool = False) -> list[bytes]:
    """The bundle with one value of one record another, and that stream hashed again: no chain betrays it."""
    linked = Linked(way(absent=absent).journals())
    lines: list[bytes] = []
    for id, records in linked.records.items():
        lines += export(rechained(records, event, path, value) if id == stream else records)
    return lines


def rechained(records: Sequence[Record], event: str, path: tuple[str, ...], value: Any) -> list[Record]:
    found: list[Record] = []
    last = max(one.position for one in records if one.event == event)
    for one in records:
        data: Any = one.data
        if one.position == last:
            data = deepcopy(one.data)
            inner = data
            for key in path[:-1]:
                inner = inner[key]
            assert inner[path[-1]] != value
            inner[path[-1]] = value
        prev = found[-1].hash if found else GENESIS
        found.append(chain(prev, one.position, one.stream, one.kind, one.at, one.actor, one.event, data))
    return found


def proved(lines: Iterable[bytes]) -> tuple[Verified, ...]:
    return verify(BytesIO(b"".join(lines)), KINDS)


@pytest.mark.rule("X5")
def test_from_the_marks_to_the_number() -> None:
    """Marks, blocks, award, validation, number: each follows from what it quotes, which stands where it says."""
    verified = proved(Linked(way().journals()).lines())
    assert {one.unseen for one in verified} == {()}
    results = {one.stream: one.results for one in verified}
    assert set(results) == {"b1", "k1", "s1", "t1", "register-b1-2026"}
    assert results["t1"] == {"k1": "partial"}
    (outcome,) = results["k1"].values()
    assert isinstance(outcome, Awarded)
    assert (outcome.award, outcome.blocks) == ("partial", ("BC1",))


@pytest.mark.rule("X5")
def test_what_is_quoted_and_not_there_is_named() -> None:
    journals = Linked(way().journals())
    del journals.records["s1"]
    assert {one.stream: one.unseen for one in proved(journals.lines())} == {
        "b1": (), "k1": ("s1",), "t1": (), "register-b1-2026": ()}


@pytest.mark.rule("X5", "R3.9")
def test_minutes_without_a_signature_prove_what_they_say() -> None:
    results = {one.stream: one.results for one in proved(Linked(way(absent=True).journals()).lines())}
    assert results == {one.stream: one.results for one in proved(Linked(way().journals()).lines())}


@pytest.mark.rule("X5", "R3.9")
@pytest.mark.parametrize(("path", "value", "refused"), [
    (("person",), EMPLOYEES, "sitting.minutes_sealed"), (("person",), CLERK, "sitting.not_signing_noted"),
    (("number",), 2, "sitting.not_signing_noted"), (("office", "position"), 3, "sitting.not_signing_noted"),
    (("office",), None, "sitting.not_signing_noted"),
])
def test_who_does_not_sign_was_noted_by_who_may_of_who_should(
    path: tuple[str, ...], value: Any, refused: str
) -> None:
    """Whoever else is noted in their place, the seal lacks a signature."""
    with pytest.raises(BrokenJournal) as broken:
        proved(altered("t1", "sitting.not_signing_noted", path, value, absent=True))
    records = Linked(way(absent=True).journals()).records["t1"]
    assert (broken.value.stream, records[broken.value.position - 1].event) == ("t1", refused), str(broken.value)


MARKS = ("marks", "C2.1")
HANDED = ("said", "data", "recommendation", "marks", "C2.1")


@pytest.mark.rule("X5")
@pytest.mark.parametrize(("stream", "event", "path", "value", "refused"), [
    ("s1", "session.hearing_closed", MARKS, "A", ("s1", "session.hearing_closed")),
    ("s1", "session.consensus_proposed", ("mark",), "NA", ("s1", "session.consensus_confirmed")),
    ("k1", "candidacy.recommended", ("recommendation", *MARKS), "A", ("k1", "candidacy.recommended")),
    ("k1", "candidacy.recommended", ("said", "data", *MARKS), "A", ("k1", "candidacy.recommended")),
    ("k1", "candidacy.recommended", ("said", "position"), 7, ("k1", "candidacy.recommended")),
    ("t1", "sitting.item_put", HANDED, "A", ("t1", "sitting.item_decided")),
    ("t1", "sitting.item_put", ("said", "position"), 3, ("t1", "sitting.item_put")),
    ("t1", "sitting.item_put", ("said", "hash"), "0" * 64, ("t1", "sitting.item_put")),
    ("t1", "sitting.item_decided", ("ruling", "award"), "full", ("t1", "sitting.item_decided")),
    ("t1", "sitting.ruling_sealed", ("ruling", "blocks"), ["BC1", "BC2"], ("t1", "sitting.ruling_sealed")),
    ("k1", "candidacy.outcome_recorded", ("outcome", "award"), "full", ("k1", "candidacy.outcome_recorded")),
    ("k1", "candidacy.outcome_recorded", ("said", "data", "ruling", "ruled_on"), "2026-03-29",
     ("k1", "candidacy.outcome_recorded")),
    ("b1", "body.outcome_validated", ("on",), "2026-04-19", ("b1", "body.outcome_validated")),
    ("b1", "body.batch_presented", ("batch",), "other", ("b1", "body.outcome_presented")),
    ("register-b1-2026", "register.certificate_issued", ("number",), 2,
     ("register-b1-2026", "register.certificate_issued")),
    ("register-b1-2026", "register.certificate_issued", ("text",), "CQP-2026-00009",
     ("register-b1-2026", "register.certificate_issued")),
    ("k1", "candidacy.certificate_noted", ("number",), "CQP-2026-00009", ("k1", "candidacy.certificate_noted")),
    ("k1", "candidacy.certificate_noted", ("said", "stream"), "register-b1-2027",
     ("k1", "candidacy.certificate_noted")),
])
def test_what_was_altered_is_refused_where_it_does_not_follow(
    stream: str, event: str, path: tuple[str, ...], value: Any, refused: tuple[str, str]
) -> None:
    with pytest.raises(BrokenJournal) as broken:
        proved(altered(stream, event, path, value))
    records = Linked(way().journals()).records[broken.value.stream]
    assert (broken.value.stream, records[broken.value.position - 1].event) == refused, str(broken.value)
