"""[certificates] and [deposit]: how certificates are numbered, and who deposits the awards."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field


@dataclass(frozen=True)
class CertificateSettings:
    prefix: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,12}$")] = "CQP"
    """What a number begins with: CQP-2026-00001. A register keeps the one it was opened with."""


@dataclass(frozen=True)
class DepositSettings:
    """As the contract with the Caisse des Dépôts has them. Without them no file is made."""

    sender: Annotated[str, Field(pattern=r"^(\w{8})?$")] = ""
    """The client that sends (8 characters): the certifier, or the third party that it declared."""
    certifier: Annotated[str, Field(pattern=r"^(\w{8})?$")] = ""
    """The certifier's client number; empty: the sender's."""
    contract: Annotated[str, Field(max_length=20)] = ""
    by_third_party: bool = False
    """The sender is a declared third party."""
    schema_file: Path | None = None
    """The official schema (XSD). Without it files are checked by ours, which is made from what others' public code and
    notes show."""
