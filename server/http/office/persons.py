"""The person whom a form names by e-mail address: found where they are known, else made with the act itself."""
from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web

from evaluation.rules import N_
from server.http import parts
from server.http.form_fields import Email, Text
from server.http.forms import Sent, Wrong
from server.http.office.acting import made_for
from server.http.office.door import DESK, Asking
from server.journals.deciding import Together
from server.storage.accounts import plain_address
from server.storage.names import parts_of

PERSON: Final = (
    Text("first_name", N_("Prénom"), autocomplete="off", most=100),
    Text("name", N_("Nom"), most=100),
    Email("email", N_("Adresse électronique"),
          N_("La sienne propre, pas celle d’un service : elle désigne la personne.")),
)
"""The fields by which somebody is named."""


@dataclass(frozen=True)
class Named:
    """`profile` is of somebody new, and kept with the act itself: what is refused leaves nobody behind."""

    person: str
    profile: Mapping[str, Any] | None = None


def kept_with(request: web.Request, named: Named) -> Together | None:
    """What writes somebody new in the transaction of the act that names them."""
    accounts, profile = parts.accounts(request), named.profile
    if profile is None:
        return None
    return lambda connection: accounts.keep_person(connection, named.person, profile)


@asynccontextmanager
async def naming(request: web.Request, sent: Sent) -> AsyncIterator[Named]:
    """Until the act is done: of two forms sent at once that name somebody new, the second finds what the first made.
    """
    async with request.app[parts.PLACES].place("naming", plain_address(sent.values["email"]), 1):
        yield await _named(request, sent)


async def _named(request: web.Request, sent: Sent) -> Named:
    values = sent.values
    return await named_at(request, sent, "email", values["first_name"], values["name"], values["email"])


async def named_at(request: Asking, sent: Sent, field: str, first_name: str, name: str, email: str) -> Named:
    """Who has this address and this name; somebody new where nobody has the address. Wrong where the address is that of
    somebody of another name: nobody is told whose."""
    known, whole = await parts.accounts(request).people_at(email), f"{first_name} {name}".strip()
    alike = [one for one in known if await _same_name(request, one, whole)]
    if len(alike) == 1:
        return Named(alike[0])
    if known:
        sent.refuse(field, N_("L’adresse {email} est déjà connue ici, sous un autre nom. Vérifiez l’adresse et le nom, "
                              "ou donnez une adresse qui ne soit qu’à cette personne."), {"email": email})
        raise Wrong
    return Named(made_for(parts.vault(request), request[DESK].person, sent, f"person {plain_address(email)}"), {
        "name": whole, "first_name": first_name, "email": email})


async def _same_name(request: Asking, person: str, name: str) -> bool:
    profile = await parts.accounts(request).profile(person) or {}
    return set(parts_of(str(profile.get("name", "")))) == set(parts_of(name))
