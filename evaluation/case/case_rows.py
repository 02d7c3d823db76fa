"""The index rows of a case: one for each candidacy, and for each party that is asked."""
from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from evaluation.case.access import CLERK, ORGANIZES, kept_from
from evaluation.case.people_rows import people
from evaluation.case.stages import all_answered_by, answer_until, is_open, silent_from, stage, waits_to_be_heard
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import PROVIDER, STAGES_OVER, Awaited, Stage
from evaluation.case_rules import Consequence
from evaluation.kinds import Row
from evaluation.offices import Act, Office, OfficeRole
from evaluation.rules import rule

AWAITS: Mapping[Stage, tuple[Awaited, ...]] = {
    Stage.FACTS: ("organizer",), Stage.REPORTED: ("organizer", "clerk"), Stage.ADMITTED: ("clerk",),
    Stage.TOLD: ("candidate",), Stage.HEARD: ("organizer", "clerk"), Stage.PROPOSED: ("parties",),
    Stage.ANSWERED: ("clerk",), Stage.SUBMITTED: ("commission",),
}
"""Whoever acts next at each stage, until the part is over."""


def rows(state: CaseState) -> Iterable[Row]:
    yield from _subjects(state)
    for part in state.parts.values():
        yield _case(state, part)
        yield from _parties(state, part)
        yield from people(state, part)
        if part.decision is not None and part.decision.consequence is Consequence.REEXAMINE:
            yield Row("reexaminations", _key(state, part), person=part.person, body=state.body, scope=state.provider,
                      status="ordered" if part.reexamined is None else "ruled", about=part.candidacy,
                      at=part.decision.at,
                      data={"case": state.id, "code": state.certification,
                            "awaits": ["clerk"] if part.reexamined is None else [],
                            "decided_on": part.decision.decided_on.isoformat()})


def _subjects(state: CaseState) -> Iterable[Row]:
    """Who sees nothing of it in an office, above all whom the facts concern: none of their lists shows the case."""
    return [Row("case_subjects", f"{state.id}/{person}", person=person, body=state.body, scope=state.provider)
            for person in sorted(kept_from(state))]


def _key(state: CaseState, part: Part) -> str:
    return f"{state.id}/{part.candidacy}"


def _case(state: CaseState, part: Part) -> Row:
    """`about` is the candidacy; `due_at` until when whoever is awaited has to answer."""
    now = stage(state, part)
    taken = part.decision.consequence.value if part.decision is not None else None
    return Row(
        "cases", _key(state, part), person=part.person, body=state.body, scope=state.provider, status=now.value,
        about=part.candidacy, at=state.opened_at, due_at=until(state, part),
        data={"case": state.id, "candidacy": part.candidacy, "code": state.certification, "version": state.version,
              "title": state.title, "door": state.kind.door, "kind": state.kind.code, "kind_title": state.kind.title,
              "session": part.session, "hearing": part.hearing, "awaits": list(awaits(state, part)),
              "open": is_open(state, part), "consequence": taken, "into": state.joined_into,
              "together": len(state.parts)})


def awaits(state: CaseState, part: Part, *, erased: bool = False) -> tuple[Awaited, ...]:
    """The director in place of an organizer whom the facts concern. Of a candidate who is summoned the clerk, too:
    nothing happens by itself when the hour has passed."""
    now = stage(state, part)
    if erased:
        return of_erased(now)
    if part.over or now is Stage.JOINED:
        return ("clerk",) if now is not Stage.JOINED and left_to_do(part) else ()
    if now is Stage.TOLD and part.notice is not None and part.notice.begins is None:
        return ("clerk",)
    if now is Stage.TOLD and waits_to_be_heard(part):
        return ("candidate", "clerk") if expected_at(part) is not None else ("clerk",)
    if state.kind.is_appeal and now in (Stage.FACTS, Stage.REPORTED):
        return ("commission",)
    if now is Stage.FACTS and state.by_clerk:
        return ("clerk",)
    # Where a sanction may follow, the candidate is told before anything is proposed: that is the clerk's to do.
    if now is Stage.REPORTED and state.kind.sanctions:
        return ("clerk",)
    replaced = not state.subjects.isdisjoint(state.organizers)
    return tuple("director" if one == "organizer" and replaced else one for one in AWAITS.get(now, ()))


