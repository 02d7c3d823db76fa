"""A member who does not sign the minutes of a sitting: noted by the clerk, with why (R3.9)."""
from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe

import pytest

from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from server.documents.seal_check import find_seal
from server.documents.sealing import SealUnavailable
from server.http import parts
from server.i18n import written_day
from server.storage.spaces import How
from tests.server import bodies
from tests.server.http.office.sitting_desk import Desk, at_the_desk, words
from tests.server.http.sittingwork import MEMBERS

pytestmark = pytest.mark.rule("R3.9")

WHY = "Il est hospitalisé,\nsans accès à son courrier."
NOTED = "n’a pas signé, noté par Laurence Chevillon"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_the_desk(tmp_path) as found:
        yield found


async def to_be_signed(desk: Desk, days: int = 4) -> None:
    """Presented so many days ago."""
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    desk.home.clock.ahead += days * 86_400_000
    await desk.desks.renewed(bodies.CLERK)


async def refused(desk: Desk, **fields: str) -> tuple[int, str]:
    """As a form that was shown before, or by nobody, sends it."""
    given = {"signer": desk.member("employees"), "words": WHY} | fields
    status, page = await desk.desks.send(
        bodies.CLERK, f"sittings/{desk.found}/act/not-signing", key=token_urlsafe(16), **given)
    return status, page.replace("\u00a0", " ").replace("\u202f", " ")


