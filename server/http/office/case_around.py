"""What an act in a case chooses of and stands outside it: other open cases, pictures of the hearing, people."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from evaluation.body.reading_rights import Register
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import REQUALIFIED, Stage
from evaluation.deadlines import day_of
from evaluation.journal import Record
from evaluation.offices import AT_PROVIDER
from evaluation.quoted_events import CAPTURE_TAKEN
from evaluation.quotes import Quote
from server.http import parts
from server.http.language import locale_of
from server.http.office.case_act_forms import CaseAct, OtherCase
from server.http.office.case_file_acts import other_kinds
from server.http.office.case_marks import hidden_cases
from server.http.office.case_openers import kind_chosen, kinds_offered
from server.http.office.door import DESK
from server.journals.quoting import reference
from server.storage.rows import Entry
from server.views.body.periods import short_day
from server.views.when import hour_words

Choices = tuple[tuple[str, str], ...]


async def choices_of(request: web.Request, act: CaseAct, state: CaseState, part: Part) -> dict[str, Choices]:
    """By the name of the field that offers them."""
    if act.around == "cases":
        most = parts.config(request).lists.cases_joined
        return {"into": tuple((one.opened.stream, one.words) for one in await joinable(request, state, most))}
    if act.around == "pictures":
        return {"picture": tuple((str(one.position), words) for one, words in await _pictures(request, state, part))}
    if act.around == "people":
        return {"person": await _people(request, state)}
    if act.around == "accusations":
        return {"accusation": await _accusations(request, part)}
    if act.around == "kinds":
        return {"to": tuple(kinds_offered(request, other_kinds(state)))}
    return {}


async def fields_of(request: web.Request, act: CaseAct, state: CaseState, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the command is sent of what was chosen."""
    if act.around == "cases":
        most = parts.config(request).lists.cases_joined
        other = next((one for one in await joinable(request, state, most) if one.opened.stream == values["into"]), None)
        if other is None:
            return {}
        anew = reference(other.requalified) if other.requalified is not None else None
        return {"into": reference(other.opened), "requalified": anew}
    if act.around == "pictures" and values.get("picture") and state.session is not None:
        return {"picture": await parts.journals(request).quote(state.session, int(values["picture"]))}
    if act.around == "people":
        return {"person": values["person"]}
    if act.around == "kinds":
        return kind_chosen(values["to"])
    return {}


# Other cases


async def joinable(request: web.Request, state: CaseState, most: int) -> tuple[OtherCase, ...]:
    """The open cases of the same door, certification and provider in which nobody was told or asked anything, so many
    at the most: of the same day first, then what was opened closest to it."""
    if state.kind.is_appeal or state.joined_into is not None:
        return ()
    at = request[DESK]
    fresh = (Stage.FACTS.value, Stage.REPORTED.value)
    rows = await parts.rows(request).page("cases", status=fresh, **at.where(Register.CASES))
    hidden, by_case = await hidden_cases(request, at), dict[str, list[Entry]]()
    for row in rows:
        same = (row.data["door"], row.data["code"], row.scope) == (state.kind.door, state.certification, state.provider)
        if same and row.stream not in hidden and row.stream != state.id:
            by_case.setdefault(row.stream, []).append(row)
    nearest = sorted(by_case.values(), key=lambda several: (
        several[0].data["session"] != state.session, abs((several[0].at or 0) - state.opened_at)))
    return tuple([await _other(request, several) for several in nearest[:most]])


async def _other(request: web.Request, rows: list[Entry]) -> OtherCase:
    records = await parts.journals(request).records(rows[0].stream)
    said = [one for one in records if one.event == REQUALIFIED]
    people, locale = await parts.accounts(request).profiles(one.person for one in rows), locale_of(request)
    names = ", ".join(str(people.get(one.person or "", {}).get("name", "")) for one in rows)
    opened = records[0]
    when = f"{short_day(day_of(opened.at), locale)}, {hour_words(opened.at, locale)}"
    return OtherCase(_quote(opened), _quote(said[-1]) if said else None,
                     f"{rows[0].data['kind_title']} – {names}, {when}")


def _quote(one: Record) -> Quote:
    return Quote(one.kind, one.stream, one.position, one.hash, one.event, one.data)


# Pictures and people


async def _pictures(request: web.Request, state: CaseState, part: Part) -> list[tuple[Record, str]]:
    """Those of the candidate's hearing that are not in the file yet, in their order."""
    if part.session is None or part.session != state.session:
        return []
    there, locale = {one.id for one in state.evidence}, locale_of(request)
    taken = [one for one in await parts.journals(request).records(part.session) if one.event == CAPTURE_TAKEN
             and one.data["hearing"] == part.hearing and one.data["capture"] not in there]
    return [(one, hour_words(one.at, locale)) for one in taken]


async def _people(request: web.Request, state: CaseState) -> Choices:
    """Whoever holds an office at the provider today, organized the day, or sat in one of its juries."""
    at = request[DESK]
    found: Iterable[str] = (
        *(one.person for one in at.body.all_offices() if one.role in AT_PROVIDER and one.provider == state.provider),
        *state.organizers, *(juror for part in state.parts.values() for juror in part.jurors))
    wanted = set(found) - state.subjects
    known = await parts.accounts(request).profiles(wanted)
    return tuple(sorted(((person, str(profile["name"])) for person, profile in known.items()), key=lambda one: one[1]))


async def _accusations(request: web.Request, part: Part) -> Choices:
    """Those that stand: who made each, and when."""
    known, locale = await parts.accounts(request).profiles(one.by for one in part.standing), locale_of(request)
    return tuple((str(one.number), f"{known.get(one.by, {}).get('name', '')}, {short_day(day_of(one.at), locale)}, "
                                   f"{hour_words(one.at, locale)}") for one in part.standing)
