"""What may be found wrong with a supplied copy, and the sides of each kind of document: no picture is opened here."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from server.identity.signals import MrzReading, Side

IdentityDocument = Literal["new_card", "old_card", "passport", "residence_permit", "licence"]
Code = Literal["not_a_picture", "too_small", "blurred", "glare", "cut_off", "portrait_not_found", "mrz_not_read",
               "expired", "front_missing", "back_missing"]  # fmt: skip


@dataclass(frozen=True)
class Sides:
    """The sides asked for, and the one that bears machine-readable lines (None: none that is read)."""

    needed: tuple[Side, ...]
    lines_on: Side | None


SIDES: Mapping[IdentityDocument, Sides] = {
    "new_card": Sides(("front", "back"), "back"),
    "old_card": Sides(("front", "back"), "front"),  # the back bears the date of expiry
    "passport": Sides(("front",), "front"),
    "residence_permit": Sides(("front", "back"), "back"),
    "licence": Sides(("front", "back"), None),
}


@dataclass(frozen=True)
class Finding:
    """`words` and `to_do` are French msgids."""

    side: Side
    code: Code
    words: str
    to_do: str


@dataclass(frozen=True)
class CopyQuality:
    """A good copy has no findings. `mrz` is what its lines say, None where they were not read."""

    findings: tuple[Finding, ...]
    mrz: MrzReading | None
