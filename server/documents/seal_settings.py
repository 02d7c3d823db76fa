"""[seal]: what papers of the awarding body are sealed with, and whom a seal is believed by."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field


@dataclass(frozen=True)
class SealSettings:
    certificate_file: Path | None = None
    """PKCS#12: the awarding body's certificate, its key, the certificates that vouch for it. Without it papers bear a
    seal for demonstration, which nobody need believe."""
    password_file: Path | None = None
    authorities_file: Path | None = None
    """PEM: the authorities that a seal, and its timestamp, must come from to be called valid."""
    timestamp_url: str = ""
    """An authority that answers RFC 3161 over HTTP; empty: a seal says its time on its own word."""
    timestamp_seconds: Annotated[int, Field(gt=0)] = 10
    """How long its answer is waited for."""
