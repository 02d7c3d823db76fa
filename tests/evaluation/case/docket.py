"""Cases for tests, at 16 March 2026: from an incident of session s1, with the awarding body that they quote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from evaluation.body.terms import Meeting
from evaluation.case import terms
from evaluation.case.admissibility import RuleAdmissibility
from evaluation.case.case_due import due_commands, next_due
from evaluation.case.case_opening import OpenCase
from evaluation.case.consequences import AnswerProposal, ProposeConsequence
from evaluation.case.facts import CompleteFacts, HandReport
from evaluation.case.hearing_out import AnswerCaseNotice
from evaluation.case.kind import CASE
from evaluation.case.letter_fates import CaseLetterArrived
from evaluation.case.notifying import GiveCaseNotice
from evaluation.case.ruling import SubmitCase, ValidateCase
from evaluation.case.stages import stage
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import Given
from evaluation.case_rules import Consequence, Door
from evaluation.codec import encode
from evaluation.offices import Act, Office, OfficeRole
from evaluation.people import SYSTEM, Paper, Words
from evaluation.quotes import Quote
from tests.evaluation.body.house import CLERK, DIRECTOR, MEMBER, ORGANIZER, TODAY, words
from tests.evaluation.candidacy.house import CANDIDATE, office, registered
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.streams import Stream, at

__all__ = ["CANDIDATE", "CLERK", "DIRECTOR", "MEMBER", "ORGANIZER", "office", "words"]

JURORS = ("p-emp", "p-own", "p-tra")
PAPER = Paper("report", "d" * 64)
SEEN = words("seen")
SCAN = Paper("scan", "e" * 64)
MINUTES = Paper("minutes", "f" * 64)
OFFICES = {CLERK: "o-clerk", MEMBER: "o-member", DIRECTOR: "o-director", ORGANIZER: "o-organizer"}


def incident(door: Door = "fraud", kind: str = "outside_help", *evidence: str, said: Words | None = SEEN,
             session: str = "s1", hearing: str = "h1", position: int = 40) -> Quote:
    """As the day's journal holds it."""
    data = {"hearing": hearing, "kind": kind, "suspected_fraud": door == "fraud", "phase": "questions",
            "clock": 180000, "words": encode(said) if said else None, "evidence": list(evidence)}
    return Quote("session", session, position, f"{position:064x}", "session.incident_recorded", data)


def given(**changes: object) -> Given:
    known = Given(
        "b1", "of1", POLISHING.code, POLISHING.version, POLISHING.title, POLISHING.case, "k1", CANDIDATE, "p-own",
        at(TODAY, 8), "s1", "h1", JURORS, (ORGANIZER,))
    return replace(known, **changes)


class Docket(Stream[CaseState]):
    """One case. What somebody does in an office quotes that office."""

    def part(self, candidacy: str = "k1") -> Part:
        return self.state.parts[candidacy]

    def stage(self, candidacy: str = "k1") -> str:
        return stage(self.state, self.part(candidacy)).value

    def by_itself(self) -> list[Any]:
        """What the clockwork writes until now, in its order."""
        happened: list[Any] = []
        while found := due_commands(self.state, self.now):
            happened += self.do(SYSTEM, found[0])
        return happened

    def passes(self) -> Docket:
        """Everything happens that comes by itself."""
        while (due := next_due(self.state, self.now)) is not None:
            self.now = max(self.now, due)
            self.by_itself()
        return self

    def reported(self) -> Docket:
        self.do(ORGANIZER, CompleteFacts("k1", words("more"), office("o-organizer")),
                HandReport(PAPER, office("o-organizer")))
        return self

    def told(self, *sanctions: Consequence) -> Docket:
        """The notice arrives on the same day."""
        self.do(CLERK, notice(*sanctions, evidence=tuple(one.id for one in self.state.evidence_of("k1"))))
        self.do(SYSTEM, CaseLetterArrived("k1", "notice", self.part().notices[-1].number, self.now))
        return self

    def answered(self) -> Docket:
        """All that the candidate answers."""
        self.do(CANDIDATE, AnswerCaseNotice("k1", len(self.part().notices), words("mine"), complete=True))
        return self

    def proposed(self, consequence: Consequence, by: str = ORGANIZER) -> Docket:
        self.do(by, proposal(consequence, by))
        return self

    def agreed(self) -> Docket:
        number = len(self.part().proposals)
        self.do(DIRECTOR, AnswerProposal("k1", number, True, office=office("o-director")))
        for juror in JURORS:
            self.do(juror, AnswerProposal("k1", number, True))
        return self

    def submitted(self) -> Docket:
        self.do(CLERK, SubmitCase("k1", office("o-clerk")))
        return self

    def decided(self, consequence: Consequence) -> Docket:
        self.do(MEMBER, validation(consequence, len(self.part().submissions)))
        return self


