"""One row of what a check hands to the jury, with the words that belong to it."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from evaluation.rules import Value
from server.identity.pictures import cut, jpeg
from server.identity.prepared_copy import Copy
from server.identity.signals import Band, Crop, Signal, SignalName
from server.identity.words import ROWS


def signal_row(name: SignalName, value: float | None, band: Band, code: str, values: Mapping[str, Value] | None = None,
         copy: Crop | None = None, live: Crop | None = None) -> Signal:  # fmt: skip
    meaning, to_do = ROWS[name, code]
    rounded = None if value is None or not np.isfinite(value) else round(value, 4)
    return Signal(name, rounded, band, code, meaning, to_do, dict(values or {}), copy, live)


def portrait_crop(front: Copy) -> Crop | None:
    return None if front.portrait is None else Crop(jpeg(cut(front.picture, front.portrait)))
