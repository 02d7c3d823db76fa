"""Between the appointment and the day: answers, brief, papers, notices, preparation."""
from __future__ import annotations

from collections.abc import Sequence

from playwright.async_api import FilePayload, Page, expect

from tests.browser.coming_in import HOUR, Cast
from tests.browser.filling import Value, follow, pdf_file, send
from tests.browser.mailroom import link_of
from tests.browser.test_try_out import try_out
from tests.server.documents.samples import pdf, picture
from tests.server.people.test_convening import calendar_of, parts_of

JURY = ("marc", "helene", "sofia")


async def adopt_the_brief(cast: Cast, day: str) -> None:
    """The organizer writes it, the jurors accept to sit and read it, two adopt it, the organizer publishes it."""
    page = cast.page("claire")
    await page.goto(day)
    await follow(page, "Le cahier des charges")
    await send(page, "Donner cette version au jury", file=pdf_file("cahier.pdf", pdf(2, "Cahier des charges")))
    for who in JURY:
        await cast.post.letter(who, "Un cahier des charges attend votre réponse : jury du lundi 22 juin")
        juror = await cast.by_mail(who, "Vous êtes membre du jury du lundi 22 juin")
        await follow(juror, "Préparer la session")
        await send(juror, "J’accepte de siéger")
        await expect(juror.locator("main")).to_contain_text("Vous avez accepté de siéger.")
        if who != "sofia":
            await follow(juror, "Mon espace", "Le cahier des charges")
            await send(juror, "Enregistrer ma réponse", adopted="J’adopte")
            await expect(juror.locator("main")).to_contain_text("Votre réponse est enregistrée.")
    await cast.look("helene", "brief")
    await page.reload()
    await send(page, "Publier aux candidats")
    await expect(page.locator(".note.ok")).to_be_visible()
    await expect(page.locator("section[aria-labelledby=papers]")).to_contain_text("au plus tard le")


async def supply(cast: Cast) -> None:
    """Lina, weeks later: everything her list asks for."""
    page = await cast.by_mail("lina", "Le cahier des charges de votre épreuve du lundi 22 juin 2026 est publié")
    await follow(page, "Vos documents")
    await cast.look("lina", "papers")
    papers: Sequence[tuple[str, dict[str, Value]]] = (
        ("Livret A", {"file": pdf_file("a.pdf", pdf(2, "Livret A"))}),
        ("Livret B", {"file": pdf_file("b.pdf", pdf(2, "Livret B"))}),
        ("Photographie de la pièce", {"file": _photograph("piece.jpg")}),
        ("Pièce d’identité, recto", {"identity": "format carte bancaire", "file": _photograph("carte.jpg")}),
    )
    for title, values in papers:
        await follow(page, title)
        await send(page, "Envoyer ce fichier", **values)
        await expect(page.locator(".note.ok").first).to_be_visible()
    await expect(page.locator("main")).to_contain_text("Tout est reçu")


def _photograph(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture("JPEG", (1200, 800))}


async def convene(cast: Cast, day: str) -> None:
    """Everybody of one day by one button. An hour later one letter comes back, and it is seen."""
    page = await cast.sign_in("claire")
    await page.goto(day)
    await send(page, "Convoquer tout le monde")
    notice = await cast.post.letter("lina", "Convocation : votre épreuve du lundi 22 juin 2026")
    event, method = calendar_of(notice)
    assert (method, event.dtstart.value.isoformat()) == ("REQUEST", "2026-06-22T06:30:00+00:00")
    assert str(parts_of(notice)["application/pdf"][:5], "ascii") == "%PDF-"
    assert link_of(notice).startswith(f"{cast.home.url}/i/")
    for who in JURY:
        event, method = calendar_of(await cast.post.letter(who, "Convocation : session de jury du lundi 22 juin 2026"))
        assert method == "REQUEST"
    returned = _somebody_else(cast)
    cast.goes_by(HOUR)
    await cast.post.come_back(returned, "Convocation : votre épreuve")
    told = await cast.post.letter("claire", "pas arrivée")
    assert told is not None
    await page.goto(day)
    await expect(page.locator("section[aria-labelledby=missing]")).to_contain_text("n’est pas arrivée")
    await cast.look("claire", "day")
    lina = await cast.by_mail("lina", "Convocation : votre épreuve")
    await follow(lina, "Votre convocation")
    await send(lina, "J’ai bien reçu ma convocation")
    await expect(lina.locator(".note.ok")).to_contain_text("C’est noté")
    await _lina_tries_out(cast, day)


async def _lina_tries_out(cast: Cast, day: str) -> None:
    """From her notice; the organizer sees what it gave, and who has not tried yet. Her camera has few pixels here."""
    async def later(_name: str) -> list[str]:
        return []

    await follow(cast.page("lina"), "Essayer")
    await try_out(cast.windows["lina"], later)
    page = cast.page("claire")
    await page.goto(day)
    missing = page.locator("section[aria-labelledby=missing]")
    await expect(missing).to_contain_text("L’essai de Lina Morel-Dupré est à refaire")
    await expect(missing).to_contain_text("personnes convoquées n’ont pas encore essayé")
    tried = page.locator("section[aria-labelledby=try-outs] li")
    await expect(tried.filter(has_text="Lina Morel-Dupré")).to_contain_text("Caméra : l’image est trop petite.")
    await expect(tried.filter(has_text="Hélène Roy")).to_contain_text("pas encore essayé")


def _somebody_else(cast: Cast) -> str:
    """Of those convened as candidates, besides Lina."""
    return next(envelope.rcpt_tos[0].partition("@")[0] for envelope, message in cast.post.box.got
                if "votre épreuve du" in str(message["Subject"]) and "camille" in envelope.rcpt_tos[0])


async def prepare(cast: Cast) -> None:
    """Each juror says for whom they can judge; the one who will preside takes note of all that is to be read."""
    for who in JURY:
        page = await cast.by_mail(who, "Convocation : session de jury")
        await follow(page, "Préparer la session")
        if who != "helene":
            await send(page, "Je peux juger en toute impartialité : Lina Morel-Dupré")
            continue
        await _press_all(page, "Je peux juger en toute impartialité")
        await follow(page, "Ouvrir : Livret A")
        await expect(page.locator(".paper-sheet img")).to_be_visible()
        await page.go_back()
        await _press_all(page, "J’en ai pris connaissance")
        await expect(page.locator("main")).to_contain_text("Vous avez tout lu.")
    await cast.look("helene", "preparation")


async def _press_all(page: Page, button: str) -> None:
    while await page.locator(f'button:has-text("{button}")').count():
        await send(page, button)
