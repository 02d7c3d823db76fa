"""What waits at the offices' desks, in the space of whoever holds them; and an organizer's way to the page of a day."""
from __future__ import annotations

import re
from typing import Any

from evaluation.candidacy.kind import CANDIDACY
from evaluation.codec import encode
from evaluation.offices import Office, OfficeRole
from server.http import parts
from tests.server.http.office.desks import SINCE, Desks


async def awaiting(desks: Desks, person: str) -> list[str]:
    """Words and addresses, as the space has them."""
    page = await (await (await desks.browser(person)).get(f"/space/{person}/")).text()
    awaits = page.partition('aria-labelledby="awaits-title"')[2].partition("</section>")[0]
    return re.findall(rf'</svg><span>([^<]*)</span></li>|href="/space/{person}/([^"]*)"', awaits)


async def test_what_waits_at_a_desk_is_told_to_whoever_can_do_it(desks: Desks):
    await desks.in_force()
    await desks.do("clerk", "GrantOffice", office=encode(Office(
        "of-obs-d", "obs", OfficeRole.DISABILITY_OFFICER, SINCE)))
    assert [await awaiting(desks, one) for one in ("clerk", "member", "obs", "org1")] == [[]] * 4
    day = await desks.day("2099-06-15")
    await desks.do("org1", "AskForJury", session=day, provider="b1", certification="RNCP26850")
    juror: dict[str, Any] = {"person": "none", "categories": ["employers"]}
    await desks.do("org1", "ProposeJuror", juror=juror, provider="b1")
    await desks.registered("cand")
    await desks.home.app[parts.JOURNALS].execute(CANDIDACY, "cand", "cand", "AskAdjustment", {"wishes": ["time"]})
    jury = [("Une journée attend que son jury soit désigné.", ""), ("", "office/juries")]
    assert await awaiting(desks, "member") == jury
    assert await awaiting(desks, "clerk") == [
        *jury, ("Une personne est proposée pour le vivier des jurés.", ""), ("", "office/jurors")]
    assert await awaiting(desks, "obs") == [
        ("Une demande d’aménagement est en cours.", ""), ("", "office/adjustments")]
    assert await awaiting(desks, "org1") == [
        ("inscrire des candidats sur cette journée", ""), ("", f"office/in/cnhbjo/days/{day}")]
    assert (await desks.get("org1", f"in/cnhbjo/days/{day}")).status == 200
    assert await awaiting(desks, "org2") == []
