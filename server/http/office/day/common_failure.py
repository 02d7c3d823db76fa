"""One failure that hits several hearings of a day, noted once by the organizer: one case, and those that have not begun
postponed with it (R7.1, X9)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.rules import N_
from evaluation.session.phases import OVER
from server.http import parts
from server.http.form_fields import Listed, Several, Text
from server.http.forms import Form, Sent, Wrong
from server.http.office.acting import made_id
from server.http.office.day.day_acts import DayAct
from server.http.office.day.one_day import OneDay, act_in
from server.people.joining_cases import JOIN_CASES, cases_to_join
from server.views.session.incident_kinds import offered
from server.views.when import hour_words

POSTPONE: Final = Several(
    "postpone", N_("Reporter aussi"), N_("Les candidats et le jury qui ont leur convocation en sont avertis par "
                                         "courriel, avec vos mots. Une épreuve en cours reste à la personne qui "
                                         "préside."),
    required=False, choices=(("yes", N_("Les épreuves choisies qui n’ont pas commencé attendent une autre date")),))


async def _form(_request: web.Request, day: OneDay, _hearing: str) -> Form | None:
    going = [one for one in day.in_order if one.phase not in OVER]
    if len(going) < 2:
        return None
    kinds = tuple(offered(day.state.framework, day.locale, fraud=False))
    named = tuple((one.id, f"{hour_words(one.starts_at, day.locale)}, {day.name(one.candidate.person)}")
                  for one in going)
    form = Form((
        Several("hearings", N_("Épreuves touchées")), Listed("kind", N_("Ce que c’était"), own=True),
        Text("words", N_("Ce qui s’est passé"), N_("Chacun de ces candidats le lit : ne nommez personne."), lines=3,
             most=2000), POSTPONE), N_("Noter l’incident"), sure=True)
    return form.choosing(hearings=named, kind=kinds)


async def _record(request: web.Request, day: OneDay, _hearing: str, sent: Sent) -> None:
    assert day.mine is not None
    hearings = sent.values["hearings"]
    if len(hearings) < 2:
        sent.refuse("hearings", N_("Choisissez au moins deux épreuves. Pour une seule, notez l’incident depuis sa "
                                   "salle."))
        raise Wrong
    await act_in(request, day, "RecordCommonIncident", {
        "hearings": list(hearings), "kind": sent.values["kind"], "words": sent.values["words"],
        "postpone": bool(sent.values["postpone"])}, sent)
    noted = await parts.sessions(request).state(day.state.id)
    if noted is not None:
        joined = cases_to_join(noted, hearings)
        await request.app[parts.MASS_ACTS].begin(
            made_id(request, sent, "cases joined"), JOIN_CASES, day.state.id, day.mine.id, joined)
        request.app[parts.MASS].wake()


ACT: Final = DayAct("failure", N_("Un même incident pour plusieurs épreuves"), _form, _record, "failure-noted")
