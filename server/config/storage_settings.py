"""[storage], [retention]: where things are kept, and for how long."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from server.config.fields import NotEmpty, Positive


@dataclass(frozen=True)
class StorageSettings:
    folder: Path = Path("data")
    database: NotEmpty = "sqlite"
    """`sqlite` (a file in `folder`) or `postgresql://USER@HOST/NAME` (the password from ~/.pgpass or PGPASSWORD)."""
    database_tls: Literal["auto", "off", "require", "verify-full"] = "auto"
    """To PostgreSQL. `verify-full`: with a certificate for the host's name, from an authority that we know; `require`:
    with whatever certificate; `auto`: `verify-full` to another machine, `off` to this one (a socket, the loopback)."""
    database_ca_file: Path | None = None
    """The authorities, in PEM; without it, the system's."""
    vault_folder: Path = Path("vault")
    master_key_file: Path = Path("master.key")
    reserve_bytes: Positive = 67_108_864
    """Less left on the disk of `folder` or `vault_folder`: /healthz says so."""
    reopen_seconds: Annotated[float, Field(gt=0)] = 0.5
    """After a write that failed the room is closed, and what was kept is read again so soon; doubled at each further
    attempt, up to `reopen_at_most_seconds`."""
    reopen_at_most_seconds: Positive = 15
    follow_seconds: Positive = 1
    """What goes on beside requests and could not be done is tried again so soon: acts for many, lists of candidates,
    registrations that a new bar may be about. What an event leads to in another stream, and was refused there, waits
    twice as long after each attempt, up to `follow_at_most_seconds`."""
    follow_at_most_seconds: Positive = 3600
    withdraw_seconds: Annotated[float, Field(gt=0)] = 1
    """What a withdrawn consent covers and could not be deleted is tried again so soon; doubled at each further attempt,
    up to `withdraw_at_most_seconds`."""
    withdraw_at_most_seconds: Positive = 300
    forget_seconds: Positive = 2
    """How long after another process erased somebody this one may still remember them."""

    @property
    def url(self) -> str:
        """As SQLAlchemy writes it."""
        if self.database == "sqlite":
            return f"sqlite+aiosqlite:///{self.folder / 'visiojury.sqlite'}"
        return self.database.replace("postgresql://", "postgresql+asyncpg://", 1)


@dataclass(frozen=True)
class RetentionSettings:
    """How long what lies encrypted beside the journal is kept, in days where nothing else is said (X1). Copies of
    identity documents and images of the camera go by the framework's delay instead."""

    document_days: Positive = 365
    """Portfolios, formative evaluations, briefs, from the end of the appeal's delay."""
    answer_days: Positive = 30
    """Answers remembered by idempotency key, after they were given."""
    opening_days: Positive = 1095
    """Who opened what, after it was opened."""
    sign_in_days: Positive = 365
    """The log of sign-ins."""
    import_days: Positive = 7
    """Files of candidates, and what became of each line, from when they were found right."""
    mass_act_days: Positive = 30
    """What became of each person of an act for many, from when it was begun, once nothing of it waits."""
    paper_years: Positive = 10
    """Papers that name several people, in years: minutes from their seal, files of the deposit from their making."""
    certificate_years: Positive = 50
    """Whom a certificate of the register names, and its paper, from the ruling: in years."""
