"""From the outbox to the next server: a real SMTP server, a real database, and what happens when either is away."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.headerregistry import Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from server.app.kept_data import Kept, open_kept, prepare
from server.app.mail_delivery import build_delivery
from server.config import MailSettings, read_config
from server.ending import end
from server.mail.delivery import Delivery, Retries
from server.mail.transports import FolderTransport, SmtpTransport, Transport, TryLater, Undeliverable
from server.storage.letters import Letter
from tests.pace import within
from tests.server.certificates import Authority

RETRIES = Retries(first_seconds=60, longest_seconds=200, most=4)
SENDER = Address("Visiojury", addr_spec="no-reply@example.org")


class Clock:
    def __init__(self) -> None:
        self.now = 1_773_648_000_000

    def __call__(self) -> int:
        return self.now


class Server:
    """What aiosmtpd calls; `answers` are given in turn to DATA, then all is accepted."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.got.append(message_from_bytes(envelope.content))
        return answer


@pytest.fixture
def smtp():
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield handler, SmtpTransport("127.0.0.1", controller.port, tls="none", timeout=30)
    controller.stop()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@asynccontextmanager
async def outbox(folder: Path, clock: Clock) -> AsyncIterator[Kept]:
    config = read_config(None, {"storage.folder": str(folder)})
    kept = open_kept(config, clock)
    await prepare(kept, config)
    await kept.accounts.save_person("p1", {"name": "Lina Morel", "first_name": "Lina", "email": "lina@example.org"})
    try:
        yield kept
    finally:
        await kept.database.close()


def delivery(kept: Kept, transport: Transport, clock: Clock) -> Delivery:
    return Delivery(kept.outbox, transport, kept.accounts.profile, sender=SENDER, retries=RETRIES, now=clock,
                    poll_seconds=0.05)


def code(number: str = "111111", person: str = "p1") -> Letter:
    return Letter(person, "takeover_code", {"locale": "fr", "first_name": "Lina", "code": number, "minutes": 15})


async def test_a_letter_leaves_once(tmp_path, smtp):
    server, transport = smtp
    clock = Clock()
    async with outbox(tmp_path, clock) as kept:
        worker = delivery(kept, transport, clock)
        await kept.outbox.put(code())
        assert [await worker.send_due() for _ in range(2)] == [1, 0]
        assert [(one["To"], one["Subject"]) for one in server.got] == [
            ("Lina Morel <lina@example.org>", "Votre code Visiojury : 111111")]
        assert await kept.outbox.next_due() is None


async def test_a_name_with_a_line_break_adds_no_header_and_keeps_no_letter_back(tmp_path, smtp):
    server, transport = smtp
    clock = Clock()
    async with outbox(tmp_path, clock) as kept:
        await kept.accounts.save_person("p1", {"name": "Lina\nBcc: all@example.org", "email": "lina@example.org"})
        await kept.outbox.put(code())
        assert await delivery(kept, transport, clock).send_due() == 1
        assert [(one["To"], one["Bcc"]) for one in server.got] == [
            ('"Lina Bcc: all@example.org" <lina@example.org>', None)]


async def test_answers_go_to_whom_the_settings_name(tmp_path):
    clock, told = Clock(), []
    async with outbox(tmp_path, clock) as kept:
        for number, reply_to in enumerate(("", '"Jury, Lyon" <jury@example.org>', "jury@example.org")):
            folder = tmp_path / str(number)
            settings = MailSettings(folder=folder, reply_to=reply_to)
            await kept.outbox.put(code())
            assert await build_delivery(settings, kept, clock).send_due() == 1
            [letter] = folder.glob("*.eml")
            told.append(message_from_bytes(letter.read_bytes())["Reply-To"])
    assert told == [None, '"Jury, Lyon" <jury@example.org>', "jury@example.org"]


