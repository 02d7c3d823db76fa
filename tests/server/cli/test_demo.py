"""What `visiojury demo` gives to whoever starts it: a way in to every seat and to the offices, and a day that was
prepared as the rules ask."""
from __future__ import annotations

import email.policy
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from html import unescape
from pathlib import Path

import aiohttp
import pytest
from pyotp.totp import TOTP

from server.cli.demo import tell
from server.cli.demo_cast import cast_of
from server.documents.demo import demo_people
from tests.leftovers import spare
from tests.server.http.staff import PASSWORD
from tests.serving import FORM, Served, seated, serve_demo

FIRST = {"awarding_body": "Délais", "organizer_office": "Journées de jury", "commission": "Délais",
         "disability_officer": "Aménagements"}
"""The first page of each office."""
LEFT = ["Karim Haddad n’a pas confirmé sa convocation : appelez, ou envoyez une lettre recommandée.",
        "1 candidat a encore à fournir : Photographie de la pièce",
        "1 juré n’a pas fini de préparer la session.",
        "1 personne convoquée n’a pas encore essayé sa caméra et sa connexion"]
"""Of the day: one thing of each kind."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    demo = serve_demo(tmp_path_factory.mktemp("demo"), fast=False, earlier=True)
    spare(demo.process.pid)
    yield demo
    demo.stop()


@pytest.mark.rule("X15", "R4.1", "R4.2", "R1.5")
async def test_offices_are_entered_by_a_link_once_and_show_a_day_prepared_in_time(served: Served):
    for office, first in FIRST.items():
        async with _entered(served, office) as (browser, space):
            page = (await (await browser.get(space)).text()).partition('id="offices-title"')[2]
            named = re.search(r'href="(' + re.escape(space) + r'office/\w+)"[^>]*>([^<]+)<', page)
            assert named is not None, page
            assert named[2].strip() == first
            assert (await browser.get(named[1])).status == 200
            if office == "awarding_body":
                await _shows_what_follows(browser, f"{space}office")
            if office == "organizer_office":
                await _looks_at_the_days(browser, f"{space}office/days")
                await _passes_on_the_incident_of_yesterday(browser, space)
        async with aiohttp.ClientSession(served.url) as other:
            assert (await other.get(served.links[office].removeprefix(served.url))).status == 410
            assert (await other.get(space)).status == 401
    async with seated(served.url, served.links["observer"]) as observer:
        space = f"{served.url}/space/person-{observer.seat.removeprefix('seat-')}/seats/{observer.seat}/findings"
        assert "Enregistrer le constat" in await (await observer.http.get(space)).text()
    people = demo_people()
    told = [people.organizer, people.observer, people.aid, people.clerk, *people.candidates, *people.jurors,
            *2 * (people.presides, *people.sits)]
    assert _convened(served.log.parent / "mails") == sorted(one.email for one in told)


async def _looks_at_the_days(browser: aiohttp.ClientSession, days: str) -> None:
    """One that lacks a thing of each kind, and a later one that waits for its jury."""
    assert sorted(set(re.findall(r"office/days/(day-\w)", await (await browser.get(days)).text()))) == [
        "day-0", "day-1", "day-2", "day-r"]
    assert sorted(await _missing(browser, f"{days}/day-1")) == sorted(LEFT)
    assert "La commission n’a pas encore désigné le jury." in await _missing(browser, f"{days}/day-2")


async def _passes_on_the_incident_of_yesterday(browser: aiohttp.ClientSession, space: str) -> None:
    """As the README says it: three presses, and nothing to be typed."""
    home = unescape(await (await browser.get(space)).text())
    case = re.search(r'href="([^"#]*/office/cases/[^"#]*)[^>]*quelque chose de vous\s: Inès Caron', home)
    assert case is not None, home
    shown = unescape(await (await browser.get(case[1])).text())
    assert ("Atelier fermé de 14 h à 16 h" in shown, "Le gardien n’avait pas la clé" in shown) == (True, True)
    report = re.search(r'class="btn main" href="([^"]*/report)"', shown)
    assert report is not None, shown
    form = re.findall(r'name="(key|seen)" value="([\w-]+)"', await (await browser.get(report[1])).text())
    passed = await browser.post(report[1], data=aiohttp.FormData(dict(form), default_to_multipart=True),
                                allow_redirects=False)
    assert (passed.status, passed.headers["Location"].partition("?")[2]) == (303, "done=case-noted")
    after = await (await browser.get(case[1])).text()
    assert ("réception attendue" in after, "rapport remis" in after) == (True, True)


async def _shows_what_follows(browser: aiohttp.ClientSession, office: str) -> None:
    """Today's sitting with its members and both candidates; of an earlier one a batch that waits, a certificate, what
    is to be issued, posted and deposited."""
    people = demo_people()
    whole, partial, none = people.ruled
    for page, named in {
        "sittings/sitting-day-0": (*people.heard, *people.sits, people.presides), "batches/batch2": (none,),
        "batches/batch1": (whole, partial), "certificates": (whole,), "certificates/issue": (partial,),
        "certificates/deposit": (whole,), "delays": (whole, partial, none),
    }.items():
        answer = await browser.get(f"{office}/{page}")
        shown = unescape(await answer.text())
        assert (answer.status, [one.name for one in named if one.name not in shown]) == (200, []), page
        assert "Aucun fichier ne peut être préparé" not in shown


@pytest.mark.rule("R3.9")
async def test_the_jury_that_sits_today_reads_what_the_three_did_not_agree_on(served: Served):
    """On the page of who presides: two marked it acquired, the third not; and nothing took no time at all."""
    link = served.links["sitting"][0]["link"].removeprefix(served.url)
    async with aiohttp.ClientSession(served.url, headers={"Origin": served.url}) as browser:
        home = (await browser.post(link, data={}, headers=FORM, allow_redirects=False)).headers["Location"]
        page = unescape(await (await browser.get(f"{home}sittings/sitting-day-0/candidacy-person-salome")).text())
    (row,) = re.findall(r'<tr class="open"><th scope="row"><b>C1.2</b>.*?</tr>', page, re.DOTALL)
    assert [row.count(f">{mark}<span") for mark in ("A", "NA")] == [2, 1]
    assert "Présentation : 13 min 30 s" in page.replace("\xa0", " ")


def test_a_person_is_told_where_the_letters_lie(tmp_path: Path) -> None:
    people, link = demo_people(), {"name": "N", "link": "L"}
    made = {"candidates": [link], "jurors": [link], "sitting": [link], "heard": [link], "organizer": "L",
            "observer": "L", "aid": "L", "awarding_body": "L", "organizer_office": "L", "commission": "L",
            "disability_officer": "L"}
    assert str(tmp_path / "mails") in tell(made, cast_of(people), people, tmp_path / "mails")


async def _missing(browser: aiohttp.ClientSession, day: str) -> list[str]:
    page = await (await browser.get(day)).text()
    listed = page.partition('aria-labelledby="missing"')[2].partition("</section>")[0]
    lines = re.findall(r'<li class="point">.*?<div>(.*?)</div>', listed, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", one)).replace("\xa0", " ").strip() for one in lines]


def _convened(mails: Path) -> list[str]:
    letters = [message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in mails.glob("*.eml")]
    return sorted(str(one["To"].addresses[0].addr_spec) for one in letters
                  if any(part.get_content_type() == "text/calendar" for part in one.walk())
                  or str(one["Subject"]).startswith("Session de jury annoncée"))


@asynccontextmanager
async def _entered(served: Served, office: str) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    """A browser that has chosen a password and a code, and the address of the space."""
    link = served.links[office].removeprefix(served.url)
    async with aiohttp.ClientSession(served.url, headers={"Origin": served.url}) as browser:
        await browser.post(f"{link}/password", data={"password": PASSWORD, "again": PASSWORD})
        found = re.search(r'<code translate="no">([A-Z2-7 ]+)</code>', await (await browser.get(f"{link}/code")).text())
        assert found is not None
        code = TOTP(found[1].replace(" ", "")).at(int(time.time()))
        answer = await browser.post(f"{link}/code", data={"code": code}, allow_redirects=False)
        assert answer.status == 303
        yield browser, answer.headers["Location"]
