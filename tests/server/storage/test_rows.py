"""Index rows: what a commit writes of them."""
from __future__ import annotations

from evaluation.kinds import Row
from server.storage.rows import Changes


def test_the_rows_that_differ_are_written_and_those_gone_taken_out():
    same, before, after = Row("list", "a"), Row("list", "b", status="open"), Row("list", "b", status="closed")
    gone, new = Row("list", "c"), Row("other", "c")
    assert Changes.between((same, before, gone), (same, after, new)) == Changes([new], [after], [("list", "c")])
    assert Changes.between((), (same,)) == Changes([same], [], [])
    assert Changes.between((same,), (same,)) == Changes([], [], [])
