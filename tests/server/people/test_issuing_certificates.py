"""Numbers of certificates: no gap and no double, whoever issues at once, and however often the server dies (R8.3)."""
from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import aiohttp
import pytest

from evaluation.body.kind import BODY
from evaluation.candidacy.withholding import NoteCase
from evaluation.codec import FieldError
from evaluation.journal import check_chain
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from evaluation.register.kind import REGISTER
from evaluation.register.state import RegisterState
from evaluation.register.terms import register_id
from evaluation.rules import Refusal
from evaluation.verify import verify
from server.http import cookies
from server.people.issuing_certificates import ISSUE_CERTIFICATES, IssuingCertificates
from server.storage.mass_acts import MassAct
from server.storage.spaces import How
from tests.pace import patient, within
from tests.server import bodies
from tests.server.awarded import put_award
from tests.server.kept import House
from tests.serving import eventually

CLIENTS, CERTIFICATES, MANY_CERTIFICATES, FEW_KILLS, KILLS, A_FORM = 8, 24, 500, 2, 10, 10
REGISTER_OF = register_id(bodies.STREAM, 2026)
SEED = 20260430
AFTERWARDS = 300 * 86_400_000
CLERK = bodies.CLERK


async def awarded(house: House, many: int) -> list[str]:
    """Candidacies whose awards are validated."""
    await bodies.found(house.kept.journals)
    names = [f"k{number}" for number in range(many)]
    for name in names:
        profile = {"name": f"Titulaire {name}", "email": f"{name}@example.org"}
        await house.kept.accounts.save_person(f"p-{name}", profile)
        await put_award(house.kept.database, name, f"p-{name}", bodies.STREAM)
    return names


def issuer(house: House) -> IssuingCertificates:
    kept = house.kept
    return IssuingCertificates(kept.journals, kept.rows, kept.accounts, kept.vault, house.clock,
                               house.config.certificates)


async def numbered(house: House, names: list[str]) -> RegisterState:
    """What the register holds is one number for each award, from one on; its journal proves it."""
    state = await house.kept.journals.state(REGISTER, REGISTER_OF)
    assert state is not None
    assert list(state.certificates) == list(range(1, len(names) + 1))
    assert sorted(one.candidacy for one in state.certificates.values()) == sorted(names)
    assert len({one.text for one in state.certificates.values()}) == len(names)
    assert len({one.code for one in state.certificates.values()}) == len(names)
    records = await house.kept.journals.records(REGISTER_OF)
    check_chain(records)
    assert verify([line async for line in house.kept.journals.export(REGISTER_OF)], KINDS)
    return state


