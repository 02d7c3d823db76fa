"""Every address of the offices' pages, as in `server.http.routes`."""
from __future__ import annotations

from typing import Final

from aiohttp.typedefs import Handler

from server.http.office import paper, people, providers
from server.http.office.door import ROUTE

OFFICE: Final[tuple[tuple[str, str, Handler, str], ...]] = tuple((method, ROUTE + path, handler, rate) for (
    method, path, handler, rate) in (
    ("GET", "people", people.show_list, "pages"),
    ("GET", "people/grant", people.show_grant, "pages"),
    ("POST", "people/grant", people.grant, "commands"),
    ("GET", "people/delegate", people.show_delegate, "pages"),
    ("POST", "people/delegate", people.delegate, "commands"),
    ("GET", "people/{office}", people.show_office, "pages"),
    ("POST", "people/{office}/end", people.end, "commands"),
    ("GET", "people/{office}/paper", paper.of_office, "papers"),
    ("GET", "providers", providers.show_list, "pages"),
    ("GET", "providers/accredit", providers.show_accredit, "pages"),
    ("POST", "providers/accredit", providers.accredit, "commands"),
    ("GET", "providers/{provider}", providers.show_provider, "pages"),
    ("POST", "providers/{provider}/renew", providers.renew, "commands"),
    ("POST", "providers/{provider}/end", providers.end, "commands"),
    ("GET", r"providers/{provider}/agreements/{number:\d{1,4}}/paper", paper.of_agreement, "papers"),
))
