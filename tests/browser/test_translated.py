"""A page that the browser translates: each of our texts is put into other words, in elements of its own."""
from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from tests.browser.windows import Window, browser, enter
from tests.server.http.house import house

pytestmark = pytest.mark.browser

TRANSLATOR = """
(() => {
    const counted = {}, said = [];
    window.translations = counted;
    window.announcements = said;
    const left = 'script, style, font, textarea, [translate=no]';
    const apart = node => !node.parentElement || node.parentElement.closest(left);
    const put = node => {
        if (node.nodeType !== 3) { for (const one of [...node.childNodes]) put(one); return; }
        const words = node.data.trim();
        if (!/\\p{L}{2}/u.test(words) || apart(node)) return;
        counted[words] = (counted[words] ?? 0) + 1;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        inner.textContent = node.data.replace(/\\p{L}+/gu, 'word');
        outer.append(inner);
        node.replaceWith(outer);
    };
    addEventListener('DOMContentLoaded', () => {
        new MutationObserver(found => {
            for (const one of found) {
                if (one.type === 'characterData') put(one.target);
                for (const node of one.addedNodes) {
                    const announced = node.nodeName === 'P' && node.parentElement?.id.startsWith('announcer');
                    if (announced) said.push(node.textContent);
                    if (node.isConnected) put(node);
                }
            }
        }).observe(document.body, {childList: true, characterData: true, subtree: true});
        put(document.body);
    });
})();
"""
"""As Chrome's does it: every text is wrapped in two <font>, again whenever the page writes it anew."""
QUIET_SECONDS = 3.0


async def translated(window: Window) -> None:
    await window.page.add_init_script(TRANSLATOR)


async def repeated(window: Window) -> tuple[dict[str, int], list[str]]:
    """The texts that were put into other words more than twice while nothing happened, and what was announced."""
    await window.page.wait_for_timeout(QUIET_SECONDS * 1000)
    await window.page.evaluate("() => { for (const one in translations) delete translations[one];"
                               " announcements.length = 0; }")
    await window.page.wait_for_timeout(QUIET_SECONDS * 1000)
    counted, said = await window.page.evaluate("() => [translations, announcements]")
    return {words: times for words, times in counted.items() if times > 2}, said


async def test_a_translated_page_is_not_written_and_announced_over_and_over(tmp_path: Path) -> None:
    async with house(tmp_path) as home, async_playwright() as playwright, browser(playwright) as chromium:
        candidate = await enter(chromium, f"{home.url}/i/{home.tokens['cand']}", before=translated)
        await candidate.page.check("#rules-read")
        # What is acknowledged is read as it is.
        shown = await candidate.page.locator("#message p").all_inner_texts()
        assert shown == (await candidate.view())["hearing"]["message"]
        await candidate.page.click("#rules-form button.main")
        await candidate.page.click('[data-answer="no"]:visible')
        await candidate.see('[data-answer="no"].chosen')
        await candidate.page.click("#identity-done")
        await candidate.see('[data-screen="check"] #check-camera .ok')
        assert await repeated(candidate) == ({}, [])
        await home.to_questions()
        await candidate.see('[data-screen="room"]')
        juror = await enter(chromium, f"{home.url}/i/{home.tokens['emp']}", before=translated)
        await juror.see("[data-clock]")
        assert await asyncio.gather(repeated(candidate), repeated(juror)) == [({}, []), ({}, [])]
        assert [one for window in (candidate, juror) for one in window.problems] == []
