"""The candidacies that wait for a sitting, as lists and forms offer them, and how one is put on an agenda (R3.9, R8.1).
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, cast

from aiohttp import web

from evaluation.body.access import needs_meeting
from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.body.terms import framework_digest
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import to_award
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.framework_file import framework_to_data
from evaluation.kinds import Row
from evaluation.offices import Act
from evaluation.rules import N_, Refusal
from evaluation.sitting.kind import SITTING
from evaluation.sitting.terms import Due
from evaluation.sitting_rules import SittingRules
from server.http import parts
from server.http.forms import Sent
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office import citing
from server.http.office.acting import made_id
from server.http.office.door import DESK, AtDesk, base, keeps
from server.http.office.framework_files import frameworks
from server.i18n import say, say_plural
from server.storage.rows import Entry
from server.views.body.periods import short_day
from server.views.body.sittings import WaitingLine, outcome_words

INDEX: Final = "to_award"
FREE: Final = ("waiting", "withheld")
"""Of these rows: on no agenda yet."""
TO_DO: Final = {
    "convened": N_("Le jury de certification du {day} est à compléter."),
    "presented": N_("Au procès-verbal du jury de certification du {day}, il manque une signature malgré les relances.")}
"""What is said of a sitting that awaits the reader, by its status."""


async def waiting_rows(request: web.Request, status: Sequence[str] = FREE) -> tuple[Entry, ...]:
    """What is due first comes first."""
    return await parts.rows(request).page(
        INDEX, status=tuple(status), order="due_at", **request[DESK].where(Register.SITTINGS))


async def waiting_lines(request: web.Request, rows: Sequence[Row]) -> list[WaitingLine]:
    known = await parts.accounts(request).profiles(row.person for row in rows)
    return [_line(request, row, str(known.get(row.person or "", {}).get("name", ""))) for row in rows]


def _line(request: web.Request, row: Row, name: str) -> WaitingLine:
    at, data = request[DESK], row.data
    provider = at.body.providers.get(row.scope or "") if at.sees(Register.SITTINGS) is ALL_OF_IT else None
    outcome: Any = data["outcome"]
    disputed: Any = data["disputed"]
    sitting = data.get("sitting")
    due_on = day_of(row.due_at - 1) if row.due_at is not None else None
    return WaitingLine(
        f"{base(request)}candidacies/{row.key}", row.key, name, str(row.about), provider.name if provider else "",
        date.fromisoformat(str(data["held_on"])), HearingEnding(str(data["ending"])), outcome, len(disputed),
        data["reexamines"] is not None, row.status, f"{base(request)}sittings/{sitting}" if sitting else "", due_on,
        _rules(row).last_to_hold(due_on) if due_on is not None else None, at.today)


def _rules(row: Row) -> SittingRules:
    file = frameworks().get(f"{row.about}/{row.data['version']}")
    return file.sitting if file is not None else SittingRules()


async def offered(request: web.Request) -> tuple[list[WaitingLine], tuple[tuple[str, str], ...]]:
    """What can be put on an agenda, with each in words."""
    lines, locale = await waiting_lines(request, await waiting_rows(request)), locale_of(request)
    words = list[tuple[str, str]]()
    for one in lines:
        name = one.name or say(locale, N_("nom effacé"), {})
        told = [f"{name}, {one.code}", outcome_words(one, locale)]
        if one.hold_by is not None:
            told.append(say(locale, N_("séance au plus tard le {day}"), {"day": short_day(one.hold_by, locale)}))
        if one.status == "withheld":
            told.append(say(locale, N_("suspendue : le jury ne peut pas encore statuer"), {}))
        words.append((one.candidacy, " · ".join(each for each in told if each)))
    return lines, tuple(words)


# What awaits the reader


async def sittings_awaiting(request: web.Request, at: AtDesk) -> list[tuple[str, str]]:
    """In words, with its page: to the clerk what waits for a sitting, the places that are empty and the minutes to be
    presented, to the commission the sittings whose members it is to appoint."""
    clerk, decides = keeps(at), not needs_meeting(at.offices, Act.SITTING)
    if not (clerk or decides):
        return []
    locale, rows, found = locale_of(request), parts.rows(request), list[tuple[str, str]]()
    waiting = await rows.count(INDEX, body=at.body.id, status="waiting") if clerk else 0
    if waiting:
        found.append((say_plural(locale, "Une candidature attend un jury de certification.",
                                 "{n} candidatures attendent un jury de certification.", waiting, {}), "sittings"))
    wanted = {one for one, is_ours in (("clerk", clerk), ("commission", decides)) if is_ours}
    for status, words in TO_DO.items():
        for row in await rows.page("sittings", body=at.body.id, status=status, order="at"):
            awaits: Any = row.data["awaits"]
            if wanted & set(awaits):
                day = short_day(day_of(row.at or 0), locale)
                found.append((say(locale, words, {"day": day}), f"sittings/{row.key}"))
    for row in await rows.page("sittings", body=at.body.id, status="open", order="at") if clerk else ():
        if row.data["decided"] == row.data["count"]:
            words = N_("Le jury de certification du {day} a tout décidé : présentez son procès-verbal à la signature.")
            found.append((say(locale, words, {"day": short_day(day_of(row.at or 0), locale)}), f"sittings/{row.key}"))
    return found


# Put on an agenda


async def put_on(request: web.Request, sitting: str, candidacy: str, sent: Sent, despite: str | None = None) -> None:
    """Once, however often the form is sent. Refusal where it does not wait any more, or its framework is not here."""
    row = await parts.rows(request).one(INDEX, candidacy)
    state = await parts.journals(request).state(CANDIDACY, candidacy)
    waiting = to_award(state) if state is not None else None
    if row is None or row.body != request[DESK].body.id or state is None or waiting is None:
        raise Refusal("R3.9", N_("Cette candidature n’attend plus de décision."))
    quote, reexamines = parts.journals(request).quote, row.data["reexamines"]
    kept, awarded = cast("list[object]", row.data["kept"]), cast("list[object]", row.data["awarded"])
    await parts.journals(request).execute(
        SITTING, sitting, request[HOME].person, "PutOnAgenda", {
            "candidacy": candidacy, "said": await quote(candidacy, int(str(row.data["position"]))),
            "framework": framework_data(state), "office": await citing.office_of(request),
            "kept": [*kept, *[await quote(candidacy, int(str(one))) for one in awarded]],
            "reexamines": await quote(candidacy, int(str(reexamines))) if reexamines is not None else None,
            "despite": despite, "due": encode(Due(waiting.due))},
        key=made_id(request, sent, f"agenda {sitting} {candidacy}"), by_server=True)


def framework_data(state: CandidacyState) -> dict[str, Any]:
    """The framework of a candidacy, word for word. Refusal where its file is gone, or another."""
    said = state.certification
    file = frameworks().get(f"{said.code}/{said.version}")
    if file is None or framework_digest(file) != said.digest:
        raise Refusal("R1.1", N_("Le référentiel {code}, version {version}, n’est pas sur ce serveur tel qu’il a été "
                                 "mis en vigueur : remettez son fichier."), code=said.code, version=said.version)
    return framework_to_data(file)
