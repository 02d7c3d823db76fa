"""What the clerk of the awarding body does before anybody can be registered: an agreement, a framework, offices, the
pool of jurors."""
from __future__ import annotations

from playwright.async_api import expect

from tests.browser.coming_in import Cast
from tests.browser.filling import follow, pdf_file, send
from tests.server.documents.samples import pdf
from tests.server.http.staff import ways

PROVIDER = "BJO Formation"
OFFICES = {"claire": ("Claire", "Fabre", "responsable de l’organisation"),
           "nadia": ("Nadia", "Kader", "référent handicap")}
JURORS = {
    "marc": ("Marc", "Oudin", "salariés"), "odette": ("Odette", "Naudin", "salariés"),
    "helene": ("Hélène", "Roy", "employeurs"), "bruno": ("Bruno", "Patron", "employeurs"),
    "theo": ("Théo", "Garnier", "formateur"), "sofia": ("Sofia", "Petit", "formateur")}
"""By the name in front of their address: first name, name, and as what they sit."""


async def found_the_body(cast: Cast) -> None:
    """The first account, by the link that `visiojury office --first` prints."""
    page = (await cast.window("laurence")).page
    await page.goto(f"{cast.home.url}/first/{await ways(cast.home).links.first()}")
    await send(page, "Continuer", company="CNHBJO", first_name="Laurence", name="Chevillon",
               email="laurence@example.org")
    await cast.set_up("laurence", page.url)


async def sign_the_agreement(cast: Cast) -> None:
    page = await cast.at("laurence", "Organismes de formation", "Habiliter un organisme")
    await send(page, "Enregistrer la convention", name=PROVIDER, since="2026-01-01",
               paper=pdf_file("convention.pdf", pdf(1, "Convention")))
    await expect(page.locator(".note.ok")).to_contain_text("La convention est enregistrée.")
    await cast.at("laurence", "Référentiels")
    await send(page, "Mettre en vigueur", framework="RNCP26850", since="2026-01-01")
    await expect(page.locator(".note.ok")).to_contain_text("en vigueur")


async def grant_offices(cast: Cast) -> None:
    """The commission's delegation as its meeting decided it, to somebody who is the disability officer too, and the
    organizer's office; then to each a link, handed over."""
    page = await cast.at("laurence", "Personnes et fonctions", "Déléguer")
    await send(page, "Enregistrer la délégation", first_name="Nadia", name="Kader", email="nadia@example.org",
               acts=["désigner un jury", "désigner le remplaçant"], since="2026-01-01", meeting_day="2025-12-10",
               paper=pdf_file("delegation.pdf", pdf(1, "Délégation")),
               extract=pdf_file("extrait.pdf", pdf(1, "Extrait du compte rendu")))
    await expect(page.locator(".note.ok")).to_contain_text("La délégation est enregistrée.")
    for who, (first_name, name, role) in OFFICES.items():
        await follow(page, "Attribuer une fonction")
        at_provider = {"provider": PROVIDER} if who == "claire" else {}
        await send(page, "Attribuer la fonction", first_name=first_name, name=name, email=f"{who}@example.org",
                   role=role, since="2026-01-01", **at_provider)
        await expect(page.locator(".note.ok")).to_contain_text("La fonction est attribuée.")
    for who in OFFICES:
        await cast.at("laurence", "Donner un accès")
        await send(page, "Faire le lien", email=f"{who}@example.org")
        await cast.set_up(who, await page.inner_text(".secret-link code"))


async def fill_the_pool(cast: Cast, days: str) -> None:
    """`days`: on which each of them is available."""
    page = await cast.at("laurence", "Jurés")
    for who, (first_name, name, category) in JURORS.items():
        await follow(page, "Ajouter un juré")
        await send(page, "Enregistrer ce juré", first_name=first_name, name=name, email=f"{who}@example.org",
                   categories=category, company=f"Maison {name}", trade="Polisseur", trained_on="2025-10-06",
                   offered=days)
        await expect(page.locator(".note.ok")).to_contain_text("Cette personne est dans le vivier.")
        await follow(page, "Jurés")
