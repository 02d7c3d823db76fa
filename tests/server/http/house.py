"""A whole server for one test: real sockets, real SQLite, the real media engine, one planned day with its people."""

from __future__ import annotations

import asyncio
import atexit
import json
import re
import shutil
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar, DummyCookieJar, web
from yarl import URL

from evaluation.codec import encode
from evaluation.deadlines import day_of, end_of
from evaluation.framework import Framework
from evaluation.people import SYSTEM, JurorCategory, Role, Seat
from server.app.running import running
from server.config import read_config
from server.http import parts
from tests.evaluation.frameworks import POLISHING
from tests.pace import patient
from tests.server import bodies
from tests.server.databases import sqlite_with_tables

NAMES = {
    "org": "Claire Fabre", "obs": "Odile Observe", "emp": "Marc Oudin", "own": "Anne Patron", "tra": "Tom Formateur",
    "cand": "Lina Morel", "aid": "Ivan Interprète", "cand2": "Noé Second",
}


class Clock:
    """Real time, which a test may push forward, or begin elsewhere."""

    def __init__(self, starts_at: int | None = None) -> None:
        self.ahead = 0
        if starts_at is not None:
            self.ahead = starts_at - self()

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead


@dataclass
class Browser:
    """One browser: a cookie jar, and headers as a page of ours sends them."""

    client: ClientSession
    url: str

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.client.get(self.url + path, headers=headers, allow_redirects=False)

    async def send(self, method: str, path: str, data: Any = None, **headers: str) -> ClientResponse:
        """As a script or a form of the site's own page."""
        upload = {"Idempotency-Key": str(uuid4())} if "/documents?" in path else {}
        return await self.client.request(
            method, self.url + path, data=data, allow_redirects=False,
            headers={"Sec-Fetch-Site": "same-origin", **upload, **headers})

    async def click(self, path: str, **form: str) -> ClientResponse:
        return await self.send("POST", path, form or b"", **{} if form else FORM)

    async def command(
        self, seat: str, name: str, key: str | None = None, position: int | None = None, /, **fields: Any
    ) -> ClientResponse:
        """`position`: of the journal, as the page has shown it."""
        shown = {} if position is None else {"X-Position": str(position)}
        return await self.send("POST", f"/seat/{seat}/commands", json.dumps({"command": name, **fields}), **{
            "Content-Type": "application/json", "Idempotency-Key": key or str(uuid4()), **shown})

    async def close(self) -> None:
        await self.client.close()


UNHURRIED = {
    "identity.check_wall_seconds": patient(20), "identity.check_cpu_seconds": round(patient(15)),
    "identity.presence_wall_seconds": patient(5), "identity.start_wall_seconds": patient(60),
    "pages.wall_seconds": round(patient(20)), "pages.cpu_seconds": round(patient(10)),
}
"""What gives up a child that takes too long: on a slow machine it works as well as on a quick one, only later."""
AT_ONCE = {"limits.refused_seconds": 0}
"""What comes too often is refused without the wait that slows its sender down."""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
SESSION, SQLITE = "s1", "visiojury.sqlite"
on_its_loop = pytest.mark.asyncio(loop_scope="module")
"""For a test of the house that a module's tests share: a server answers on the loop that it was started on."""


