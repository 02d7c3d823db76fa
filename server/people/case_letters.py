"""Which letters a commit of a case makes (R7.1, R7.2, R9.2). They hold ids and days alone; names, links and papers come
in when each leaves (`server.app.case_filling`). No letter is about more than one candidate's part."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Final, cast

from evaluation.case.case_parts import ConsequenceProposal, LetterOf
from evaluation.case.kind import CASE
from evaluation.case.stages import silent_from
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import CLOSED, INADMISSIBLE, OPENED, PROVIDER, REQUALIFIED, WITHDRAWN, CandidacyId, Party
from evaluation.deadlines import day_of
from evaluation.journal import Record
from server.journals.ledger import Commit
from server.storage.letter_reports import About
from server.storage.letters import Letter


def case_letters(commit: Commit[Any]) -> Iterable[Letter]:
    """Of a stream of another kind, none."""
    if commit.kind.name != CASE.name:
        return
    for record in commit.records:
        write = LETTERS_OF.get(record.event)
        if write is not None:
            yield from write(commit.state, record)


# To the candidate


def _opened(state: CaseState, _record: Record) -> Iterable[Letter]:
    """Of what a day notes the candidate is told in the room, and not while the examination goes on."""
    for part in state.parts.values():
        if state.kind.is_appeal:
            yield _to(state, part, "appeal_received")
        elif state.kind.accuses and state.source.stream == part.candidacy:
            yield _to(state, part, "case_opened")


def _requalified(state: CaseState, _record: Record) -> Iterable[Letter]:
    if state.kind.accuses:
        for part in state.parts.values():
            yield _to(state, part, "case_opened")


def _of_clerk(what: LetterOf, state: CaseState, record: Record) -> Iterable[Letter]:
    """With its paper; what becomes of it is told to the case. Whoever assists the candidate learns that there is
    something new."""
    part, number = state.parts[str(record.data["candidacy"])], int(record.data.get("number", 1))
    yield _to(state, part, f"case_{what}", about_letter(state.id, what, part.candidacy, number), number=number,
              by=record.actor, **{name: record.data[name] for name in ("at", "place", "paper") if name in record.data})
    for assistant in part.assistants:
        yield Letter(assistant, "case_news", _about(state, part))


def _ended(state: CaseState, record: Record) -> Iterable[Letter]:
    if record.data.get("ends", True):
        yield _to(state, state.parts[str(record.data["candidacy"])], "case_ended")


def _ruled(state: CaseState, record: Record) -> Iterable[Letter]:
    template = "appeal_admitted" if record.data["admissible"] else "appeal_refused"
    yield _to(state, state.parts[str(record.data["candidacy"])], template)


def _to(state: CaseState, part: Part, template: str, about: About | None = None, **more: Any) -> Letter:
    return Letter(part.person, template, _about(state, part) | more, about)


def _about(state: CaseState, part: Part) -> dict[str, Any]:
    return {"case": state.id, "candidacy": part.candidacy}


# To others


def _proposed(state: CaseState, record: Record) -> Iterable[Letter]:
    part = state.parts[str(record.data["candidacy"])]
    proposal = part.proposals[-1]
    for party in proposal.parties:
        yield from _to_party(state, part, proposal, party, "party_asked")


def _reminded(state: CaseState, record: Record) -> Iterable[Letter]:
    part = state.parts[str(record.data["candidacy"])]
    yield from _to_party(state, part, part.proposals[-1], str(record.data["party"]), "party_again")


def _to_party(state: CaseState, part: Part, proposal: ConsequenceProposal, party: Party, template: str
              ) -> Iterable[Letter]:
    """For a provider answer those who organized, but for whom the facts concern."""
    until = day_of(silent_from(state, proposal, party) - 1).isoformat()
    people = [one for one in state.organizers if one not in state.subjects] if party == PROVIDER else [party]
    for person in people:
        yield Letter(person, template, _about(state, part) | {"until": until})


def _invited(state: CaseState, record: Record) -> Iterable[Letter]:
    part = state.parts[str(record.data["candidacy"])]
    yield Letter(str(record.data["person"]), "assistant_invited", _about(state, part))


def _came_back(state: CaseState, record: Record) -> Iterable[Letter]:
    """To the clerk whom the act was of: a notice must reach the candidate in another way."""
    part, what, number = state.parts[str(record.data["candidacy"])], record.data["what"], record.data["number"]
    if what == "decision":
        by = [part.handed.by] if part.handed is not None else []
    else:
        by = [one.by for one in (part.notices if what == "notice" else part.summonses) if one.number == number]
    template = "case_not_arrived" if what == "notice" else "case_letter_back"
    for clerk in by:
        yield Letter(clerk, template, _about(state, part) | {"why": str(record.data["why"]) or "?"})


LETTERS_OF: Final[Mapping[str, Callable[[CaseState, Record], Iterable[Letter]]]] = {
    OPENED: _opened, REQUALIFIED: _requalified, "case.notice_given": partial(_of_clerk, "notice"),
    "case.summoned": partial(_of_clerk, "summons"), "case.decision_handed": partial(_of_clerk, "decision"),
    CLOSED: _ended, WITHDRAWN: _ended, INADMISSIBLE: _ruled,
    "case.proposed": _proposed, "case.party_reminded": _reminded, "case.assistant_named": _invited,
    "case.letter_bounced": _came_back,
}


# What becomes of a letter


def about_letter(case: str, what: LetterOf, candidacy: CandidacyId, number: int) -> About:
    """As the report on the letter names it: where a day's names a seat."""
    return About(case, f"{what}:{candidacy}", number)


def letter_about(about: About) -> tuple[LetterOf, CandidacyId] | None:
    """Which letter of a case, and whose; None for a letter of a day."""
    what, _, candidacy = about.seat.partition(":")
    return (cast("LetterOf", what), candidacy) if candidacy else None
