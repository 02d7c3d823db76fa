"""The mail server that takes everybody's letters, what a person finds in theirs, and letters that come back."""
from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import aiosmtplib
from aiosmtpd.controller import Controller

from tests.server.people.test_convening import Mailbox, parts_of, report
from tests.serving import eventually

DOMAIN = "retours.example.org"
"""Where letters come back to."""


@dataclass
class Mailroom:
    """`box` takes what `port` is sent; `returns` is the server's own port for what comes back."""

    box: Mailbox
    port: int
    returns: int

    @property
    def settings(self) -> dict[str, object]:
        """A server's, that leaves its letters here and takes back what returns."""
        return {"mail__kind": "smtp", "mail__smtp_host": "127.0.0.1", "mail__smtp_port": self.port,
                "mail__smtp_security": "none", "mail__sender": "Visiojury <jury@example.org>", "mail__poll_seconds": 1,
                "mail_returns__domain": DOMAIN, "mail_returns__port": self.returns}

    async def letter(self, to: str, about: str, *, since: int = 0) -> EmailMessage:
        """The newest to `to`@example.org whose subject holds the words, once it is there; after so many others."""
        return (await self._found(to, about, since))[1]

    async def _found(self, to: str, about: str, since: int = 0) -> tuple[Any, EmailMessage]:
        def there() -> list[tuple[Any, EmailMessage]]:
            return [(envelope, message) for envelope, message in self.box.got[since:]
                    if envelope.rcpt_tos == [f"{to}@example.org"] and about in str(message["Subject"])]

        async def come() -> bool:
            return bool(there())

        try:
            await eventually(come, 20)
        except TimeoutError:
            subjects = [str(message["Subject"]) for message in self.box.to(to)]
            raise AssertionError(f"no letter about {about!r} among {subjects}") from None
        return there()[-1]

    async def come_back(self, to: str, about: str) -> None:
        """Another mail server could not hand the letter over after all, and says so to where it came from."""
        envelope, _message = await self._found(to, about)
        back_to = str(envelope.mail_from)
        await aiosmtplib.send(report(back_to), sender="", recipients=[back_to], hostname="127.0.0.1",
                              port=self.returns, start_tls=False)


def link_of(message: EmailMessage) -> str:
    """The link to the space that is in a letter."""
    (found,) = set(re.findall(r"http://\S+/i/\S+", str(parts_of(message)["text/plain"])))
    return found


def code_of(message: EmailMessage) -> str:
    (found,) = re.findall(r"^    (\d{6})\s*$", str(parts_of(message)["text/plain"]), re.M)
    return found


@contextmanager
def mailroom() -> Iterator[Mailroom]:
    here = Mailroom(Mailbox(), _free_port(), _free_port())
    controller = Controller(here.box, hostname="127.0.0.1", port=here.port)
    controller.start()
    try:
        yield here
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
