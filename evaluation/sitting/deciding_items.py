"""On each candidate the president proposes and the two others answer; what they decide is what the rules compute, or
that the award is withheld (R1.6, R3.9)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from evaluation.deadlines import day_of
from evaluation.framework import Mark
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import PersonId, Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, Refusal, rule
from evaluation.sitting import access, settling
from evaluation.sitting.questioning import check_open
from evaluation.sitting.state import Answer, Decided, Item, Proposal, SittingState
from evaluation.sitting.terms import ITEM_DECIDED, CandidacyId, Course, Dissent, Ruling
from evaluation.sitting.who_sits import deciding
from evaluation.sitting_rules import WithoutAgreement

DECIDING = Topic()


@DECIDING.command
@dataclass(frozen=True)
class ProposeDecision:
    """`marks` are of the competencies that this jury settles itself, `why` says of each for which reason. `words` say
    why the award is to be withheld, or why what was decided is decided anew. `reasons`, by competency, are what the
    letter may say."""

    candidacy: CandidacyId
    course: Course = "award"
    marks: Mapping[str, Mark] = field(default_factory=dict[str, Mark])
    why: Mapping[str, Words] = field(default_factory=dict[str, Words])
    words: Words | None = None
    reasons: Mapping[str, Words] = field(default_factory=dict[str, Words])


@DECIDING.command
@dataclass(frozen=True)
class AnswerDecision:
    """`dissent`: the words that a member who disagrees asks to be kept."""

    candidacy: CandidacyId
    number: int
    agrees: bool
    dissent: Words | None = None


@DECIDING.event("sitting.decision_proposed")
@dataclass(frozen=True)
class DecisionProposed:
    """`by` are the three whose decision it is, the president first."""

    candidacy: CandidacyId
    number: int
    course: Course
    marks: Mapping[str, Mark]
    why: Mapping[str, Words]
    words: Words | None
    reasons: Mapping[str, Words]
    by: tuple[PersonId, ...]


@DECIDING.event("sitting.decision_answered")
@dataclass(frozen=True)
class DecisionAnswered:
    candidacy: CandidacyId
    number: int
    agrees: bool
    dissent: Words | None


@DECIDING.event("sitting.proposal_rejected")
@dataclass(frozen=True)
class ProposalRejected:
    """Most of the three do not agree: the president proposes something else."""

    candidacy: CandidacyId
    number: int


@DECIDING.event(ITEM_DECIDED)
@dataclass(frozen=True)
class ItemDecided:
    candidacy: CandidacyId
    ruling: Ruling
    reexamines: Quote | None = None


# Proposed


@DECIDING.decides(ProposeDecision)
def propose(state: SittingState, command: ProposeDecision, asked: Asked) -> tuple[Any, ...]:
    item = state.item(command.candidacy)
    three = deciding(state, item)
    access.check_presides_on(state, item, asked.actor)
    check_deliberates(state, item)
    check_anew(item, command.words)
    check_impartial(state, item, three)
    day = day_of(asked.now)
    check_course(item, command)
    settling.check_why(command.marks, command.why)
    if command.course == "award":
        settled = settling.settled_of(command.marks, command.why)
        settling.check_settles(item, settled, day)
        settling.check_all_settled(item, settled, day)
        settling.check_reasons(item, command.reasons, day)
    return (DecisionProposed(item.candidacy, len(item.proposals) + 1, command.course, command.marks, command.why,
                             command.words, command.reasons, three),)


@rule("R3.9")
def check_deliberates(state: SittingState, item: Item) -> None:
    """The sitting is open, nobody is being questioned on this candidate, and the minutes are not presented."""
    check_open(state)
    if state.presented is not None or state.sealed is not None:
        raise Refusal("R3.9", N_("Le procès-verbal est présenté : reprenez-le avant de décider autre chose."))
    if item.questioning is not None:
        raise Refusal("R3.9", N_("Un échange de questions est en cours sur ce candidat : terminez-le d’abord."))


@rule("R3.9")
def check_anew(item: Item, words: Words | None) -> None:
    """What is decided is decided anew only for a reason that is said."""
    if item.decided is not None and words is None:
        raise Refusal("R3.9", N_("Il est décidé à son sujet : dites pourquoi vous y revenez."))


@rule("R1.4")
def check_impartial(state: SittingState, item: Item, three: Sequence[PersonId]) -> None:
    """Each of the three has said that they can decide on this candidate."""
    for one in three:
        if item.candidacy not in state.impartial.get(one, frozenset()):
            raise Refusal("R1.4", N_("Un membre n’a pas encore dit s’il connaît ce candidat : chacun déclare son "
                                     "impartialité avant la délibération."))


@rule("R7.2")
def check_course(item: Item, command: ProposeDecision) -> None:
    """Nothing is awarded or refused while a case or a reservation is open. Withheld, a reason is said where no case
    does; and nothing is settled."""
    if command.course == "award":
        if item.held:
            raise Refusal("R7.2", N_("Un dossier est ouvert sur cette candidature, une réserve reste à lever, ou elle "
                                     "n’attend plus ce jury : il ne peut que suspendre l’attribution."))
        return
    if command.words is None and not item.held:
        raise Refusal("R1.6", N_("Dites pour quelle irrégularité l’attribution est suspendue."))
    if command.marks or command.reasons:
        raise Refusal("R1.6", N_("L’attribution suspendue, rien n’est tranché."))


@DECIDING.evolves(DecisionProposed)
def proposed(state: SittingState, event: DecisionProposed, happened: Happened) -> SittingState:
    item = state.agenda[event.candidacy]
    own = Answer(agrees=True, at=happened.at)
    settled = settling.settled_of(event.marks, event.why)
    one = Proposal(event.number, happened.at, event.by, event.course, settled, event.words, event.reasons,
                   {happened.actor: own})
    return state.with_item(replace(item, proposals=(*item.proposals, one), decided=None), happened.position)


# Answered


@DECIDING.decides(AnswerDecision)
def answer(state: SittingState, command: AnswerDecision, asked: Asked) -> tuple[Any, ...]:
    item = state.item(command.candidacy)
    check_deliberates(state, item)
    proposal = check_answers(item, command, asked.actor)
    said = DecisionAnswered(item.candidacy, command.number, command.agrees, command.dissent)
    answers = {**proposal.answers, asked.actor: Answer(command.agrees, asked.now, command.dissent)}
    return (said, *_concluded(item, replace(proposal, answers=answers), day_of(asked.now)))


def check_answers(item: Item, command: AnswerDecision, actor: PersonId) -> Proposal:
    """The proposal that is answered, by one of its three who has not. Raises Refusal."""
    proposal = item.proposal
    if proposal is None or proposal.number != command.number:
        raise Refusal("R3.9", N_("Cette proposition n’est plus celle qui est soumise : rouvrez la page."))
    check_one_of_three(proposal, actor)
    if command.agrees and command.dissent is not None:
        raise Refusal("R3.9", N_("Une opinion contraire est celle de qui n’est pas d’accord."))
    return proposal


@rule("R1.3", "R1.4")
def check_one_of_three(proposal: Proposal, actor: PersonId) -> None:
    """Once each, and nobody else. Raises Refusal."""
    if actor not in proposal.by:
        raise Forbidden("R1.3", N_("Vous ne délibérez pas sur ce candidat."))
    if actor in proposal.answers:
        raise Refusal("R3.9", N_("Vous avez déjà répondu à cette proposition."))


def _concluded(item: Item, proposal: Proposal, day: date) -> tuple[Any, ...]:
    if proposal.waiting:
        return ()
    course = agreed_course(proposal, item.framework.sitting.without_agreement)
    if course is None:
        return (ProposalRejected(item.candidacy, proposal.number),)
    return (ItemDecided(item.candidacy, ruling(item, replace(proposal, course=course), day), item.reexamines),)


@rule("R3.9", permits="award")
def agreed_course(proposal: Proposal, without_agreement: WithoutAgreement) -> Course | None:
    """What is decided once all have answered: by agreement of the three, else by the framework's rule. None where most
    of them do not agree."""
    agree = sum(one.agrees for one in proposal.answers.values())
    if agree == len(proposal.by):
        return proposal.course
    if without_agreement == "withhold":
        return "withhold"
    return proposal.course if 2 * agree > len(proposal.by) else None


def ruling(item: Item, proposal: Proposal, day: date) -> Ruling:
    """What these three decide, on this day, with the result that the rules compute."""
    of, awards = item.recommended, proposal.course == "award"
    settled = proposal.settled if awards else ()
    result = settling.result_of(item, settled, day)
    award, blocks = settling.award_of(item, result) if awards else ("withheld", ())
    against = {one: said for one, said in proposal.answers.items() if not said.agrees}
    dissents = tuple(Dissent(one, against[one].dissent) for one in proposal.by if one in against)
    return Ruling(of.person, of.certification, of.version, day, award, blocks, result, of.ending,
                  settling.marks_of(item, settled, day), settled, dissents, proposal.by, settling.kept_on(item, day),
                  proposal.reasons if awards else {}, proposal.words, item.held)


@DECIDING.evolves(DecisionAnswered)
def answered(state: SittingState, event: DecisionAnswered, happened: Happened) -> SittingState:
    item = state.agenda[event.candidacy]
    last = item.proposals[-1]
    said = Answer(event.agrees, happened.at, event.dissent)
    one = replace(last, answers={**last.answers, happened.actor: said})
    return state.with_item(replace(item, proposals=(*item.proposals[:-1], one)), happened.position)


@DECIDING.evolves(ProposalRejected)
def rejected(state: SittingState, event: ProposalRejected, happened: Happened) -> SittingState:
    item = state.agenda[event.candidacy]
    last = replace(item.proposals[-1], rejected=True)
    return state.with_item(replace(item, proposals=(*item.proposals[:-1], last)), happened.position)


@DECIDING.evolves(ItemDecided)
def decided(state: SittingState, event: ItemDecided, happened: Happened) -> SittingState:
    item = replace(state.agenda[event.candidacy], decided=Decided(happened.position, happened.at, event.ruling))
    after = state.with_item(item, happened.position)
    return replace(after, current=None) if after.current == event.candidacy else after
