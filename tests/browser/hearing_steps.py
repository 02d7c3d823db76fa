"""On the day: everybody enters from their space, the waiting room is right, and one hearing runs to its signatures."""
from __future__ import annotations

from playwright.async_api import expect

from tests.browser.coming_in import Cast
from tests.browser.one_jury import Jury
from tests.browser.preparing_steps import JURY
from tests.browser.test_journey import FULL, marks
from tests.browser.windows import INTO_A_SEAT, Window


async def enter(cast: Cast, who: str) -> Window:
    """From the space, which their browser still has open, to the first seat."""
    window = cast.windows[who]
    await window.page.goto(cast.spaces[who])
    await window.page.click(INTO_A_SEAT)
    await window.page.wait_for_url("**/seat/**", wait_until="domcontentloaded")
    window.seat = window.page.url.split("/seat/")[1].split("/")[0]
    return window


async def hear_lina(cast: Cast) -> None:
    await cast.sign_in("claire")
    organizer = await enter(cast, "claire")
    jury = Jury(*[await enter(cast, who) for who in JURY])
    lina = await enter(cast, "lina")
    await jury.designate()
    await jury.at_the_door(lina)
    await expect(lina.page.locator("#jury-list")).to_contain_text("Hélène Roy")
    print(await lina.page.inner_text("#jury-list"), await lina.page.inner_text("#plan"))
    print(await organizer.page.inner_text("#days"))
    await jury.hear(lina, marks(FULL), {"BC1": "award", "BC2": "award", "whole": "award"})
    await expect(organizer.page.locator("#days")).to_contain_text("Lina Morel-Dupré")
