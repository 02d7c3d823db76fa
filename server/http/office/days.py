"""`days`: the juries' days that somebody may see; a day is planned here by a provider's organizer or their deputy
(R4.4)."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import may_plan
from evaluation.body.accrediting import agreed_on
from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.body.state import InForce
from evaluation.body.terms import framework_digest
from evaluation.codec import encode
from evaluation.deadlines import day_of, is_working_day
from evaluation.framework_file import framework_to_data
from evaluation.kinds import Row
from evaluation.offices import OfficeRole, ProviderId, runs
from evaluation.people import PersonId, Role, Seat
from evaluation.rules import N_
from evaluation.session.kind import SESSION
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Listed, Several
from server.http.forms import Form, Sent
from server.http.home import HOME
from server.http.listing import Listing, listed
from server.http.office import citing
from server.http.office.acting import made_id
from server.http.office.case_marks import day_marks
from server.http.office.door import DESK, base, desk_for, not_there, show
from server.http.office.framework_files import framework_of, frameworks
from server.views.case_mark import CaseMark
from server.views.session.days import DayLine, narrowed_by

HERE: Final = "days"
door: Final = desk_for(Register.DAYS)
ANYWAY: Final = Several("anyway", N_("Ce n’est pas un jour ouvré"), N_("Un samedi, un dimanche ou un jour férié."),
                        choices=(("yes", N_("Prévoir cette journée quand même")),), required=False)
PLAN: Final = Form((
    Listed("provider", N_("Organisme de formation")),
    Listed("framework", N_("Certification"),
           N_("La version est celle des candidatures que ce jury examinera : une candidature garde la sienne.")),
    Day("date", N_("Jour du jury")), ANYWAY,
    Several("observers", N_("Observateurs"), N_("Ils suivent la journée sans y prendre part."), required=False)),
    N_("Prévoir la journée"))
NO_AGREEMENT: Final = N_("Aucune convention de l’organisme n’est en cours ce jour-là : choisissez un autre jour, ou "
                        "demandez à l’organisme certificateur de la renouveler.")


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET days`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[DayLine]:
        marked = await day_marks(request)
        return [_line(request, row, marked.get(row.key)) for row in rows]

    whole = at.sees(Register.DAYS) is ALL_OF_IT
    table = narrowed_by({one.certification.code for one in at.body.in_force},
                        at.body.providers.values() if whole else ())
    view = await listed(request, Listing(table, parts.rows(request), opened, at.where(Register.DAYS)))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/days.html", here=HERE, list=view, plans=bool(planning_for(request)))


def _line(request: web.Request, row: Row, mark: CaseMark | None) -> DayLine:
    at, said = request[DESK], row.data
    provider = at.body.providers.get(row.scope or "")
    hearings = int(str(said["hearings"]))
    return DayLine(
        f"{base(request)}days/{row.key}", date.fromisoformat(str(said["date"])), str(said["title"]), row.about or "",
        str(said["version"]), provider.name if provider else "", hearings, row.at if hearings else None,
        row.status == "closed", at.today, mark)


# A day is planned


def planning_for(request: web.Request) -> tuple[ProviderId, ...]:
    """The providers whose days somebody at this desk plans."""
    at = request[DESK]
    return tuple(one for one in at.body.providers if may_plan(at.offices, one) is not None)


async def _plan_form(request: web.Request) -> Form:
    """What can be chosen today. Problem 404 for whoever plans for nobody."""
    providers, body = planning_for(request), request[DESK].body
    if not providers:
        raise not_there()
    return PLAN.choosing(
        provider=tuple((one, body.providers[one].name) for one in providers),
        framework=tuple((str(one.position), f"{one.certification.code}, {one.certification.version} : "
                                            f"{one.certification.title}") for one in _usable(request)),
        observers=tuple((await observers_at(request)).items()))


def _usable(request: web.Request) -> tuple[InForce, ...]:
    """The versions that a day can be planned under, the newest of each certification first: those whose file is here
    as it was put in force."""
    found = (one for one in request[DESK].body.in_force if _file(one) is not None)
    return tuple(sorted(sorted(found, key=lambda one: one.since, reverse=True),
                        key=lambda one: one.certification.code))


def _file(version: InForce) -> dict[str, object] | None:
    said = version.certification
    file = frameworks().get(f"{said.code}/{said.version}")
    return framework_to_data(file) if file is not None and framework_digest(file) == said.digest else None


def _months(versions: Iterable[InForce]) -> int:
    """The longest that candidates have for their portfolio, from the brief's publication on."""
    found = (framework_of(one.certification) for one in versions)
    return max((one.delays.brief_months for one in found if one is not None), default=0)


