"""Passkeys: made, used, lost, copied, another person's; answers that come too late, twice or from elsewhere."""
from __future__ import annotations

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from server.http import parts
from server.storage.credentials import Passkey
from tests.server.http.authenticator import Authenticator, data, text
from tests.server.http.house import House
from tests.server.http.staff import Staff, add_key, office, send, staff, use_key, ways


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with office(tmp_path) as here:
        yield here


async def keys(claire: Staff) -> tuple[Passkey, ...]:
    return await ways(claire.home).credentials.passkeys(claire.person)


async def with_key(home: House) -> tuple[Staff, Authenticator]:
    """Claire, who has added a passkey."""
    claire, key = await staff(home), Authenticator(home.url)
    answer = await add_key(await claire.signed_in(), claire.at("security"), key)
    assert (answer.status, await answer.json()) == (200, {"to": claire.at("security")})
    return claire, key


async def test_a_passkey_is_added_and_opens_the_space(home: House):
    claire, key = await with_key(home)
    answer = await use_key(home.browser(), key)
    assert (answer.status, await answer.json()) == (200, {"to": claire.at("")})
    assert [(one.name, one.sign_count) for one in await keys(claire)] == [("Téléphone", 1)]
    assert await claire.results() == [("password", "done"), ("passkey", "added"), ("passkey", "done")]


async def test_of_two_passkeys_the_lost_one_is_removed_and_the_other_opens(home: House):
    claire, lost = await with_key(home)
    other, browser = Authenticator(home.url), home.browser()
    await use_key(browser, lost)
    assert (await add_key(browser, claire.at("security"), other, "Bureau")).status == 200
    first, _ = await keys(claire)
    answer = await browser.click(claire.at("security/passkey/remove"), key=first.key)
    assert answer.status == 303
    refused = await use_key(home.browser(), lost)
    assert (refused.status, "n’est pas connue ici" in (await refused.json())["refusal"]) == (422, True)
    assert (await use_key(home.browser(), other)).status == 200


async def test_the_last_way_in_is_not_removed(home: House):
    claire = await staff(home, password=False)
    key, browser = Authenticator(home.url), home.browser()
    async with home.app[parts.DATABASE].writing() as connection:
        token = await ways(home).links.recovery(connection, claire.person, "p-other")
    assert (await add_key(browser, f"/recover/{token}", key)).status == 200
    (one,) = await keys(claire)
    answer = await browser.click(claire.at("security/passkey/remove"), key=one.key)
    assert (answer.status, "c’est votre seul moyen de connexion" in unescape(await answer.text())) == (422, True)
    assert await keys(claire) == (one,)


async def test_with_a_password_and_a_code_the_last_passkey_may_go(home: House):
    claire, key = await with_key(home)
    (one,), browser = await keys(claire), home.browser()
    await use_key(browser, key)
    assert (await browser.click(claire.at("security/passkey/remove"), key=one.key)).status == 303
    assert await keys(claire) == ()


async def test_nobody_removes_another_person_s_passkey(home: House):
    claire, _ = await with_key(home)
    paul = await staff(home, "Paul Autre", "p-paul")
    (one,) = await keys(claire)
    await (await paul.signed_in()).click(paul.at("security/passkey/remove"), key=one.key)
    assert await keys(claire) == (one,)


async def test_a_count_that_goes_back_opens_nothing_and_is_told(home: House):
    """A copy of the key knows the count of the day it was made."""
    claire, key = await with_key(home)
    for _ in range(3):
        assert (await use_key(home.browser(), key)).status == 200
    copy = Authenticator(home.url, id=key.id, key=key.key, handle=key.handle, count=1)
    answer = await use_key(home.browser(), copy)
    assert answer.status == 422
    assert "elle a peut-être été copiée" in (await answer.json())["refusal"]
    assert (await claire.results())[-1] == ("passkey", "count_back")
    same = Authenticator(home.url, id=key.id, key=key.key, handle=key.handle, count=2)
    assert (await use_key(home.browser(), same)).status == 422
    assert (await use_key(home.browser(), key)).status == 200


async def test_a_key_that_never_counts_goes_on_opening(home: House):
    _, key = await with_key(home)
    for _ in range(2):
        key.count = -1
        assert (await use_key(home.browser(), key)).status == 200


async def test_an_answer_counts_once_and_in_the_browser_that_asked(home: House):
    _, key = await with_key(home)
    browser, other = home.browser(), home.browser()
    options = await (await send(browser, "/sign-in/passkey/options")).json()
    await send(other, "/sign-in/passkey/options")
    answer = key.get(options)
    statuses = [(await send(one, "/sign-in/passkey", credential=answer)).status for one in (other, browser, browser)]
    assert statuses == [422, 200, 422]


