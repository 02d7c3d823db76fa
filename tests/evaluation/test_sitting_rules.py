"""What a framework says of sittings is read, with a default for what was put in force before, and refused where it
cannot be."""

from __future__ import annotations

import pytest

from evaluation.framework_file import FrameworkError, framework_from_data, framework_to_data, parse_framework
from evaluation.sitting_rules import SittingRules
from tests.evaluation.frameworks import POLISHING, SHIPPED, shipped_text


@pytest.mark.parametrize("name", SHIPPED)
def test_the_frameworks_that_ship_say_it_all(name: str):
    said = parse_framework(shipped_text(name)).sitting
    assert said == SittingRules(30, "majority", 5, 15, 7, 3, 2, 3, 2, POLISHING.sitting.preparation)
    assert list(POLISHING.sitting.preparation) == ["framework", "grid", "tools", "records"]


def test_a_framework_that_says_nothing_has_the_same():
    data = framework_to_data(POLISHING)
    del data["sitting"]
    assert framework_from_data(data).sitting == SittingRules()


@pytest.mark.parametrize(("field", "value"), [
    ("questions_minutes", 0), ("sign_days", 0), ("letter_days", -1), ("prepare_days", -1), ("reminders", -1),
    ("notice_days", -1), ("not_signing_days", -1), ("least_signatures", 0), ("least_signatures", 4),
    ("without_agreement", "coin"),
    ("preparation", {"grid": " "}), ("preparation", []), ("rounds", 3),
])
def test_what_cannot_be_is_named(field: str, value: object):
    data = framework_to_data(POLISHING)
    data["sitting"] |= {field: value}
    with pytest.raises(FrameworkError) as wrong:
        framework_from_data(data)
    assert str(wrong.value).startswith(f"sitting.{field}")
