"""`sittings/{sitting}/members`: the commission appoints the two representatives of a sitting, and their substitutes
(R1.3), or its delegate, or the clerk with the meeting's extract (X15)."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.body.access import as_commission
from evaluation.body.kind import BODY
from evaluation.body.state import Standing
from evaluation.body.terms import Juror, Meeting
from evaluation.codec import decode
from evaluation.kinds import Asked
from evaluation.offices import Act
from evaluation.people import SOME_PAPER, JurorCategory
from evaluation.rules import N_, Refusal
from evaluation.sitting.agenda import check_agenda_open
from evaluation.sitting.members import check_still_there
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import SittingMember
from evaluation.sitting.who_sits import check_can_judge, recommendations, sat_in_both, sat_on_it
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Listed, Several
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.office.acting import act, made_id, papers
from server.http.office.door import DESK, base, not_there, show
from server.http.office.offices import MEETING, as_recorded, meeting_of
from server.http.office.sitting_acts import sitting_of_address, when_words
from server.http.office.sitting_list import HERE, door
from server.http.office.sitting_waiting import INDEX
from server.i18n import say, say_plural
from server.journals.quoting import reference
from server.views.body.periods import short_day

REPRESENTED: Final = (JurorCategory.EMPLOYERS, JurorCategory.EMPLOYEES)
SUBSTITUTES: Final = "_substitutes"
"""How the name of the field ends that says who may take the place."""
MEMBERS: Final = Form((
    Listed("employers", N_("Pour les organisations d’employeurs")),
    Several("employers_substitutes", N_("Suppléants des employeurs"), required=False),
    Listed("employees", N_("Pour les organisations de salariés")),
    Several("employees_substitutes", N_("Suppléants des salariés"), required=False),
    *MEETING), N_("Désigner ces membres"))


def may_appoint(request: web.Request, state: SittingState) -> bool:
    """Whether whoever reads may record it now: the meeting is asked of them by the form."""
    at = request[DESK]
    try:
        as_commission(at.body, Asked(at.person, parts.now(request)), Act.SITTING, Meeting(at.today, SOME_PAPER))
        check_agenda_open(state)
    except Refusal:
        return False
    return True


async def _state(request: web.Request) -> SittingState:
    state = await sitting_of_address(request)
    if not may_appoint(request, state):
        raise not_there()
    return state


async def _form(request: web.Request, state: SittingState) -> Form:
    """Whoever of the pool has the category; beside each name what is to be known of them for this sitting."""
    several = [one.juror for one in request[DESK].body.pool.values() if one.standing is Standing.ENTERED]
    known = await parts.accounts(request).profiles(one.person for one in several)
    named = {one.person: _told(request, state, one, str(known.get(one.person, {}).get("name", "")))
             for one in several}
    choices = {one: tuple((each.person, named[each.person]) for each in several if one in each.categories)
               for one in REPRESENTED}
    form = MEMBERS.choosing(**{f"{one.value}{ending}": choices[one] for one in REPRESENTED
                               for ending in ("", SUBSTITUTES)})
    return as_recorded(request, form, Act.SITTING)


def _told(request: web.Request, state: SittingState, juror: Juror, name: str) -> str:
    """"Catherine Vidal · formée le 3 mars 2026 · a jugé 2 de ces candidats"."""
    locale, items = locale_of(request), tuple(state.agenda.values())
    found = [name or say(locale, N_("nom effacé"), {})]
    if juror.trained_on is not None:
        found.append(say(locale, N_("formation du {day}"), {"day": short_day(juror.trained_on, locale)}))
    else:
        found.append(say(locale, N_("pas de formation enregistrée"), {}))
    judged = sum(bool(sat_in_both(one, juror.person)) for one in items)
    if judged:
        found.append(say_plural(locale, "a jugé ou formé {n} de ces candidats", "a jugé ou formé {n} de ces candidats",
                                judged, {}))
    ruled = sum(bool(sat_on_it(one, juror.person)) for one in items)
    if ruled:
        found.append(say(locale, N_("a déjà décidé du résultat qui est réexaminé"), {}))
    candidates = {one.recommended.person for one in items}
    if any(one.juror == juror.person and one.candidate in candidates and not one.ended
           for one in request[DESK].body.links.values()):
        found.append(say(locale, N_("connaît personnellement un candidat"), {}))
    return " · ".join(found)


@entry(door)
async def show_members(request: web.Request) -> web.StreamResponse:
    """`GET sittings/{sitting}/members`."""
    return await _page(request, await _state(request), None, 200)


async def _page(request: web.Request, state: SittingState, sent: Sent | None, status: int) -> web.Response:
    form, here = await _form(request, state), f"{base(request)}sittings/{state.id}"
    return await show(
        request, "office/sitting_members.html", status=status, here=HERE, path=here, when=when_words(request, state),
        nobody=not any(field.choices for field in form.fields),
        form=forms.view(request, form, f"{here}/members", sent, seen=request[DESK].body.position, **_first(state)))


def _first(state: SittingState) -> Mapping[str, Any]:
    """As the commission has decided so far."""
    found: dict[str, Any] = {}
    for one in REPRESENTED:
        mine = [each for each in state.members if each.category is one]
        found[one.value] = next((each.person for each in mine if not each.substitute), "")
        found[f"{one.value}{SUBSTITUTES}"] = tuple(each.person for each in mine if each.substitute)
    return found


@entry(door, takes=MEMBERS.types, most=MEMBERS.most)
async def appoint(request: web.Request) -> web.StreamResponse:
    """`POST sittings/{sitting}/members`. The members take their places as soon as the decision is carried out: what the
    sitting would refuse of it is not decided."""
    state = await _state(request)
    form, body = await _form(request, state), request[DESK].body.id

    async def do(sent: Sent) -> str:
        members = _members(sent)
        named = [decode(SittingMember, one) for one in members]
        check_can_judge(recommendations(state.agenda.values()), [one.person for one in named])
        check_still_there(state, named)
        async with papers(request, f"stream:{body}", body, sent) as kept:
            await act(request, BODY, body, "DecideSitting", {
                "decision": made_id(request, sent, "decision"), "sitting": state.id, "members": members,
                "recommended": await _waiting(request, state), "meeting": await meeting_of(sent, kept.keep)}, sent)
        return f"{base(request)}sittings/{state.id}?done=sitting-members"

    return await forms.answer(request, form, do, lambda sent, status: _page(request, state, sent, status))


async def _waiting(request: web.Request, state: SittingState) -> list[dict[str, object]]:
    """What is quoted of the agenda: what its candidacies still wait for it with."""
    rows = [await parts.rows(request).one(INDEX, one) for one in state.agenda]
    there = {(row.key, row.data["position"]) for row in rows if row is not None}
    return [reference(one.said) for one in state.agenda.values() if (one.candidacy, one.said.position) in there]


def _members(sent: Sent) -> list[dict[str, object]]:
    found = list[dict[str, object]]()
    for one in REPRESENTED:
        others: tuple[str, ...] = sent.values[f"{one.value}{SUBSTITUTES}"]
        for person in (sent.values[one.value], *others):
            found.append({"person": person, "category": one.value, "substitute": person in others})
    return found