async def test_a_deferred_letter_is_tried_again_later_and_later(tmp_path, smtp):
    server, transport = smtp
    clock = Clock()
    async with outbox(tmp_path, clock) as kept:
        worker = delivery(kept, transport, clock)
        await kept.outbox.put(code())
        server.answers = ["451 later"] * 3
        waits = []
        for _ in range(3):
            assert await worker.send_due() == 0
            due = await kept.outbox.next_due()
            assert due is not None
            waits.append((due - clock.now) // 1000)
            assert await worker.send_due() == 0  # not before its time
            clock.now = due
        assert waits == [60, 120, 200]
        assert await worker.send_due() == 1
        assert len(server.got) == 1


async def test_a_letter_refused_for_good_is_given_up(tmp_path, smtp):
    server, transport = smtp
    clock = Clock()
    async with outbox(tmp_path, clock) as kept:
        await kept.outbox.put(code())
        server.answers = ["550 no such person"]
        assert await delivery(kept, transport, clock).send_due() == 0
        assert await kept.outbox.next_due() is None


async def test_after_enough_attempts_a_letter_is_given_up(tmp_path):
    clock = Clock()
    nobody = SmtpTransport("127.0.0.1", _free_port(), tls="none", timeout=1)
    async with outbox(tmp_path, clock) as kept:
        await kept.outbox.put(code())
        worker, attempts = delivery(kept, nobody, clock), 0
        while (due := await kept.outbox.next_due()) is not None:
            clock.now = max(clock.now, due)
            assert await worker.send_due() == 0
            attempts += 1
        assert attempts == RETRIES.most


async def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(tmp_path):
    clock = Clock()
    async with outbox(tmp_path / "data", clock) as kept:
        await kept.outbox.put(Letter("p1", "takeover_code", {}), code(person="p-without-address"), code("222222"))
        assert await delivery(kept, FolderTransport(tmp_path / "mails"), clock).send_due() == 1
        assert await kept.outbox.next_due() is None


async def test_what_nobody_foresaw_in_one_letter_holds_up_no_other(tmp_path):
    """It is tried as often as any other, then given up; what failed on its way may have left."""
    clock = Clock()

    async def complete(letter: Any, _profile: Any) -> Any:
        if letter.data["code"] == "111111":
            raise TypeError("an hour that is none")
        return letter.data, ()

    class Failing(FolderTransport):
        async def send(self, key: str, message: Any, returns_to: str | None = None) -> None:
            if "333333" in message["Subject"]:
                raise RuntimeError("nobody foresaw it")
            await super().send(key, message, returns_to)

    async with outbox(tmp_path / "data", clock) as kept:
        await kept.outbox.put(code("111111"), code("222222"), code("333333"))
        worker = Delivery(kept.outbox, Failing(tmp_path / "mails"), kept.accounts.profile, sender=SENDER,
                          retries=RETRIES, now=clock, poll_seconds=0.05, complete=complete)
        sent, waits = [await worker.send_due()], []
        while (due := await kept.outbox.next_due()) is not None:
            clock.now = due
            waits.append({one.letter.data["code"]: one.perhaps for one in await kept.outbox.due()})
            sent.append(await worker.send_due())
        assert sent == [1, *[0] * (RETRIES.most - 1)]
        assert waits == [{"111111": False, "333333": True}] * (RETRIES.most - 1)


async def test_a_crash_between_sending_and_noting_it_repeats_the_same_letter(tmp_path):
    """The folder then holds one letter; an SMTP server sees one Message-ID."""
    clock, mails = Clock(), tmp_path / "mails"
    async with outbox(tmp_path / "data", clock) as kept:
        await kept.outbox.put(code())
        worker = delivery(kept, FolderTransport(mails), clock)

        async def killed(letter: str) -> None:
            raise asyncio.CancelledError

        whole, kept.outbox.sent = kept.outbox.sent, killed
        with pytest.raises(asyncio.CancelledError):
            await worker.send_due()
        kept.outbox.sent = whole
        first = [(one.name, message_from_bytes(one.read_bytes())["Message-ID"]) for one in mails.iterdir()]
        assert await worker.send_due() == 1
        again = [(one.name, message_from_bytes(one.read_bytes())["Message-ID"]) for one in mails.iterdir()]
        assert again == first
        assert [name.endswith(".eml") for name, _ in again] == [True]


async def test_the_worker_sends_what_was_left_and_wakes_for_what_comes(tmp_path, smtp):
    server, transport = smtp
    clock = Clock()
    async with outbox(tmp_path, clock) as kept:
        await kept.outbox.put(code("111111"))
        worker = delivery(kept, transport, clock)
        async with running(worker):
            await _until(lambda: len(server.got) == 1)
            await kept.outbox.put(code("222222"))
            worker.wake()
            await _until(lambda: len(server.got) == 2)


async def test_the_worker_outlives_a_failing_database(tmp_path):
    clock, mails = Clock(), tmp_path / "mails"
    async with outbox(tmp_path / "data", clock) as kept:
        worker, due, failures = delivery(kept, FolderTransport(mails), clock), kept.outbox.due, []

        async def away(most: int = 50):
            failures.append(1)
            raise OSError("the disk is gone")

        kept.outbox.due = away
        async with running(worker):
            await _until(lambda: len(failures) > 1)
            kept.outbox.due = due
            await kept.outbox.put(code())
            await _until(lambda: mails.exists() and any(mails.glob("*.eml")))


async def test_what_a_server_says_is_for_now_or_for_good(smtp):
    server, transport = smtp
    from tests.server.mail.test_letters import letter

    server.answers = ["452 full", "554 no"]
    with pytest.raises(TryLater):
        await transport.send("k", letter("takeover_code"))
    with pytest.raises(Undeliverable):
        await transport.send("k", letter("takeover_code"))


async def test_starttls_is_required_where_it_is_asked_for(smtp):
    server, transport = smtp
    from tests.server.mail.test_letters import letter

    with pytest.raises(TryLater):
        await SmtpTransport("127.0.0.1", transport.port, tls="starttls", timeout=5).send("k", letter("takeover_code"))
    assert server.got == []


async def test_a_mail_server_must_show_who_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """By a certificate for its host, from an authority that this machine knows."""
    from tests.server.mail.test_letters import letter

    authority, got = Authority.make("authority"), []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (its name there)
            got.append(envelope.rcpt_tos)
            return "250 OK"

    for name, data in zip(("known", "key"), authority.for_address("127.0.0.1"), strict=True):
        (tmp_path / name).write_bytes(data)
    (tmp_path / "authority").write_bytes(authority.pem)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "known", tmp_path / "key")
    controller = Controller(Handler(), hostname="127.0.0.1", port=_free_port(), tls_context=context,
                            require_starttls=True)
    controller.start()
    try:
        transport = SmtpTransport("127.0.0.1", controller.port, tls="starttls", timeout=5)
        with pytest.raises(TryLater):
            await transport.send("k", letter("takeover_code"))
        assert got == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority"))
        await transport.send("k", letter("takeover_code"))
        assert len(got) == 1
    finally:
        controller.stop()


@asynccontextmanager
async def running(worker: Delivery) -> AsyncIterator[None]:
    task = asyncio.create_task(worker.run())
    yield
    await end(task)


async def _until(condition) -> None:
    async with within(8):
        while not condition():
            await asyncio.sleep(0.01)
