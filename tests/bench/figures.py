"""What a benchmark says: one figure a line, with what is asked of it and whether that was reached."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NOT_MEASURED = "not measured"
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "at most": operator.le,
    "at least": operator.ge,
    "under": operator.lt,
}


@dataclass(frozen=True)
class Reach:
    """What is asked of a figure: `at most`, `at least` or `under` a limit, which `whose` may name."""

    how: str
    limit: float | None
    whose: str = ""
    """Of a comparison: whose figure the limit is. A limit of None is one that was not measured."""

    def words(self) -> str:
        limit = NOT_MEASURED if self.limit is None else f"{self.limit:g}"
        return f"{self.how} {self.whose} ({limit})" if self.whose else f"{self.how} {limit}"

    def met(self, value: float | None) -> bool | None:
        """None where there is nothing to compare: never a pass."""
        if value is None or self.limit is None:
            return None
        return _COMPARISONS[self.how](value, self.limit)


@dataclass(frozen=True)
class Teller:
    """Makes the lines of one benchmark. Of a `quick` run nothing is judged: it only shows that all of it works."""

    bench: str
    quick: bool = False

    def line(
        self, figure: str, value: float | None, unit: str, reach: Reach | None = None, **more: object
    ) -> dict[str, Any]:
        """`more` says how it was measured: `runs`, `cases`, `rooms`…"""
        met = reach.met(value) if reach is not None and not self.quick else None
        said: dict[str, Any] = {
            "bench": self.bench,
            "figure": figure,
            "value": significant(value),
            "unit": unit,
            "reach": reach.words() if reach is not None else None,
            "ok": met,
            **{name: significant(one) for name, one in more.items()},
        }
        return {**said, "quick": True} if self.quick else said


def significant(value: Any, digits: int = 4) -> Any:
    """Numbers rounded to so many significant digits, within lists and mappings too."""
    if isinstance(value, bool) or value is None or isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return float(f"{value:.{digits}g}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: significant(one, digits) for key, one in value.items()}
    return [significant(one, digits) for one in value]


def median(values: Sequence[float]) -> float | None:
    """None of nothing."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if not ordered:
        return None
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def percentile(values: Sequence[float], share: float) -> float | None:
    """The smallest value that so large a share of all does not exceed (nearest rank). None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    return ordered[max(1, math.ceil(share * len(ordered))) - 1]


def ratio(one: float | None, other: float | None) -> float | None:
    return None if one is None or not other else one / other
