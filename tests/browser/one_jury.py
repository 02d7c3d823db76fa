"""A jury of three and a candidate at their browsers: what each does by mouse at each step of a hearing."""
from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from playwright.async_api import expect

from tests.browser.windows import Window
from tests.serving import eventually


@dataclass
class Jury:
    """Employees, employers (who presides), trainer."""

    marc: Window
    helene: Window
    sofia: Window
    said_of_observers: ClassVar[str] = ""
    """Where the candidate is dismissed."""

    @property
    def jury(self) -> tuple[Window, Window, Window]:
        return self.marc, self.helene, self.sofia

    async def hear(self, candidate: Window, marks: dict[str, str], advice: dict[str, str]) -> None:
        """A whole hearing, from the waiting room to the last signature."""
        await self.helene.act("CallIn")
        await candidate.see("#room")
        await self.welcome(candidate)
        await self.helene.act("StartPresentation")
        await self.start_questions()
        for juror in self.jury:
            await self.mark(juror, marks)
        await self.dismiss()
        await self.close_grids()
        await self.agree(marks)
        await self.recommend(advice)
        await self.sign()

    async def at_the_door(self, candidate: Window, *, face: str = "no") -> None:
        """The rules acknowledged, `face` answered ("yes" or "no"), camera looked at, in the waiting room."""
        await candidate.page.check("#rules-read")
        await candidate.page.click("#rules-form button.main")
        await candidate.page.click(f'[data-screen="identity"] [data-answer="{face}"]')
        await candidate.see(f'[data-screen="identity"] [data-answer="{face}"][aria-pressed="true"]')
        await candidate.page.click("#identity-done")
        await candidate.see("#check-done")
        await candidate.page.click("#check-done")
        await candidate.see("#waiting-title")

    async def designate(self) -> None:
        """R3.1: two of the three choose Hélène."""
        for juror in (self.marc, self.sofia):
            await juror.page.click(f"#designate-{self.helene.seat}")
        await self.helene.see('[data-bar] button[data-act="CallIn"]')

    async def welcome(self, candidate: Window) -> None:
        """Identity compared by eyes, reminder, sheet."""
        helene = self.helene.page
        await helene.click("#identity-capture")
        await self.helene.see("#identity-live-image")
        for juror in (self.marc, self.sofia):
            await juror.page.click("#tab-panel-identity")
            await juror.page.check("#opinion-yes", force=True)
            await juror.page.click("#opinion-send")
        await helene.wait_for_selector("#identity-waiting", state="hidden")
        await helene.check("#finding-conform", force=True)
        await helene.click("#identity-send:not([disabled])")
        await self.helene.see("#reminder-0")
        for point in range(4):
            await helene.check(f"#reminder-{point}")
        await candidate.see("#sheet-form")
        await candidate.page.check('#sheet-form input[value="typed"]', force=True)
        await candidate.page.fill("#sheet-name", "Signature de la journée")
        await candidate.page.click('#sheet-form button[type="submit"]')

    async def start_questions(self) -> None:
        """Said to be early where the candidate still has time to present."""
        await self.helene.act("StartQuestions")
        sure = self.helene.page.locator('dialog[open] [data-act="StartQuestions"]')
        await expect(sure.or_(self.helene.page.locator('[data-bar] [data-act="DismissCandidate"]'))).to_be_visible()
        if await sure.count():
            await sure.click()

    async def mark(self, juror: Window, marks: dict[str, str]) -> None:
        """A juror's own grid, by mouse."""
        await juror.page.click("#tab-panel-grid")
        for code, mark in marks.items():
            # By its label, once the row stands still: rows grow as words are asked for.
            await juror.page.click(f'label:has([id="mark-{code}-{mark}"])')
            if mark == "NA":
                await juror.page.fill(f'[id="words-{code}"]', f"{code} : non justifiée devant le jury.")
        for code in marks:
            await juror.see(f'[data-saved="{code}"]:not(.warn, .j-waits)')

    async def dismiss(self) -> None:
        """With a reason where the floor has not been reached: how long the marking took is this machine's affair. That
        an observer may stay is said in any case."""
        await self.helene.act("DismissCandidate")
        dialog = self.helene.page.locator("dialog[open]")
        await expect(dialog).to_contain_text(self.said_of_observers)
        reason = dialog.locator("#ask-words")
        if await reason.count():
            await reason.fill("Le jury a tout examiné.")
        await dialog.locator('[data-act="DismissCandidate"]').click()
        for juror in self.jury:
            await eventually(lambda juror=juror: grading(juror), 20)

    async def close_grids(self) -> None:
        for juror in self.jury:
            await juror.page.click("#tab-panel-grid")
            await juror.page.click('#panel-grid [data-act="CloseGrid"]')
        await self.helene.act("OpenDeliberation")
        await self.helene.page.click('dialog[open] [data-act="OpenDeliberation"]')
        for juror in self.jury:
            await juror.see("#council")

    async def agree(self, marks: dict[str, str]) -> None:
        """The president proposes, the two others confirm."""
        for code, mark in marks.items():
            # By its label, once the row stands still: rows grow and move as what is said under them changes.
            await self.helene.page.click(f'label:has([id="consensus-{code}-{mark}"])')
        for juror in (self.marc, self.sofia):
            await expect(juror.page.locator("[data-state=proposed], [data-state=reached]")).to_have_count(len(marks))
            await juror.page.click("#confirm-all")
        await expect(self.helene.page.locator("[data-state=reached]")).to_have_count(len(marks))

    async def recommend(self, advice: dict[str, str]) -> None:
        for block, value in advice.items():
            await self.helene.page.check(f'#recommend-{block} input[value="{value}"]', force=True)
            await self.helene.page.click(f"#advice-send-{block}")

    async def sign(self) -> None:
        """The president last; with her signature the hearing is closed."""
        hearing = (await self.helene.view())["hearing"]["id"]
        for juror in (self.marc, self.sofia, self.helene):
            await juror.page.click('#sign:not([aria-disabled="true"])')
            confirm = juror.page.locator('dialog[open] [data-act="SignDeliberation"]')
            await confirm.click()
        await eventually(lambda: self.closed(hearing))

    async def closed(self, hearing: str) -> bool:
        """Every signature stands: a page may leave the deliberation while one is under way."""
        return any(one["phase"] == "closed" for one in (await self.helene.view())["day"] if one["id"] == hearing)


async def grading(juror: Window) -> bool:
    """The juror's page says that the jury is alone and grades."""
    return await juror.page.locator('#panel-grid [data-act="CloseGrid"]').is_enabled() and (
        await juror.view())["hearing"]["phase"] == "grading"
