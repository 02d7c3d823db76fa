"""Notices in the page of a day: everybody convened at once, what became of each, what is done beside it (R4.2)."""
from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from evaluation.deadlines import start_of
from server.http import parts
from server.people.convening import CONVENE
from tests.server.http.office.desks import Desks

MONDAY = date(2099, 6, 15)
NINE = 9 * 3_600_000
LONG = "Marie-Françoise-Élisabeth de La Rochefoucauld-Montbel-Haultepenne"


async def carried_out(desks: Desks, day: str) -> None:
    """The act for many, the letters, and what is told of them."""
    app = desks.home.app
    act = await app[parts.MASS_ACTS].last(day, CONVENE)
    assert act is not None
    await app[parts.MASS].carry_out()
    assert "waiting" not in {one.status for one in await app[parts.MASS_ACTS].items(act.id)}
    await desks.home.letters()


@pytest.mark.rule("R4.2", "R4.4")
async def test_everybody_is_convened_and_the_page_says_what_became_of_it(desks: Desks):
    await desks.in_force()
    day = await desks.day(MONDAY.isoformat())
    assert "dès qu’un candidat est inscrit" in await desks.page("org1", f"days/{day}")
    hearing = await desks.listed(day, "cand1", LONG, start_of(MONDAY) + NINE)
    page = await desks.page("org1", f"days/{day}")
    for said in ("1 candidat n’est pas convoqué.", "31 mai 2099", LONG, "à convoquer", "Convoquer tout le monde"):
        assert said in page
    assert "Convoquer tout le monde" not in await desks.page("clerk", f"days/{day}")
    status, where = await desks.send("org1", f"days/{day}/notices/give", f"days/{day}")
    assert (status, where) == (303, f"/space/org1/office/days/{day}?done=convening#notices")
    await carried_out(desks, day)
    page = await desks.page("org1", f"days/{day}")
    for said in ("C’est fait, pour 3 personnes.", "envoyée", "Prise par le courrier"):
        assert said in page
    assert ("Convoquer tout le monde" in page, "n’est pas convoqué" in page) == (False, False)
    status, where = await desks.send("org1", f"days/{day}/notices/{hearing}/follow-up", f"days/{day}/notices/{hearing}",
                                     means="call", words="Elle l’a reçue.")
    assert status == 303
    state = await desks.home.app[parts.SESSIONS].state(day)
    assert state is not None
    await desks.home.app[parts.SESSIONS].execute(
        day, state.organizer.id, "ChangeMode", {"hearing": hearing, "mode": "on_site", "words": "Sa connexion."},
        by_server=True)
    page = await desks.page("org1", f"days/{day}")
    assert page.index("Prise par le courrier") < page.index("Appel\u00a0: ") < page.index("Lieu ou mode changé")


@pytest.mark.rule("R4.2")
async def test_a_notice_that_would_be_late_needs_the_candidates_agreement(desks: Desks):
    await desks.in_force()
    near = date.fromisoformat(desks.today) + timedelta(days=14)
    day = await desks.day(near.isoformat(), anyway="yes")
    hearing = await desks.listed(day, "cand1", "Lina Morel", start_of(near) + NINE)
    await desks.send("org1", f"days/{day}/notices/give", f"days/{day}")
    await carried_out(desks, day)
    page = await desks.page("org1", f"days/{day}")
    assert re.search(r"Lina Morel.*?enregistrer l’accord du candidat", page, re.DOTALL)
    address = f"days/{day}/notices/{hearing}"
    status, page = await desks.send("org1", f"{address}/late", address, agreed="", words="Un désistement.")
    assert (status, "Un désistement." in page) == (422, True)
    status, _ = await desks.send("org1", f"{address}/late", address, agreed="Au téléphone.", words="Un désistement.")
    assert status == 303
    await desks.home.letters()
    assert "envoyée" in await desks.page("org1", f"days/{day}")


@pytest.mark.rule("X15")
async def test_whose_notices_it_is_not(desks: Desks):
    await desks.in_force()
    day = await desks.day(MONDAY.isoformat())
    hearing = await desks.listed(day, "cand1", "Lina Morel", start_of(MONDAY) + NINE)
    opened = {who: (await desks.get(who, f"days/{day}/notices/{hearing}")).status for who in ("org1", "clerk", "org2")}
    assert opened == {"org1": 200, "clerk": 200, "org2": 404}
    for who in ("clerk", "org2", "dep1"):
        status, _ = await desks.send(who, f"days/{day}/notices/give", key="k" * 16)
        assert status == 404
    assert (await desks.get("org1", f"days/{day}/notices/none")).status == 404
