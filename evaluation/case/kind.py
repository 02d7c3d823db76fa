"""A case as a kind of stream: its topics put together."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.case.admissibility import ADMISSIBILITY, RuleAdmissibility
from evaluation.case.assisting import ASSISTING
from evaluation.case.case_due import due_commands, next_due
from evaluation.case.case_opening import OPENING, CaseOpened, OpenCase
from evaluation.case.case_rows import rows
from evaluation.case.consequences import CONSEQUENCES, ProposeConsequence
from evaluation.case.decision_papers import DECISION_PAPERS, HandDecision
from evaluation.case.dropping import DROPPING
from evaluation.case.facts import FACTS, HandReport, NoteDay
from evaluation.case.hearing_out import HEARING_OUT, RecordDelayOver
from evaluation.case.letter_fates import LETTER_FATES, CaseLetterArrived, CaseLetterFailed
from evaluation.case.merging import MERGING, JoinCase, NoteJoined, TakeIn, fresh
from evaluation.case.notifying import NOTIFYING, GiveCaseNotice
from evaluation.case.reexamined import REEXAMINED, NoteReexamined
from evaluation.case.replay import asked_for
from evaluation.case.requalifying import REQUALIFYING, Requalify
from evaluation.case.ruling import RULING, CloseCase, ReturnCase, SubmitCase, ValidateCase
from evaluation.case.silent_parties import SILENT_PARTIES, RecordSilent, RemindParty
from evaluation.case.stages import closed, stage
from evaluation.case.state import CaseState
from evaluation.case.summoning import SUMMONING, RecordCandidateHeard, SummonToBeHeard
from evaluation.case.terms import KIND
from evaluation.kinds import Kind
from evaluation.people import PersonId
from evaluation.rules import N_, Refusal

TOPICS = (OPENING, FACTS, REQUALIFYING, MERGING, NOTIFYING, LETTER_FATES, ASSISTING, HEARING_OUT, SUMMONING,
          CONSEQUENCES, SILENT_PARTIES, ADMISSIBILITY, RULING, DECISION_PAPERS, DROPPING, REEXAMINED)
BY_THE_SERVER = frozenset({
    NoteDay, TakeIn, NoteJoined, CaseLetterArrived, CaseLetterFailed, RecordDelayOver, RemindParty, RecordSilent,
    NoteReexamined})
ON_THE_WHOLE = frozenset({JoinCase, Requalify})
ON_THE_PART = frozenset({HandReport, GiveCaseNotice, SummonToBeHeard, RecordCandidateHeard, ProposeConsequence,
                         SubmitCase, ValidateCase, ReturnCase, CloseCase, RuleAdmissibility, HandDecision})
"""Decided on what the page shows of one candidate's part, and of what is common."""


def check(state: CaseState | None, _actor: PersonId, command: Any) -> None:
    """Raises Refusal for a case that is not there, or that is there already. Each decider asks who may what."""
    if state is None and not isinstance(command, OpenCase):
        raise Refusal("R7.1", N_("Ce dossier n’existe pas."))
    if state is not None and isinstance(command, OpenCase):
        raise Refusal("R7.1", N_("Ce dossier existe déjà."))


def subject(state: CaseState | None, stream: str, fields: Mapping[str, object]) -> str:
    """The candidate whose part the words are of; of what is common, the only candidate there is, else the case."""
    if state is None:
        return str(fields.get("person", f"stream:{stream}"))
    part = state.parts.get(str(fields.get("candidacy")))
    if part is None and len(state.parts) == 1:
        part = next(iter(state.parts.values()))
    return part.person if part is not None else f"stream:{stream}"


def must_have_seen(state: CaseState, command: type, fields: Mapping[str, object]) -> int:
    if command in ON_THE_WHOLE:
        return max((state.changed, *(one.changed for one in state.parts.values())))
    part = state.parts.get(str(fields.get("candidacy")))
    return max(part.changed, state.changed) if part is not None and command in ON_THE_PART else 0


def stands(state: CaseState, position: int) -> bool:
    """Another case goes into this one as long as nobody was told or asked anything in it, and it went into no other."""
    return position != 1 or (state.joined_into is None and fresh(state))


def taken_back(_state: CaseState, _position: int) -> bool:
    """What follows from an event of a case follows, whatever becomes of the case."""
    return False


def results(state: CaseState) -> Mapping[str, object]:
    """How far each candidate's part is, and what was decided."""
    return {one.candidacy: one.decision.consequence if one.decision is not None else stage(state, one)
            for one in state.parts.values()}


CASE: Kind[CaseState] = Kind(
    KIND, begins=OpenCase, begun=CaseOpened, topics=TOPICS, check=check, replay=asked_for,
    from_pages=frozenset(one for topic in TOPICS for one in topic.commands) - BY_THE_SERVER, closed=closed,
    must_have_seen=must_have_seen, next_due=next_due, due_commands=due_commands, rows=rows, subject=subject,
    stands=stands, taken_back=taken_back, results=results)
