"""A seat's pages inside its person's space: open without entering the seat, which one browser holds on the day.

The door looks at the seat as entering it would, and leaves `request[VISIT]`: what asks for the rights of a seat asks
here as it does there.
"""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.rules import N_
from evaluation.session import access
from server.http import parts
from server.http.entry import VISIT, Opens, Visit, seated
from server.http.home import HOME, AtHome, Home
from server.http.problem import ASK_FOR_A_LINK, Problem
from server.http.security_log import note
from server.security_events import SecurityEvent
from server.storage.seats import SeatEntry


async def own_seat(request: web.Request, after: bool = False) -> SeatEntry:
    """The seat that the path names. Problem 404 for somebody else's as for none, 410 once its session is closed (unless
    it is for what stays open `after`), 409 where what has proven this browser was given before the
    seat's link was replaced."""
    home, accounts = request[HOME], parts.accounts(request)
    found = await accounts.seat(request.match_info["seat"])
    if found is None or found.person != home.person:
        raise _not_here()
    if found.closed and not after:
        raise closed()
    if not await accounts.invitations.lets_in(home.login, found.seat):
        note(request, SecurityEvent.LINK_REFUSED, seat=found.seat, session=found.session, kind="replaced")
        raise Problem(409, N_("Votre lien pour cette place a été remplacé : elle ne s’ouvre plus dans ce navigateur "
                              "avec ce que l’ancien lien a ouvert."),
                      N_("Ouvrez ici le lien du dernier courriel reçu. S’il n’est pas arrivé, demandez-en un nouveau."),
                      ways=ASK_FOR_A_LINK)
    return found


def closed() -> Problem:
    return Problem(410, N_("La session est terminée : cette place ne s’ouvre plus. Tout ce qui a été enregistré est "
                           "conservé."),
                   N_("Pour une question sur la suite, écrivez à la personne qui organise la session."))


def _not_here() -> Problem:
    return Problem(404, N_("Cette place n’est pas dans votre espace."),
                   N_("Revenez à votre espace : il montre toutes vos places."))


def at_seat(opens: Opens) -> AtHome:
    """A door for `entry`: the seat that the path names is of the person's, and `opens` says so of it."""
    return _door(opens, after=False)


def at_any_seat(opens: Opens) -> AtHome:
    """The same, also once the session is closed: for what a person takes away from it."""
    return _door(opens, after=True)


def _door(opens: Opens, after: bool) -> AtHome:
    async def allows(_home: Home, request: web.Request) -> bool:
        found = await own_seat(request, after)
        state = await parts.sessions(request).state(found.session)
        seat = state.seat(found.seat) if state is not None else None
        if state is None or seat is None:
            raise _not_here()
        request[VISIT] = visit = Visit(seat, state, access.rights(state, seat.id))
        return opens(visit, request)

    return AtHome(allows)


at_own_seat: Final = at_seat(seated)
