"""What every test may count on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings

from tests import pace, permits

pytest_plugins = ["tests.leftovers"]

BACKSTOP_S = 900.0
"""Each step of a test has a limit of its own; this one is for code that gives no step a chance to end."""

# A shared machine is slow at times: what a property test asserts is never its own speed.
settings.register_profile("visiojury", deadline=None)
settings.load_profile("visiojury")


def pytest_addoption(parser: pytest.Parser) -> None:
    permits.add_options(parser)
    parser.addoption("--long", action="store_true", help="tests marked `long` try many times more often")


def pytest_configure(config: pytest.Config) -> None:
    pace.learn()
    permits.configure(config)


@pytest.fixture(scope="session")
def tries(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """`tries(few, many)`: how often a test marked `long` tries, `many` with --long."""
    long = bool(request.config.getoption("--long"))
    return lambda few, many: many if long else few


def pytest_itemcollected(item: pytest.Item) -> None:
    if not item.config.getoption("--long"):
        item.add_marker(pytest.mark.timeout(pace.patient(BACKSTOP_S)))
