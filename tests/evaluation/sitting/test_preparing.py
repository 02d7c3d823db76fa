"""What each member takes note of before the sitting, and whose training is old."""
from __future__ import annotations

from datetime import date

import pytest

from evaluation.sitting import preparing
from evaluation.sitting.preparing import ConfirmPreparation
from tests.evaluation.sitting import house
from tests.evaluation.sitting.house import (
    EMPLOYEES,
    EMPLOYERS,
    convened,
)


@pytest.mark.rule("R1.5")
def test_what_each_takes_note_of():
    sitting = convened().put("k1").seated()
    assert preparing.unprepared(sitting.state, EMPLOYEES) == ("framework", "grid", "tools", "records")
    assert sitting.refused(EMPLOYEES, ConfirmPreparation("novel")) == "R1.5"
    assert sitting.refused("p-nobody", ConfirmPreparation("grid")) == "R1.3"
    assert [sitting.do(EMPLOYEES, ConfirmPreparation("grid")) != [] for _ in range(2)] == [True, False]
    assert preparing.unprepared(sitting.state, EMPLOYEES) == ("framework", "tools", "records")
    assert preparing.unprepared(sitting.state, EMPLOYERS) == ("framework", "grid", "tools", "records")


@pytest.mark.rule("R1.5")
@pytest.mark.parametrize(("on", "old"), [(date(2028, 9, 1), False), (date(2028, 9, 2), True)])
def test_whose_training_is_old(on: date, old: bool):
    """Three years after the last one; and of whom none is known."""
    sitting = convened().put("k1").seated()
    trained = house.replace(sitting.state, trained={EMPLOYEES: date(2025, 9, 1)})
    assert [preparing.to_be_trained(trained, person, on) for person in (EMPLOYEES, EMPLOYERS)] == [old, True]
    assert not preparing.to_be_trained(convened().state, EMPLOYEES, on)
