"""Signing in with a password and a one-time code (X15). Both are looked at before anything is said, and what is wrong
is not told apart, but for who knows the password: then a telephone's wrong clock is told in words."""
from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.config import SignInSettings
from server.people import one_time_codes
from server.storage.credentials import Credentials, Password

NOBODY = "nobody has this password"


class Came(StrEnum):
    """What came of a password and a code."""

    IN = "in"
    WRONG = "wrong"
    CODE_USED = "code_used"
    CODE_APART = "code_apart"


@dataclass(frozen=True)
class Tried:
    """`step` is the code's own time step, `apart` how many seconds it is from ours, where they are told."""

    came: Came
    step: int = 0
    apart: int = 0


class Passwords:
    """`calendar` is the machine's clock: a telephone compares with the world's."""

    def __init__(self, credentials: Credentials, settings: SignInSettings, calendar: Callable[[], int]) -> None:
        self._credentials, self._settings, self._calendar = credentials, settings, calendar
        self._hasher = PasswordHasher(time_cost=settings.argon2_passes, memory_cost=settings.argon2_memory_kibibytes,
                                      parallelism=settings.argon2_lanes)
        self._turn = asyncio.Semaphore(settings.argon2_at_once)
        self._nobody = ""

    async def hash(self, password: str) -> str:
        """Argon2id (RFC 9106) with a salt of its own, as it is kept."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def try_both(self, person: str | None, password: str, code: str) -> Tried:
        """It takes as long for somebody who is not there as for somebody who is."""
        kept = await self._credentials.password(person) if person is not None else None
        if not await self.right(kept, password) or kept is None or person is None:
            return Tried(Came.WRONG)
        reading = self.read(kept.secret, code)
        if reading is None:
            return Tried(Came.WRONG)
        if not reading.taken:
            return Tried(Came.CODE_APART, reading.step, reading.apart)
        if not await self._credentials.use_code(person, reading.step):
            return Tried(Came.CODE_USED)
        if self._hasher.check_needs_rehash(kept.hash):
            await self._credentials.hash_anew(person, kept, await self.hash(password))
        return Tried(Came.IN)

    async def right(self, kept: Password | None, password: str) -> bool:
        """Whether it is the password. Where nobody has one, as much is computed."""
        if kept is None and not self._nobody:
            self._nobody = await self.hash(NOBODY)
        async with self._turn:
            right = await asyncio.to_thread(self._verify, self._nobody if kept is None else kept.hash, password)
        return right and kept is not None

    def read(self, secret: str, code: str) -> one_time_codes.Reading | None:
        return one_time_codes.read(secret, code, self._calendar(), self._settings.code_told_seconds)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
