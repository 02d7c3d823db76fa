"""The index rows of a sitting: itself, and what is on its agenda."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.deadlines import end_of
from evaluation.kinds import Row
from evaluation.sitting.convening_sitting import held_by, notice_by
from evaluation.sitting.reminding import reminded_in_vain
from evaluation.sitting.sitting_people import people
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.who_sits import on_whole_sitting


def rows(state: SittingState) -> Iterable[Row]:
    yield _sitting(state)
    yield from _delay(state)
    for item in state.agenda.values():
        yield _item(state, item)
    yield from people(state)


def stage(state: SittingState) -> str:
    """How far it is."""
    if state.cancelled is not None:
        return "cancelled"
    if state.presented is not None:
        return "presented" if state.presented.unsigned else "signed"
    if state.sealed is not None:
        return "sealed"
    return "open" if state.opened_at is not None else "convened"


def over(state: SittingState) -> bool:
    """Nothing is left to do: but for an addition."""
    return stage(state) in ("cancelled", "sealed")


def awaits(state: SittingState) -> tuple[str, ...]:
    """Who acts next: the clerk until the three are there, then the members; the clerk again once members were reminded
    in vain of what they have not signed."""
    now = stage(state)
    if now == "convened":
        empty = None in on_whole_sitting(state).values()
        return ("clerk", "commission") if empty and not state.members else ("clerk",) if empty else ("members",)
    if now == "presented":
        return ("members", "clerk") if reminded_in_vain(state) else ("members",)
    return ("members",) if now == "open" else ()


def _sitting(state: SittingState) -> Row:
    """`due_at` is the last moment to hold it; none once it is held. `at` is its hour."""
    held = state.opened_at is not None or state.cancelled is not None
    presented = state.presented
    return Row(
        "sittings", state.id, body=state.body, status=stage(state), at=state.at,
        due_at=None if held else end_of(held_by(state)),
        data={"mode": state.mode, "hold_by": held_by(state).isoformat(), "notice_by": notice_by(state).isoformat(),
              "count": len(state.agenda),
              "decided": sum(one.decided is not None for one in state.agenda.values()),
              "three": None not in on_whole_sitting(state).values(),
              "number": presented.number if presented is not None else None,
              "awaits": list(awaits(state)), "unsigned": list(presented.unsigned) if presented is not None else [],
              "open": not over(state), "position": state.position})


def _delay(state: SittingState) -> Iterable[Row]:
    """By when its results are to be decided: of the board that shows every delay, until its minutes are sealed."""
    if stage(state) in ("cancelled", "sealed") or not state.agenda:
        return
    waits_for = "clerk" if stage(state) in ("convened", "signed") else "sitting"
    yield Row("delays", f"sitting/{state.id}", body=state.body, status="sitting", at=state.at,
              due_at=end_of(held_by(state)), data={"stream": state.id, "waits_for": waits_for})


def _item(state: SittingState, item: Item) -> Row:
    """`about` is the candidacy; `status` the award, once it is decided."""
    of = item.recommended
    status = item.decided.ruling.award if item.decided is not None else "held" if item.held else "waiting"
    return Row(
        "sitting_items", f"{state.id}/{item.candidacy}", person=of.person, body=state.body, status=status,
        about=item.candidacy, at=state.at,
        data={"sitting": state.id, "code": of.certification, "version": of.version, "held": item.held,
              "reexamines": item.reexamines.position if item.reexamines is not None else None,
              "sealed": state.sealed is not None})
