"""Which letters a commit of a candidacy makes about its result (R8.1). They hold ids alone; names, links and the paper
come in when each leaves (`server.app.result_filling`)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import RECORDED, CandidacyState
from evaluation.journal import Record
from evaluation.quoted_events import AWARD_VALIDATED
from server.journals.ledger import Commit
from server.storage.letter_reports import About
from server.storage.letters import Letter

RETURNED: Final = "candidacy.award_returned"
TEMPLATES: Final[Mapping[str, str]] = {
    RECORDED: "result", "candidacy.award_put_off": "result_put_off", RETURNED: "result_returned",
    AWARD_VALIDATED: "result_validated"}
RESULT: Final = "result"
"""What a letter is, in what becomes of it."""


def result_letters(commit: Commit[Any]) -> Iterable[Letter]:
    """Of a stream of another kind, none; nor of what a clerk records from a paper, nor of what the commission says of
    an outcome that a case has annulled."""
    if commit.kind.name != CANDIDACY.name:
        return
    for record in commit.records:
        template = TEMPLATES.get(record.event)
        if template is not None and record.data.get("said") is not None and _is_told(commit.state, record):
            yield _letter(commit.state, record, template)
        if record.event == RETURNED:
            yield from _told_too(commit.state, record)


def _is_told(state: CandidacyState, record: Record) -> bool:
    if record.event == AWARD_VALIDATED:
        return record.data["outcome"] not in state.void
    return any(one.position == record.position for one in state.letters)


def _letter(state: CandidacyState, record: Record, template: str) -> Letter:
    """Of those with a paper, what becomes of each is told to the candidacy."""
    about = About(state.id, f"{RESULT}:{state.id}", record.position) if record.event != AWARD_VALIDATED else None
    return Letter(state.person, template, {"candidacy": state.id, "position": record.position}, about)


def _told_too(state: CandidacyState, record: Record) -> Iterable[Letter]:
    """Who registered the candidate had been told how it went; a candidate who registered themself is told already."""
    by = state.registration.by if state.registration is not None else state.person
    if by != state.person:
        yield Letter(by, "result_reopened", {"candidacy": state.id, "position": record.position})
