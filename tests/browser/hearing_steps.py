"""On the day: everybody enters from their space, the waiting room is right, and one hearing runs to its signatures."""
from __future__ import annotations

import json
from pathlib import Path

from playwright.async_api import expect

from tests.browser.coming_in import Cast
from tests.browser.one_jury import Jury
from tests.browser.preparing_steps import JURY
from tests.browser.test_journey import HALF, marks, verified
from tests.browser.windows import INTO_A_SEAT, Window


async def enter(cast: Cast, who: str, day: str = "") -> Window:
    """From the space, which their browser still has open, to the first seat; or to that of a day whose address it is,
    for who has several on one date."""
    window = cast.windows[who]
    await window.page.goto(cast.spaces[who])
    if day:
        row = window.page.locator("li.space-row", has=window.page.locator(f'a[href*="{day.rpartition("/")[2]}"]'))
        await row.locator("form[action*='/seats/'] button").first.click()
    else:
        await window.page.click(INTO_A_SEAT)
    await window.page.wait_for_url("**/seat/**", wait_until="domcontentloaded")
    window.seat = window.page.url.split("/seat/")[1].split("/")[0]
    return window


async def hear_lina(cast: Cast, day: str) -> None:
    """She is the first of the day of this address. A mandatory competency of her first block is missing."""
    await cast.sign_in("claire")
    organizer = await enter(cast, "claire", day)
    jury = Jury(*[await enter(cast, who) for who in JURY])
    lina = await enter(cast, "lina")
    await jury.designate()
    await jury.at_the_door(lina)
    await waiting_room(lina, organizer)
    await jury.hear(lina, marks(HALF), {"BC1": "refuse", "BC2": "award", "whole": "partial"})
    await lina.see('[data-screen="after"]')
    check_result(await exported(organizer), cast.folder)


async def waiting_room(lina: Window, organizer: Window) -> None:
    """Who examines her, and for how long, a third more; the organizer sees that she waits, and who is next."""
    jury = lina.page.locator("#jury-list li")
    await expect(jury).to_have_count(3)
    for name in ("Marc Oudin", "Hélène Roy", "Sofia Petit"):
        await expect(jury.filter(has_text=name)).to_contain_text("déjà là")
    plan = lina.page.locator("#plan li")
    await expect(plan.filter(has_text="Votre présentation")).to_contain_text("20 min, dont 5 min d’aménagement")
    await expect(plan.filter(has_text="Questions du jury")).to_contain_text("40 min, dont 10 min d’aménagement")
    rows = organizer.page.locator("#days .session")
    await expect(rows.filter(has_text="Lina Morel-Dupré")).to_contain_text("salle d’attente")
    await expect(rows.filter(has_text="Camille Benali")).to_contain_text("10 h 00")


async def exported(organizer: Window) -> bytes:
    answer = await organizer.context.request.get(f"{organizer.page.url}journal.jsonl")
    assert answer.status == 200, await answer.text()
    return await answer.body()


def check_result(journal: bytes, folder: Path) -> None:
    """The journal of the day holds together, and what was signed."""
    records = [json.loads(line) for line in journal.splitlines()]
    (result,) = [one["data"]["result"] for one in records if one.get("event") == "session.hearing_closed"]
    assert (result["outcome"], [one["validated"] for one in result["blocks"]]) == ("partial", [False, True])
    assert verified(journal, folder) == 0