async def test_a_member_who_does_not_sign_is_noted_with_why_and_the_minutes_are_sealed(desk: Desk):
    await to_be_signed(desk)
    page = await desk.page(f"sittings/{desk.found}/act/not-signing")
    assert [MEMBERS[name] in page for name in ("employees", "employers", "presides", "substitute")] == [
        True, True, True, False]
    await desk.done("act/not-signing", signer=desk.member("employees"), words=WHY)
    page = await desk.page(f"sittings/{desk.found}")
    assert (NOTED in page, "Il est hospitalisé," in page, page.count("n’a pas encore signé")) == (True, True, 2)
    await desk.signed("presides", "employers")
    number = (await desk.sealed()).number
    whole = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/documents/{number}")).read()
    assert await find_seal(whole, ()) is not None
    told = words(whole)
    assert ("Karim Haddad n’a pas signé : Il est hospitalisé, sans accès à son courrier. (noté par Laurence Chevillon, "
            in told)
    assert told.count("signature électronique simple, avec une clé d’accès") == 2
    extract = await (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/extracts/{desk.candidacy()}")).read()
    assert ("Lina Morel" in words(extract), "hospitalisé" in words(extract), "Karim Haddad" in words(extract)) == (
        True, False, False)
    page = await desk.page(f"sittings/{desk.found}")
    assert ("scellé" in page, NOTED in page) == (True, True)


@pytest.mark.rule("X7")
async def test_minutes_that_nobody_else_is_to_sign_are_sealed_once_it_is_noted(
        desk: Desk, monkeypatch: pytest.MonkeyPatch):
    """The page says that they wait for their seal alone."""
    async def away(*_given: object) -> None:
        raise SealUnavailable

    await to_be_signed(desk)
    await desk.signed("presides", "employers")
    monkeypatch.setattr(desk.home.app[parts.SEALS], "seal", away)
    await desk.done("act/not-signing", signer=desk.member("employees"), words=WHY)
    page = await desk.page(f"sittings/{desk.found}")
    assert ("Plus aucune signature n’est attendue" in page, "Tout est signé" in page) == (True, False)
    await desk.signed("employees")
    assert "Tout est signé" in await desk.page(f"sittings/{desk.found}")
    monkeypatch.undo()
    sealed = await desk.sealed()
    assert (sealed.not_signing, len(sealed.signatures)) == ({}, 3)


@pytest.mark.parametrize(("fields", "said"), [
    ({"words": ""}, "Écrivez quelques mots ici."), ({"words": " \n\u200b\u2060\u3164"}, "Écrivez quelques mots ici."),
    ({"words": "a" * 1001}, "Ce texte est trop long : 1000 caractères au plus."),
    ({"signer": ""}, "Choisissez une réponse."), ({"signer": "p-nobody"}, "Choisissez dans la liste."),
    ({"signer": "substitute"}, "Choisissez dans la liste."),
])
async def test_what_is_wrong_is_said_and_nothing_is_noted(desk: Desk, fields: dict[str, str], said: str):
    await to_be_signed(desk)
    given = {name: desk.member(value) if value in MEMBERS else value for name, value in fields.items()}
    status, page = await refused(desk, **given)
    assert (status, said in page, "Rien n’a été enregistré." in page) == (422, True, True)
    assert "sitting.not_signing_noted" not in await desk.happened()


async def test_what_the_rules_refuse_is_said_in_their_words(desk: Desk):
    """Before the minutes are shown, too soon, of who has signed, twice, of too many, after the seal."""
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    here = f"sittings/{desk.found}/act/not-signing"
    assert ((await desk.desks.get(bodies.CLERK, here)).status, (await refused(desk))[0]) == (404, 422)
    await desk.done("act/present")
    assert (await desk.desks.get(bodies.CLERK, here)).status == 404
    first = written_day(day_of(desk.home.clock()) + timedelta(days=4), "long", "fr")
    told = f"À partir du {first}, il peut être noté qu’un membre n’a pas signé."
    assert told in await desk.page(f"sittings/{desk.found}")
    status, page = await refused(desk)
    assert (status, "Chaque membre a le temps de lire et de signer" in page, WHY in page) == (422, True, True)
    desk.home.clock.ahead += 4 * 86_400_000
    await desk.desks.renewed(bodies.CLERK)
    assert told not in await desk.page(f"sittings/{desk.found}")
    await desk.signed("employees")
    assert "Cette personne a déjà signé ce procès-verbal, ici ou à la main." in (await refused(desk))[1]
    await desk.done("act/not-signing", signer=desk.member("employers"), words=WHY)
    said = (await refused(desk, signer=desk.member("employers")))[1]
    assert "Il est déjà noté que cette personne n’a pas signé, avec ses raisons." in said
    said = (await refused(desk, signer=desk.member("presides")))[1]
    assert "Il faut au moins 2 signatures des trois membres" in said
    assert (await desk.desks.get(bodies.CLERK, here)).status == 404, "of nobody"
    await desk.signed("presides")
    await desk.sealed()
    status, page = await refused(desk, signer=desk.member("employers"))
    assert (status, "Ce document n’est plus celui qui est présenté à la signature" in page) == (422, True)


async def test_of_what_changed_meanwhile_the_page_is_asked_again(desk: Desk):
    """The member signs while the clerk writes."""
    await to_be_signed(desk)
    seen = (await desk.state()).position
    await desk.signed("employees")
    status, page = await refused(desk, seen=str(seen))
    assert (status, "Quelqu’un d’autre a agi juste avant vous" in page, WHY in page) == (409, True, True)


@pytest.mark.rule("X15")
async def test_nobody_but_the_clerk_notes_it_at_the_offices(desk: Desk):
    await to_be_signed(desk)
    await desk.desks.browser(desk.member("presides"), How.PASSKEY)
    for person in (bodies.MEMBER, desk.member("presides")):
        await desk.desks.renewed(person)
        assert (await desk.desks.get(person, f"sittings/{desk.found}/act/not-signing")).status == 404, person


async def test_the_clerk_is_told_once_members_were_reminded_in_vain(desk: Desk):
    await to_be_signed(desk)
    late, page = f"sittings/{desk.found}", f"/space/{bodies.CLERK}/"
    for step, told in ((1, False), (2, True)):
        await desk.do(SYSTEM, "RemindMember", person=desk.member("employees"), about="sign", number=1, step=step)
        shown = await (await desk.desks.browser(bodies.CLERK)).get(page, Accept="text/html")
        assert (f'office/{late}"' in await shown.text()) == told, step
        desk.home.clock.ahead += 4 * 86_400_000
        await desk.desks.renewed(bodies.CLERK)
    assert "toutes les relances sont parties" in await desk.page(late)
