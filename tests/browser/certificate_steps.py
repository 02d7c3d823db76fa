"""What follows sealed minutes, page by page: the letter that a candidate reads, the commission's batch, certificates
issued and posted, and the public page that a stranger opens."""
from __future__ import annotations

from io import BytesIO
from urllib.parse import urlsplit

import cv2
import numpy
import pypdfium2
from playwright.async_api import Page, expect

from server.http import parts
from tests.browser.awarded_cast import CLERK, COMMISSION, Awarding
from tests.browser.awarded_days import NAMES
from tests.browser.filling import send
from tests.browser.sitting_steps import noted
from tests.pace import patient
from tests.server.http.office.sitting_desk import words
from tests.serving import eventually


async def download(page: Page, link: str) -> bytes:
    """What stands behind a link of the page, by its words."""
    address = await page.get_by_role("link", name=link).first.get_attribute("href")
    assert address is not None
    answer = await page.request.get("/".join(page.url.split("/")[:3]) + address)
    assert answer.status == 200
    return await answer.body()


async def letter(cast: Awarding, seat: str, number: int = 1) -> str:
    """The words of the last letter of a result, from the candidate's own space, once so many are there."""
    async def there() -> bool:
        page = await cast.candidate(seat)
        return await page.get_by_role("link", name="Télécharger la lettre").count() == number

    await eventually(there, patient(20))
    return words(await download(await cast.candidate(seat), "Télécharger la lettre"))


async def validate(cast: Awarding) -> None:
    """The clerk presents all that waits, and the commission validates it."""
    page = await cast.at(CLERK, "d’être présenté")
    await send(page, "Présenter ce lot à la commission")
    await noted(page)
    await cast.settled()
    page = await cast.at(COMMISSION, "Voir : Un lot attend")
    await page.locator("main th[scope=row] a").first.click()
    await page.wait_for_load_state("domcontentloaded")
    await send(page, "Valider ce lot")
    await noted(page)
    await cast.settled()


async def issue(cast: Awarding) -> None:
    """By the clerk, for all that wait; their papers make themselves."""
    page = await cast.at(CLERK, "validée")
    await send(page, "Établir les certificats choisis")

    async def made() -> bool:
        rows = cast.home.app[parts.ROWS]
        return not any([await rows.count(index) for index in ("to_certify", "certificate_prints")])

    await eventually(made, patient(20))
    await cast.settled()


async def post(cast: Awarding, seat: str, tracking: str, on: str) -> None:
    """Put into the post, with a tracking number."""
    page = await cast.at(CLERK, "Certificats", NAMES[seat])
    await send(page, "Noter l’envoi", tracking=tracking, on=on)
    await noted(page)


async def scanned(cast: Awarding, number: str) -> Page:
    """The public page, at the address that the code on the printed certificate has; opened by a stranger."""
    page = await cast.at(CLERK, "Certificats")
    await page.goto(f"{page.url.partition('/certificates')[0]}/certificates/{number}")
    paper = pypdfium2.PdfDocument(BytesIO(await download(page, "Ouvrir le document")))[0].render(scale=3).to_numpy()
    corner = paper[-paper.shape[0] // 3:, :paper.shape[1] // 3, :3]
    address, _, _ = cv2.QRCodeDetector().detectAndDecode(numpy.ascontiguousarray(corner))
    stranger = await (await cast.chromium.new_context(locale="fr-FR")).new_page()
    await stranger.goto(cast.home.url + urlsplit(address).path)
    await expect(stranger.locator("main")).to_contain_text(number)
    return stranger
