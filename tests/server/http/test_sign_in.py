"""How people of the offices sign in: a password with a code, and what is refused."""
from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
from pyotp.totp import TOTP

from server.http import parts
from server.people.one_time_codes import STEP_SECONDS, window
from server.views.when import second_words
from tests.server.http.house import House
from tests.server.http.staff import PASSWORD, can_sign_in, office, staff

MS = 1000


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with office(tmp_path) as here:
        yield here


def to_start_of_step(home: House) -> None:
    home.clock.ahead += STEP_SECONDS * MS - home.clock() % (STEP_SECONDS * MS)


async def test_a_password_and_a_code_open_the_person_s_space(home: House):
    claire, browser = await staff(home), home.browser()
    answer = await claire.enter(browser, email=" CLAIRE@example.org ")
    assert (answer.status, answer.headers["Location"]) == (303, claire.at(""))
    assert (await browser.get(claire.at("security"))).status == 200
    assert (await home.browser().get(claire.at("security"))).status == 401
    assert await claire.results() == [("password", "done")]


async def test_whoever_came_from_the_security_page_goes_back_there_and_nowhere_else(home: House):
    claire = await staff(home)
    assert (await claire.enter(home.browser(), then="security")).headers["Location"] == claire.at("security")
    claire.next_code()
    answer = await claire.enter(home.browser(), then="https://evil.example")
    assert answer.headers["Location"] == claire.at("")


@pytest.mark.parametrize(("email", "password", "right"), [
    ("claire@example.org", "une autre phrase", True), ("claire@example.org", PASSWORD, False),
    ("nobody@example.org", PASSWORD, True), ("claire@example.org", "", True), ("", "", False)])
async def test_what_is_wrong_is_not_told_apart_and_what_was_typed_is_kept(
    home: House, email: str, password: str, right: bool
):
    claire = await staff(home)
    answer = await home.browser().click("/sign-in", email=email, password=password,
                                        code=claire.code() if right else "000000")
    words = unescape(await answer.text())
    assert answer.status == 422
    assert "L’adresse, le mot de passe ou le code ne convient pas." in words
    assert f'value="{email}"' in words
    assert password == "" or password not in words


async def test_a_code_is_good_once(home: House):
    claire = await staff(home)
    code = claire.code()
    assert (await claire.enter(home.browser(), code=code)).status == 303
    again = await claire.enter(home.browser(), code=code)
    assert (again.status, "Ce code a déjà servi" in await again.text()) == (422, True)
    claire.next_code()
    assert (await claire.enter(home.browser(), code=code)).status == 422  # still within the drift
    assert (await claire.enter(home.browser())).status == 303
    assert await claire.results() == [
        ("password", "done"), ("password", "wrong"), ("password", "wrong"), ("password", "done")]


async def test_two_browsers_with_one_code_at_once_are_one(home: House):
    claire = await staff(home)
    code = claire.code()
    answers = await asyncio.gather(*(claire.enter(home.browser(), code=code) for _ in range(4)))
    assert sorted(one.status for one in answers) == [303, 422, 422, 422]


@pytest.mark.parametrize(("apart", "status"), [(-30, 303), (30, 303)])
async def test_one_code_before_or_after_is_taken(home: House, apart: int, status: int):
    claire = await staff(home)
    to_start_of_step(home)
    assert (await claire.enter(home.browser(), code=claire.code(apart))).status == status


async def test_a_clock_40_s_off_is_told_in_words_with_the_code_s_own_window(home: House):
    """A telephone 40 s ahead, late in a step: its code is the one after next."""
    claire = await staff(home)
    to_start_of_step(home)
    home.clock.ahead += 25 * MS
    on_telephone = (home.clock() + 40 * MS) // MS // STEP_SECONDS
    answer = await claire.enter(home.browser(), code=TOTP(claire.secret).generate_otp(on_telephone))
    words = unescape(await answer.text())
    assert answer.status == 422
    assert "l’horloge de votre téléphone avance d’environ 60 s" in words
    begin, end = (second_words(one) for one in window(on_telephone))
    assert f"Ce code est celui de {begin} à {end}" in words
    late = await claire.enter(home.browser(), code=claire.code(-60))
    assert "retarde" in unescape(await late.text())


async def test_a_clock_s_words_are_for_who_knows_the_password(home: House):
    claire = await staff(home)
    answer = await claire.enter(home.browser(), password="une autre phrase", code=claire.code(60))
    words = unescape(await answer.text())
    assert "horloge" not in words


async def test_one_person_s_password_is_tried_a_few_times_an_hour_from_wherever(tmp_path: Path):
    async with office(tmp_path, sign_in__tries_per_hour=3) as home:
        claire, other = await staff(home), await staff(home, "Paul Autre", "p-paul")
        statuses = [(await claire.enter(home.browser(), password="x")).status for _ in range(4)]
        assert statuses == [422, 422, 422, 429]
        for same in ("Claire@Example.org", "\uff43laire@example.org"):
            assert (await claire.enter(home.browser(), email=same)).status == 429
        assert (await other.enter(home.browser())).status == 303
        unknown = [(await home.browser().click("/sign-in", email="a@b.c", password="x", code="1")).status
                   for _ in range(4)]
        assert unknown == statuses


async def test_sign_ins_are_slowed_down_by_address(tmp_path: Path):
    async with office(tmp_path, limits__logins_per_minute=2) as home:
        statuses = [(await home.browser().click("/sign-in", email=f"{n}@b.c", password="x", code="1")).status
                    for n in range(3)]
        assert statuses == [422, 422, 429]


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/passkey", "/sign-in/passkey/options"])
async def test_another_site_s_page_signs_nobody_in(home: House, path: str):
    claire = await staff(home)
    answer = await home.browser().client.post(home.url + path, data={
        "email": claire.email, "password": PASSWORD, "code": claire.code()}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403
    assert await claire.results() == []


async def test_of_two_people_with_one_address_the_one_with_a_password_signs_in(home: House):
    claire = await staff(home)
    await home.app[parts.ACCOUNTS].save_person("p-other", {"name": "Paul", "email": claire.email})
    assert (await claire.enter(home.browser())).headers["Location"] == claire.at("")


async def test_who_signs_in_again_has_a_new_secret_and_the_one_before_is_worth_nothing(home: House):
    claire, browser = await staff(home), home.browser()
    await claire.enter(browser)
    claire.next_code()
    await claire.enter(browser)
    assert len(await parts_spaces(home).browsers(claire.person)) == 1


def parts_spaces(home: House):
    return home.app[parts.ACCOUNTS].spaces


async def test_an_erased_person_has_nothing_to_sign_in_with(home: House):
    claire = await staff(home)
    await home.app[parts.ACCOUNTS].erase_person(claire.person)
    assert (await claire.enter(home.browser())).status == 422
    assert await can_sign_in(home.app[parts.DATABASE]) == set()


async def test_a_bare_address_says_why_there_is_no_passkey_and_where_there_is(home: House):
    port = home.url.rsplit(":", 1)[1]
    bare = await home.browser().client.get(f"http://127.0.0.1:{port}/sign-in")
    words = unescape(await bare.text())
    assert "jamais à une adresse en chiffres comme 127.0.0.1" in words
    assert f'href="http://localhost:{port}/sign-in"' in words
    assert "data-passkey=" not in words
    options = await home.browser().client.post(
        f"http://127.0.0.1:{port}/sign-in/passkey/options", data="{}",
        headers={"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"})
    assert options.status == 409
    named = await (await home.browser().get("/sign-in")).text()
    assert 'data-passkey="get"' in named