async def observers_at(request: web.Request) -> dict[PersonId, str]:
    """Whoever observes for the awarding body today, by name."""
    at = request[DESK]
    people = {one.person for one in at.body.all_offices()
              if one.role is OfficeRole.OBSERVER and runs(one.since, one.until, at.today)}
    known = await parts.accounts(request).profiles(people)
    return dict(sorted(((person, str(profile["name"])) for person, profile in known.items()), key=lambda one: one[1]))


@entry(door)
async def show_new(request: web.Request) -> web.StreamResponse:
    """`GET days/new`."""
    return await _new_page(request, await _plan_form(request), None, 200)


async def _new_page(request: web.Request, form: Form, sent: Sent | None, status: int) -> web.Response:
    """What there is nothing to choose of is not asked."""
    asked = tuple(one for one in form.fields if (one.choices or one.name == "date") and (
        one.name != ANYWAY.name or (sent is not None and ANYWAY.name in {*sent.typed, *sent.wrong})))
    first: dict[str, Any] = {}
    if len(planning_for(request)) == 1:
        first["provider"] = planning_for(request)[0]
    usable = _usable(request)
    if len(usable) == 1:
        first["framework"] = str(usable[0].position)
    shown = Form(asked, form.send)
    return await show(request, "office/day_new.html", status=status, here=HERE, no_framework=not usable,
                      months=_months(usable),
                      form=forms.view(request, shown, f"{base(request)}days/new", sent, **first))


@entry(door, takes=PLAN.types, most=PLAN.most)
async def plan(request: web.Request) -> web.StreamResponse:
    """`POST days/new`."""
    form = await _plan_form(request)

    async def do(sent: Sent) -> str:
        session = made_id(request, sent, "session")
        await _plan(request, session, sent)
        return f"{base(request)}days/{session}?done=day-planned"

    return await forms.answer(request, form, do, lambda sent, status: _new_page(request, form, sent, status))


async def _plan(request: web.Request, session: str, sent: Sent) -> None:
    """Whoever plans the day is its organizer."""
    values, person = sent.values, request[HOME].person
    version = next(one for one in _usable(request) if str(one.position) == values["framework"])
    _check_day(request, sent, version)
    organizer = Seat(made_id(request, sent, "seat organizer"), person, Role.ORGANIZER)
    observers = [Seat(made_id(request, sent, f"seat {one}"), one, Role.OBSERVER) for one in values["observers"]]
    await parts.journals(request).execute(SESSION, session, organizer.id, "PlanSession", {
        "session": session, "framework": _file(version), "date": values["date"].isoformat(),
        "organizer": encode(organizer), "observers": [encode(one) for one in observers],
        "in_force": await citing.of_body(request, version.position), "office": await _office(request, sent),
        "agreement": await _agreement(request, sent)}, key=sent.key, by_server=True)


async def _office(request: web.Request, sent: Sent) -> dict[str, object]:
    """The quote of the grant of the office under which the day is planned. Problem 404 for none."""
    at = request[DESK]
    mine = may_plan(at.offices, sent.values["provider"])
    if mine is None:
        raise not_there()
    return await citing.of_body(request, at.body.offices[mine].position)


def _check_day(request: web.Request, sent: Sent, version: InForce) -> None:
    """Wrong for a day that no jury can meet on, and once for one that is no working day."""
    day, today = sent.values["date"], day_of(parts.now(request))
    if day < today:
        sent.refuse("date", N_("Ce jour est passé : donnez aujourd’hui ou un jour à venir."))
    elif day < version.since:
        sent.refuse("framework", N_("Cette version n’est en vigueur qu’à partir du {since}."),
                    {"since": version.since.isoformat()})
    elif not is_working_day(day) and not sent.values[ANYWAY.name]:
        sent.refuse(ANYWAY.name, N_("Choisissez un autre jour, ou dites que c’est voulu."))
    if sent.wrong:
        raise forms.Wrong


async def _agreement(request: web.Request, sent: Sent) -> dict[str, object]:
    """The quote of the agreement under which the day is planned (R1.7). Wrong where none runs on the day."""
    agreed = agreed_on(request[DESK].body.providers[sent.values["provider"]], sent.values["date"])
    if agreed is None:
        sent.refuse("date", NO_AGREEMENT)
        raise forms.Wrong
    return await citing.of_body(request, agreed.position)
