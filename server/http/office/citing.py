"""What an act of the clerk in a candidacy rests on, looked up where it stands: nobody types it, no page sends it."""
from __future__ import annotations

from aiohttp import web

from evaluation.body.access import may_keep_registers
from evaluation.candidacy.state import CandidacyState
from evaluation.journal import Record
from evaluation.quotes import Quote
from server.http import parts
from server.http.office.door import DESK, Asking, not_there


async def record_at(request: Asking, stream: str, position: int) -> Record:
    (found,) = await parts.journals(request).records(stream, position - 1, position)
    return found


async def quote_at(request: Asking, stream: str, position: int) -> Quote:
    """What stands there, as the rules are asked with it."""
    one = await record_at(request, stream, position)
    return Quote(one.kind, one.stream, one.position, one.hash, one.event, one.data)


async def of_body(request: Asking, position: int) -> dict[str, object]:
    """What a command carries to quote the awarding body's event at a position."""
    return await parts.journals(request).quote(request[DESK].body.id, position)


async def office_of(request: web.Request) -> dict[str, object]:
    """The grant of the office under which they keep the registers. Problem 404 for none."""
    at = request[DESK]
    mine = may_keep_registers(at.offices)
    if mine is None:
        raise not_there()
    return await of_body(request, at.body.offices[mine].position)


async def outcomes(request: web.Request, state: CandidacyState) -> tuple[Quote, ...]:
    """Every outcome that holds, of this candidacy and the others of the person for the same certification here."""
    return await outcomes_of(request, state.person, state.certification.code)


async def outcomes_of(request: Asking, person: str, code: str) -> tuple[Quote, ...]:
    """Every outcome that holds of a person, for a certification here."""
    rows = await parts.rows(request).page(
        "outcomes", body=request[DESK].body.id, person=person, about=code, order="at")
    return tuple([await quote_at(request, row.stream, int(str(row.data["position"]))) for row in rows])
