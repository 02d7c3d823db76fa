"""The minutes of a sitting: read whole, and signed with a second factor by each who decided (R3.9, X7)."""
from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from evaluation.people import SYSTEM
from server.storage.spaces import How
from tests.server.documents.samples import pdf
from tests.server.http.authenticator import Authenticator
from tests.server.http.house import House
from tests.server.http.sittingwork import Sittingwork, opened, with_sitting
from tests.server.http.staff import add_key, send

pytestmark = pytest.mark.rule("X7")


async def presented(home: House) -> None:
    work = Sittingwork(home)
    await opened(home)
    await work.decided()
    await work.presented(pdf())


@pytest.fixture
async def work(tmp_path: Path) -> AsyncIterator[Sittingwork]:
    async with with_sitting(tmp_path, presented) as found:
        yield found


async def signed(work: Sittingwork) -> dict[str, str]:
    """By whom, with what."""
    minutes = (await work.state()).minutes[-1]
    return {person: one.level for person, one in minutes.signatures.items()}


async def ask_code(work: Sittingwork, name: str) -> str:
    status, page = await work.send(name, "ask-code", page="minutes")
    assert (status, "Un code vient de partir" in page) == (200, True)
    return await work.home.code()


async def typed(work: Sittingwork, name: str, code: str, number: int = 1) -> tuple[int, str]:
    browser = await work.browser(work.member(name))
    answer = await browser.click(work.path(name, f"minutes/{number}/code"), code=code)
    return answer.status, answer.headers.get("Location", "")


async def test_each_member_reads_the_paper_and_signs_with_a_mailed_code_once(work: Sittingwork):
    status, page = await work.get("employees", "minutes")
    assert (status, "minutes/1.pdf" in page, "Recevoir le code pour signer" in page) == (200, True, True)
    assert await work.status("employees", "minutes/1.pdf") == 200
    assert [await work.status("employees", f"minutes/1/pages/{number}.webp") for number in (1, 2)] == [200, 404]
    assert await work.status("tra", "minutes/1/pages/1.webp") == 404
    code = await ask_code(work, "employees")
    assert (await typed(work, "employees", f"{(int(code) + 1) % 10**6:06d}"))[0] == 422
    assert await typed(work, "employees", code) == (303, work.path("employees", "minutes?done=signed"))
    assert await signed(work) == {work.member("employees"): "mailed_code"}
    assert (await typed(work, "employees", code))[0] == 403  # signed already
    assert "Recevoir le code pour signer" not in (await work.get("employees", "minutes"))[1]


async def test_two_members_on_one_device_sign_each_with_their_own_code(work: Sittingwork):
    """The employers' representative opens their space in the employees' browser."""
    browser = await work.browser(work.member("employees"))
    await work.held_by(browser, work.member("employers"))
    work.browsers[work.member("employers")] = browser
    code = await ask_code(work, "employees")
    assert (await typed(work, "employers", code))[0] == 422
    assert await signed(work) == {}
    own = await ask_code(work, "employers")
    assert (await typed(work, "employers", own))[0] == 303
    assert (await typed(work, "employees", code))[0] == 303
    assert await signed(work) == {work.member("employers"): "mailed_code", work.member("employees"): "mailed_code"}


async def test_a_passkey_signs_for_its_own_person_alone_and_then_no_mailed_code_does(work: Sittingwork):
    presides, other = work.member("presides"), work.member("employees")
    keys = {}
    for name, person in (("presides", presides), ("employees", other)):
        browser = await work.browser(person, How.PASSKEY)
        keys[name] = Authenticator(work.home.url)
        assert (await add_key(browser, f"/space/{person}/security", keys[name])).status == 200
    browser = await work.browser(presides)
    address = work.path("presides", "minutes/1/passkey")
    options = await (await send(browser, f"{address}/options")).json()
    answer = await send(browser, address, credential=keys["employees"].get(options))
    assert (answer.status, (await answer.json())["refusal"]) == (
        422, "Cette clé d’accès est celle d’une autre personne. Prenez la vôtre.")
    options = await (await send(browser, f"{address}/options")).json()
    answer = await send(browser, address, credential=keys["presides"].get(options))
    assert (answer.status, await signed(work)) == (200, {presides: "passkey"})
    status = (await browser.click(work.path("presides", "minutes/1/ask-code"))).status
    assert status == 403


@pytest.mark.rule("R1.4")
async def test_who_decided_on_nobody_signs_nothing(work: Sittingwork):
    before = await work.happened()
    status, page = await work.get("substitute", "minutes")
    assert (status, "Recevoir le code pour signer" in page) == (200, False)
    browser = await work.browser(work.member("substitute"))
    assert (await browser.click(work.path("substitute", "minutes/1/ask-code"))).status == 403
    assert (await typed(work, "substitute", "123456"))[0] == 403
    for name in ("cand", "emp"):
        assert await work.status(name, "minutes") == 404
    assert await work.happened() == before


async def by_a_substitute(home: House) -> None:
    """The employees' representative knows the one candidate: who takes their place decides, and signs."""
    work = Sittingwork(home)
    await opened(home)
    await work.do(work.member("employees"), "RecuseMember", candidacy=work.candidacy(), words="un salarié de chez nous")
    await work.substitute_called()
    await work.do(work.member("substitute"), "DeclareImpartial", candidacies=[work.candidacy()])
    await work.decided(by=("substitute", "employers"))
    await work.presented(pdf())


@pytest.mark.rule("R1.4")
async def test_who_is_recused_for_every_candidate_does_not_sign_and_their_substitute_does(tmp_path: Path):
    async with with_sitting(tmp_path, by_a_substitute) as work:
        browser = await work.browser(work.member("employees"))
        assert (await browser.click(work.path("employees", "minutes/1/ask-code"))).status == 403
        assert (await typed(work, "employees", "123456"))[0] == 403
        assert await typed(work, "substitute", await ask_code(work, "substitute")) == (
            303, work.path("substitute", "minutes?done=signed"))
        assert await signed(work) == {work.member("substitute"): "mailed_code"}


async def test_what_was_taken_back_is_signed_no_more_and_the_new_one_by_its_own_number(work: Sittingwork):
    code = await ask_code(work, "employees")
    await work.do(work.member("presides"), "TakeBackMinutes", number=1, words="Une erreur de nom")
    await work.presented(pdf())
    assert (await typed(work, "employees", code))[0] == 409
    assert (await typed(work, "employees", code, number=2))[0] == 422
    assert await signed(work) == {}
    assert SYSTEM not in (await work.state()).minutes[-1].signers
