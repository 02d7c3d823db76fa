"""A person's space in this browser (X15): the door of every address under `/space/{person}/`, and its cookie.

One cookie for each person, so that several people's spaces stay open in one browser; which one counts is said by the
address.
"""
from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.rules import N_
from server.http import cookies, parts
from server.http.problem import WAYS_IN, Problem
from server.storage.spaces import SpaceEnded, SpaceLogin

ROUTE: Final = "/space/{person}/"
"""What the template of every address of a space begins with."""


@dataclass(frozen=True)
class Home:
    """Who is asking, in a browser that has proven to be theirs: the person, and how and since when."""

    person: str
    login: SpaceLogin


@dataclass(frozen=True)
class AtHome:
    """A door for `entry`: the person whose space the path names, where `allows` says so (an office they hold, say).
    A handler behind it finds `request[HOME]`."""

    allows: Callable[[Home, web.Request], Awaitable[bool]]


async def _anything(_home: Home, _request: web.Request) -> bool:
    return True


at_home: Final = AtHome(_anything)
"""Open to the person themselves."""
HOME: Final = web.RequestKey("home", Home)
"""Kept on every request that a door for a space let in."""


def space_path(person: str) -> str:
    return ROUTE.format(person=person)


def is_space(route: str) -> bool:
    """By the route's template."""
    return route.startswith(ROUTE)


def space_cookie(request: web.Request, person: str) -> str:
    """What this browser holds of a person's space, empty when it holds nothing."""
    return cookies.read(request, cookies.SPACE, person)


def set_space_cookie(request: web.Request, response: web.StreamResponse, person: str, token: str) -> None:
    """`token` as `Spaces.open` gave it."""
    seconds = parts.limits(request).login_most_days * 86_400
    cookies.give(request, response, cookies.SPACE, token, whose=person, seconds=seconds)


async def home_of(request: web.Request) -> Home | None:
    """The space of this request's path, if the browser holds it."""
    person = request.match_info["person"]
    cookie = space_cookie(request, person)
    login = await parts.spaces(request).of(cookie, person) if cookie else None
    return None if login is None else Home(person, login)


async def not_at_home(request: web.Request) -> Problem:
    """Problem 401: the same whether the person exists or not, unless this browser held their space."""
    person = request.match_info["person"]
    cookie = space_cookie(request, person)
    login = await parts.spaces(request).standing(cookie, person) if cookie else None
    ended = login.ended if login is not None else None
    return Problem(401, ENDINGS[ended or SpaceEnded.AGAIN], TODO, ways=WAYS_IN)


TODO: Final = N_("Ouvrez le lien reçu par courriel. Tout ce qui était enregistré l’est encore.")
ENDINGS: Final = {
    SpaceEnded.LEFT: N_("La déconnexion est faite : ce navigateur n’ouvre plus votre espace."),
    SpaceEnded.PUT_OUT: N_("Votre espace a été fermé dans ce navigateur, depuis un autre."),
    SpaceEnded.AGAIN: N_("Ce navigateur n’est pas connecté à cet espace."),
    SpaceEnded.IDLE: N_("Ce navigateur n’est pas venu depuis longtemps : par sécurité, il n’ouvre plus votre espace."),
    SpaceEnded.OLD: N_("Ce navigateur est connecté depuis longtemps : par sécurité, il n’ouvre plus votre espace."),
}
"""What happened to a browser's hold of a space."""
