"""Every address of the offices' pages, as in `server.http.routes`."""
from __future__ import annotations

from typing import Final

from aiohttp.typedefs import Handler

from server.http.office import (
    bars,
    candidacies,
    corrections,
    days,
    decisions,
    examinations,
    follow_ups,
    frameworks,
    office_papers,
    offices,
    providers,
    registration_form,
    rulings,
)
from server.http.office.day import adding_one, hub, notices, plan_days
from server.http.office.door import ROUTE

RULED, CORRECT = "candidacies/{candidacy}/", r"/{position:\d{1,9}}/correct"
PAGES: Final[tuple[tuple[str, str, Handler, str], ...]] = (
    ("GET", "days", days.show_list, "pages"),
    ("GET", "days/new", days.show_new, "pages"),
    ("POST", "days/new", days.plan, "commands"),
    ("POST", "days/{session}/notices/give", notices.give_all, "commands"),
    ("GET", "days/{session}/notices/{hearing}", notices.show_notice, "pages"),
    ("POST", "days/{session}/notices/{hearing}/follow-up", notices.follow_up, "commands"),
    ("POST", "days/{session}/notices/{hearing}/late", notices.agree, "commands"),
    ("GET", "days/plan", plan_days.show_plan, "pages"),
    ("POST", "days/plan", plan_days.accept, "commands"),
    ("GET", "days/plan/check", plan_days.check, "pages"),
    ("GET", "days/{session}", hub.show_day, "pages"),
    ("GET", "days/{session}/add", adding_one.show_add, "pages"),
    ("POST", "days/{session}/add", adding_one.add_one, "commands"),
    ("GET", "people", offices.show_list, "pages"),
    ("GET", "people/grant", offices.show_grant, "pages"),
    ("POST", "people/grant", offices.grant, "commands"),
    ("GET", "people/delegate", offices.show_delegate, "pages"),
    ("POST", "people/delegate", offices.delegate, "commands"),
    ("GET", "people/{office}", offices.show_office, "pages"),
    ("POST", "people/{office}/end", offices.end, "commands"),
    ("GET", "people/{office}/paper", office_papers.of_office, "papers"),
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
    ("GET", "decisions/{decision}/paper", office_papers.of_decision, "papers"),
    ("GET", "follow-ups", follow_ups.show_list, "pages"),
    ("POST", r"follow-ups/{source}/{position:\d{1,9}}/{edge}/again", follow_ups.again, "commands"),
    ("GET", "bars", bars.show_list, "pages"),
    ("GET", "bars/set", bars.show_set, "pages"),
    ("POST", "bars/set", bars.set_bar, "commands"),
    ("GET", "bars/{bar}", bars.show_bar, "pages"),
    ("POST", "bars/{bar}/end", bars.end_bar, "commands"),
    ("GET", "examinations", examinations.show_list, "pages"),
    ("GET", "examinations/{candidacy}/{bar}", examinations.show_examination, "pages"),
    ("POST", "examinations/{candidacy}/{bar}/decide", examinations.decide, "commands"),
    ("GET", "candidacies", candidacies.show_list, "pages"),
    ("GET", "candidacies/open", candidacies.show_open, "pages"),
    ("POST", "candidacies/open", candidacies.open_past, "commands"),
    ("GET", "candidacies/register", registration_form.show_register, "pages"),
    ("POST", "candidacies/register", registration_form.register, "commands"),
    ("GET", "candidacies/{candidacy}", candidacies.show_candidacy, "pages"),
    ("GET", "candidacies/{candidacy}/correct", corrections.show_correct, "pages"),
    ("POST", "candidacies/{candidacy}/correct", corrections.correct, "commands"),
    ("GET", "candidacies/{candidacy}/withdraw", corrections.show_withdraw, "pages"),
    ("POST", "candidacies/{candidacy}/withdraw", corrections.withdraw, "commands"),
    ("GET", "candidacies/{candidacy}/outcomes/record", rulings.show_outcome, "pages"),
    ("POST", "candidacies/{candidacy}/outcomes/record", rulings.record_outcome, "commands"),
    ("GET", RULED + "outcomes" + CORRECT, rulings.show_outcome, "pages"),
    ("POST", RULED + "outcomes" + CORRECT, rulings.record_outcome, "commands"),
    ("GET", "candidacies/{candidacy}/certificates/note", rulings.show_certificate, "pages"),
    ("POST", "candidacies/{candidacy}/certificates/note", rulings.note_certificate, "commands"),
    ("GET", RULED + "certificates" + CORRECT, rulings.show_certificate, "pages"),
    ("POST", RULED + "certificates" + CORRECT, rulings.note_certificate, "commands"),
    ("GET", r"candidacies/{candidacy}/papers/{position:\d{1,9}}", office_papers.of_candidacy, "papers"),
    ("GET", r"providers/{provider}/agreements/{number:\d{1,4}}/paper", office_papers.of_agreement, "papers"),
)
OFFICE: Final[tuple[tuple[str, str, Handler, str], ...]] = tuple(
    (method, ROUTE + body + path, handler, rate)
    for body in ("", "in/{body}/") for method, path, handler, rate in PAGES)
"""Each page twice: in the one awarding body that the person has an office in, and in the one that is named."""