async def test_an_answer_that_comes_too_late_opens_nothing(home: House):
    _, key = await with_key(home)
    browser = home.browser()
    options = await (await send(browser, "/sign-in/passkey/options")).json()
    home.clock.ahead += home.app[parts.CONFIG].sign_in.ceremony_seconds * 1000
    answer = await send(browser, "/sign-in/passkey", credential=key.get(options))
    assert (answer.status, "a expiré" in (await answer.json())["refusal"]) == (422, True)


async def test_a_challenge_to_add_a_key_opens_nothing_and_the_other_way_round(home: House):
    claire, key = await with_key(home)
    browser = await (await then_next(claire)).signed_in()
    to_add = await (await send(browser, claire.at("security/passkey/options"))).json()
    wrong = key.get({"rpId": to_add["rp"]["id"], "challenge": to_add["challenge"]})
    assert (await send(browser, "/sign-in/passkey", credential=wrong)).status == 422
    to_use = await (await send(browser, "/sign-in/passkey/options")).json()
    other = Authenticator(home.url)
    made = other.create({**to_add, "challenge": to_use["challenge"]})
    assert (await send(browser, claire.at("security/passkey"), credential=made, name="x")).status == 422


async def then_next(claire: Staff) -> Staff:
    claire.next_code()
    return claire


async def test_a_key_made_for_one_person_is_not_added_to_another(home: House):
    claire, paul = await staff(home), await staff(home, "Paul Autre", "p-paul")
    browser = await claire.signed_in()
    await paul.enter(browser)
    options = await (await send(browser, claire.at("security/passkey/options"))).json()
    made = Authenticator(home.url).create(options)
    assert (await send(browser, paul.at("security/passkey"), credential=made, name="x")).status == 422
    assert await keys(paul) == ()


async def test_a_key_that_somebody_has_is_nobody_else_s(home: House):
    claire, key = await with_key(home)
    paul = await staff(home, "Paul Autre", "p-paul")
    browser = await paul.signed_in()
    options = await (await send(browser, paul.at("security/passkey/options"))).json()
    handle = key.handle
    answer = await send(browser, paul.at("security/passkey"), credential=key.create(options), name="x")
    assert (answer.status, "déjà enregistrée" in (await answer.json())["refusal"]) == (422, True)
    assert await keys(paul) == ()
    told = await use_key(home.browser(), key)  # it now says that it is Paul's
    assert (told.status, "d’une autre personne" in (await told.json())["refusal"]) == (422, True)
    key.handle = handle
    assert (await use_key(home.browser(), key)).status == 200
    assert len(await keys(claire)) == 1


@pytest.mark.parametrize("wrong", ["origin", "verified", "signature", "domain"])
async def test_an_answer_from_elsewhere_or_without_a_finger_or_altered_opens_nothing(home: House, wrong: str):
    _, key = await with_key(home)
    browser = home.browser()
    options = await (await send(browser, "/sign-in/passkey/options")).json()
    key.origin = "https://evil.example" if wrong == "origin" else key.origin
    key.verifies = wrong != "verified"
    answer = key.get({**options, "rpId": "evil.example"} if wrong == "domain" else options)
    if wrong == "signature":
        signed = data(answer["response"]["signature"])
        answer["response"]["signature"] = text(signed[:-1] + bytes([signed[-1] ^ 1]))
    assert (await send(browser, "/sign-in/passkey", credential=answer)).status == 422


@pytest.mark.parametrize("credential", [
    {}, {"id": "x", "rawId": "x", "type": "public-key", "response": {}}, {"id": 1}, {"response": []},
    {"id": "x", "rawId": "x", "type": "public-key", "response": {
        "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "attestationObject": "oA"}}])
async def test_what_is_no_answer_is_refused_in_words(home: House, credential: dict[str, Any]):
    claire = await staff(home)
    browser = await claire.signed_in()
    for path in ("/sign-in/passkey", claire.at("security/passkey")):
        answer = await send(browser, path, credential=credential, name="x")
        assert (answer.status, bool((await answer.json())["refusal"])) == (422, True)
    assert (await send(browser, "/sign-in/passkey", credential="x")).status == 400


async def test_no_key_is_named_before_somebody_has_signed(home: House):
    """Whoever asks learns of nobody's keys."""
    await with_key(home)
    options = await (await send(home.browser(), "/sign-in/passkey/options")).json()
    assert (options["allowCredentials"], options["userVerification"], options["rpId"]) == ([], "required", "localhost")
