"""The minutes of a sitting: read whole, and signed with a second factor by each who decided (R3.9, X7)."""
from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from secrets import token_urlsafe

import pytest

from evaluation.deadlines import day_of, due, end_of
from evaluation.people import SYSTEM
from server.http import parts
from server.storage.spaces import How
from server.views.when import day_words
from tests.evaluation.frameworks import POLISHING
from tests.server.documents.samples import pdf
from tests.server.http.authenticator import Authenticator
from tests.server.http.house import House
from tests.server.http.sittingwork import Sittingwork, opened, plain, with_sitting
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


async def nothing_to_read(work: Sittingwork, name: str) -> None:
    for where in ("minutes", "minutes/1.pdf", "minutes/1/pages/1.webp", "minutes/9.pdf"):
        assert (where, await work.status(name, where)) == (where, 404)
    status, page = await work.get(name)
    assert (status, "minutes" in page, "Les autres membres signent encore" in page) == (200, False, True)


@pytest.mark.rule("R1.4")
async def test_who_decided_on_nobody_signs_nothing(work: Sittingwork):
    before = await work.happened()
    await nothing_to_read(work, "substitute")
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
        await nothing_to_read(work, "employees")
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


# Who does not sign


DAYS = 4 * 86_400_000
WHY = "Elle ne répond plus, ni au téléphone ni par courriel."
NOTE = "Noter qu’un membre n’a pas signé"


async def noted(work: Sittingwork) -> list[str]:
    return [person for one in (await work.state()).minutes for person in one.not_signing]


async def note(work: Sittingwork, name: str = "presides", of: str = "employers", words: str = WHY, number: int = 1
               ) -> tuple[int, str]:
    """As the form sends it, whether it was offered or not."""
    browser = await work.browser(work.member(name))
    answer = await browser.click(work.path(name, f"minutes/{number}/not-signing"), key=token_urlsafe(16),
                                 signer=work.member(of), words=words)
    return answer.status, answer.headers.get("Location") or plain(await answer.text())


@pytest.mark.rule("R3.9")
async def test_the_president_notes_that_a_member_does_not_sign_who_may_sign_after_all(work: Sittingwork):
    assert NOTE not in (await work.get("presides", "minutes"))[1], "there is time to sign"
    work.home.clock.ahead += DAYS
    for name, offered in (("presides", True), ("employees", False), ("employers", False), ("substitute", False)):
        assert (NOTE in (await work.get(name, "minutes"))[1]) == offered, name
    status, where = await work.send("presides", "not-signing", page="minutes", signer=work.member("employers"),
                                    words=WHY)
    assert (status, where) == (303, work.path("presides", "minutes?done=not-signing"))
    status, page = await work.get("employees", "minutes")
    assert ("n’a pas signé, noté par Béatrice Lemaire-Delacroix" in page, WHY in page) == (True, True)
    assert "C’est noté : le procès-verbal dira" in (await work.get("presides", "minutes?done=not-signing"))[1]
    assert "Il est noté que vous n’avez pas signé le procès-verbal." in (await work.get("employers"))[1]
    status, page = await work.get("employers", "minutes")
    assert "Si vous signez maintenant, cette mention tombe." in page
    assert (await typed(work, "employers", await ask_code(work, "employers")))[0] == 303
    assert (await noted(work), await signed(work)) == ([], {work.member("employers"): "mailed_code"})
    assert WHY not in (await work.get("employees", "minutes"))[1]


@pytest.mark.rule("R3.9", "R1.3")
async def test_what_cannot_be_noted_is_refused_in_words_and_what_was_typed_stays(work: Sittingwork):
    """By another than the president, of oneself, of who has signed, too soon, without words, of other minutes."""
    assert "Chaque membre a le temps de lire et de signer" in (await note(work))[1]
    work.home.clock.ahead += DAYS
    await typed(work, "employees", await ask_code(work, "employees"))
    for sent, said in (
            (note(work, "employees"), "C’est à la personne qui préside de le faire."),
            (note(work, of="presides"), "Personne ne note pour soi-même qu’il n’a pas signé"),
            (note(work, of="employees"), "Cette personne a déjà signé ce procès-verbal"),
            (note(work, of="substitute"), "Choisissez dans la liste."),
            (note(work, words=" \u200b\n"), "Écrivez quelques mots ici."),
            (note(work, number=2), "Ce document n’est plus celui qui est présenté à la signature")):
        status, page = await sent
        assert (status, said in page, "Rien n’a été enregistré." in page) == (422, True, True), said
    assert WHY in (await note(work, of="presides"))[1]
    assert await noted(work) == []
    assert (await note(work))[0] == 303
    assert "Il est déjà noté que cette personne n’a pas signé" in (await note(work))[1]


@pytest.mark.rule("R3.9")
async def test_who_has_no_page_of_the_sitting_notes_nothing(work: Sittingwork):
    work.home.clock.ahead += DAYS
    for name in ("cand", "emp"):
        browser = await work.browser(work.person(name))
        answer = await browser.click(work.path(name, "minutes/1/not-signing"), key="n" * 20,
                                     signer=work.member("employers"), words=WHY)
        assert answer.status == 404, name
    assert await noted(work) == []


@pytest.mark.rule("R3.9")
async def test_who_signed_reads_what_was_sealed_as_long_as_an_appeal_can_be_posted(work: Sittingwork):
    """Their link is good till then; that of a substitute who was not called is not."""
    minutes = (await work.state()).minutes[0]
    for name in ("employees", "employers", "presides"):
        await work.do(work.member(name), "SignMinutes", number=1, digest=minutes.paper.digest, level="passkey")
    stored = await work.home.app[parts.VAULT].put_file(
        f"stream:{work.sitting}", work.sitting, "paper", "application/pdf", pdf())
    paper = {"file": stored.id, "digest": stored.digest}
    await work.do(SYSTEM, "SealMinutes", number=1, paper=paper, extracts={work.candidacy(): paper})
    last = due(day_of(work.home.clock()), months=POLISHING.delays.appeal_months)
    until = day_words(last, "fr")

    async def told(name: str) -> tuple[bool, bool]:
        browser, space = await work.browser(work.member(name)), f"/space/{work.member(name)}/"
        page = plain(await (await browser.get(space, Accept="text/html")).text())
        return (await work.home.app[parts.SPACE].any_open(work.member(name)),
                f"Procès-verbal scellé, à lire jusqu’au {until}" in page)

    assert [await told(name) for name in ("employees", "substitute")] == [(True, True), (False, False)]
    _status, page = await work.get("employees")
    assert (f"Vous pouvez le lire ici jusqu’au {until}." in page, await work.status("employees", "minutes/1.pdf")) == (
        True, 200)
    work.home.clock.ahead += end_of(last) - work.home.clock() - 1000
    assert await work.home.app[parts.SPACE].any_open(work.member("employees"))
    work.home.clock.ahead += 1000
    assert not await work.home.app[parts.SPACE].any_open(work.member("employees"))
