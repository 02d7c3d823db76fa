"""A person's space (X15): what awaits them, every seat of theirs, whose provider it may be; and its ways out."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from evaluation.codec import encode
from evaluation.people import SYSTEM, Role, Seat
from server.http import parts
from server.storage.logins import DAY_MS
from server.views.when import day_words
from tests.evaluation.frameworks import POLISHING
from tests.pace import patient
from tests.server import bodies
from tests.server.http.house import Browser, House, house, on_its_loop

PAGE = {"Accept": "text/html"}


async def page(home: House, browser: Browser, name: str) -> str:
    answer = await browser.get(home.space(name), **PAGE)
    assert answer.status == 200
    return " ".join((await answer.text()).split())


def section(shown: str, name: str) -> str:
    """One part of the page, by its title's id."""
    found = re.search(rf'<section aria-labelledby="{name}-title">(.*?)</section>', shown)
    return found[1] if found else ""


def acts(shown: str) -> list[str]:
    return re.findall(r"</svg><span>([^<]*)</span></li>", section(shown, "awaits"))


async def elsewhere(home: House, person: str, *, session: str = "s9", role: Role = Role.ORGANIZER) -> None:
    """A day of another provider in which the person sits, too."""
    seat = Seat(f"{session}-me", person, role)
    boss = seat if role is Role.ORGANIZER else Seat(f"{session}-org", f"p-{session}-org", Role.ORGANIZER)
    await home.app[parts.ACCOUNTS].save_person(boss.person, {
        **(await home.app[parts.ACCOUNTS].profile(boss.person) or {"name": "Zoé Ailleurs", "first_name": "Zoé"}),
        "company": "Centre de la Meuse"})
    sessions = home.app[parts.SESSIONS]
    await sessions.execute(session, boss.id, "PlanSession", {
        "session": session, "date": "2099-05-04", "organizer": encode(boss),
        "observers": [] if role is Role.ORGANIZER else [encode(seat)],
        **await bodies.planned_under(sessions.journals, boss.person)}, by_server=True)


@pytest.mark.rule("X15")
async def test_a_juror_here_who_is_organizer_there_sees_both_and_enters_each(home: House):
    await elsewhere(home, home.person("emp"))
    browser = await home.at_home("emp")
    places = section(await page(home, browser, "emp"), "places")
    rows = places.split('<li class="space-row">')[1:]
    here, there = rows
    today = day_words(await home.date(), "fr")
    for wanted in (today, "Vous siégez dans le jury", POLISHING.title, "organisation : Claire Fabre",
                   f"/seat/{home.seat('emp')}/", f'action="{home.space("emp")}seats/{home.seat("emp")}"'):
        assert wanted in here.replace("\u00a0", " ")
    for wanted in ("lundi 4 mai 2099", "Vous organisez cette session", POLISHING.title, "Centre de la Meuse",
                   "/seat/s9-me/", f'action="{home.space("emp")}seats/s9-me"'):
        assert wanted in there
    for seat in (home.seat("emp"), "s9-me"):
        answer = await browser.click(f"{home.space('emp')}seats/{seat}")
        assert (answer.status, answer.headers["Location"]) == (303, f"/seat/{seat}/")
        assert (await browser.get(f"/seat/{seat}/")).status == 200
    assert places.count("ouverte dans ce navigateur") == 0
    assert section(await page(home, browser, "emp"), "places").count("ouverte dans ce navigateur") == 2


@pytest.mark.rule("X15")
async def test_what_awaits_a_person_follows_the_day(home: House):
    candidate, juror, organizer = await home.at_home("cand"), await home.at_home("own"), await home.at_home("org")
    assert acts(await page(home, candidate, "cand")) == [
        "lire et confirmer les règles", "fournir la copie de votre pièce d’identité", "fournir votre livret A",
        "fournir votre livret B", "essayer votre caméra et entrer dans la salle d’attente"]
    assert acts(await page(home, juror, "own")) == ["dire si vous pourrez siéger", "entrer dans la salle du jury"]
    assert acts(await page(home, organizer, "org")) == ["entrer : la session est aujourd’hui"]
    await home.act(SYSTEM, "Join", seat=home.seat("cand"))
    await home.act("cand", "AcknowledgePrevention", hearing=home.hearing(), wording="w")
    assert "lire et confirmer les règles" not in acts(await page(home, candidate, "cand"))
    await home.act(SYSTEM, "Leave", seat=home.seat("cand"))
    await home.call_in()
    assert acts(await page(home, juror, "own")) == ["donner votre avis sur l’identité"]
    await home.act("own", "GiveIdentityOpinion", hearing=home.hearing(), conform=True)
    assert acts(await page(home, juror, "own")) == ["entrer : la session est aujourd’hui"]


async def test_the_page_is_read_in_english_too(home: House):
    browser = await home.at_home("cand")
    english = await browser.get(home.space("cand"), **PAGE, **{"Accept-Language": "en"})
    words = await english.text()
    assert "What awaits you" in words
    assert "Ce qui vous attend" not in words
    assert "to read and acknowledge the rules" in words


