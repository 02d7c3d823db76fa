"""`impact`: the facts for an impact assessment (X1; GDPR, art. 35), for who keeps the registers."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.rules import N_
from server.http import parts
from server.http.entry import entry
from server.http.language import locale_of
from server.http.office.door import DESK, IMPACT, PLACES, desk_for, keeps, not_there, show
from server.http.office.framework_files import framework_of
from server.views.body.impact import recipients, settings_delays, version_of, who_sees

TITLES: Final = {**{register: words for _, words, register, _ in PLACES},
                 Register.FOLLOW_UPS: N_("Suites en attente")}


@entry(desk_for(Register.FRAMEWORKS))
async def show_facts(request: web.Request) -> web.StreamResponse:
    """`GET impact`."""
    at, locale, config = request[DESK], locale_of(request), request.app[parts.CONFIG]
    if not keeps(at):
        raise not_there()
    versions = [version_of(one.certification, framework_of(one.certification), locale) for one in at.body.in_force]
    return await show(
        request, "office/impact.html", here=IMPACT, name=at.body.name, seen=who_sees(TITLES, locale),
        versions=versions, delays_set=settings_delays(config, locale), recipients=recipients(config, locale),
        addresses=config.server.log_addresses)
