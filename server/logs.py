"""Logs: one JSON object a line on stderr, and nothing personal in any of them.

What may be said is a list (`ALLOWED`): a key that is not on it, or a value that does not have its key's form,
is left out, and the line says which key that was. There is no key for a name, a word somebody
wrote or a token, and no form that holds a sentence. An exception is told by its type and place, never by its
message, which may quote anything (SQL parameters, a request's path). The same goes for the lines of
libraries: who, where, how grave.

    log = logs.logger(__name__)
    log.info("session.phase_started", session=session_id, phase="questions", position=41)
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO, cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger

Form = re.Pattern[str] | type[int] | type[float] | type[bool]

EVENT: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
"""A constant of the code: a phase, a kind, a class, a rule's id."""
IDENTIFIER: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")
"""An id that the server made and that opens no door."""
ROUTE: Final = re.compile(r"(/[a-z0-9_.-]{0,24}|/\{[a-z_]+\}(\.[a-z]{1,8})?)+")
"""A route's pattern (`/jury/{session}`), never the path that was asked for."""

ADDRESS: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-f:]{2,39}")
"""Where a request came from: in security events alone, as far as `server.log_addresses` keeps it."""

ALLOWED: Final[Mapping[str, Form]] = {
    "session": IDENTIFIER,
    "seat": IDENTIFIER,
    "person": IDENTIFIER,
    "day": IDENTIFIER,
    "record": IDENTIFIER,
    "room": IDENTIFIER,
    "request": IDENTIFIER,
    "document": IDENTIFIER,
    "resource": IDENTIFIER,
    "phase": WORD,
    "rule": WORD,
    "kind": WORD,
    "command": WORD,
    "role": WORD,
    "state": WORD,
    "method": WORD,
    "error": WORD,
    "source": WORD,
    "library": WORD,
    "version": WORD,
    "signal": WORD,
    "codec": WORD,
    "transport": WORD,
    "setting": WORD,
    "where": WORD,
    "job": WORD,
    "code": WORD,
    "buffer": WORD,
    "sysctl": WORD,
    "revision": WORD,
    "engine": WORD,
    "route": ROUTE,
    "address": ADDRESS,
    "status": int,
    "position": int,
    "count": int,
    "bytes": int,
    "attempt": int,
    "attempts": int,
    "port": int,
    "udp_port": int,
    "tcp_port": int,
    "got_bytes": int,
    "wanted_bytes": int,
    "files": int,
    "answers": int,
    "letters": int,
    "openings": int,
    "held": int,
    "pid": int,
    "milliseconds": int,
    "pictures": int,
    "apart": int,
    "line": int,
    "rooms": int,
    "connections": int,
    "readers": int,
    "wanted": int,
    "granted": int,
    "duration_ms": float,
    "late_ms": float,
    "delay_s": float,
    "loss": float,
    "bitrate": float,
    "again": bool,
    "first": bool,
}
"""Every key a line may carry, and the form of its value. A float's key takes a whole number too."""

_OURS: Final = frozenset({"event", "level", "timestamp", "module", "exception", "frames", "withheld"})
_HERE: Final = Path(__file__).resolve().parent.parent


def logger(name: str) -> FilteringBoundLogger:
    """The logger of a module (`__name__`)."""
    return structlog.get_logger(module=name)


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send everything, libraries included, to `stream` (stderr). Called by the command line, before anything runs."""
    out = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            tell_exception,
            keep_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [_Libraries()]
    root.setLevel(max(level, logging.WARNING))
    logging.captureWarnings(True)
    logging.lastResort = None


def tell_exception(_logger: object, _method: str, event: EventDict) -> EventDict:
    """`exc_info` as the types of the chain and the places it went through."""
    exc_info = event.pop("exc_info", None)
    if isinstance(exc_info, tuple):
        exc_info = cast("tuple[object, ...]", exc_info)[1]
    error = sys.exc_info()[1] if exc_info is True else exc_info
    if isinstance(error, BaseException):
        event["exception"] = _chain(error)
        event["frames"] = _frames(error.__traceback__)
    return event


def keep_allowed(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Leave out what is not on the list, and say which keys that were (keys are names in the code)."""
    kept: dict[str, Any] = {}
    withheld: list[str] = []
    for key, value in event.items():
        if key in _OURS or _has_form(value, ALLOWED.get(key)):
            kept[key] = value
        else:
            withheld.append(key if WORD.fullmatch(key) else "?")
    if not isinstance(kept.get("event"), str) or not EVENT.fullmatch(kept["event"]):
        kept["event"] = "unnamed"
        withheld.append("event")
    if withheld:
        kept["withheld"] = sorted(withheld)
    return kept


def _has_form(value: object, form: Form | None) -> bool:
    if form is None:
        return False
    if value is None:
        return True
    if isinstance(form, re.Pattern):
        return isinstance(value, str) and form.fullmatch(value) is not None
    if isinstance(value, bool):
        return form is bool
    return isinstance(value, int) or (form is float and isinstance(value, float))


def _chain(error: BaseException) -> list[str]:
    names: list[str] = []
    current: BaseException | None = error
    while current is not None and len(names) < 10:
        names.append(f"{type(current).__module__}.{type(current).__qualname__}")
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return names


def _frames(trace: TracebackType | None) -> list[str]:
    return [
        f"{_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ][-20:]


def _place(filename: str) -> str:
    """A file by its package, not by where somebody's home is."""
    path = Path(filename)
    if path.is_relative_to(_HERE / ".venv") or not path.is_relative_to(_HERE):
        return "/".join(path.parts[-2:])
    return str(path.relative_to(_HERE))


class _Libraries(logging.Handler):
    """A library's line without its words: they hold paths, parameters and addresses."""

    def emit(self, record: logging.LogRecord) -> None:
        told: MutableMapping[str, Any] = {
            "library": record.name,
            "kind": Path(record.pathname).stem,
            "line": record.lineno,
        }
        if record.exc_info:
            told["exc_info"] = record.exc_info
        structlog.get_logger().log(record.levelno, "library.said", **told)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Not logging's own way, which prints the message."""
        sys.stderr.write(json.dumps({"event": "log.failed", "library": record.name.split(".")[0]}) + "\n")