@pytest.mark.rule("X15")
async def test_nobody_enters_a_seat_that_is_not_in_their_space(home: House):
    browser = await home.at_home("emp")
    for seat in (home.seat("own"), "x", "s9-me"):
        for act in ("", "/ask-code", "/code"):
            assert (await browser.click(f"{home.space('emp')}seats/{seat}{act}")).status == 404
    assert (await browser.click(f"{home.space('own')}seats/{home.seat('own')}")).status == 401
    assert await home.letters() == []


@pytest.mark.rule("X15")
async def test_a_space_says_the_same_whether_its_person_exists(home: House):
    answers = [await home.browser().get(path, **PAGE) for path in (home.space("emp"), "/space/nobody/")]
    texts = [(await one.text()).replace(home.person("emp"), "nobody") for one in answers]
    assert [one.status for one in answers] == [401, 401]
    assert texts[0] == texts[1]
    assert 'href="/link"' in texts[0]


@pytest.mark.rule("X15")
async def test_a_person_of_whom_nothing_is_open_is_told_kindly_and_what_to_do(home: House):
    juror, candidate = await home.sit("emp"), await home.sit("cand")
    await home.end_session()
    shown = await page(home, juror, "emp")
    assert "Rien n’est ouvert à votre nom en ce moment" in section(shown, "awaits")
    assert "écrivez à la personne" in section(shown, "awaits")
    assert (section(shown, "places"), "session terminée le" in section(shown, "over")) == ("", True)
    assert f"/seat/{home.seat('emp')}/" not in shown
    assert (await home.enter(juror, "emp")).status == 410
    # A candidate reads on for as long as their login lasts.
    assert f'href="/seat/{home.seat("cand")}/"' in section(await page(home, candidate, "cand"), "over")


async def test_of_a_session_that_is_over_nothing_is_folded(home: House, monkeypatch: pytest.MonkeyPatch):
    """Its line comes from the index."""
    browser = await home.at_home("emp")
    await home.end_session()
    today = day_words(await home.date(), "fr")

    async def folded(*_given: object) -> None:
        raise AssertionError("folded")

    monkeypatch.setattr(home.app[parts.SESSIONS], "known", lambda _session: None)
    monkeypatch.setattr(home.app[parts.SESSIONS], "state", folded)
    shown = section(await page(home, browser, "emp"), "over")
    for wanted in ("Membre du jury", today, POLISHING.title, "session terminée le"):
        assert wanted in shown


# Ways out


@pytest.mark.rule("X15")
async def test_who_logs_out_of_a_space_leaves_its_seats_in_this_browser(home: House):
    await elsewhere(home, home.person("emp"))
    browser, second = await home.sit("emp"), await home.at_home("emp")
    await browser.click(f"{home.space('emp')}seats/s9-me")
    stream = asyncio.create_task((await browser.get(f"/seat/{home.seat('emp')}/events")).text())
    answer = await browser.click(home.space("emp") + "leave")
    shown = await answer.text()
    assert (answer.status, "La déconnexion est faite" in shown) == (200, True)
    ended = re.search(r'data-ended-seat="([^"]*)"', shown)
    assert ended is not None
    assert sorted(ended[1].split()) == [f"/seat/{home.seat('emp')}/", "/seat/s9-me/", home.space("emp")]
    assert (await asyncio.wait_for(stream, patient(5))).endswith("event: closed\ndata: {}\n\n")
    assert [one.key for one in browser.client.cookie_jar] == []
    paths = (home.space("emp"), f"/seat/{home.seat('emp')}/")
    assert [(await browser.get(path)).status for path in paths] == [401, 401]
    assert (await second.get(home.space("emp"))).status == 200


@pytest.mark.rule("X15")
@pytest.mark.parametrize("one", [True, False])
async def test_a_person_puts_another_browser_out_of_their_space_and_its_seats(home: House, one: bool):
    stolen, mine = await home.sit("emp"), await home.at_home("emp")
    stream = asyncio.create_task((await stolen.get(f"/seat/{home.seat('emp')}/events")).text())
    assert "ouvert dans un autre navigateur aussi" in await page(home, mine, "emp")
    form: dict[str, str] = {}
    if one:
        listed = await (await mine.get(home.space("emp") + "security", **PAGE)).text()
        (form["key"],) = re.findall(r'name="key" value="([^"]+)"', listed)
    answer = await mine.click(home.space("emp") + "security/browsers", **form)
    assert (answer.status, answer.headers["Location"]) == (303, home.space("emp") + "security")
    assert (await asyncio.wait_for(stream, patient(5))).endswith("event: closed\ndata: {}\n\n")
    gone = await stolen.get(home.space("emp"), **PAGE)
    assert (gone.status, "fermé dans ce navigateur, depuis un autre" in await gone.text()) == (401, True)
    assert (await stolen.get(f"/seat/{home.seat('emp')}/")).status == 401
    assert "ouvert dans un autre navigateur" not in await page(home, mine, "emp")
    assert (await home.enter(mine, "emp")).status == 303


