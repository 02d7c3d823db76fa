"""What two heaps of scores say: how well a limit between them tells one from the other."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np


def auc(same: Sequence[float], other: Sequence[float]) -> float | None:
    """How often one of the same scores higher than one of the others; ties count half. None of nothing."""
    if not same or not other:
        return None
    apart = np.subtract.outer(np.asarray(same), np.asarray(other))
    return float(((apart > 0) + 0.5 * (apart == 0)).mean())


def equal_error(near: Sequence[float], far: Sequence[float]) -> float | None:
    """Of distances: the error rate at the limit where as many of the near are refused as of the far are taken."""
    if not near or not far:
        return None
    one, other = np.sort(near), np.sort(far)
    limits = np.unique(np.concatenate([one, other]))
    refused = 1 - np.searchsorted(one, limits, side="right") / len(one)
    taken = np.searchsorted(other, limits, side="right") / len(other)
    at = int(np.argmin(np.abs(refused - taken)))
    return float((refused[at] + taken[at]) / 2)


def equal_error_interval(near: Sequence[float], far: Sequence[float], times: int = 1000) -> list[float] | None:
    """95 % by drawing the pairs again with replacement; never narrower at the top than what so few same-person pairs
    can show (Wilson)."""
    rate = equal_error(near, far)
    if rate is None:
        return None
    rng = np.random.default_rng(0)
    one, other = np.asarray(near), np.asarray(far)
    drawn = [equal_error(rng.choice(one, len(one)).tolist(), rng.choice(other, len(other)).tolist()) or 0.0
             for _ in range(times)]  # fmt: skip
    low, high = (float(v) for v in np.percentile(drawn, [2.5, 97.5]))
    return [low, max(high, wilson(rate, len(near))[1])]


def wilson(share: float, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z = 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def roc(same: Sequence[float], other: Sequence[float]) -> tuple[list[float], list[float]]:
    """False and true positive rates, for scores where more is likelier the same."""
    limits = np.unique(np.concatenate([np.asarray(same), np.asarray(other)]))[::-1]
    rates = [[0.0, *(float((np.asarray(scores) >= limit).mean()) for limit in limits)] for scores in (other, same)]
    return rates[0], rates[1]
