"""What an observer finds on a day reaches who corrects it, and is closed by the awarding body (R2.4)."""
from __future__ import annotations

import re
from datetime import date

import pytest

from evaluation.deadlines import start_of
from tests.server.http.house import Browser
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_candidacies import words

DAY = "2027-06-15"
DATE = date.fromisoformat(DAY)
FOUND = "Les candidats ont attendu dans le couloir sans être appelés."
DONE = "Une salle d’attente est ouverte."


async def on_the_day(desks: Desks) -> tuple[Browser, str]:
    """Odile Vasseur observes a day of b1, which has come; her browser and the page of her findings."""
    await desks.in_force()
    day = await desks.day(DAY, observers=["obs"])
    (seat,) = (await desks.of_day(day)).observers
    page = f"/space/obs/seats/{seat.id}/findings"
    browser = await desks.browser("obs")
    assert (await browser.get(page)).status == 403
    desks.home.clock.ahead += start_of(DATE) + 12 * 3_600_000 - desks.home.clock()
    desks.browsers.clear()
    return await desks.browser("obs"), page


async def find(browser: Browser, page: str, **changes: str) -> tuple[int, str]:
    key = re.findall(r'name="key" value="([\w-]+)"', await (await browser.get(page)).text())[0]
    answer = await browser.click(page, **{"key": key, "found_on": DAY, "words": FOUND, **changes})
    return answer.status, answer.headers.get("Location") or words(await answer.text())


async def found(desks: Desks) -> str:
    browser, page = await on_the_day(desks)
    assert (await find(browser, page))[0] == 303
    (one,) = (await desks.body()).findings.values()
    return f"findings/{one.id}"


@pytest.mark.rule("R2.4")
async def test_found_by_who_observed_assigned_and_closed(desks: Desks):
    finding = await found(desks)
    page = words(await desks.page("clerk", finding))
    assert [one in page for one in (FOUND, "Odile Vasseur", "BJO Formation", "à confier", "Voir la journée")] == [
        True] * 5
    assert "Un constat attend que vous disiez qui le corrige." in await space(desks, "clerk")
    late = await desks.send("clerk", f"{finding}/assign", finding, owner="org1", words=DONE, due="2027-06-14")
    assert (late[0], "L’échéance est passée" in late[1], DONE in late[1]) == (422, True, True)
    for nobody in ("org2", "obs", "member"):
        assert (await desks.send("clerk", f"{finding}/assign", finding, owner=nobody, words=DONE, due="2027-07-01")
                )[0] == 422
    done = await desks.send("clerk", f"{finding}/assign", finding, owner="org1", words=DONE, due="2027-07-01")
    assert done == (303, f"/space/clerk/office/{finding}?done=finding-assigned")
    assert "Une action corrective vous est confiée." in await space(desks, "org1")
    mine = words(await desks.page("org1", "findings?only=assigned&whose=mine"))
    assert ("Les candidats ont attendu" in mine, "Claire Fabre" in mine) == (True, True)
    done = await desks.send("clerk", f"{finding}/close", finding, words="Salle ouverte le 20 juin")
    assert done == (303, f"/space/clerk/office/{finding}?done=finding-closed")
    page = words(await desks.page("org1", finding))
    assert ("Salle ouverte le 20 juin" in page, "clos" in page, "Clore le constat" in page) == (True, True, False)
    again = await desks.send("clerk", f"{finding}/close", key="k" * 22, words="encore")
    assert (again[0], "ou il est clos" in again[1]) == (422, True)


async def space(desks: Desks, person: str) -> str:
    browser = await desks.browser(person)
    return words(await (await browser.get(f"/space/{person}/", Accept="text/html")).text())


@pytest.mark.rule("R2.4")
async def test_what_is_overdue_comes_first_also_as_a_file(desks: Desks):
    await desks.in_force()
    for provider, text in (("b1", "Premier"), ("b2", "Second"), ("b1", "Troisième")):
        status, where = await desks.send("clerk", "findings/record", provider=provider, found_on="2026-02-01",
                                         words=text)
        assert status == 303, where
        if text != "Troisième":
            page, due = where.partition("/office/")[2].partition("?")[0], {"Premier": 400, "Second": 9}[text]
            day = date.fromordinal(date.fromisoformat(desks.today).toordinal() + due).isoformat()
            await desks.send("clerk", f"{page}/assign", page, owner="clerk", words="-", due=day)
    desks.home.clock.ahead += 20 * 86_400_000
    for page in ("findings", "findings?as=csv"):
        text = await (await desks.get("clerk", page)).text()
        assert 0 < text.find("Troisième") < text.find("Second") < text.find("Premier"), page
    assert "en retard de 11 jours" in await desks.page("clerk", "findings")
    theirs = await desks.page("org2", "findings")
    assert ("Second" in theirs, "Premier" in theirs) == (True, False)


@pytest.mark.rule("R2.4", "X15")
async def test_to_another_provider_there_is_no_such_finding(desks: Desks):
    finding = await found(desks)
    for person in ("org2", "obs", "none"):
        assert (await desks.get(person, finding)).status == 404, person
    assert FOUND not in await desks.page("org2", "findings")
    for person in ("org1", "member"):
        assert (await desks.get(person, finding)).status == 200
        for act, fields in (("assign", {"owner": "org1", "words": DONE, "due": "2027-07-01"}),
                            ("close", {"words": DONE})):
            assert (await desks.send(person, f"{finding}/{act}", key="k" * 22, **fields))[0] == 404
        assert (await desks.get(person, "findings/record")).status == 404


@pytest.mark.rule("R2.4")
async def test_nobody_finds_what_they_did_not_observe(desks: Desks):
    """Nor before the day, nor on a day to come; who observed reads what came of it."""
    browser, page = await on_the_day(desks)
    tomorrow = date.fromordinal(DATE.toordinal() + 1).isoformat()
    for changes, said in (({"found_on": tomorrow}, "Un constat ne se fait pas un jour à venir."),
                          ({"found_on": "2027-06-14"}, "La journée n’avait pas encore eu lieu."),
                          ({"words": ""}, "Écrivez quelques mots ici.")):
        status, text = await find(browser, page, **changes)
        assert (status, said in text) == (422, True), said
    assert (await find(browser, page))[0] == 303
    shown = words(await (await browser.get(page)).text())
    assert (FOUND in shown, "à confier" in shown) == (True, True)
    other = await desks.browser("org1")
    assert (await other.get(page.replace("/obs/", "/org1/"))).status == 404
    await desks.do("clerk", "EndOffice", office="of-obs")  # they have a place, and record nothing any more
    shown = words(await (await browser.get(page)).text())
    assert ("Enregistrer le constat" in shown, "dites-lui ce que vous constatez" in shown) == (False, True)
