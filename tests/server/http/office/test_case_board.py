"""The list of cases as a board: narrowed by door and by whom it waits for, one's own turn first, then what is due."""
from __future__ import annotations

from typing import Any, cast

import pytest

from evaluation.case.terms import STAGES_OVER, Awaited, Stage
from server.http.office.case_board import CaseBoard
from server.storage.rows import Entry, Rows
from server.views.body.cases import MINE, OPEN


def row(name: str, stage: Stage, *awaits: str, due: int | None = None, at: int = 0, door: str = "malfunction"
        ) -> Entry:
    return Entry("cases", f"{name}/k", status=stage.value, person=f"p-{name}", about="k", at=at, due_at=due,
                 data={"case": name, "door": door, "awaits": list(awaits), "code": "RNCP1",
                       "open": stage not in STAGES_OVER}, stream=name)


ROWS = (
    row("over", Stage.CLOSED, at=1), row("told-late", Stage.TOLD, "candidate", due=10, at=5, door="fraud"),
    row("told", Stage.TOLD, "candidate", due=90, at=4, door="fraud"), row("facts", Stage.FACTS, "organizer", at=3),
    row("reported", Stage.REPORTED, "organizer", "clerk", at=2), row("asked", Stage.PROPOSED, "parties", due=50),
    row("summoned", Stage.TOLD, "candidate", "clerk", due=70, at=6), row("decided", Stage.DECIDED, "clerk"),
    row("gone", Stage.JOINED),
    row("subject", Stage.FACTS, "organizer", "clerk"))


class Kept:
    async def page(self, index: str, *, status: Any = None, **_filters: Any) -> tuple[Entry, ...]:
        return tuple(one for one in ROWS if status is None or one.status in status)


def board(*mine: Awaited, asked: str = "", now: int = 0) -> CaseBoard:
    return CaseBoard(cast("Rows", Kept()), frozenset(mine), frozenset({f"{asked}/k"}), frozenset({"subject"}), now)


async def names(of: CaseBoard, **asked: Any) -> list[str]:
    found = [one.stream for one in await of.page("cases", **asked)]
    asked = {name: value for name, value in asked.items() if name not in ("order", "descending")}
    assert len(found) == await of.count("cases", **asked)
    return found


@pytest.mark.parametrize(("mine", "asked", "first"), [
    (("organizer",), "asked", ["asked", "reported", "facts"]), (("clerk",), "", ["reported", "decided"]),
    (("commission",), "", []), (("organizer", "clerk"), "", ["reported", "facts", "decided"])])
async def test_ones_own_turn_comes_first_then_what_is_due(mine: tuple[Awaited, ...], asked: str, first: list[str]):
    of = board(*mine, asked=asked)
    found = await names(of, order="due_at")
    assert found[:len(first)] == first
    assert await names(of, awaits=MINE, order="due_at") == first
    assert found[-1] == "over"
    others = [one for one in found if one in ("told-late", "summoned", "told")]
    assert others == ["told-late", "summoned", "told"]
    assert await names(of, order="due_at", descending=True) == found[::-1]


@pytest.mark.rule("X1")
async def test_what_is_of_somebody_whose_key_was_destroyed_waits_for_the_commission_alone():
    """Nothing can be written about them any more, or handed to them."""
    of = CaseBoard(cast("Rows", Kept()), frozenset({"clerk", "organizer"}), frozenset(), frozenset(), 0, bool)
    assert await names(of, awaits=MINE) == []
    of = CaseBoard(cast("Rows", Kept()), frozenset({"commission"}), frozenset(), frozenset({"subject"}), 0, bool)
    assert sorted(await names(of, awaits=MINE)) == sorted(
        ["told-late", "told", "summoned", "facts", "reported", "asked"])


async def test_it_is_narrowed_by_door_whom_it_waits_for_and_how_far_it_is():
    of = board("clerk")
    assert await names(of, door="fraud") == ["told-late", "told"]
    assert await names(of, awaits="organizer") == ["facts", "reported"]
    assert await names(of, awaits="candidate", door="malfunction") == ["summoned"]
    assert await names(of, code="RNCP2") == []
    assert await names(of, status=OPEN, awaits=MINE) == ["reported"]


async def test_the_other_orders_are_an_indexs_and_nobody_sees_a_case_about_themselves():
    of = board("clerk")
    assert await names(of, order="at") == [
        "asked", "decided", "over", "reported", "facts", "told", "told-late", "summoned"]
    assert "subject" not in await names(of)
    assert [one.stream for one in await of.page("cases", order="at", offset=2, limit=2)] == ["over", "reported"]


async def test_once_the_hour_of_a_summons_has_passed_it_is_the_clerks_turn():
    assert await names(board("clerk", now=60), awaits=MINE, status=("told",)) == ["told-late"]
    assert await names(board("clerk", now=70), awaits=MINE, status=("told",)) == ["summoned", "told-late"]
    assert await names(board("organizer", now=60), awaits=MINE, status=("told",)) == []
