"""One candidate as the three who decide see the decision: what the rules compute, what is proposed, who has answered,
what was decided."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.deadlines import day_of
from evaluation.grading import Mark, Result
from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.settling import open_disputes, result_of
from evaluation.sitting.state import Answer, Item, Proposal, SittingState
from evaluation.sitting.terms import PLACES as ALL_PLACES
from evaluation.sitting.terms import Settled
from evaluation.sitting.who_sits import three_on
from server.views.sitting.sitting_reader import AWARDS, COURSES, PLACES, SittingReader, award_words, outcome_words
from server.views.when import day_words, hour_words, lasting

MARKS: Mapping[str, str] = {"A": N_("acquise"), "NA": N_("non acquise")}
@dataclass(frozen=True)
class BlockShown:
    """`state`: whether it is validated, None where it has no result yet."""

    code: str
    title: str
    kept: bool
    state: bool | None
    acquired: int
    total: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class SettledShown:
    competency: str
    title: str
    mark: str
    acquired: bool
    why: str


@dataclass(frozen=True)
class AnswerShown:
    name: str
    place: str
    words: str
    said: str
    state: bool | None


@dataclass(frozen=True)
class ProposalShown:
    number: int
    course: str
    outcome: str
    words: str
    settled: tuple[SettledShown, ...]
    answers: tuple[AnswerShown, ...]
    blocks: tuple[BlockShown, ...]
    yours: bool
    rejected: bool


@dataclass(frozen=True)
class QuestionsShown:
    """`summoned`: when the evaluation jury is asked to come; `since` (ms): when a session that lasts began."""

    summoned: str
    since: int | None
    began: str
    ceiling: str
    ceiling_ms: int
    past: tuple[str, ...]


@dataclass(frozen=True)
class ItemShown:
    outcome: str
    blocks: tuple[BlockShown, ...]
    disputed: tuple[str, ...]
    held: bool
    opened: bool
    proposal: ProposalShown | None
    rejected: tuple[ProposalShown, ...]
    decided: str
    decided_when: str
    decided_words: str
    decided_by: ProposalShown | None
    questions: QuestionsShown
    members: tuple[tuple[str, str], ...]
    presides: bool


def item_shown(state: SittingState, item: Item, person: PersonId, reader: SittingReader) -> ItemShown:
    day = day_of(reader.now)
    result, three = result_of(item, (), day), three_on(state, item)
    ruling = item.decided.ruling if item.decided is not None else None
    return ItemShown(
        outcome=outcome_words(reader, result), blocks=_blocks(item, result, reader),
        disputed=open_disputes(item, (), day),
        held=item.held, opened=state.opened_at is not None,
        proposal=_proposal(item, item.proposal, person, reader) if item.proposal is not None else None,
        rejected=tuple(_proposal(item, one, person, reader) for one in item.proposals if one.rejected),
        decided=award_words(reader, ruling) if ruling is not None else "",
        decided_when=reader.moment(item.decided.at) if item.decided is not None else "",
        decided_words=reader.words(ruling.words) if ruling is not None else "",
        decided_by=_proposal(item, item.proposals[-1], person, reader) if ruling is not None else None,
        questions=_questions(item, reader),
        members=tuple((reader.name(three[one]) if three[one] else reader.say(N_("place vide")),
                       reader.say(PLACES[one])) for one in ALL_PLACES),
        presides=three["president"] == person)


def _blocks(item: Item, result: Result, reader: SittingReader) -> tuple[BlockShown, ...]:
    return tuple(BlockShown(
        one.code, item.framework.block(one.code).title, one.kept, one.validated, one.acquired, one.total,
        tuple(reader.say(r.text, **dict(r.values)) for r in one.reasons)) for one in result.blocks)


def _proposal(item: Item, one: Proposal, person: PersonId, reader: SittingReader) -> ProposalShown:
    result = result_of(item, one.settled, day_of(one.at))
    places = dict(zip(one.by, ("president", "employees", "employers"), strict=False))
    return ProposalShown(
        one.number, reader.say(COURSES[one.course]),
        outcome_words(reader, result) if one.course == "award" else reader.say(AWARDS["withheld"]),
        reader.words(one.words),
        tuple(_settled(item, each, reader) for each in one.settled),
        tuple(_answer(who, one.answers.get(who), reader, PLACES[places[who]]) for who in one.by),  # type: ignore[index]
        _blocks(item, result, reader) if one.course == "award" else (),
        person in one.waiting and item.decided is None and not one.rejected, one.rejected)


def _settled(item: Item, one: Settled, reader: SittingReader) -> SettledShown:
    title = next(c.title for c in item.framework.block_of(one.competency).competencies if c.code == one.competency)
    return SettledShown(one.competency, title, reader.say(MARKS[one.mark]), one.mark == Mark.ACQUIRED,
                        reader.words(one.words))


def _answer(who: PersonId, given: Answer | None, reader: SittingReader, place: str) -> AnswerShown:
    words = N_("pas encore de réponse")
    if given is not None:
        words = N_("d’accord") if given.agrees else N_("pas d’accord")
    return AnswerShown(reader.name(who), reader.say(place), reader.say(words),
                       reader.words(given.dissent) if given is not None else "",
                       given.agrees if given is not None else None)


def _questions(item: Item, reader: SittingReader) -> QuestionsShown:
    last, going = item.summonses[-1] if item.summonses else None, item.questioning
    summoned = f"{day_words(day_of(last.at), reader.locale)}, {hour_words(last.at, reader.locale)}" if last else ""
    ceiling = 60_000 * item.framework.sitting.questions_minutes
    return QuestionsShown(
        summoned, going.began_at if going is not None else None,
        reader.moment(going.began_at) if going is not None else "", lasting(ceiling), ceiling,
        tuple(_past(one.began_at, one.ended_at, one.over_seconds, reader) for one in item.questions
              if one.ended_at is not None))


def _past(began: int, ended: int, over: int, reader: SittingReader) -> str:
    text = N_("{hour}, pendant {time}")
    if over:
        text = N_("{hour}, pendant {time}, dont {over} au-delà du temps prévu")
    return reader.say(text, hour=reader.moment(began), time=lasting(ended - began), over=lasting(over * 1000))
