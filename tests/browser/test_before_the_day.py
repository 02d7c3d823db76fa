"""From the agreement to the signatures, in the pages and the mail alone: nothing is done past them, only the clock is
moved."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from evaluation.deadlines import PARIS
from tests.browser.awarding_steps import fill_the_pool, found_the_body, grant_offices, sign_the_agreement
from tests.browser.coming_in import Cast
from tests.browser.enrolment_steps import adjust, import_ten, register
from tests.browser.hearing_steps import hear_lina
from tests.browser.jury_steps import appoint, ask_for_juries, hours, lay_candidates, plan_days
from tests.browser.mailroom import mailroom
from tests.browser.preparing_steps import adopt_the_brief, convene, prepare, supply
from tests.browser.windows import browser, last_sight
from tests.server.http.staff import office

pytestmark = pytest.mark.browser


def moment(day: str, hour: int = 9) -> int:
    return round(datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=PARIS).timestamp() * 1000)


@asynccontextmanager
async def cast_in(folder: Path) -> AsyncIterator[Cast]:
    async with AsyncExitStack() as stack:
        post = stack.enter_context(mailroom())
        home = await stack.enter_async_context(office(
            folder, moment("2026-03-02"), try_out__settle_seconds=1, try_out__measure_seconds=1, **post.settings))
        playwright = await stack.enter_async_context(async_playwright())
        cast = Cast(home, await stack.enter_async_context(browser(playwright)), post, folder)
        try:
            yield cast
        except BaseException:
            await last_sight(cast.windows, folder)
            raise


@pytest.mark.rule("X12", "R1.2", "R4.1", "R4.2", "R4.4", "R4.6", "X4")
async def test_from_the_agreement_to_the_signatures(tmp_path: Path) -> None:
    async with cast_in(tmp_path) as cast:
        await found_the_body(cast)
        await sign_the_agreement(cast)
        await grant_offices(cast)
        await fill_the_pool(cast, "22/06/2026 au 23/06/2026")
        await register(cast)
        await import_ten(cast)
        await adjust(cast)
        days = await plan_days(cast)
        await lay_candidates(cast, days)
        laid = [await hours(cast, one) for one in days]
        assert [len(one) for one in laid] == [5, 6, 1]
        assert laid[0][0] == ("8\u00a0h\u00a030", "jusqu’à 9\u00a0h\u00a055", "Lina Morel-Dupré")
        await ask_for_juries(cast, days)
        await appoint(cast, days)
        await adopt_the_brief(cast, days[0])
        cast.goes_on(moment("2026-04-20"))
        await supply(cast)
        cast.goes_on(moment("2026-06-05"))
        await convene(cast, days[0])
        cast.goes_on(moment("2026-06-12"))
        await prepare(cast)
        cast.goes_on(moment("2026-06-22", 8))
        await hear_lina(cast, days[0])
        assert cast.wrong == []
