"""What every test may count on."""

from __future__ import annotations

import gc
import logging
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
import structlog
from aiohttp import web_app
from hypothesis import settings

from server import logs
from tests import pace, permits

pytest_plugins = ["tests.leftovers"]

BACKSTOP_S = 900.0
"""Each step of a test has a limit of its own; this one is for code that gives no step a chance to end."""

BROWSERS_ALONE = re.compile(r"^pytestmark = \[?\s*pytest\.mark\.browser\b", re.MULTILINE)
"""In a file all of whose tests drive one."""

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


@pytest.fixture(autouse=True)
def _our_own_logs() -> Iterator[None]:
    """As the command line sets them up: nothing personal in a failing test's output either, and a line for an exception
    (structlog by itself draws every variable of every frame, for half a second). They go to a stream that is closed
    with the test: the next one's have their own."""
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.lastResort)
    logs.configure()
    yield
    root.handlers, root.level, logging.lastResort = before
    logging.captureWarnings(False)
    structlog.reset_defaults()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where tests with browsers alone are asked for, or all others, no file is loaded that has none of them: each
    process of a run loads all it collects, for longer than many a test takes."""
    asked = str(config.getoption("markexpr"))
    if "browser" not in asked or not collection_path.match("test_*.py"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    none = BROWSERS_ALONE.search(text) if "not browser" in asked else "mark.browser" not in text
    return True if none else None


def pytest_collection_finish() -> None:
    _stays()


SETTLED_AFTER = 20
"""Tests, which have loaded by then what is loaded only where it is needed."""
_done = count(1)
SELDOM = 10_000
"""New objects until the garbage collector looks again: each server of a test makes as many as it would rather see."""


def pytest_runtest_logfinish() -> None:
    # aiohttp remembers a thousand handlers with their applications: all that servers of tests before held, for ever.
    web_app._cached_build_middleware.cache_clear()  # pyright: ignore[reportPrivateUsage]
    if next(_done) == SETTLED_AFTER:
        _stays()


def _stays() -> None:
    """What is loaded by now does until the end: the garbage collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One of each kind is tried every time; the further ones, on which the same code answers, with --long. What takes
    longest comes first: it would keep one processor busy at the end while the other has nothing left."""
    if not config.getoption("--long"):
        further = [item for item in items if item.get_closest_marker("further")]
        config.hook.pytest_deselected(items=further)
        items[:] = [item for item in items if not item.get_closest_marker("further")]
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_itemcollected(item: pytest.Item) -> None:
    if not item.config.getoption("--long"):
        item.add_marker(pytest.mark.timeout(pace.patient(BACKSTOP_S)))
