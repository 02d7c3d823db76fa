"""Links that let in once: the first account of a platform, and back in for who has lost what they signed in with."""
from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from server.http import parts
from server.people.one_time_codes import STEP_SECONDS
from server.storage.spaces import How
from tests.server.http.authenticator import Authenticator
from tests.server.http.house import Browser, House
from tests.server.http.staff import PASSWORD, Staff, add_key, can_sign_in, office, send, staff, use_key, ways

NAMED = {"company": "CNHBJO", "first_name": "Ada", "name": "Lovelace", "email": "ada@example.org"}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with office(tmp_path) as here:
        yield here


async def first(home: House) -> str:
    return f"/first/{await ways(home).links.first()}"


async def shown_secret(browser: Browser, base: str) -> str:
    page = await (await browser.get(f"{base}/code")).text()
    found = re.search(r'<code translate="no">([A-Z2-7 ]+)</code>', page)
    assert found is not None
    return found[1].replace(" ", "")


def code_of(home: House, secret: str) -> str:
    return TOTP(secret).generate_otp(home.clock() // 1000 // STEP_SECONDS)


async def given(home: House, to: Staff, by: Staff) -> str:
    """The link that one gives the other, as the page shows it."""
    answer = await (await by.signed_in()).click(by.at("let-in"), email=to.email)
    page = unescape(await answer.text())
    found = re.search(r"/recover/[\w-]+", page)
    assert found is not None, page
    return found[0]


async def test_the_first_account_says_who_it_is_and_then_signs_in_with_a_passkey(home: House):
    link, browser, key = await first(home), home.browser(), Authenticator(home.url)
    assert "Le premier accès" in await (await browser.get(link)).text()
    assert (await add_key(browser, link, key)).status == 409  # nobody yet
    assert (await browser.click(link, **NAMED)).headers["Location"] == link
    answer = await add_key(browser, link, key)
    to = (await answer.json())["to"]
    assert (await browser.get(f"{to}security")).status == 200
    again = [await browser.get(link), await add_key(browser, link, Authenticator(home.url))]
    assert [one.status for one in again] == [410, 410]
    assert (await (await use_key(home.browser(), key)).json())["to"] == to
    profile = await home.app[parts.ACCOUNTS].profile(to.split("/")[2])
    assert profile == {**NAMED, "name": "Ada Lovelace"}
    assert await ways(home).holders.clerks() == (to.split("/")[2],)


async def test_the_first_account_with_a_password_counts_once_its_code_is_proven(home: House):
    link, browser = await first(home), home.browser()
    await browser.click(link, **NAMED)
    answer = await browser.click(f"{link}/password", password=PASSWORD, again=PASSWORD)
    assert (answer.status, answer.headers["Location"]) == (303, f"{link}/code")
    secret = await shown_secret(browser, link)
    wrong = await browser.click(f"{link}/code", code="000000")
    assert (wrong.status, "n’est pas celui qui est attendu" in unescape(await wrong.text())) == (422, True)
    assert await can_sign_in(home.app[parts.DATABASE]) == set()
    assert await shown_secret(browser, link) == secret
    late = await browser.click(f"{link}/code", code=TOTP(secret).generate_otp(home.clock() // 30_000 - 3))
    assert "retarde" in unescape(await late.text())
    done = await browser.click(f"{link}/code", code=code_of(home, secret))
    assert done.status == 303
    me = Staff(home, done.headers["Location"].split("/")[2], "ada@example.org", secret)
    assert (await me.enter(home.browser())).status == 422  # the first code was used up by the proof
    me.next_code()
    assert (await me.enter(home.browser())).status == 303


async def test_another_browser_cannot_go_on_with_a_password_being_set_up(home: House):
    link, browser, other = await first(home), home.browser(), home.browser()
    await browser.click(link, **NAMED)
    await browser.click(f"{link}/password", password=PASSWORD, again=PASSWORD)
    for answer in (await other.get(f"{link}/code"), await other.click(f"{link}/code", code="000000")):
        assert (answer.status, answer.headers["Location"]) == (303, link)


@pytest.mark.parametrize(("field", "value"), [
    ("first_name", ""), ("name", " "), ("email", "ada"), ("email", "ada@"), ("email", "a b@example.org"),
    ("name", "x" * 121), ("company", ""), ("email", "Ada <ada@example.org>")])
async def test_a_name_that_cannot_be_one_is_refused_beside_its_field_and_kept(home: House, field: str, value: str):
    link = await first(home)
    answer = await home.browser().click(link, **{**NAMED, field: value})
    page = await answer.text()
    assert (answer.status, f'id="{field}-wrong"' in page, 'value="Ada"' in page or field == "first_name") == (
        422, True, True)


@pytest.mark.parametrize(("password", "again", "says"), [
    ("trop court", "trop court", "Il faut au moins 12 caractères"),
    ("motdepasse1234!", "motdepasse1234!", "trop courant"), ("sonyericsson", "sonyericsson", "trop courant"),
    ("Ada Lovelace 2026", "Ada Lovelace 2026", "trop proche de votre nom"), ("aaaaaaaaaaaaaaa", "", "trop courant"),
    (PASSWORD, PASSWORD + "x", "diffèrent"), ("x" * 300, "", "256 caractères au plus")])
async def test_a_password_that_would_be_guessed_or_mistyped_is_refused_in_words(
    home: House, password: str, again: str, says: str
):
    link, browser = await first(home), home.browser()
    await browser.click(link, **NAMED)
    answer = await browser.click(f"{link}/password", password=password, again=again)
    assert (answer.status, says in unescape(await answer.text())) == (422, True)


async def test_a_first_link_opens_nothing_once_the_awarding_body_has_a_clerk(home: House):
    link, browser = await first(home), home.browser()
    await browser.click(link, **NAMED)
    await staff(home)
    assert [(await browser.get(link)).status, (await add_key(browser, link, Authenticator(home.url))).status] == [
        410, 410]


async def test_a_person_with_no_office_lets_nobody_in_and_sees_no_log(home: House):
    await staff(home)
    paul = await staff(home, "Paul Autre", "p-paul")
    browser = await paul.signed_in()
    assert [(await browser.get(paul.at(one))).status for one in ("let-in", "sign-ins")] == [403, 403]
    assert (await browser.click(paul.at("let-in"), email="claire@example.org")).status == 403


async def test_a_link_is_good_for_a_time_and_a_new_one_replaces_it(home: House):
    old, link = await first(home), await first(home)
    assert [(await home.browser().get(one)).status for one in (old, link)] == [404, 200]
    home.clock.ahead += home.app[parts.CONFIG].sign_in.link_seconds * 1000
    assert (await home.browser().get(link)).status == 404
    assert (await home.browser().get("/first/guess")).status == 404


async def test_two_browsers_at_once_with_one_link_are_one(home: House):
    link, browsers = await first(home), [home.browser(), home.browser()]
    await browsers[0].click(link, **NAMED)
    answers = await asyncio.gather(*(add_key(one, link, Authenticator(home.url)) for one in browsers))
    assert sorted(one.status for one in answers) == [200, 410]
    assert len(await can_sign_in(home.app[parts.DATABASE])) == 1


async def test_an_office_holder_lets_somebody_back_in_and_what_they_had_ends_when_they_use_it(home: House):
    claire, paul = await staff(home), await staff(home, "Paul Autre", "p-paul")
    there = await paul.signed_in()
    link = await given(home, paul, claire)
    assert (await there.get(paul.at("security"))).status == 200  # nothing has changed yet
    paul.next_code()
    assert (await paul.enter(home.browser())).status == 303
    assert ("Claire Fabre" in (await home.letters())[-1], link in "".join(await home.letters())) == (True, False)
    browser, key = home.browser(), Authenticator(home.url)
    assert (await add_key(browser, link, key)).status == 200
    paul.next_code()
    assert (await paul.enter(home.browser())).status == 422
    assert [(await one.get(paul.at("security"))).status for one in (there, browser)] == [401, 200]
    assert (await use_key(home.browser(), key)).status == 200
    assert [one for one in await paul.results() if one[0] in ("recovery", "passkey")] == [
        ("recovery", "issued"), ("passkey", "added"), ("recovery", "done"), ("passkey", "done")]


async def test_nobody_lets_themselves_in_or_somebody_who_is_not_here(home: House):
    claire = await staff(home)
    browser = await claire.signed_in()
    for email, says in ((claire.email, "pour vous-même"), ("nobody@example.org", "Personne n’a cette adresse")):
        answer = await browser.click(claire.at("let-in"), email=email)
        assert (answer.status, says in unescape(await answer.text())) == (422, True)


async def test_a_mailed_link_lets_nobody_in_and_shows_nothing_of_others(home: House):
    """A space that was opened from a mailbox holds no office."""
    claire, browser = await staff(home), home.browser()
    cookie = await home.app[parts.ACCOUNTS].spaces.open(claire.person, How.LINK)
    browser.client.cookie_jar.update_cookies({f"visiojury-space-{claire.person}": cookie})
    assert [(await browser.get(claire.at(one))).status for one in ("let-in", "sign-ins", "security")] == [403, 403, 200]
    assert (await send(browser, claire.at("security/passkey/options"))).status == 403
    assert "ouvert par un lien reçu par courriel" in unescape(await (await browser.get(claire.at("security"))).text())


async def test_who_signed_in_long_ago_signs_in_again_before_changing_anything(home: House):
    claire = await staff(home)
    browser = await claire.signed_in()
    home.clock.ahead += (home.app[parts.CONFIG].sign_in.fresh_seconds + 1) * 1000
    answers = [await send(browser, claire.at("security/passkey/options")),
               await browser.click(claire.at("security/password"), password=PASSWORD, again=PASSWORD),
               await browser.click(claire.at("security/passkey/remove"), key="x"),
               await browser.click(claire.at("let-in"), email="nobody@example.org")]
    assert [one.status for one in answers] == [403] * 4
    assert "Se connecter de nouveau" in await (await browser.get(claire.at("security"))).text()


async def test_a_password_is_changed_by_who_knows_the_present_one(home: House):
    claire = await staff(home)
    browser, new = await claire.signed_in(), "tout autre chose encore"
    wrong = await browser.click(claire.at("security/password"), present="une autre", password=new, again=new)
    assert (wrong.status, "Ce n’est pas votre mot de passe actuel" in unescape(await wrong.text())) == (422, True)
    await browser.click(claire.at("security/password"), present=PASSWORD, password=new, again=new)
    secret = await shown_secret(browser, claire.at("security"))
    claire.next_code()
    assert (await claire.enter(home.browser())).status == 303  # until the new one is proven
    answer = await browser.click(claire.at("security/code"), code=code_of(home, secret))
    assert answer.headers["Location"] == claire.at("security")
    claire.next_code()
    assert (await claire.enter(home.browser())).status == 422
    claire.secret = secret
    assert (await claire.enter(home.browser(), password=new)).status == 303


async def test_one_browser_or_all_others_are_put_out(home: House):
    claire, browsers = await staff(home), []
    for _ in range(3):
        browsers.append(await claire.signed_in())
        claire.next_code()
    page = await (await browsers[0].get(claire.at("security"))).text()
    keys = re.findall(r'name="key" value="([0-9a-f]{64})"', page)
    assert len(keys) == 2

    async def inside() -> list[int]:
        return [(await one.get(claire.at("security"))).status for one in browsers]

    await browsers[0].click(claire.at("security/browsers"), key=keys[0])  # the newest first
    assert await inside() == [200, 200, 401]
    await browsers[0].click(claire.at("security/browsers"), key="")
    assert await inside() == [200, 401, 401]


async def test_everybody_sees_their_own_sign_ins_and_an_office_holder_all(home: House):
    claire, paul = await staff(home), await staff(home, "Paul Autre", "p-paul")
    await paul.enter(home.browser(), password="x")
    browser = await claire.signed_in()
    own = await (await browser.get(claire.at("security"))).text()
    everybody = unescape(await (await browser.get(claire.at("sign-ins"))).text())
    assert ("refusé" in own, "refusé" in everybody, "Paul Autre" in everybody, "127.0.0.1" in everybody) == (
        False, True, True, True)

    async def lines(query: str) -> list[list[str]]:
        text = await (await browser.get(claire.at(f"sign-ins?as=csv&{query}"))).text()
        return [line.split(";")[1:4] for line in text.splitlines()[1:]]

    mine = ["Claire Fabre", "mot de passe et code", "connexion"]
    his = ["Paul Autre", "mot de passe et code", "refusé"]
    assert [await lines(one) for one in ("", "q=autre", "kind=done", "kind=changed", "means=passkey", "sort=at")] == [
        [mine, his], [his], [mine], [], [], [his, mine]]
