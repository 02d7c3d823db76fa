"""Every address of the offices' pages, as in `server.http.routes`."""
from __future__ import annotations

from typing import Final

from aiohttp.typedefs import Handler

from server.http.office import bars, decisions, frameworks, paper, people, providers
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
    ("GET", "frameworks", frameworks.show_list, "pages"),
    ("POST", "frameworks/put", frameworks.put_in_force, "commands"),
    ("POST", "frameworks/supersede", frameworks.supersede, "commands"),
    ("GET", "decisions", decisions.show_list, "pages"),
    ("GET", "decisions/record", decisions.show_record, "pages"),
    ("POST", "decisions/record", decisions.record, "commands"),
    ("GET", "decisions/{decision}", decisions.show_decision, "pages"),
    ("GET", "decisions/{decision}/paper", paper.of_decision, "papers"),
    ("GET", "bars", bars.show_list, "pages"),
    ("GET", "bars/set", bars.show_set, "pages"),
    ("POST", "bars/set", bars.set_bar, "commands"),
    ("GET", "bars/{bar}", bars.show_bar, "pages"),
    ("POST", "bars/{bar}/end", bars.end_bar, "commands"),
    ("GET", r"providers/{provider}/agreements/{number:\d{1,4}}/paper", paper.of_agreement, "papers"),
))
