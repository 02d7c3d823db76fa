"""What the state of a case is made of: what it came from, what was found, told, answered, proposed, and decided."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from evaluation.body.terms import Meeting
from evaluation.case.terms import CandidacyId, Party
from evaluation.case_rules import Consequence
from evaluation.codec import decode
from evaluation.people import Paper, PersonId, Words
from evaluation.quotes import Quote

LetterOf = Literal["notice", "summons", "decision"]
Means = Literal["registered_letter", "by_hand"]
Answered = Literal["agrees", "disagrees", "silent"]
Closing = Literal["closed", "withdrawn", "inadmissible"]


@dataclass(frozen=True)
class Source:
    """What a part came from: an incident, an appeal, or the candidacy whose case was opened by hand. `by` recorded it,
    at `at`. `number` is its place in the case. `withdrawn_at`: its accusation no longer stands."""

    number: int
    quote: Quote
    by: PersonId
    at: int
    by_clerk: bool = False
    withdrawn_at: int | None = None


@dataclass(frozen=True)
class Fact:
    """What was observed, and by whom. `candidacy` is whose part it is of; None: common. `said` is what the candidate
    was told of it then; `evidence` are pictures and papers."""

    position: int
    at: int
    by: PersonId
    words: Words | None
    candidacy: CandidacyId | None
    observed_at: int | None
    phase: str = ""
    clock: int | None = None
    evidence: tuple[str, ...] = ()
    said: Words | None = None
    answers: Mapping[str, Words] = field(default_factory=dict[str, Words])
    """To what the kind asked in the room, by the question."""

    @property
    def written(self) -> tuple[Words | None, ...]:
        return (self.words, self.said, *self.answers.values())


@dataclass(frozen=True)
class Evidence:
    """A picture of a hearing, or a paper. `candidacy` as of `Fact`."""

    id: str
    candidacy: CandidacyId | None
    digest: str
    paper: bool
    position: int


@dataclass(frozen=True)
class FromDay:
    """Something that happened later in the same hearing and belongs to the facts: what the candidate was told, what
    they said."""

    said: Quote
    at: int

    @property
    def words(self) -> Words | None:
        """The words that it was told or said in, where there are any."""
        written = self.said.data.get("words")
        return decode(Words, written) if written is not None else None

    @property
    def course(self) -> str:
        """What the president decided; "" where it is no such decision."""
        return str(self.said.data.get("course") or "")


@dataclass(frozen=True)
class Report:
    """The report to the awarding body (R7.1), and who took it there when."""

    number: int
    paper: Paper
    at: int
    by: PersonId
    taken_at: int | None = None
    taken_by: PersonId | None = None
    about: tuple[CandidacyId, ...] = ()
    """The candidacies whose parts the case held as the report was written."""


@dataclass(frozen=True)
class CaseNotice:
    """The facts, the evidence and the possible sanctions, as the candidate was told them in writing. It covers what was
    known at its position. `begins` is the day from which the delay is counted: None until it has arrived."""

    number: int
    position: int
    at: int
    by: PersonId
    sanctions: tuple[Consequence, ...]
    evidence: tuple[str, ...]
    words: Words
    paper: Paper | None
    begins: date | None = None
    bounced_at: int | None = None
    means: Means | None = None
    receipt: Paper | None = None
    """Of a delivery in another way."""


@dataclass(frozen=True)
class LetterFate:
    """What became of a letter to the candidate: taken by the mail server, and not come back since; or not arrived."""

    what: LetterOf
    number: int
    arrived_at: int | None = None
    bounced_at: int | None = None
    why: str = ""


@dataclass(frozen=True)
class CandidateAnswer:
    """Written by the candidate, or by whoever assists them, to the notice of this number (0: before any). `late`: after
    the delay. `complete`: the candidate gave the rest of it up."""

    position: int
    at: int
    by: PersonId
    notice: int
    words: Words
    papers: tuple[Paper, ...]
    late: bool
    complete: bool = False


@dataclass(frozen=True)
class HearingRequest:
    """The candidate, or whoever assists them, asks that they be heard; `words` say of what, and when it suits them."""

    position: int
    at: int
    by: PersonId
    words: Words | None


@dataclass(frozen=True)
class Summons:
    """To be heard on the notice of this number, at an hour and a place. `delivered_on`: it reached the candidate in
    another way than by mail."""

    number: int
    notice: int
    at: int
    place: Words
    paper: Paper | None
    by: PersonId
    given_at: int
    delivered_on: date | None = None


@dataclass(frozen=True)
class CandidateHeard:
    """The candidate was heard on a day; or was expected and did not come."""

    position: int
    on: date
    attended: bool
    words: Words
    paper: Paper | None
    by: PersonId
    notice: int


@dataclass(frozen=True)
class PartyAnswer:
    answer: Answered
    at: int
    by: PersonId
    words: Words | None = None


@dataclass(frozen=True)
class ConsequenceProposal:
    """`parties` are asked whether they agree; `reminded` is how often each was reminded."""

    number: int
    position: int
    at: int
    by: PersonId
    consequence: Consequence
    words: Words
    parties: tuple[Party, ...]
    answers: Mapping[Party, PartyAnswer] = field(default_factory=dict[Party, PartyAnswer])
    reminded: Mapping[Party, int] = field(default_factory=dict[Party, int])
    counted: Mapping[Party, tuple[date, int]] = field(default_factory=dict[Party, tuple[date, int]])
    """For a party whose reminder came late: the day from which its next steps are counted, and how many were before."""

    @property
    def waiting(self) -> tuple[Party, ...]:
        """Those who have neither answered nor been recorded silent."""
        return tuple(one for one in self.parties if one not in self.answers)


@dataclass(frozen=True)
class Submission:
    """What the commission is asked. `divergences` are the parties that did not agree."""

    number: int
    position: int
    at: int
    by: PersonId
    divergences: tuple[Party, ...]
    words: Words | None
    returned: Words | None = None
    """Why the commission sent it back."""
    returned_at: int | None = None


@dataclass(frozen=True)
class Decision:
    position: int
    at: int
    by: PersonId
    consequence: Consequence
    decided_on: date
    words: Words | None
    meeting: Meeting | None
    divergences: tuple[Party, ...] = ()


@dataclass(frozen=True)
class Handed:
    """The awarding body's own report, handed to the candidate with the ways of appeal."""

    paper: Paper
    at: int
    by: PersonId
    taken_at: int | None = None


@dataclass(frozen=True)
class Ending:
    """The part ended without a consequence: closed by the commission, its accusations withdrawn, or its appeal
    inadmissible."""

    how: Closing
    at: int
    by: PersonId
    words: Words | None
