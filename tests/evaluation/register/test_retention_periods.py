"""How long the register keeps what names people (X1)."""
from __future__ import annotations

from datetime import date

import pytest

from evaluation.register.retention_periods import deposit_due, name_due
from tests.evaluation.register.shelf import shelf


@pytest.mark.rule("X1")
def test_a_name_is_kept_for_years_after_the_ruling():
    register = shelf().issued("k1")
    assert register.one().ruled_on == date(2026, 3, 2)
    assert name_due(register.one(), 50) == date(2076, 3, 2)


@pytest.mark.rule("X1")
def test_a_file_of_the_deposit_is_kept_for_years_after_it_was_made():
    register = shelf().issued("k1").sent(1)
    (made,) = register.state.deposits.values()
    assert deposit_due(made, 5) == date(2031, 3, 16)
