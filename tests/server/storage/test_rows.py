"""Index rows: what a commit writes of them, and in which order lists read them."""
from __future__ import annotations

import pytest

from evaluation.kinds import Row
from server.storage.rows import Changes, write
from tests.server.kept import House


def test_the_rows_that_differ_are_written_and_those_gone_taken_out():
    same, before, after = Row("list", "a"), Row("list", "b", status="open"), Row("list", "b", status="closed")
    gone, new = Row("list", "c"), Row("other", "c")
    assert Changes.between((same, before, gone), (same, after, new)) == Changes([new], [after], [("list", "c")])
    assert Changes.between((), (same,)) == Changes([same], [], [])
    assert Changes.between((same,), (same,)) == Changes([], [], [])


@pytest.mark.parametrize(("descending", "order"), [(False, ["b", "c", "a", "d"]), (True, ["a", "c", "b", "d"])])
async def test_a_list_is_in_the_order_of_its_day_and_then_of_its_keys(house: House, descending: bool, order: list[str]):
    """The same way round, and those without a day last."""
    made = [Row("list", key, body="b1", at=at) for key, at in (("a", 2), ("b", 1), ("c", 1), ("d", None))]
    other = Row("list", "z", body="b2", at=1)
    async with house.kept.database.writing() as connection:
        await write(connection, "toy", "s", Changes(added=(*made, other)))
    found = await house.kept.rows.page("list", body="b1", order="at", descending=descending)
    assert [one.key for one in found] == order
    assert await house.kept.rows.count("list", body=("b1", "b2")) == 5


async def test_whom_what_a_person_holds_belongs_to(house: House):
    """A seat without a provider of its own is its day's."""
    held = [Row("candidacies", "k1", person="p", scope="of1"), Row("jurors", "j1", person="other"),
            Row("bars", "bar", person="p")]
    of_a_day = [Row("days", "s2", scope="of2"), Row("seats", "seat", person="p")]
    async with house.kept.database.writing() as connection:
        await write(connection, "toy", "s1", Changes(added=held))
        await write(connection, "toy", "s2", Changes(added=of_a_day))
    rows = house.kept.rows
    assert await rows.scopes("p", ("candidacies", "seats")) == {"of1", "of2"}
    assert await rows.scopes("p", ("candidacies", "bars")) == {"of1", None}
    assert await rows.scopes("nobody", ("candidacies",)) == set()
