"""What goes wrong with one source or one viewer stays with it: it is caught there, counted and logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog

log = structlog.get_logger(__name__)

T = TypeVar("T")


class Trouble:
    """The log hears of the first, with where it happened, then whenever their count has doubled: somebody who sends
    nothing but nonsense must not fill it."""

    def __init__(self, what: str, **whose: str) -> None:
        self._what, self._whose = what, whose
        self.count = 0

    def note(self, error: Exception) -> None:
        self.count += 1
        if self.count & (self.count - 1) == 0:
            where = error if self.count == 1 else None
            log.warning("media.trouble", source=self._what, error=type(error).__name__, count=self.count,
                        exc_info=where, **self._whose)

    def attempt(self, step: Callable[..., T], *given: object) -> T | None:
        """What `step` returns; None, and noted, when it fails."""
        try:
            return step(*given)
        except Exception as error:
            self.note(error)
            return None
