"""What an organizer does for candidates: two registered one by one, one of them with a third more time, ten from a
file."""
from __future__ import annotations

from playwright.async_api import expect

from server.people.registration_columns import TITLES
from tests.browser.coming_in import Cast
from tests.browser.filling import follow, send

LINA = {
    "birth_name": "Morel", "used_name": "Morel-Dupré", "first_names": "Lina Marie", "sex": "féminin",
    "birth_date": "14/07/1998", "birth_commune": "Lyon", "email": "lina@example.org",
    "address": "12, rue des Orfèvres\n69002 Lyon", "company": "Atelier Fournier",
    "came_by": "formation continue", "initiative": "la personne elle-même",
    "trained_by": "Théo Garnier, theo@example.org", "interview_on": "23/02/2026", "rules_version": "2025",
    "rules_on": "23/02/2026"}
NOE = {**LINA, "birth_name": "Second", "used_name": "", "first_names": "Noé", "sex": "masculin",
       "birth_date": "02/11/1990", "email": "noe@example.org", "company": "", "trained_by": ""}
NAMES = ("Çelik", "Roux", "Nguyen", "Diallo", "Lefèvre", "Kowalski", "García", "Weber", "Marchand", "Benali")
IMPORTED = tuple({
    "birth_name": name, "first_names": "Camille", "sex": "F", "birth_date": f"{number + 10}/05/1995",
    "birth_country": "France", "birth_commune": "69123", "email": f"camille{number}@example.org",
    "address": "1, rue Haute, 69002 Lyon", "came_by": "formation continue, hors contrat de professionnalisation",
    "initiative": "la personne elle-même", "interview_on": "23/02/2026", "rules_version": "2025",
    "rules_on": "23/02/2026"} for number, name in enumerate(NAMES))


def spreadsheet(*changes: dict[str, str]) -> bytes:
    """As an older spreadsheet program writes it; `changes` are those of the first lines."""
    lines = [{**line, **(changes[at] if at < len(changes) else {})} for at, line in enumerate(IMPORTED)]
    rows = [list(TITLES.values()), *([line.get(name, "") for name in TITLES] for line in lines)]
    return "".join(";".join(row) + "\r\n" for row in rows).replace("’", "'").encode("cp1252")


async def register(cast: Cast) -> None:
    page = await cast.at("claire", "Candidatures")
    for person in (LINA, NOE):
        await follow(page, "Inscrire un candidat")
        await send(page, "Inscrire le candidat", **person)
        await expect(page.locator(".note.ok")).to_contain_text("L’inscription est enregistrée.")
        await follow(page, "Candidatures")


async def import_ten(cast: Cast) -> None:
    """Two of its lines are wrong at first: nobody is registered until they are mended."""
    page = await cast.at("claire", "Candidatures", "Inscrire depuis un fichier")
    for content in (spreadsheet({"birth_date": "31/02/1995"}, {"email": "camille chez example"}), spreadsheet()):
        await send(page, "Vérifier le fichier", file={
            "name": "candidats.csv", "mimeType": "text/csv", "buffer": content})
        if "10 lignes lues, 2 à corriger" in await page.inner_text("main"):
            await cast.look("claire", "import-wrong", "422")
            beside = page.locator("section[aria-labelledby=lines] li.point b")
            await expect(beside).to_have_text(["Ligne 2, Camille Çelik", "Ligne 3, Camille Roux"])
    await expect(page.locator("main")).to_contain_text("10 lignes sont prêtes")
    await send(page, "Inscrire les 10 candidats")
    await expect(page.locator("main")).to_contain_text("Inscrits : 10 sur 10.")


async def adjust(cast: Cast) -> None:
    """The organizer asks for Lina, the disability officer decides on a third more; she is told, nobody learns why."""
    page = await cast.at("claire", "Candidatures", "Lina Morel-Dupré", "Demander un aménagement")
    await send(page, "Transmettre au référent handicap", wishes="du temps en plus")
    await expect(page.locator(".note.ok")).to_contain_text("La demande est transmise")
    page = await cast.at("nadia", "Aménagements", "Lina Morel-Dupré", "On me l’a montré")
    await send(page, "Enregistrer", on="2026-03-02")
    await follow(page, "Décider")
    await cast.look("nadia", "adjustment")
    await send(page, "Enregistrer la décision", presentation="5", questions="10")
    await expect(page.locator(".note.ok")).to_contain_text("La décision est enregistrée.")
    await cast.post.letter("lina", "Votre épreuve est aménagée")
