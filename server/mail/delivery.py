"""The worker that sends the outbox: every letter until it left, at most once at a time, with longer and longer waits.

A letter is marked sent after the server took it: a crash in between sends it again under the same Message-ID, and what
became of it says that it may have left twice.
"""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from typing import Any, Protocol

from server import logs
from server.mail.letter_parts import Enclosure
from server.mail.messages import compose
from server.mail.transports import Transport, TryLater, Undeliverable
from server.rounds import go_rounds

log = logs.logger(__name__)


class Addressed(Protocol):
    @property
    def person(self) -> str: ...
    @property
    def template(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...


class Pending(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def letter(self) -> Addressed: ...
    @property
    def attempts(self) -> int: ...


class Outbox(Protocol):
    """What is needed of the outbox (`storage.outbox`). Times in ms since the epoch."""

    async def due(self, most: int = 50) -> Sequence[Pending]: ...
    async def next_due(self) -> int | None: ...
    async def trying(self, letter: str) -> None: ...
    async def sent(self, letter: str) -> None: ...
    async def postpone(self, letter: str, until: int | None, *, answered: bool = True, why: str = "") -> None: ...


@dataclass(frozen=True)
class Retries:
    """Waits double from `first_seconds` up to `longest_seconds`; after `most` attempts a letter is given up."""

    first_seconds: float
    longest_seconds: float
    most: int

    def wait(self, attempts: int) -> float | None:
        """Seconds to wait after the attempt that comes after `attempts` others; None to give up."""
        if attempts + 1 >= self.most:
            return None
        return min(self.longest_seconds, self.first_seconds * 2.0 ** min(attempts, 60))


Profile = Callable[[str], Awaitable[Mapping[str, Any] | None]]
Completed = tuple[Mapping[str, Any], Sequence[Enclosure]]
Complete = Callable[[Addressed, Mapping[str, Any]], Awaitable[Completed]]
"""The fields that a letter is drawn from, and what goes with it, from the letter and its person's profile. Asked at
each attempt: what nobody need keep until then, a link above all, is made here."""


async def as_it_is(letter: Addressed, _profile: Mapping[str, Any]) -> Completed:
    return letter.data, ()


async def nobody() -> None:
    return


class Delivery:
    """`profile` gives a person's name and e-mail, `reply_to` gets the answers to letters, `now` is ms since the epoch,
    `poll_seconds` how long another process's letter may wait for this one's worker. `returns_to` is the address that a
    letter comes back to, from its id; `tell` is called after each round."""

    def __init__(self, outbox: Outbox, transport: Transport, profile: Profile, *, sender: Address, retries: Retries,
                 now: Callable[[], int], poll_seconds: float, reply_to: Address | None = None,
                 complete: Complete = as_it_is, returns_to: Callable[[str], str | None] = lambda _id: None,
                 tell: Callable[[], Awaitable[None]] = nobody) -> None:
        self._outbox, self._transport, self._profile = outbox, transport, profile
        self._sender, self._reply_to, self._retries = sender, reply_to, retries
        self._complete, self._returns_to, self._tell = complete, returns_to, tell
        self._now, self._poll = now, poll_seconds
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """A letter was just put: do not wait for the next look."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        await go_rounds(self._woken, self._round, log, failed="mail.worker_failed", again_seconds=self._poll)

    async def _round(self) -> float:
        await self.send_due()
        return await self._until_next()

    async def send_due(self) -> int:
        """One round; how many letters left."""
        left = 0
        for waiting in await self._outbox.due():
            left += await self._send(waiting)
        await self._tell()
        return left

    async def _send(self, waiting: Pending) -> bool:
        try:
            message = await self._compose(waiting)
        except Exception as problem:
            await self._failed(waiting, problem, answered=True)
            return False
        await self._outbox.trying(waiting.id)
        try:
            await self._transport.send(waiting.id, message, self._returns_to(waiting.id))
        except Exception as problem:
            await self._failed(waiting, problem, answered=False)
            return False
        await self._outbox.sent(waiting.id)
        log.info("mail.sent", kind=waiting.letter.template, attempts=waiting.attempts + 1)
        return True

    async def _failed(self, waiting: Pending, problem: Exception, *, answered: bool) -> None:
        """What nobody foresaw is tried again as well, and given up as late: one letter holds up no other."""
        if isinstance(problem, (Undeliverable, KeyError, ValueError)):
            log.error("mail.given_up", kind=waiting.letter.template, attempts=waiting.attempts + 1, exc_info=problem)
            await self._outbox.postpone(waiting.id, None, why=_code(problem))
        elif isinstance(problem, TryLater):
            await self._later(waiting, problem)
        else:
            log.error("mail.failed", kind=waiting.letter.template, attempts=waiting.attempts + 1, exc_info=problem)
            await self._later(waiting, TryLater(type(problem).__name__, answered=answered))

    async def _compose(self, waiting: Pending) -> Any:
        letter = waiting.letter
        profile = await self._profile(letter.person)
        if profile is None or not profile.get("email"):
            raise Undeliverable("no address")
        name = " ".join(str(profile.get("name", "")).split())  # no address has a line that ends in it
        to = Address(name, addr_spec=str(profile["email"]))
        data, enclosed = await self._complete(letter, profile)
        return compose(letter.template, data, key=waiting.id, sender=self._sender, to=to,
                       reply_to=self._reply_to, written_at=self._now() / 1000, enclosed=enclosed)

    async def _later(self, waiting: Pending, problem: TryLater) -> None:
        wait = self._retries.wait(waiting.attempts)
        until = None if wait is None else self._now() + round(wait * 1000)
        (log.error if until is None else log.warning)(
            "mail.given_up" if until is None else "mail.postponed", kind=waiting.letter.template,
            attempts=waiting.attempts + 1, delay_s=wait, exc_info=problem)
        await self._outbox.postpone(waiting.id, until, answered=problem.answered, why=_code(problem))

    async def _until_next(self) -> float:
        due = await self._outbox.next_due()
        return self._poll if due is None else min(self._poll, max(0.0, (due - self._now()) / 1000))


def _code(problem: Exception) -> str:
    """The mail server's answer, or the kind of failure: never a message, which may quote an address."""
    said = str(problem)
    return said if said.isascii() and said.isalnum() else type(problem).__name__