@dataclass
class House:
    app: web.Application
    url: str
    clock: Clock
    folder: Path
    session: str
    tokens: Mapping[str, str]
    """By seat's short name ("emp"): its invitation token."""
    browsers: list[Browser] = field(default_factory=list)
    sitting: dict[str, Browser] = field(default_factory=dict)

    def seat(self, name: str) -> str:
        return f"{self.session}-{name}"

    def hearing(self, number: int = 1) -> str:
        return f"{self.session}-h{number}"

    def browser(self, cookies: bool = True) -> Browser:
        # As browsers do behind a proxy that speaks HTTPS for us.
        jar = CookieJar(unsafe=True, treat_as_secure_origin=[URL(self.url)]) if cookies else DummyCookieJar()
        browser = Browser(ClientSession(cookie_jar=jar), self.url)
        self.browsers.append(browser)
        return browser

    def person(self, name: str) -> str:
        return f"p-{self.seat(name)}"

    def space(self, name: str) -> str:
        """The path of the space of who sits there."""
        return f"/space/{self.person(name)}/"

    async def at_home(self, name: str, browser: Browser | None = None) -> Browser:
        """A browser that has pressed the button of the person's link, and typed the mailed code where it was asked for.
        """
        browser, link = browser or self.browser(), f"/i/{self.tokens[name]}"
        answer = await browser.click(link)
        if answer.status == 409:
            await browser.click(link + "/ask-code")
            answer = await browser.click(link + "/code", code=await self.code())
        assert (answer.status, answer.headers["Location"]) == (303, self.space(name))
        return browser

    async def enter(self, browser: Browser, name: str) -> ClientResponse:
        """The seat's button in the person's space."""
        return await browser.click(f"{self.space(name)}seats/{self.seat(name)}")

    async def sit(self, name: str, browser: Browser | None = None) -> Browser:
        """A browser that has entered the seat through its person's space."""
        browser = await self.at_home(name, browser)
        answer = await self.enter(browser, name)
        assert (answer.status, answer.headers["Location"]) == (303, f"/seat/{self.seat(name)}/")
        return browser

    async def seated(self, name: str) -> Browser:
        """The browser that sits there; one enters the first time it is asked for."""
        if name not in self.sitting:
            self.sitting[name] = await self.sit(name)
        return self.sitting[name]

    async def take_over(self, browser: Browser, name: str) -> ClientResponse:
        """The seat, which another browser holds, with the mailed code."""
        if (await browser.get(self.space(name))).status != 200:
            await self.at_home(name, browser)
        at = f"{self.space(name)}seats/{self.seat(name)}"
        assert (await browser.click(at + "/ask-code")).status == 200
        return await browser.click(at + "/code", code=await self.code())

    async def cookie(self, name: str) -> str:
        """The `Cookie` header of a browser that sits there, for requests written by hand."""
        held = (await self.sit(name)).client.cookie_jar.filter_cookies(URL(f"{self.url}/seat/{self.seat(name)}/"))
        return "; ".join(f"{one.key}={one.value}" for one in held.values())

    async def act(self, name: str, command: str, **fields: Any) -> None:
        """Past the browser: for what a test does not ask about."""
        actor = name if name == SYSTEM else self.seat(name)
        await self.app[parts.SESSIONS].execute(self.session, actor, command, fields, by_server=True)

    async def date(self) -> str:
        """The session's day."""
        return (await self.state()).date

    async def state(self) -> Any:
        return await self.app[parts.SESSIONS].state(self.session)

    async def events(self) -> list[str]:
        return [type(event).__name__ for _, event in await self.app[parts.SESSIONS].events(self.session)]

    async def letters(self) -> list[str]:
        """The plain text of what has been mailed, in order of arrival, once the outbox is empty."""
        await self.app[parts.NEW_LINKS].settled()
        await self.app[parts.DELIVERY].send_due()
        files = sorted(self.app[parts.CONFIG].mail.folder.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns)
        messages = [message_from_bytes(one.read_bytes(), policy=default) for one in files]
        return [str(one.get_body(("plain",)).get_content()) for one in messages]  # pyright: ignore

    async def settled(self) -> None:
        """All that follows is done; what was refused fails the test that waits for it."""
        following, waiting = self.app[parts.FOLLOWING], self.app[parts.FOLLOW_UPS]
        while left := await waiting.waiting():
            assert [(one.edge, one.problem) for one in left if one.problem] == []
            await following.carry_out()
            await asyncio.sleep(0.01)  # the server carries it out too, at the same time

    async def code(self) -> str:
        """The last one that was mailed."""
        found = [code for letter in await self.letters() for code in re.findall(r"^    (\d{6})\s*$", letter, re.M)]
        return found[-1]

    async def call_in(self) -> None:
        """The first candidate is in the room."""
        for juror in ("emp", "own"):
            await self.act(juror, "DesignatePresident", choice=self.seat("emp"))
        for name in ("emp", "own", "tra", "cand"):
            await self.act(SYSTEM, "Join", seat=self.seat(name))
        await self.act("cand", "AcknowledgePrevention", hearing=self.hearing(), wording="w")
        await self.act("cand", "EnterWaitingRoom", hearing=self.hearing())
        await self.act("emp", "CallIn", hearing=self.hearing())

    async def to_questions(self) -> None:
        await self.call_in()
        for juror in ("own", "tra"):
            await self.act(juror, "GiveIdentityOpinion", hearing=self.hearing(), conform=True)
        await self.act("emp", "DecideIdentity", hearing=self.hearing(), finding="conform", course="proceed")
        for point in range(len((await self.state()).framework.reminder)):
            await self.act("emp", "CheckReminder", hearing=self.hearing(), point=point, said=True)
        await self.act("cand", "SignSheet", hearing=self.hearing(), words="Lina Morel")
        await self.act("emp", "StartPresentation", hearing=self.hearing())
        await self.act("emp", "StartQuestions", hearing=self.hearing())

    async def to_private(self) -> None:
        """The candidate is dismissed: the jury is alone."""
        await self.to_questions()
        await self.act("emp", "DismissCandidate", hearing=self.hearing(), words="fini plus tôt")


    async def from_questions_to_closed(self, because: str = "n’a pas été montrée", **marks: str) -> None:
        """All three have signed; `marks` (C1_2="NA") are everybody's where they are not A, with `because` as why."""
        agreed = {one.code: "A" for block in POLISHING.blocks for one in block.competencies}
        agreed |= {code.replace("_", "."): mark for code, mark in marks.items()}
        hearing = self.hearing()
        for juror in ("emp", "own", "tra"):
            for code, mark in agreed.items():
                words = None if mark == "A" else because
                await self.act(juror, "SetMark", hearing=hearing, competency=code, mark=mark, words=words)
        await self.act("emp", "DismissCandidate", hearing=hearing, words="fini plus tôt")
        for juror in ("emp", "own", "tra"):
            await self.act(juror, "CloseGrid", hearing=hearing)
        await self.act("emp", "OpenDeliberation", hearing=hearing)
        await self.act("emp", "ProposeConsensus", hearing=hearing, marks=agreed)
        for juror in ("own", "tra"):
            await self.act(juror, "ConfirmConsensus", hearing=hearing, marks=agreed)
        for block in (*POLISHING.blocks, None):
            code = block.code if block else None
            await self.act("emp", "Recommend", hearing=hearing, block=code, advice="refuse", words="à revoir")
        for juror in ("own", "tra", "emp"):
            await self.act(juror, "SignDeliberation", hearing=hearing)

    async def end_session(self) -> None:
        for number in (1, 2):
            await self.act("org", "PostponeHearing", hearing=self.hearing(number), words="un autre jour")
        await self.act("org", "CloseSession")


