"""A case as its journal has made it: what is common to it, and the part of each candidacy, which is nobody else's."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from evaluation.case.case_parts import (
    CandidateAnswer,
    CandidateHeard,
    CaseNotice,
    ConsequenceProposal,
    Decision,
    Ending,
    Evidence,
    Fact,
    FromDay,
    Handed,
    HearingRequest,
    LetterFate,
    LetterOf,
    Report,
    Source,
    Submission,
    Summons,
)
from evaluation.case.terms import PROVIDER, CandidacyId, Party
from evaluation.case_rules import CaseKind, CaseRules
from evaluation.offices import ProviderId
from evaluation.people import HearingId, PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal
from evaluation.session.terms import SESSION_KIND


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
    """People who are asked to assist, and have not answered."""
    assistants: tuple[PersonId, ...] = ()
    """People who have accepted."""
    answers: tuple[CandidateAnswer, ...] = ()
    hearing_requests: tuple[HearingRequest, ...] = ()
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
    reexamined: int | None = None
    """Where the outcome stands, in the candidacy, of the re-examination that was ordered."""
    changed: int = 0

    @property
    def standing(self) -> tuple[Source, ...]:
        """The sources that were not withdrawn: of a suspected fraud, what accuses the candidate."""
        return tuple(one for one in self.sources if one.withdrawn_at is None)

    @property
    def examined_at(self) -> frozenset[tuple[str, HearingId]]:
        """The sessions and hearings that the part is about."""
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
        """The summons that stands: the last one, where it is on the last notice."""
        last = self.summonses[-1] if self.summonses else None
        return last if last is not None and self.notice is not None and last.notice == self.notice.number else None

    @property
    def submission(self) -> Submission | None:
        """The submission that lies with the commission."""
        last = self.submissions[-1] if self.submissions else None
        return last if last is not None and last.returned_at is None else None

    @property
    def proposal(self) -> ConsequenceProposal | None:
        """The proposal that stands: the last one, unless the commission sent it back."""
        last = self.proposals[-1] if self.proposals else None
        sent_back = any(one.returned_at is not None and last and one.position > last.position
                        for one in self.submissions)
        return None if last is None or sent_back else last

    @property
    def divergences(self) -> tuple[Party, ...]:
        """The parties that did not agree with the proposal that stands, silence included, once all were waited for."""
        proposal = self.proposal
        return () if proposal is None else tuple(
            one for one in proposal.parties if proposal.answers[one].answer != "agrees")

    @property
    def withdrawn(self) -> bool:
        """Every accusation was taken back: nothing is left of it for whoever judged the candidate."""
        return self.ended is not None and self.ended.how == "withdrawn"

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
    """Whoever recorded the incident, or opened the case by hand."""
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
    stayed: int = 0
    """The position at which the other case said that this one could not go into it; 0: it never did."""
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
        """Whoever is asked whether they agree: no juror whom the facts concern, who sees nothing of the case."""
        provider = (PROVIDER,) if "provider" in self.kind.parties and self.provider is not None else ()
        jurors = part.jurors if "jurors" in self.kind.parties else ()
        return (*provider, *(one for one in dict.fromkeys(jurors) if one not in self.subjects))
