"""What lists read of a day without folding its journal."""

from __future__ import annotations

from datetime import date

from evaluation.deadlines import start_of
from evaluation.kinds import Row
from evaluation.session import commands as c
from evaluation.session.kind import SESSION
from evaluation.slots import hour_on
from tests.evaluation.session.day import MINUTE, NINE, Day, begun, hearing, listed, planned

DAY = "2026-03-16"
FIRST, SECOND = NINE + 15 * MINUTE, NINE + 135 * MINUTE


def rows(day: Day, index: str) -> dict[str, Row]:
    return {one.key: one for one in SESSION.rows(day.state) if one.index == index}


def test_the_day():
    empty = rows(planned(), "days")["s1"]
    assert (empty.at, empty.due_at, empty.data["hearings"], empty.data["jurors"]) == (
        start_of(date(2026, 3, 16)), None, 0, [])  # fmt: skip
    row = rows(listed(), "days")["s1"]
    assert (row.body, row.scope, row.status, row.about, row.at, row.due_at) == (
        "b1", "of1", "open", "RNCP26850", FIRST, SECOND + 70 * MINUTE)  # fmt: skip
    assert dict(row.data) == {
        "date": DAY, "version": "1", "title": "CQP Opérateur en polissage de bijouterie",
        "short_title": "Polissage de bijouterie", "hearings": 2, "first": FIRST, "last": SECOND + 70 * MINUTE,
        "organizer": "p-org", "deputies": [], "jurors": ["p-emp", "p-own", "p-tra"], "without_agreement": None,
    }  # fmt: skip
    day = listed()
    day.do("org", c.CancelHearing("h1"))
    assert (rows(day, "days")["s1"].data["hearings"], rows(day, "days")["s1"].at) == (1, SECOND)


def test_the_hearings():
    day = planned()
    day.do("org", hearing("h1", extra_seconds={"questions": 600}, zone="Indian/Reunion", mode="mixed"))
    assert rows(day, "hearings") == {
        "s1/h1": Row("hearings", "s1/h1", "p-cand1", "b1", "of1", "scheduled", "s1", FIRST, FIRST + 80 * MINUTE, {
            "hearing": "h1", "date": DAY, "candidacy": "c-p-cand1", "mode": "mixed", "zone": "Indian/Reunion",
            "leaves_at": FIRST + 65 * MINUTE, "aids": ["p-aid1"], "blocks": ["BC1", "BC2"],
            "extra_seconds": {"questions": 600}}),
    }  # fmt: skip
    day.do("org", c.MoveHearing("h1", hour_on(date(2026, 3, 16), "14:00")))
    assert rows(day, "hearings")["s1/h1"].at == hour_on(date(2026, 3, 16), "14:00")


def test_when_each_person_is_expected():
    """The jury and whoever watches for the whole of it, a candidate and their aid until the candidate leaves; nobody
    once all is over."""
    found = {key: (one.person, one.at, one.due_at, one.data["date"]) for key, one in rows(listed(), "seats").items()}
    end = SECOND + 70 * MINUTE
    assert {key: one[1:] for key, one in found.items()} == {
        **dict.fromkeys(("org", "obs", "emp", "own", "tra"), (FIRST, end, DAY)),
        **dict.fromkeys(("cand1", "aid1"), (FIRST, FIRST + 55 * MINUTE, DAY)),
        **dict.fromkeys(("cand2", "aid2"), (SECOND, SECOND + 55 * MINUTE, DAY)),
    }  # fmt: skip
    assert rows(begun().signed(), "seats")["cand1"].at is None