@pytest.mark.rule("X15")
async def test_a_space_is_closed_in_a_browser_that_stays_away(home: House):
    browser = await home.at_home("emp")
    home.clock.ahead += home.app[parts.CONFIG].limits.login_days * DAY_MS + DAY_MS
    answer = await browser.get(home.space("emp"), **PAGE)
    assert (answer.status, "n’est pas venu depuis longtemps" in await answer.text()) == (401, True)


async def test_no_other_site_acts_in_a_space(home: House):
    browser = await home.at_home("emp")
    for act in ("leave", f"seats/{home.seat('emp')}"):
        answer = await browser.client.post(home.url + home.space("emp") + act, headers={
            "Origin": "https://evil.example", "Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status == 403
    assert (await browser.get(home.space("emp"))).status == 200


@pytest.mark.rule("X15")
async def test_an_organizer_replaces_the_way_into_their_own_session_alone(home: House):
    """The day of another provider stays open to the person, and so does their space."""
    await elsewhere(home, home.person("emp"), role=Role.OBSERVER)
    organizer, browser = await home.sit("org"), await home.sit("emp")
    body = f'{{"seat": "{home.seat("emp")}"}}'
    renewed = await organizer.send("POST", f"/seat/{home.seat('org')}/links/renewed", body, **{
        "Content-Type": "application/json"})
    theirs = await organizer.send("POST", f"/seat/{home.seat('org')}/links/renewed", '{"seat": "s9-me"}', **{
        "Content-Type": "application/json"})
    assert (renewed.status, theirs.status) == (200, 400)
    refused = await home.enter(browser, "emp")
    assert (refused.status, (await browser.get(home.space("emp"))).status) == (409, 200)
    assert (await browser.click(f"{home.space('emp')}seats/s9-me")).status == 303


# A new link on demand


async def asked(home: House, email: str) -> tuple[int, str]:
    answer = await home.browser().click("/link", email=email)
    return answer.status, (await answer.text()).replace(email, "ADDRESS")


@pytest.mark.rule("X15")
async def test_who_asks_for_a_new_link_is_answered_the_same_whoever_they_are(home: House):
    known, unknown = await asked(home, f"{home.seat('emp')}@example.org"), await asked(home, "nobody@example.org")
    assert known == unknown
    assert known[0] == 200
    (letter,) = await home.letters()
    assert "Bonjour Marc," in letter
    token = letter.split(f"{home.url}/i/")[1].split()[0]
    answer = await home.browser().click(f"/i/{token}")
    assert (answer.status, answer.headers["Location"]) == (303, home.space("emp"))


@pytest.mark.rule("X15")
async def test_a_new_link_leaves_those_before_as_they_were(home: House):
    await asked(home, f" {home.seat('emp').upper()}@Example.ORG ")
    assert len(await home.letters()) == 1
    assert (await home.browser().click(f"/i/{home.tokens['emp']}")).status == 303


@pytest.mark.rule("X15")
async def test_who_has_nothing_open_is_mailed_just_that(home: House):
    await home.end_session()
    await asked(home, f"{home.seat('emp')}@example.org")
    (letter,) = await home.letters()
    assert ("Rien n’y est ouvert à votre nom" in letter, "/i/" in letter) == (True, False)


@pytest.mark.parametrize("email", ["", "marc", "marc@", "@example.org", "a b@example.org", "a" * 300 + "@example.org"])
@on_its_loop
async def test_what_is_no_address_is_refused_beside_its_field_and_kept(shared: House, email: str):
    answer = await shared.browser().click("/link", email=email)
    shown = await answer.text()
    assert (answer.status, 'aria-invalid="true"' in shown, f'value="{email}"' in shown) == (422, True, True)
    assert await shared.letters() == []


async def test_a_link_never_leads_where_the_request_says(home: House):
    """Whoever asks for somebody else's link does not choose the host that it names."""
    email = f"{home.seat('emp')}@example.org"
    port = home.url.rsplit(":", 1)[1]
    for host, named in (("evil.example", "localhost"), ("127.0.0.1.evil.example", "localhost"),
                        (f"127.0.0.1:{port}", "127.0.0.1"), (f"localhost:{port}", "localhost")):
        before = await home.letters()
        assert (await home.browser().send("POST", "/link", {"email": email}, Host=host)).status == 200
        (letter,) = [one for one in await home.letters() if one not in before]
        assert ("evil" in letter, f"http://{named}:{port}/i/" in letter) == (False, True)


async def test_links_to_one_address_are_rare_from_wherever(tmp_path: Path):
    async with house(tmp_path, limits__seat_codes_per_hour=3, server__trusted_proxies=("127.0.0.1",)) as home:
        for email in (f"{home.seat('emp')}@example.org", "nobody@example.org"):
            got = [(await home.browser().send("POST", "/link", {"email": email}, **{
                "X-Forwarded-For": f"10.0.0.{number}"})).status for number in range(4)]
            assert got == [200, 200, 200, 429]