def of_erased(now: Stage) -> tuple[Awaited, ...]:
    """Whom a part waits for whose candidate's key was destroyed. Nothing can be written about them any more, or handed
    to them: the commission alone ends it, without words."""
    return () if now in STAGES_OVER or now is Stage.JOINED else ("commission",)


def awaited_at(state: CaseState, part: Part, at: int, *, erased: bool = False) -> tuple[Awaited, ...]:
    """Whom it waits for at this time: nobody while a notice is on its way, the clerk only from a summons's hour on."""
    found, notice = awaits(state, part, erased=erased), part.notice
    if erased or stage(state, part) is not Stage.TOLD:
        return found
    if notice is not None and notice.begins is None and notice.bounced_at is None:
        return ()
    hour = expected_at(part) if waits_to_be_heard(part) else None
    return found if hour is None or at >= hour else tuple(one for one in found if one != "clerk")


def expected_at(part: Part) -> int | None:
    """The hour of the summons that stands, unless it came back and was delivered in no other way."""
    summons = part.summons
    if summons is None:
        return None
    fate = part.letter("summons", summons.number)
    lost = fate is not None and fate.bounced_at is not None and summons.delivered_on is None
    return None if lost else summons.at


@rule("R7.1", "R9.2", permits=True)
def left_to_do(part: Part) -> bool:
    """Of a part that is over: the candidate has not been handed how it ended, or is to be examined again by a sitting
    that has not ruled yet."""
    ordered = part.decision is not None and part.decision.consequence is Consequence.REEXAMINE
    return part.handed is None or (ordered and part.reexamined is None)


def awaited_as(held: Collection[Office]) -> frozenset[Awaited]:
    """As whom the rows name who holds these offices; a party that is asked has rows of its own."""
    roles = {one.role for one in held}
    decides = OfficeRole.COMMISSION_MEMBER in roles or any(Act.CASE in one.acts for one in held)
    holds: Mapping[Awaited, bool] = {
        "organizer": bool(roles & ORGANIZES), "director": OfficeRole.DIRECTOR in roles, "clerk": bool(roles & CLERK),
        "commission": decides}
    return frozenset(one for one, held_here in holds.items() if held_here)


def until(state: CaseState, part: Part) -> int | None:
    """Until when the candidate, or the slowest of the parties, has to answer; or at what hour the candidate comes, None
    before an hour is given."""
    now = stage(state, part)
    if now is Stage.TOLD and waits_to_be_heard(part):
        return expected_at(part)
    if now is Stage.TOLD and part.notice is not None:
        return answer_until(state, part.notice)
    if now is Stage.PROPOSED and part.proposal is not None:
        return all_answered_by(state, part.proposal)
    return None


def _parties(state: CaseState, part: Part) -> Iterable[Row]:
    """Of the proposal that stands. `person` is a juror's, `scope` the provider's where it is asked."""
    proposal = part.proposal
    for party in proposal.parties if proposal is not None else ():
        if proposal is None or state.joined_into is not None:
            continue
        said, own = proposal.answers.get(party), party != PROVIDER
        yield Row(
            "case_parties", f"{_key(state, part)}/{party}", person=party if own else None, body=state.body,
            scope=None if own else state.provider, status=said.answer if said is not None else "waiting",
            about=part.candidacy, at=proposal.at, due_at=silent_from(state, proposal, party),
            data={"case": state.id, "candidacy": part.candidacy, "number": proposal.number,
                  "consequence": proposal.consequence.value, "open": is_open(state, part),
                  "reminded": proposal.reminded.get(party, 0)})