Maker = Callable[[House], Awaitable[None]]


@asynccontextmanager
async def house(folder: Path, planned: bool = True, of: Framework = POLISHING, more: Maker | None = None,
                starts_at: int | None = None, /, **overrides: object) -> AsyncIterator[House]:
    """`overrides` are settings, with `__` in the place of the dot. Nobody is there where nothing is `planned`; then it
    `starts_at` (ms since 1970 UTC), or now. `more`: what is done once the day is, before anybody comes."""
    clock = Clock(starts_at)
    if planned and of is POLISHING and not any(name.startswith("storage__") for name in overrides):
        made = await _made(more)
        shutil.copytree(made.folder, folder, dirs_exist_ok=True)
        clock.ahead = made.at - clock()
        async with _serving(folder, clock, overrides) as here:
            here.tokens = made.tokens
            yield here
        return
    async with _serving(folder, clock, overrides) as here:
        if planned:
            with unwritten(here.app):
                here.tokens = await plan(here.app, SESSION, clock(), of)
        if more is not None:
            await more(here)
        yield here


@asynccontextmanager
async def _serving(folder: Path, clock: Clock, overrides: Mapping[str, object]) -> AsyncIterator[House]:
    settings: dict[str, object] = {"storage.folder": str(folder), "server.port": 0, **UNHURRIED, **AT_ONCE}
    if "server__public_url" in overrides:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            settings["server.port"] = free.getsockname()[1]
    settings |= {name.replace("__", "."): value for name, value in overrides.items()}
    config = read_config(None, settings)
    if not (config.storage.folder / SQLITE).exists():
        sqlite_with_tables(config.storage.folder / SQLITE)
    async with running(config, clock) as server:
        here = House(server.app, _local(server.url, settings), clock, folder, SESSION, {})
        try:
            yield here
        finally:
            for browser in here.browsers:
                await browser.close()


