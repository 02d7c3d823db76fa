"""[mail]: how letters leave."""
from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Literal

from server.config.fields import NotEmpty, Port, Positive


@dataclass(frozen=True)
class MailSettings:
    kind: Literal["folder", "smtp"] = "folder"
    folder: Path = Path("mails")
    """One .eml file per letter."""
    sender: NotEmpty = "Visiojury <ne-pas-repondre@localhost>"
    reply_to: str = ""
    """Who gets the answers to letters; empty: the sender."""
    smtp_host: str = "localhost"
    smtp_port: Port = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password_file: Path | None = None
    smtp_timeout_seconds: Positive = 30
    retry_seconds: Positive = 60
    """Before the second attempt; doubled at each further one, up to `retry_at_most_seconds`."""
    retry_at_most_seconds: Positive = 3600
    attempts: Positive = 24
    """Then the letter is given up."""
    poll_seconds: Positive = 30
    """How long a letter written by another process may wait for this one."""
    sitting_item_minutes: Positive = 15
    """Reckoned for each candidacy of a sitting, where a calendar asks how long it takes."""
    delay_soon_days: Positive = 7
    """So long before a line on the board of delays comes due, whoever's turn it is is reminded; again once it is late.
    """
    delay_waits_days: Positive = 15
    """The same of a line for which the règlement gives no day, from when it began to wait."""


@dataclass(frozen=True)
class ReturnSettings:
    """[mail_returns]: letters that come back."""

    domain: str = ""
    """What the addresses end in that undeliverable letters come back to; empty: they come back to the sender, and
    nothing is read here. Its mail exchanger is `host`, or forwards to it."""
    host: NotEmpty = "127.0.0.1"
    port: Port = 2525
    connections: Positive = 50
    message_bytes: Positive = 10_000_000
    silent_seconds: Positive = 60


def address_of(written: str) -> Address:
    """`Name <name@example.org>`, or the address alone. Raises ValueError."""
    name, address = parseaddr(written)
    if "@" not in address:
        raise ValueError(written)
    return Address(name, addr_spec=address)
