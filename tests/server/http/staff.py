"""People of the offices at their browsers: with a password and a telephone that shows codes, or with passkeys."""
from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse
from pyotp import random_base32
from pyotp.totp import TOTP
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.http import parts
from server.people.one_time_codes import STEP_SECONDS
from server.people.ways_in import WaysIn
from server.storage.credentials import Password
from server.storage.database import Database
from server.storage.tables import passkeys, passwords, provider_subjects
from tests.evaluation.frameworks import POLISHING
from tests.server.http.authenticator import Authenticator
from tests.server.http.house import Browser, House, house

PASSWORD = "quatre mots sans rapport"
QUICK = {"sign_in__argon2_memory_kibibytes": 64, "sign_in__argon2_passes": 1, "sign_in__argon2_lanes": 1}
"""What makes a hash slow is not what these tests are about."""
UNHURRIED = {"limits__logins_per_minute": 6000, "limits__codes_per_minute": 6000, "limits__pages_per_minute": 6000}


@asynccontextmanager
async def office(folder: Path, starts_at: int | None = None, /, **settings: object) -> AsyncIterator[House]:
    async with house(folder, False, POLISHING, None, starts_at, **{**QUICK, **UNHURRIED, **settings}) as home:
        yield home


def ways(home: House) -> WaysIn:
    return home.app[parts.WAYS_IN]


@dataclass
class Staff:
    home: House
    person: str
    email: str
    secret: str = ""

    def code(self, apart: int = 0) -> str:
        """What their telephone shows now, or would so many seconds from now."""
        return TOTP(self.secret).generate_otp(self.home.clock() // 1000 // STEP_SECONDS + apart // STEP_SECONDS)

    async def enter(self, browser: Browser, password: str = PASSWORD, code: str | None = None, **more: str
                    ) -> ClientResponse:
        form = {"email": self.email, "password": password, "code": self.code() if code is None else code, **more}
        return await browser.click("/sign-in", **form)

    async def signed_in(self) -> Browser:
        browser = self.home.browser()
        answer = await self.enter(browser)
        assert answer.status == 303, await answer.text()
        return browser

    def at(self, path: str) -> str:
        return f"/space/{self.person}/{path}"

    def next_code(self) -> None:
        """Time goes by until the telephone shows another code."""
        self.home.clock.ahead += STEP_SECONDS * 1000

    async def results(self) -> list[tuple[str, str]]:
        """Of the log of sign-ins, the oldest first."""
        return [(one.means.value, one.result.value)
                for one in reversed(await ways(self.home).log.of(self.person, 100))]


async def staff(home: House, name: str = "Claire Fabre", person: str = "p-claire", password: bool = True) -> Staff:
    """Somebody who has a password and a telephone, or nothing yet. The first of all is the awarding body's clerk."""
    email = f"{name.split()[0].lower()}@example.org"
    await home.app[parts.ACCOUNTS].save_person(person, {
        "name": name, "first_name": name.split()[0], "email": email})
    made = Staff(home, person, email)
    if await ways(home).holders.nobody():
        await ways(home).holders.begin(person, "CNHBJO", nothing_more)
    return await with_password(made) if password else made


async def with_password(made: Staff) -> Staff:
    """And a telephone that shows codes."""
    made.secret = random_base32()
    kept = Password(await ways(made.home).passwords.hash(PASSWORD), made.secret, 0)
    async with made.home.app[parts.DATABASE].writing() as connection:
        await ways(made.home).credentials.set_password(connection, made.person, kept)
    return made


async def nothing_more(_connection: AsyncConnection) -> None:
    """With the office's beginning."""


async def can_sign_in(database: Database) -> set[str]:
    """Whoever has a passkey, a password or an account at the provider."""
    async with database.reading() as connection:
        return {person for table in (passkeys, passwords, provider_subjects)
                for person in await connection.scalars(select(table.c.person))}


async def send(browser: Browser, path: str, **body: Any) -> ClientResponse:
    return await browser.send("POST", path, json.dumps(body), **{"Content-Type": "application/json"})


async def add_key(browser: Browser, base: str, key: Authenticator, name: str = "Téléphone") -> ClientResponse:
    """Under `base`: a security page, or a link that lets in once."""
    options = await send(browser, f"{base}/passkey/options")
    if options.status != 200:
        return options
    return await send(browser, f"{base}/passkey", credential=key.create(await options.json()), name=name)


async def use_key(browser: Browser, key: Authenticator, **more: str) -> ClientResponse:
    options = await (await send(browser, "/sign-in/passkey/options")).json()
    return await send(browser, "/sign-in/passkey", credential=key.get(options), **more)
