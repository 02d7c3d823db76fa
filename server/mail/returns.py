"""Letters that come back: each leaves with an address of its own to come back to, and a small SMTP server takes what
arrives there (RFC 3464). What names no letter of ours, by the token that only we can make, is refused at once.
"""
from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from email import message_from_bytes
from email.policy import default
from typing import Any, Final

from aiosmtpd.smtp import SMTP, Envelope, Session

from server import logs

log = logs.logger(__name__)

TOKEN: Final = 20
ADDRESS: Final = re.compile(r"retour-([0-9a-f]{32})-([0-9a-f]{20})@", re.ASCII)
STATUS: Final = re.compile(r"\d\.\d{1,3}\.\d{1,3}", re.ASCII)
NO: Final = "550 5.1.1 no such address"
AGAIN: Final = "451 4.3.0 try again later"


class ReturnAddresses:
    """`sign` makes a keyed digest of a letter's id; `domain` is where the addresses are."""

    def __init__(self, domain: str, sign: Callable[[str], str]) -> None:
        self._domain, self._sign = domain, sign

    def of(self, letter: str) -> str:
        return f"retour-{letter}-{self._sign(letter)[:TOKEN]}@{self._domain}"

    def letter(self, address: str) -> str | None:
        """Whose address it is. None for one that was not made here."""
        found = ADDRESS.match(address.lower())
        if found is None or address.rpartition("@")[2].lower() != self._domain.lower():
            return None
        letter, token = found.groups()
        return letter if secrets.compare_digest(token, self._sign(letter)[:TOKEN]) else None


def failure(message: Any) -> str | None:
    """The code of a report that says the letter will not arrive (RFC 3464 §2.3.3), such as 5.1.1. None for any other
    message: a delay, a receipt, an answer written by a person or a machine."""
    if message.get_content_type() != "multipart/report":
        return None
    for block in _told(message):
        if str(block.get("Action", "")).strip().lower() == "failed":
            said = STATUS.search(str(block.get("Status", "")))
            return said.group() if said else "5.0.0"
    return None


def _told(message: Any) -> list[Any]:
    """What a report says of each of those whom a letter was for."""
    parts = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    return [block for part in parts if part.is_multipart() for block in part.get_payload()]


class Returned:
    """What aiosmtpd calls. `returned(letter, code)` keeps that a letter came back, and says whether it is one of ours
    that left; it is durable before the answer."""

    def __init__(self, addresses: ReturnAddresses, returned: Callable[[str, str], Awaitable[bool]]) -> None:
        self._addresses, self._returned = addresses, returned

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self._addresses.letter(address) is None:
            return NO
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        code = failure(_parsed(envelope.content))
        for address in envelope.rcpt_tos if code is not None else ():
            letter = self._addresses.letter(address)
            if letter is not None and code is not None and await self._returned(letter, code):
                log.info("mail.returned", record=letter)
        return "250 OK"

    async def handle_exception(self, error: Exception) -> str:
        """Whatever failed here: what comes back is not lost, and nothing of ours is said to whoever brings it."""
        log.error("mail.return_failed", exc_info=error)
        return AGAIN


def _parsed(content: Any) -> Any:
    return message_from_bytes(content if isinstance(content, bytes) else str(content).encode(), policy=default)