def admissibility(admissible: bool = True) -> RuleAdmissibility:
    return RuleAdmissibility("k1", admissible, words("in time"), office("o-member"))


def notice(*sanctions: Consequence, evidence: tuple[str, ...] = (), candidacy: str = "k1") -> GiveCaseNotice:
    return GiveCaseNotice(candidacy, sanctions or (Consequence.DISQUALIFY, Consequence.BAR), evidence, words("told"),
                          office("o-clerk"), PAPER)


def proposal(consequence: Consequence = Consequence.NONE, by: str = ORGANIZER, candidacy: str = "k1"
             ) -> ProposeConsequence:
    return ProposeConsequence(candidacy, consequence, words("why"), office(OFFICES[by]))


def validation(consequence: Consequence = Consequence.NONE, number: int = 1, **changes: object) -> ValidateCase:
    return replace(ValidateCase("k1", number, consequence, office("o-member"), words("because")), **changes)


def party_answer(**changes: object) -> AnswerProposal:
    return replace(AnswerProposal("k1", 1, True), **changes)


def opening(door: Door = "fraud", kind: str = "outside_help", *evidence: str, **changes: Any) -> OpenCase:
    known: Given = changes.pop("given", given())
    source: Quote = changes.pop("source", incident(
        door, kind, *evidence, session=known.session or "s1", hearing=known.hearing or "h1"))
    return replace(OpenCase(terms.case_id(source.kind, source.stream, source.position), known.person, source, door,
                            kind, known), **changes)


def opened(door: Door = "fraud", kind: str = "outside_help", *evidence: str, **changes: Any) -> Docket:
    """From an incident, by itself."""
    command = opening(door, kind, *evidence, **changes)
    docket = Docket(CASE, command.case, TODAY)
    docket.do(SYSTEM, command)
    return docket


def malfunction() -> Docket:
    return opened("malfunction", "technical")


def postponing() -> Docket:
    """A malfunction for which it is proposed to postpone the hearing."""
    return malfunction().reported().proposed(Consequence.POSTPONE)


def barred() -> Docket:
    """A suspected fraud, from the facts to the bar."""
    bar = Consequence.BAR
    return opened().reported().told(bar).answered().proposed(bar).agreed().submitted().decided(bar)


def found(**changes: Any) -> OpenCase:
    """Plagiarism that the awarding body finds after the day."""
    return replace(OpenCase("c-hand", CANDIDATE, registered().quote(1), "fraud", "own_work", None, office("o-clerk"),
                            words("a page of a book"), (SCAN,)), **changes)


def by_hand(**changes: Any) -> Docket:
    docket = Docket(CASE, "c-hand", TODAY)
    docket.do(CLERK, found(**changes))
    return docket


def delegation(*acts: Act, until: date | None = date(2026, 12, 31)) -> Quote:
    """Of p-delegate."""
    held = Office("o-case", "p-delegate", OfficeRole.DELEGATE, date(2026, 1, 1), until, None, PAPER, acts)
    grant = office("o-member")
    return replace(grant, position=9, data={**grant.data, "office": encode(held)})


def meeting(day: str = TODAY) -> Meeting:
    return Meeting(date.fromisoformat(day), MINUTES)


# Appeals


def of_appeal(**changes: object) -> Given:
    """What the platform knows of an appeal: nothing of a day."""
    return replace(given(session=None, hearing=None, jurors=(), organizers=()), **changes)


def decision(office_of: str = "o-member", by: str = "c0", **data: object) -> Quote:
    """Of another case, that bars the candidate."""
    said = {"candidacy": "k1", "person": CANDIDATE, "certification": POLISHING.code, "consequence": "bar",
            "decided_on": TODAY, "office": encode(office(office_of)), "meeting": None, **data}
    return Quote("case", by, 12, "c" * 64, "case.decided", said)


def outcome_of_jury() -> Quote:
    said = {"outcome": {"person": CANDIDATE, "certification": POLISHING.code, "version": POLISHING.version,
                        "ruled_on": TODAY, "award": "none", "blocks": []}}
    return Quote("candidacy", "k1", 7, "7" * 64, "candidacy.outcome_recorded", said)


def letter(against: Quote, **data: object) -> Quote:
    """An appeal as its candidacy's journal has it."""
    said = {"against": encode(against), "office": encode(office("o-clerk")), "reasons": encode(words("unfair")),
            "scan": encode(SCAN), **data}
    return Quote("candidacy", "k1", 9, "9" * 64, "candidacy.appeal_recorded", said)


def appeal(kind: str = "award", against: Quote | None = None) -> Docket:
    docket = Docket(CASE, terms.case_id("candidacy", "k1", 9), TODAY)
    source = letter(against or outcome_of_jury())
    docket.do(SYSTEM, OpenCase(docket.id, CANDIDATE, source, "appeal", kind, of_appeal(by=CLERK)))
    return docket
