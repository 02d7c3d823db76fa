"""A case as its journal has made it: what is common to it, and the part of each candidacy, which is nobody else's."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from evaluation.body.terms import Meeting
from evaluation.case.terms import PROVIDER, CandidacyId, Party
from evaluation.case_rules import CaseKind, CaseRules, Consequence
from evaluation.offices import ProviderId
from evaluation.people import HearingId, Paper, PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal

SESSION_KIND = "session"
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
    """Whose parts the case held as it was written."""


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
    """From which day on a party's next steps are counted, and how many were before: of whom a reminder came late."""

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
    """Ended without a consequence: closed by the commission, withdrawn by who accused, or inadmissible."""

    how: Closing
    at: int
    by: PersonId
    words: Words | None


@dataclass(frozen=True)
class Part:
    """What concerns one candidacy alone. `sources` are what it came from, in their order; `came_from` the cases that
    it went through before. `notices` and the lists after it are in their order. `changed` is the position of its
    last change."""

    candidacy: CandidacyId
    person: PersonId
    sources: tuple[Source, ...]
    session: str | None
    hearing: HearingId | None
    jurors: tuple[PersonId, ...]
    came_from: tuple[str, ...] = ()
    from_day: tuple[FromDay, ...] = ()
    notices: tuple[CaseNotice, ...] = ()
    invited: tuple[PersonId, ...] = ()
    """Who is asked to assist, and has not answered."""
    assistants: tuple[PersonId, ...] = ()
    """Who has accepted."""
    answers: tuple[CandidateAnswer, ...] = ()
    asked_to_be_heard_at: int | None = None
    summonses: tuple[Summons, ...] = ()
    heard: tuple[CandidateHeard, ...] = ()
    delays_over: tuple[int, ...] = ()
    """The numbers of the notices whose delay is over."""
    unanswered: tuple[int, ...] = ()
    """Of these, those that were recorded as not answered."""
    proposals: tuple[ConsequenceProposal, ...] = ()
    submissions: tuple[Submission, ...] = ()
    admissible: bool | None = None
    """Of an appeal, once the commission has ruled."""
    decision: Decision | None = None
    handed: Handed | None = None
    letters: tuple[LetterFate, ...] = ()
    ended: Ending | None = None
    changed: int = 0

    @property
    def accusing(self) -> tuple[Source, ...]:
        """The sources that were not withdrawn."""
        return tuple(one for one in self.sources if one.withdrawn_at is None)

    @property
    def examined_at(self) -> frozenset[tuple[str, HearingId]]:
        """The sessions and hearings that it is about."""
        found = {(one.quote.stream, str(one.quote.data["hearing"])) for one in self.sources
                 if one.quote.kind == SESSION_KIND}
        if self.session is not None and self.hearing is not None:
            found.add((self.session, self.hearing))
        return frozenset(found)

    @property
    def notice(self) -> CaseNotice | None:
        return self.notices[-1] if self.notices else None

    def letter(self, what: LetterOf, number: int) -> LetterFate | None:
        """None while the mail server has not answered."""
        return next((one for one in self.letters if (one.what, one.number) == (what, number)), None)

    @property
    def summons(self) -> Summons | None:
        """The one that stands: the last on the last notice."""
        last = self.summonses[-1] if self.summonses else None
        return last if last is not None and self.notice is not None and last.notice == self.notice.number else None

    @property
    def submission(self) -> Submission | None:
        """The one that lies with the commission."""
        last = self.submissions[-1] if self.submissions else None
        return last if last is not None and last.returned_at is None else None

    @property
    def proposal(self) -> ConsequenceProposal | None:
        """The one that stands: not one that the commission sent back."""
        last = self.proposals[-1] if self.proposals else None
        sent_back = any(one.returned_at is not None and last and one.position > last.position
                        for one in self.submissions)
        return None if last is None or sent_back else last

    @property
    def over(self) -> bool:
        """Nothing is left to decide."""
        return self.decision is not None or self.ended is not None


@dataclass(frozen=True)
class CaseState:
    """`kind` and `rules` are as the framework had them when it was opened. `subjects` are people, other than the
    candidates, whom the facts concern: they act in no office here. `joined_into` is the case that this one went
    into."""

    id: str
    body: str
    provider: ProviderId | None
    certification: str
    version: str
    title: str
    rules: CaseRules
    kind: CaseKind
    source: Quote
    opened_at: int
    raised_by: PersonId
    """Who recorded the incident, or opened the case by hand."""
    by_clerk: bool
    """The awarding body opened it."""
    move_off_holidays: bool
    appeal_months: int
    session: str | None
    organizers: tuple[PersonId, ...]
    subjects: frozenset[PersonId] = frozenset()
    facts: tuple[Fact, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reports: tuple[Report, ...] = ()
    parts: Mapping[CandidacyId, Part] = field(default_factory=dict[CandidacyId, Part])
    accused_by_clerk: bool = False
    """It was made a suspected fraud by the awarding body: nobody accused the candidate as it was recorded."""
    joined_into: str | None = None
    taken_in: bool = False
    """The case that this one went into has said that it holds its parts: until then they are held here."""
    changed: int = 0
    """The position of the last change of what is common."""
    position: int = 0
    last_at: int = 0

    came_in: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    """Of each case that was to go into this one, where it said so: the answer was given."""

    def part(self, candidacy: CandidacyId) -> Part:
        try:
            return self.parts[candidacy]
        except KeyError:
            raise Refusal("R7.1", N_("Ce dossier ne concerne pas cette candidature.")) from None

    def with_part(self, part: Part, position: int) -> CaseState:
        return replace(self, parts={**self.parts, part.candidacy: replace(part, changed=position)})

    def facts_of(self, candidacy: CandidacyId | None) -> tuple[Fact, ...]:
        """The common ones, and those of one part."""
        return tuple(one for one in self.facts if one.candidacy in (None, candidacy))

    def evidence_of(self, candidacy: CandidacyId | None) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if one.candidacy in (None, candidacy))

    def reports_on(self, candidacy: CandidacyId) -> tuple[Report, ...]:
        """Those that say what one candidate's part came from."""
        return tuple(one for one in self.reports if candidacy in one.about)

    def parties(self, part: Part) -> tuple[Party, ...]:
        """Those who are asked whether they agree: no juror whom the facts concern, who sees nothing of the case."""
        provider = (PROVIDER,) if "provider" in self.kind.parties and self.provider is not None else ()
        jurors = part.jurors if "jurors" in self.kind.parties else ()
        return (*provider, *(one for one in dict.fromkeys(jurors) if one not in self.subjects))
