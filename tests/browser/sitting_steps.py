"""What each does in a sitting of the certification jury, page by page: the clerk who convenes it, the commission that
appoints, the three who decide and sign."""
from __future__ import annotations

from datetime import date

from playwright.async_api import Page, expect

from evaluation.slots import hour_on
from tests.browser.awarded_cast import CLERK, COMMISSION, Awarding
from tests.browser.awarded_days import REPRESENTATIVES
from tests.browser.filling import follow, send
from tests.browser.keys import go, write
from tests.server.http.staff import PASSWORD, Staff, with_password

OPEN = "Ouvrir la séance du "
"""The button of a member's space, with the day."""
CONFIRM = "J’en ai pris connaissance"


async def noted(page: Page, words: str = "") -> None:
    """What was sent is confirmed above the page that follows."""
    await expect(page.locator(".note.ok").first).to_contain_text(words)


async def convene(cast: Awarding, on: date) -> None:
    """By the clerk, over all that wait; the commission names two, and the clerk who presides."""
    page = await cast.at(CLERK, "un jury de certification.", "Convoquer une séance")
    await send(page, "Convoquer la séance", day=on.isoformat(), hour="14:00")
    await noted(page)
    await cast.settled()
    page = await cast.at(COMMISSION, "Voir : Le jury de certification du", "Désigner les représentants")
    presides, employees, employers = (REPRESENTATIVES[name] for name in cast.three)
    await send(page, "Désigner ces membres", employers=employers, employees=employees)
    await noted(page)
    await cast.settled()
    page = await of_clerk(cast, "Désigner qui préside")
    await send(page, "Désigner cette personne", presides=presides)
    await noted(page)
    await cast.settled()


async def of_clerk(cast: Awarding, *links: str) -> Page:
    """The clerk's page of the sitting that was convened last."""
    page = await cast.at(CLERK, "Jurys de certification")
    await page.locator("main th[scope=row] a").first.click()
    await page.wait_for_load_state("domcontentloaded")
    await follow(page, *links)
    return page


async def prepare(cast: Awarding, name: str, *, reads: bool = False) -> None:
    """By a member, from their letter: they can judge all; and whoever `reads` confirms each thing there is to read."""
    page = await cast.member(name)
    await follow(page, "Voir : Préparer la séance du jury de certification")
    await send(page, "Je peux juger ces candidats en toute impartialité")
    await noted(page)
    for title in await page.locator(".s-read a").all_inner_texts() if reads else ():
        await follow(page, title)
        await send(page, CONFIRM)
        await noted(page)
    await expect(page.locator(".s-read").filter(has_text="à lire")).to_have_count(0 if reads else 4)


async def open_sitting(cast: Awarding) -> None:
    """By who presides; all three have its page before them."""
    for name in reversed(cast.three):
        await enter(cast, name)
    page = cast.page(cast.three[0])
    await send(page, "Ouvrir la séance")
    await noted(page)


async def enter(cast: Awarding, member: str) -> Page:
    page = await cast.member(member)
    await page.locator("main").get_by_role("link", name=OPEN).last.click()
    await page.wait_for_load_state("domcontentloaded")
    return page


async def to_item(cast: Awarding, member: str, name: str) -> Page:
    """From wherever they are in the sitting."""
    page = cast.page(member)
    await follow(page, "La séance", name)
    await expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page


async def propose(cast: Awarding, name: str, /, **values: str) -> None:
    """By who presides, on one candidate: what the rules compute."""
    page = await to_item(cast, cast.three[0], name)
    await send(page, "Soumettre aux deux autres membres", **values)
    await expect(page.locator("#decision")).to_contain_text("Proposé par la présidence")


async def agree(cast: Awarding, name: str, outcome: str) -> None:
    """By both others, the first by keyboard alone; what is decided then."""
    page = await to_item(cast, cast.three[1], name)
    await go(page, page.get_by_role("button", name="Je suis d’accord", exact=True))
    page = await to_item(cast, cast.three[2], name)
    await send(page, "Je suis d’accord")
    await expect(page.locator("#decision .note.ok")).to_contain_text(outcome)


async def hold(cast: Awarding, on: date) -> None:
    """Convened for that day's afternoon, prepared for, and opened then."""
    await convene(cast, on)
    for member in cast.three:
        await prepare(cast, member, reads=member == cast.three[1])
    cast.goes_on(hour_on(on, "14:00"))
    await open_sitting(cast)


async def seal(cast: Awarding) -> None:
    """Minutes written, read and signed by all three."""
    await write_minutes(cast)
    for member in cast.three[1:]:
        await sign_by_mail(cast, member)
    await sign_at_office(cast)
    await cast.settled()


async def write_minutes(cast: Awarding) -> None:
    """By the clerk, who adds nothing, and shows them to the three."""
    page = await of_clerk(cast, "Présenter le procès-verbal à la signature")
    await send(page, "Présenter ce procès-verbal")
    await noted(page)


async def sign_by_mail(cast: Awarding, member: str) -> None:
    """Read whole, and signed with the code that was mailed: by keyboard alone."""
    page = await cast.member(member)
    await follow(page, "Voir : Signer le procès-verbal", "Y aller")
    await go(page, page.get_by_role("button", name="Recevoir le code pour signer"))
    await write(page, page.locator('input[name="code"]'), await cast.home.code())
    await go(page, page.get_by_role("button", name="Signer", exact=True))
    await noted(page)


async def sign_at_office(cast: Awarding) -> None:
    """By who presides: with their password and the code that their telephone shows."""
    person = cast.desk.member(cast.three[0])
    staff = await with_password(Staff(cast.home, person, f"{person}@example.org"))
    page = await cast.member(cast.three[0])
    await follow(page, "Voir : Signer le procès-verbal", "Y aller")
    await send(page, "Signer", password=PASSWORD, code=staff.code())
    await noted(page)
