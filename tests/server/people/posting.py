"""A day whose people are written to through a real SMTP server, for tests: the server's mailbox, and all that sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from evaluation.session.hearing_parts import Notice
from evaluation.session.notice_rules import to_convene
from server.app.kept_data import Kept
from server.app.mail_delivery import build_delivery, return_addresses
from server.app.notice_filling import NoticeFilling
from server.config import MailSettings, ReturnSettings
from server.mail.delivery import Delivery
from server.people.convening import CONVENE, Convening
from server.people.day_letters import day_letters
from server.people.letter_outcomes import LetterOutcomes
from server.people.mass import Runner
from tests.server.kept import SESSION, House

LAST_SECOND = int(datetime(2026, 3, 1, 22, 59, 59, tzinfo=UTC).timestamp()) * 1000
"""The last of the fifteenth day before, in Paris."""
HOUR = 3_600_000
ROOT = Path(__file__).parents[3]
RETURNS = ReturnSettings(domain="retours.example.org", port=0)
PEOPLE = {"p-org": "Claire Fabre", "p-cand1": "Lina Morel", "p-cand2": "Ève O’Brien", "p-emp": "Marc Oudin",
          "p-own": "Anne Roy", "p-tra": "Jean Petit", "p-obs": "Odile Vasseur", "p-aid1": "Ana", "p-aid2": "Ivo",
          "p-clerk": "Laurence Chevillon"}


class Mailbox:
    """What aiosmtpd calls; `answers` are given in turn to DATA, then all is accepted. `dies`: no answer to the next."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.answers: list[str] = []
        self.dies = 0
        self.kill: tuple[str, Callable[[], None]] | None = None

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        moment, kill = self.kill or ("", lambda: None)
        if moment == "before it is taken":
            kill()
            return "451 nobody is there"
        if moment == "before the answer":
            kill()
        elif moment == "after the answer":
            server.loop.call_later(0.001, kill)
        if answer.startswith("250"):
            self.got.append((envelope, message_from_bytes(envelope.content, policy=default)))
        if self.dies:
            self.dies -= 1
            server.transport.abort()
        return answer

    def to(self, person: str) -> list[EmailMessage]:
        return [message for envelope, message in self.got if envelope.rcpt_tos == [f"{person}@example.org"]]


async def no_paper(_candidacy: str, _position: int) -> None:
    """No letter of a result leaves here."""


class Post:
    """A day's storage with its mail: what a server has of both."""

    def __init__(self, house: House, port: int) -> None:
        self.house, self.port = house, port
        self.start(house.kept)

    def start(self, kept: Kept) -> None:
        """As after a restart."""
        self.kept = kept
        settings = MailSettings(kind="smtp", smtp_host="127.0.0.1", smtp_port=self.port, smtp_security="none",
                                sender="Visiojury <jury@example.org>", retry_seconds=60)
        filling = NoticeFilling(
            kept.journals, kept.accounts, kept.vault, "https://jury.example.org", "jury@example.org", "fr")
        outcomes = LetterOutcomes(kept.journals, kept.letter_reports, no_paper)
        addresses = return_addresses(RETURNS, kept)
        assert addresses is not None
        self.addresses = addresses
        self.delivery: Delivery = build_delivery(
            settings, kept, self.house.clock, complete=filling.complete, returns=addresses, tell=outcomes.tell)
        kept.sessions.writes(day_letters)
        self.runner = Runner(kept.mass_acts, {CONVENE: Convening(
            kept.journals, kept.outbox, self.house.clock, self.delivery.wake).give}, 1)

    async def restart(self) -> None:
        """What was in memory is lost."""
        self.start((await self.house.again()).kept)

    async def begin(self, act: str = "act", *seats: str) -> None:
        state = await self.state()
        await self.kept.mass_acts.begin(act, CONVENE, SESSION, "org", seats or to_convene(state))

    async def all(self, act: str = "act", *seats: str) -> None:
        await self.begin(act, *seats)
        assert await self.runner.carry_out() is False
        await self.send()

    async def send(self) -> None:
        await self.delivery.send_due()

    async def state(self) -> Any:
        return await self.kept.sessions.state(SESSION)

    async def notice(self, hearing: str = "h1") -> Notice:
        found = (await self.state()).hearing(hearing).notice
        assert found is not None
        return found
