"""What a browser is told whose hold of a seat is over, or that never held it."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.home import space_cookie, space_path
from server.http.login import HOLDING, login_cookie, of_phone
from server.http.problem import ASK_FOR_A_LINK, Problem, Ways
from server.storage.logins import Ended, Standing

ENDED_SEAT: Final = web.RequestKey("ended_seat", str)
"""The paths (a space between two) of seats that this browser held and holds no more: what it still keeps of them is to
be forgotten."""
ENDINGS: Final[Mapping[Ended, tuple[str, str]]] = {
    Ended.TAKEN_OVER: (
        N_("Votre place a été ouverte dans un autre navigateur, avec le code envoyé par courriel."),
        N_("Si ce n’est pas vous, prévenez la personne qui organise la session. Pour revenir ici, rouvrez le lien reçu "
           "par courriel.")),
    Ended.RENEWED: (
        N_("Votre lien a été remplacé : l’ancien lien et ce navigateur n’ouvrent plus votre place."),
        N_("Ouvrez le nouveau lien, envoyé à votre adresse électronique. Tout ce qui était enregistré l’est encore.")),
    Ended.LEFT: (
        N_("La déconnexion est faite : ce navigateur n’ouvre plus votre place."),
        N_("Pour y revenir, rouvrez le lien reçu par courriel. Tout ce qui était enregistré l’est encore.")),
    Ended.IDLE: (
        N_("Ce navigateur n’est pas venu depuis longtemps : par sécurité, il n’ouvre plus votre place."),
        N_("Rouvrez le lien reçu par courriel, et entrez depuis la page qu’il montre.")),
    Ended.OLD: (
        N_("Ce navigateur est connecté depuis longtemps : par sécurité, il n’ouvre plus votre place."),
        N_("Rouvrez le lien reçu par courriel, et entrez depuis la page qu’il montre.")),
    Ended.CLOSED: (
        N_("La session est terminée : votre place est fermée. Tout ce qui a été enregistré est conservé."),
        N_("Pour une question sur la suite, écrivez à la personne qui organise la session.")),
}
"""What happened to a login that is over, and what to do now."""


async def not_held(request: web.Request) -> Problem:
    """Problem 401: the same whether the seat exists or not, unless this browser held it."""
    if of_phone(request):
        return Problem(401, N_("Ce téléphone ne filme plus pour l’épreuve."),
                       N_("Pour filmer de nouveau, choisissez « Filmer la pièce » sur l’ordinateur, et lisez le "
                          "nouveau code."))
    found = await _standing(request)
    if found is None or found.ended is None or found.entry.seat != request.match_info["seat"]:
        return not_here()
    request[ENDED_SEAT] = request[HOLDING].path(found.entry.seat)
    return Problem(401, *ENDINGS[found.ended], ways=_ways(request, found.ended, found.entry.person))


def _ways(request: web.Request, ended: Ended, person: str) -> Ways:
    """Back to their space, where this browser holds it."""
    if space_cookie(request, person):
        return ((space_path(person), N_("Mon espace")),)
    return () if ended is Ended.CLOSED else ASK_FOR_A_LINK


async def _standing(request: web.Request) -> Standing | None:
    cookie = login_cookie(request)
    return await parts.accounts(request).logins.standing(cookie) if cookie else None


def not_here() -> Problem:
    return Problem(401, N_("Ce navigateur n’est pas connecté à cette place."),
                   N_("Ouvrez le lien reçu par courriel, et entrez depuis la page qu’il montre."), ways=ASK_FOR_A_LINK)
