"""Versions in force, and codes that take another's place (R1.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evaluation.body import certifications
from evaluation.body.certifications import (
    FrameworkPutInForce,
    PutFrameworkInForce,
    SupersedeCertification,
    code_on,
    version_on,
)
from evaluation.body.terms import certification_of
from evaluation.deadlines import start_of
from evaluation.rules import Forbidden, Refusal
from tests.evaluation.body.house import CLERK, DIRECTOR, POLISH, TODAY, accredited, staffed
from tests.evaluation.frameworks import POLISHING

DAY = date.fromisoformat(TODAY)
SECOND = replace(POLISH, version="2")
NEW = replace(POLISH, code="RNCP40000", version="1")


def test_what_is_kept_of_a_framework():
    made = certification_of(POLISHING)
    assert (made.code, made.version, made.blocks, made.bar_years) == ("RNCP26850", "1", ("BC1", "BC2"), 3)
    assert (made.registered, made.kept_block_validity_months) == (True, None)
    assert certification_of(POLISHING) == made
    assert certification_of(replace(POLISHING, portfolio_max_pages=11)).digest != made.digest
    assert len(made.digest) == 64


@pytest.mark.rule("R1.1")
def test_the_version_in_force_on_a_day():
    house = accredited()
    assert house.do(CLERK, PutFrameworkInForce(SECOND, date(2026, 9, 1))) == [
        FrameworkPutInForce(SECOND, date(2026, 9, 1))]  # fmt: skip
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 8, 31), date(2026, 9, 1))
    found = [version_on(house.state, "RNCP26850", day) for day in days]
    assert [one and one.certification.version for one in found] == [None, "1", "1", "2"]
    assert version_on(house.state, "RNCP1", DAY) is None


@pytest.mark.rule("R1.1")
def test_a_version_is_put_in_force_once_and_after_those_before():
    house = accredited()
    assert house.refused(CLERK, PutFrameworkInForce(POLISH, date(2027, 1, 1))) == "R1.1"
    assert house.refused(CLERK, PutFrameworkInForce(SECOND, date(2026, 1, 1))) == "R1.1"
    house.do(CLERK, PutFrameworkInForce(NEW, date(2026, 1, 1)))


@pytest.mark.rule("R1.1", "X8")
def test_a_version_of_before_all_that_are_known_is_put_in_force_where_it_was():
    house = accredited()
    before = replace(POLISH, version="0")
    house.do(CLERK, PutFrameworkInForce(SECOND, date(2026, 9, 1)), PutFrameworkInForce(before, date(2019, 1, 1)))
    days = (date(2018, 12, 31), date(2025, 12, 31), date(2026, 1, 1), date(2026, 9, 1))
    found = [version_on(house.state, "RNCP26850", day) for day in days]
    assert [one and one.certification.version for one in found] == [None, "0", "1", "2"]
    between = replace(POLISH, version="1b")
    assert house.refused(CLERK, PutFrameworkInForce(between, date(2026, 3, 1))) == "R1.1"


@pytest.mark.rule("X15")
def test_certifications_are_the_awarding_bodys():
    for command in (PutFrameworkInForce(SECOND, DAY), SupersedeCertification("RNCP26850", "RNCP40000", DAY)):
        assert isinstance(staffed().refusal(DIRECTOR, command), Forbidden)


@pytest.mark.rule("R1.1")
def test_a_code_that_takes_anothers_place():
    house = accredited()
    later = date(2026, 9, 1)
    assert house.refused(CLERK, SupersedeCertification("RNCP26850", "RNCP40000", later)) == "R1.1"
    house.do(CLERK, PutFrameworkInForce(NEW, later))
    assert house.refused(CLERK, SupersedeCertification("RNCP26850", "RNCP40000", date(2026, 8, 31))) == "R1.1"
    assert house.refused(CLERK, SupersedeCertification("RNCP1", "RNCP40000", later)) == "R1.1"
    assert house.refused(CLERK, SupersedeCertification("RNCP26850", "RNCP26850", later)) == "R1.1"
    house.do(CLERK, SupersedeCertification("RNCP26850", "RNCP40000", later))
    assert [code_on(house.state, "RNCP26850", day) for day in (date(2026, 8, 31), later)] == ["RNCP26850", "RNCP40000"]
    assert house.refused(CLERK, SupersedeCertification("RNCP26850", "RNCP40000", later)) == "R1.1"
    assert house.refused(CLERK, SupersedeCertification("RNCP40000", "RNCP26850", later)) == "R1.1"


@pytest.mark.rule("R1.1")
def test_a_version_shown_in_another_stream():
    house = accredited()
    good = house.quote(4)
    certifications.check_quoted(good, DAY)
    for bad, day in (
        (good, date(2025, 12, 31)), (replace(good, kind="session"), DAY), (house.quote(3), DAY),
        (replace(good, data={}), DAY),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refusal:
            certifications.check_quoted(bad, day)
        assert refusal.value.rule == "R1.1"


def test_the_rows_of_frameworks():
    house = accredited()
    (one,) = house.rows("frameworks").values()
    assert (one.key, one.about, one.status, one.due_at) == ("b1/RNCP26850/1", "RNCP26850", "in_force", None)
    assert one.data == {
        "version": "1", "title": POLISHING.title, "digest": POLISH.digest, "since": "2026-01-01",
        "superseded_by": None, "position": 4,
    }  # fmt: skip
    house.do(CLERK, PutFrameworkInForce(SECOND, date(2026, 9, 1)), PutFrameworkInForce(NEW, date(2027, 1, 1)))
    house.do(CLERK, SupersedeCertification("RNCP26850", "RNCP40000", date(2027, 1, 1)))
    rows = house.rows("frameworks")
    assert {key: (row.status, row.due_at) for key, row in rows.items()} == {
        "b1/RNCP26850/1": ("superseded", start_of(date(2026, 9, 1))),
        "b1/RNCP26850/2": ("superseded", start_of(date(2027, 1, 1))),
        "b1/RNCP40000/1": ("in_force", None),
    }
    assert rows["b1/RNCP26850/1"].data["superseded_by"] == "RNCP40000"
