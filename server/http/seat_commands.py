"""`POST /seat/{seat}/commands`: what somebody in a seat asks for (the contract is in view.d.ts).

Who may do what is for the rules to say, in `Journals.execute`. Here: one JSON object, one idempotency key.
"""
from __future__ import annotations

import re
from typing import Final

from aiohttp import web

from evaluation.codec import FieldError
from evaluation.rules import N_
from evaluation.session import acts
from evaluation.session.kind import SESSION
from server.http import parts
from server.http.bodies import JSON, read_object
from server.http.entry import VISIT, entry, seated, slow_down
from server.http.problem import Problem

KEY = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)
"""A UUID, or anything as hard to meet by chance."""

DECIDES_ON_WHAT_IS_SHOWN = acts.RESTS_ON.keys() | acts.SIGNS
"""X7: acts that say what was read before them; one that does not could be blind."""

RATES: Final = {"ReportProblem": "calls", "WriteToRoom": "messages", "SetMark": "marks"}
"""What somebody may do again and again, each time a line of the journal for ever: how often, within `commands`."""


@entry(seated, takes=(JSON,), most="limits.command_bytes")
async def command(request: web.Request) -> web.StreamResponse:
    visit = request[VISIT]
    key = idempotency_key(request)
    expected = _position(request)
    fields = await read_object(request)
    name = _refuse_not_for_pages(fields.pop("command", None))
    if name in RATES:
        slow_down(request, RATES[name], visit.seat.id, parts.rate(request, RATES[name]))
    if expected is None and SESSION.commands.classes.get(name) in DECIDES_ON_WHAT_IS_SHOWN:
        raise FieldError("X-Position", N_("cette décision dit quel état de la page elle suit"))
    outcome = await parts.sessions(request).execute(
        visit.session, visit.seat.id, name, fields, key=key, expected=expected)
    return web.json_response({"position": outcome.position})


def idempotency_key(request: web.Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise FieldError("Idempotency-Key", N_("il faut un identifiant de 8 à 64 lettres, chiffres, - ou _"))
    return key


def _position(request: web.Request) -> int | None:
    text = request.headers.get("X-Position")
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise FieldError("X-Position", N_("un nombre entier est attendu"))
    return int(text)


def _refuse_not_for_pages(name: object) -> str:
    """Problem 403 for a command that only the server's own parts send."""
    if not isinstance(name, str):
        raise FieldError("command", N_("un texte est attendu"))
    if name in SESSION.commands.classes and SESSION.commands.classes[name] not in SESSION.from_pages:
        raise Problem(403, N_("Cette action ne se fait pas depuis cette page. Rien n’a été changé."), field="command")
    return name