@pytest.mark.rule("R8.3")
async def test_eight_clients_of_two_processes_issue_without_gap_or_double(house: House):
    """Every award is asked for twice, by two clients at once."""
    house.clock.now += AFTERWARDS
    names = await awarded(house, CERTIFICATES)
    other = await house.again()
    issuers = [issuer(house), issuer(other)]
    act = MassAct("a", ISSUE_CERTIFICATES, bodies.STREAM, CLERK, house.clock())
    refused = list[str]()

    async def client(number: int) -> None:
        chance = Random(SEED + number % (CLIENTS // 2))
        mine = [one for place, one in enumerate(names) if place % (CLIENTS // 2) == number % (CLIENTS // 2)]
        chance.shuffle(mine)
        for name in mine:
            try:
                await issuers[number % 2].issue(act, name, f"{number} {name}")
            except Refusal as refusal:
                refused.append(refusal.rule)

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    await numbered(house, names)
    assert refused == ["R8.3"] * CERTIFICATES
    await other.close()


@pytest.mark.rule("R8.3")
async def test_a_new_year_begins_at_one_and_an_award_keeps_its_year(house: House):
    """The commission validated in April 2026: the certificate made in January is of that year's register."""
    house.clock.now += AFTERWARDS
    await awarded(house, 1)
    act = MassAct("a", ISSUE_CERTIFICATES, bodies.STREAM, CLERK, house.clock())
    await issuer(house).issue(act, "k0", "key")
    await numbered(house, ["k0"])


@pytest.mark.rule("R8.3")
async def test_two_awarding_bodies_have_no_number_in_common(house: House):
    journals = house.kept.journals
    await bodies.found(journals)
    await journals.execute(BODY, "b2", SYSTEM, "FoundBody", {
        "body": "b2", "name": "CPNE", "office": "o-other", "clerk": "p-other"}, by_server=True)
    opened = [await issuer(house).open(body, 2026) for body in (bodies.STREAM, "b2", "b2")]
    states = [await journals.state(REGISTER, one) for one in opened]
    assert [one.prefix for one in states if one is not None] == ["CQP", "CQP2", "CQP2"]


def noted(event: str, **data: object) -> NoteCase:
    """What happened in a case of suspected fraud that was opened after the validation."""
    return NoteCase(Quote("case", "c1", 1, "c" * 64, f"case.{event}", data), "fraud")


OPENED = noted("opened", given={"candidacy": "k1"}, source={"stream": "s1"})
DISQUALIFIED = noted("decided", candidacy="k1", consequence="disqualify", decided_on="2026-04-30", attempts=[])


@pytest.mark.rule("R8.3")
@pytest.mark.parametrize("then", [(OPENED,), (OPENED, DISQUALIFIED)], ids=["withheld", "disqualified"])
async def test_nothing_is_issued_while_withheld_or_for_who_is_eliminated(house: House, then: tuple[NoteCase, ...]):
    """Neither is it on the list, nor does what was validated hold that a page showed before."""
    house.clock.now += AFTERWARDS
    await bodies.found(house.kept.journals)
    await house.kept.accounts.save_person("p-lina", {"name": "Lina Morel", "email": "lina@example.org"})
    position = await put_award(house.kept.database, "lina", "p-lina", bodies.STREAM, then=then)
    act = MassAct("a", ISSUE_CERTIFICATES, bodies.STREAM, CLERK, house.clock())
    with pytest.raises(Refusal):
        await issuer(house).issue(act, "lina", "key")
    register = await issuer(house).open(bodies.STREAM, 2026)
    quotes = [await house.kept.journals.quote(*at) for at in (("lina", position), (bodies.STREAM, 2))]
    with pytest.raises(FieldError, match="award"):
        await house.kept.journals.execute(REGISTER, register, CLERK, "IssueCertificate", {
            "candidacy": "lina", "award": quotes[0], "holder": "{}", "code": "X" * 16, "office": quotes[1]})
    state = await house.kept.journals.state(REGISTER, register)
    assert state is not None
    assert not state.certificates


# A server that dies


class Dying:
    """`visiojury serve` in a folder, killed and started again at one port."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder, self.url = folder, f"http://127.0.0.1:{port}"
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        log = (self._folder / "log.jsonl").open("ab")
        self._process = subprocess.Popen([sys.executable, "-m", "server", "serve"], cwd=self._folder, stdout=log,
                                         stderr=log)
        log.close()

        async def up() -> bool:
            try:
                async with aiohttp.ClientSession() as http, http.get(self.url + "/healthz") as answer:
                    return answer.status == 200
            except aiohttp.ClientError:
                return False

        await eventually(up, 60)

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait(patient(20))


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@asynccontextmanager
async def desk(url: str, token: str) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(force_close=True)
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, connector=connector) as http:
        http.cookie_jar.update_cookies({cookies.SPACE + CLERK: token})
        yield http


async def issue_by_form(url: str, token: str, names: list[str]) -> None:
    """Ten certificates a form; a form that nobody answered is sent again, the same."""
    page = f"{url}/space/{CLERK}/office/certificates/issue"
    async with desk(url, token) as http:
        left = list(names)
        while left:
            some = left[:A_FORM]
            try:
                shown = await http.get(page)
                assert shown.status == 200, shown.status
                key = re.search(r'name="key" value="([\w-]+)"', await shown.text())
                if key is None:  # nothing waits any more
                    return
                form = [("key", key[1]), *(("candidacies", one) for one in some)]
                answer = await http.post(page, data=form, headers={"Origin": url}, allow_redirects=False)
                if answer.status in (303, 422):  # begun, or another form was quicker with one of them
                    left = left[A_FORM:]
                await asyncio.sleep(1 if answer.status == 429 else 0.05)
            except (aiohttp.ClientError, ConnectionError):
                await asyncio.sleep(0.2)


@pytest.mark.long
@pytest.mark.rule("R8.3")
async def test_five_hundred_numbers_survive_ten_kills(house: House, tries: Callable[[int, int], int], tmp_path: Path):
    many, port = tries(CERTIFICATES, MANY_CERTIFICATES), free_port()
    names = await awarded(house, many)
    house.clock.now = time.time_ns() // 1_000_000  # as the server's, which the browsers' logins are counted by
    tokens = [await house.kept.accounts.spaces.open(CLERK, How.PASSKEY) for _ in range(CLIENTS)]
    database = house.config.storage.database
    await house.kept.sessions.close()
    await house.kept.database.close()
    (house.config.storage.folder / "config.toml").write_text(
        f'[server]\nport = {port}\n[storage]\nfolder = "."\ndatabase = "{database}"\n[limits]\n'
        'commands_per_minute = 100000\npages_per_minute = 100000\n[lists]\npage_rows = 500\n')
    server = Dying(house.config.storage.folder, port)
    await server.start()
    chance = Random(SEED)
    clients = [asyncio.create_task(issue_by_form(server.url, token, names[number::CLIENTS]))
               for number, token in enumerate(tokens)]
    for _ in range(tries(FEW_KILLS, KILLS)):
        await asyncio.sleep(chance.uniform(0.3, 2))
        server.kill()
        await server.start()
    async with within(300):
        await asyncio.gather(*clients)
    again = await House.open(house.config, house.clock)

    async def all_issued() -> bool:
        return await again.kept.rows.count("issued_certificates") == many

    try:
        await eventually(all_issued, 300)
    finally:
        server.stop()
    house.kept = again.kept
    await numbered(house, names)
