"""Which letters a commit of a sitting makes (R1.3, R4.2): notice to whoever sits from now on, what changes of it, the
end of it for whoever sits no more, the minutes to sign, and that somebody is noted as not signing them. They hold ids
and hours alone; names and links come in when each leaves (`server.app.sitting_filling`)."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from evaluation.people import PersonId, Words
from evaluation.sitting.convening_sitting import SittingMoved
from evaluation.sitting.not_signing import NotSigningNoted
from evaluation.sitting.questioning import JurySummoned
from evaluation.sitting.reminding import MemberReminded
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import KIND
from evaluation.sitting.who_sits import sitting_now
from server.journals.ledger import Commit
from server.storage.letters import Letter


def sitting_letters(commit: Commit[Any]) -> Iterable[Letter]:
    """Of a stream of another kind, none."""
    if commit.kind.name == KIND:
        yield from _changed(commit)


def _changed(commit: Commit[SittingState]) -> Iterable[Letter]:
    before, now = commit.before, commit.state
    sat, sits = (sitting_now(before) if before is not None else frozenset[PersonId]()), sitting_now(now)
    by = commit.records[-1].actor
    if now.cancelled is not None:
        if before is not None and before.cancelled is None:
            for person in sorted(sat):
                yield _to(now, person, "sitting_cancelled", commit, by, now.cancelled)
        return
    for person in sorted(sits - sat):
        yield _to(now, person, "sitting_convened", commit, by)
    for person in sorted(sat - sits):
        yield _to(now, person, "sitting_cancelled", commit, by)
    for event in commit.events:
        if isinstance(event, SittingMoved):
            for person in sorted(sat & sits):
                yield _to(now, person, "sitting_moved", commit, by, event.words)
        elif isinstance(event, JurySummoned):
            yield from _summoned(now, event, commit, by)
        elif isinstance(event, MemberReminded):
            template = "sitting_again" if event.about == "prepare" else "minutes_again"
            yield Letter(event.person, template, about_sitting(now, now.convened_by))
        elif isinstance(event, NotSigningNoted):
            yield Letter(event.person, "not_signing_noted", about_sitting(now, by))
    yield from _to_sign(before, now, by)


def _summoned(state: SittingState, event: JurySummoned, commit: Commit[SittingState], by: PersonId) -> Iterable[Letter]:
    """The hour is that of the questions; the entry of a calendar is another than a member's, and a later summons
    takes its place."""
    for juror in event.jurors:
        letter = _to(state, juror, "jury_questioned", commit, by, event.words)
        yield replace(letter, data=letter.data | {"at": event.at, "entry": event.candidacy})


def _to_sign(before: SittingState | None, now: SittingState, by: PersonId) -> Iterable[Letter]:
    """Once for each document."""
    new, old = now.presented, before.presented if before is not None else None
    if new is not None and (old is None or old.number != new.number):
        for person in new.unsigned:
            yield Letter(person, "minutes_to_sign", about_sitting(now, by))


def _to(state: SittingState, person: PersonId, template: str, commit: Commit[SittingState], by: PersonId,
        said: Words | None = None) -> Letter:
    """With its entry of a calendar: a later one has a higher number (RFC 5545 §3.8.7.4)."""
    method = "CANCEL" if template == "sitting_cancelled" else "REQUEST"
    return Letter(person, template, about_sitting(state, by) | {
        "method": method, "sequence": commit.records[-1].position, "written_at": commit.records[-1].at,
        "said": said.ref if said is not None else ""})


def about_sitting(state: SittingState, by: PersonId) -> dict[str, Any]:
    return {"sitting": state.id, "at": state.at, "mode": state.mode, "by": by,
            "place": state.place.ref if state.place is not None else ""}