@contextmanager
def unwritten(app: web.Application) -> Iterator[None]:
    """What is committed inside writes to nobody: the letters that a test looks at are those of its own acts."""
    letters = app[parts.JOURNALS].letters
    written = letters[:]
    letters.clear()
    yield
    letters.extend(written)


@dataclass(frozen=True)
class _Made:
    """What a server that has planned a day leaves in its folder, and when that was. Time goes on from then in each
    house that begins with a copy of it."""

    folder: Path
    at: int
    tokens: Mapping[str, str]


_MADE: dict[Maker | None, _Made] = {}


async def _made(more: Maker | None) -> _Made:
    """Once in a run: to plan a day takes longer than most of what is asked of it."""
    if more not in _MADE:
        folder, clock = Path(tempfile.mkdtemp(prefix="visiojury-day-")), Clock()
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        at = clock()
        async with _serving(folder, clock, {}) as here:
            with unwritten(here.app):
                here.tokens = await plan(here.app, SESSION, at)
            if more is not None:
                await more(here)
        _MADE[more] = _Made(folder, at, here.tokens)
    return _MADE[more]


def _local(url: str, settings: Mapping[str, object]) -> str:
    """Where the server listens, also where browsers know it by another name."""
    return f"http://127.0.0.1:{settings['server.port']}" if "server.public_url" in settings else url


def commission(app: web.Application) -> bodies.Commission:
    journals, storage = app[parts.SESSIONS].journals, app[parts.CONFIG].storage
    return bodies.Commission(journals, app[parts.DATABASE], app[parts.NOW], storage)


async def plan(app: web.Application, session: str, now: int, of: Framework = POLISHING) -> dict[str, str]:
    """One jury's day of a certification with two candidates; an invitation for each seat."""
    seats = _seats(session)
    for name, one in seats.items():
        await app[parts.ACCOUNTS].save_person(one.person, {
            "name": NAMES[name], "first_name": NAMES[name].split()[0], "email": f"{one.id}@example.org"})
    execute, journals, organizer = app[parts.SESSIONS].execute, app[parts.SESSIONS].journals, seats["org"].person
    await execute(session, seats["org"].id, "PlanSession", {
        "session": session, "date": day_of(now).isoformat(), "organizer": encode(seats["org"]),
        "observers": [encode(seats["obs"])], **await bodies.planned_under(journals, organizer, of)}, by_server=True)
    await commission(app).appoints(session, [seats[name] for name in ("emp", "own", "tra")])
    for number, name, aids in ((1, "cand", [seats["aid"]]), (2, "cand2", [])):
        await execute(session, seats["org"].id, "AddHearing", {
            "hearing": f"{session}-h{number}", "candidate": encode(seats[name]),
            "starts_at": min(now + number * 60_000, end_of(day_of(now)) - 1000),
            "candidacy": await bodies.registered(
                journals, seats[name].person, organizer, of, name=NAMES[name]),
            "aids": [encode(one) for one in aids]}, by_server=True)
    return {name: await app[parts.ACCOUNTS].invite(one.id) for name, one in seats.items()}


def _seats(session: str) -> dict[str, Seat]:
    def seat(name: str, role: Role, category: JurorCategory | None = None, hearing: str | None = None) -> Seat:
        return Seat(f"{session}-{name}", f"p-{session}-{name}", role, category, hearing)

    return {
        "org": seat("org", Role.ORGANIZER), "obs": seat("obs", Role.OBSERVER),
        "emp": seat("emp", Role.JUROR, JurorCategory.EMPLOYEES),
        "own": seat("own", Role.JUROR, JurorCategory.EMPLOYERS),
        "tra": seat("tra", Role.JUROR, JurorCategory.TRAINER),
        "cand": seat("cand", Role.CANDIDATE, hearing=f"{session}-h1"),
        "aid": seat("aid", Role.AID, hearing=f"{session}-h1"),
        "cand2": seat("cand2", Role.CANDIDATE, hearing=f"{session}-h2"),
    }
