"""How a message leaves: to an SMTP server, or into a folder for whoever runs everything on one machine."""
from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Protocol

import aiosmtplib

from server.durable import write_whole


class Undeliverable(Exception):
    """The server refused for good (SMTP 5xx, RFC 5321 §4.2.1): trying again would not help."""


class TryLater(Exception):
    """Not now: no connection, a time-out, or a 4xx answer. Not `answered`: the server may have taken the message, and
    its word was lost."""

    def __init__(self, why: str, *, answered: bool = True) -> None:
        super().__init__(why)
        self.answered = answered


class Transport(Protocol):
    async def send(self, key: str, message: EmailMessage, returns_to: str | None = None) -> None:
        """Hand the message over. Returns once whoever is next has taken it; `key` is the same at each attempt, and
        what cannot be delivered comes back to `returns_to` (None: to the sender). Raises Undeliverable or TryLater."""


@dataclass(frozen=True)
class FolderTransport:
    """One `.eml` file per message, named by its key: a second attempt writes the same file."""

    folder: Path

    async def send(self, key: str, message: EmailMessage, returns_to: str | None = None) -> None:
        try:
            write_whole(self.folder / f"{key}.eml", message.as_bytes(policy=SMTP))
        except OSError as error:
            raise TryLater(type(error).__name__) from error


@dataclass(frozen=True)
class SmtpTransport:
    """`tls` is "none", "starttls" (required, not merely tried) or "tls" (RFC 8314). `timeout` in seconds."""

    host: str
    port: int
    tls: str = "starttls"
    user: str | None = None
    password: str | None = None
    timeout: float = 30

    async def send(self, key: str, message: EmailMessage, returns_to: str | None = None) -> None:
        try:
            await aiosmtplib.send(
                message, sender=returns_to, hostname=self.host, port=self.port, username=self.user,
                password=self.password, use_tls=self.tls == "tls", start_tls=self.tls == "starttls",
                timeout=self.timeout)
        except aiosmtplib.SMTPRecipientsRefused as error:
            if all(one.code >= 500 for one in error.recipients):
                raise Undeliverable(", ".join(str(one.code) for one in error.recipients)) from error
            raise TryLater("recipient deferred") from error
        except aiosmtplib.SMTPAuthenticationError as error:
            raise TryLater("authentication") from error  # ours to repair: the message itself is good
        except aiosmtplib.SMTPResponseException as error:
            if error.code >= 500:
                raise Undeliverable(str(error.code)) from error
            raise TryLater(str(error.code)) from error
        except (aiosmtplib.SMTPConnectError, ConnectionRefusedError) as error:
            raise TryLater(type(error).__name__) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TryLater(type(error).__name__, answered=False) from error
