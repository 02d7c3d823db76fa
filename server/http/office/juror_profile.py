"""What a form says of a juror: in the pool by ids and digests, in the person's profile by name (X1)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from evaluation.codec import encode
from server.http import parts
from server.http.forms import Sent
from server.http.office.door import DESK
from server.http.office.persons import Named
from server.journals.deciding import Together
from server.people.companies import company_digest


async def juror_fields(request: web.Request, person: str, sent: Sent) -> dict[str, Any]:
    """As the commands of the pool take it."""
    values, body = sent.values, request[DESK].body.id
    courses = (one.split("/", 1) for one in values["courses"])
    return {
        "person": person, "categories": list(values["categories"]),
        "company": await company_digest(parts.vault(request), body, values["company"]), "provider": values["provider"],
        "courses": [{"provider": provider, "certification": code} for provider, code in courses],
        "trained_on": values["trained_on"].isoformat() if values["trained_on"] else None,
        "offered": [encode(one) for one in values["offered"] or ()],
        "away": [encode(one) for one in values["away"] or ()]}


@dataclass(frozen=True)
class Profile:
    """A person's profile with what the form says. `keep` writes it in the act's own transaction."""

    person: str
    said: Mapping[str, Any]
    keep: Together


async def kept_juror(request: web.Request, named: Named, sent: Sent) -> Profile:
    accounts = parts.accounts(request)
    before = named.profile or await accounts.profile(named.person) or {}
    said = {**before, "company": sent.values["company"] or "", "trade": sent.values["trade"] or ""}

    async def keep(connection: AsyncConnection) -> None:
        await accounts.keep_person(connection, named.person, said)

    return Profile(named.person, said, keep)


async def refresh(request: web.Request, profile: Profile) -> None:
    """After the act: pages show what was written."""
    await parts.accounts(request).save_person(profile.person, profile.said)
