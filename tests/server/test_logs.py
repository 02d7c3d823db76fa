"""Nothing personal reaches a log, whatever somebody passes by mistake."""

from __future__ import annotations

import ast
import io
import json
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from server import logs


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers, root.level, logging.lastResort)
    stream = io.StringIO()
    logs.configure(stream)
    yield stream
    root.handlers, root.level, logging.lastResort = before
    logging.captureWarnings(False)
    structlog.reset_defaults()


def only_line(out: io.StringIO) -> dict:
    (line,) = out.getvalue().splitlines()
    told = json.loads(line)
    assert told.pop("timestamp").endswith("Z")
    return told


def test_an_allowed_line_is_whole(out: io.StringIO) -> None:
    logs.logger("server.journals.write_path").info(
        "session.appended", session="s-4f2", seat="j2", position=41, duration_ms=1.5
    )
    assert only_line(out) == {
        "event": "session.appended",
        "level": "info",
        "module": "server.journals.write_path",
        "session": "s-4f2",
        "seat": "j2",
        "position": 41,
        "duration_ms": 1.5,
    }


@pytest.mark.rule("X1")
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", "Amina Diallo"),
        ("mail", "amina@example.org"),
        ("words", "triche"),
        ("token", "Zm9v"),
        ("path", "/i/x"),
        ("seat", "Amina Diallo"),
        ("session", "amina@example.org"),
        ("phase", "elle a triché"),
        ("count", "3"),
        ("count", True),
        ("status", {"name": "Amina"}),
        ("room", b"x"),
        ("seat", "a" * 41),
        ("route", "/invitation/Zm9vYmFyZm9vYmFyZm9vYmFyZm9vYmFyZm9v"),
    ],
)
def test_what_is_not_allowed_is_left_out_and_named(out: io.StringIO, key: str, value: object) -> None:
    logs.logger("x").info("door.opened", **{key: value})
    assert only_line(out) == {"event": "door.opened", "level": "info", "module": "x", "withheld": [key]}


@pytest.mark.rule("X1")
def test_a_sentence_is_no_event(out: io.StringIO) -> None:
    logs.logger("x").warning("Amina Diallo est en retard")
    assert only_line(out) == {"event": "unnamed", "level": "warning", "module": "x", "withheld": ["event"]}


@pytest.mark.rule("X1")
def test_an_exception_is_told_by_type_and_place(out: io.StringIO) -> None:
    try:
        try:
            raise KeyError("amina@example.org")
        except KeyError as cause:
            raise ValueError("Amina Diallo") from cause
    except ValueError:
        logs.logger("x").exception("mail.failed", attempt=2)
    told = only_line(out)
    (frame,) = told.pop("frames")
    assert frame.startswith("tests/server/test_logs.py:")
    assert frame.endswith(" test_an_exception_is_told_by_type_and_place")
    assert told == {
        "event": "mail.failed",
        "level": "error",
        "module": "x",
        "attempt": 2,
        "exception": ["builtins.ValueError", "builtins.KeyError"],
    }


@pytest.mark.rule("X1")
def test_a_library_says_where_and_not_what(out: io.StringIO) -> None:
    logging.getLogger("aiohttp.access").info("GET /i/secret")
    logging.getLogger("aiohttp.server").error("bad request from %s", "amina@example.org")
    told = only_line(out)
    assert isinstance(told.pop("line"), int)
    assert told == {
        "event": "library.said",
        "level": "error",
        "library": "aiohttp.server",
        "kind": "test_logs",
    }


@pytest.mark.rule("X1")
def test_a_warning_is_a_library_s_line(out: io.StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("Amina Diallo", stacklevel=1)
    assert only_line(out)["library"] == "py.warnings"
    assert "Amina" not in out.getvalue()


@pytest.mark.rule("X1")
def test_a_library_s_exception_keeps_its_message_to_itself(out: io.StringIO) -> None:
    try:
        raise RuntimeError("Amina Diallo")
    except RuntimeError:
        logging.getLogger("asyncio").exception("Task failed: Amina Diallo")
    assert only_line(out)["exception"] == ["builtins.RuntimeError"]
    assert "Amina" not in out.getvalue()


def told_by(source: Path) -> Iterator[tuple[str, str]]:
    """Every key of every line that a module logs, with the event; `**` is not looked into."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name) and node.func.value.id == "log"):
            event = ast.unparse(node.args[0]) if node.args else "?"
            yield from ((event, one.arg) for one in node.keywords if one.arg not in (None, "exc_info"))


def test_no_module_logs_a_key_that_would_be_withheld():
    server = Path(logs.__file__).parent
    told = {(source.name, *one) for source in server.rglob("*.py") for one in told_by(source)}
    assert {one for one in told if one[2] not in logs.ALLOWED} == set()
    assert len(told) > 50


def test_lines_go_to_one_place_alone(out: io.StringIO, capfd: pytest.CaptureFixture[str]) -> None:
    """Ours and the libraries'."""
    logs.logger("x").warning("door.opened")
    logging.getLogger("aiohttp.server").error("a path")
    assert [json.loads(line)["event"] for line in out.getvalue().splitlines()] == ["door.opened", "library.said"]
    assert capfd.readouterr() == ("", "")
