"""What a check hands to the jury: one row per signal, in words, with both pictures. There is no overall score.

Values, by row: `document` feature matches on one plane; `portrait`, `text` correlation from -1 to 1; `face`
Euclidean distance, from 0; `mrz` check digits that hold, as a share; `expiry` days left, negative once expired;
`names` words of the registered names found, as a share.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from evaluation.rules import Value
from server.identity.answers import Behind

SignalName = Literal["document", "portrait", "text", "face", "mrz", "expiry", "names"]
Band = Literal["close", "unsure", "far", "not_measurable"]
Side = Literal["front", "back"]
MrzFormat = Literal["TD1", "TD2", "TD3", "FR36", "MRVA", "MRVB"]
FieldName = Literal["surname", "given_names", "number", "birth", "expiry", "sex", "nationality"]


@dataclass(frozen=True)
class Crop:
    """A JPEG, and where it comes from: `frame` counts the frames given, from 0; None: the copy."""

    jpeg: Behind
    frame: int | None = None


@dataclass(frozen=True)
class Signal:
    """One row. `meaning` and `to_do` are French msgids with `{named}` places that `values` fill; `to_do` is empty
    where there is nothing to do. `code` says which of the meanings it is, for tests and translations of screens.
    `near` and `away` are where the bands "close" and "far" begin, where there are such limits."""

    name: SignalName
    value: float | None
    band: Band
    code: str
    meaning: str
    to_do: str = ""
    values: Mapping[str, Value] = field(default_factory=dict[str, Value])
    copy: Crop | None = None
    live: Crop | None = None
    near: float | None = None
    away: float | None = None


@dataclass(frozen=True)
class MrzReading:
    """What the machine-readable lines say. `checks` holds each check digit by name; `agrees` compares each field
    with the copy's own lines and the registered names: None where there is nothing to compare with."""

    format: MrzFormat
    lines: tuple[str, ...]
    surname: str
    given_names: str
    number: str
    birth: date | None
    sex: str
    nationality: str
    expiry: date | None
    checks: Mapping[str, bool]
    agreeing_frames: int
    agrees: Mapping[FieldName, bool | None] = field(default_factory=dict[FieldName, "bool | None"])

    @property
    def valid(self) -> bool:
        return bool(self.checks) and all(self.checks.values())


@dataclass(frozen=True)
class Signals:
    """The rows in the order they are shown. Without consent there is no `face` row at all. `frame` is the index of
    the one the document was measured in."""

    rows: tuple[Signal, ...]
    mrz: MrzReading | None
    mirrored: bool
    frame: int | None

    def row(self, name: SignalName) -> Signal | None:
        return next((row for row in self.rows if row.name == name), None)

    def value(self, name: SignalName) -> float | None:
        row = self.row(name)
        return None if row is None else row.value


@dataclass(frozen=True)
class Registered:
    """The names the person is registered under. `other` holds further family names (birth, marriage, usage)."""

    family: str
    given: str
    other: tuple[str, ...] = ()
