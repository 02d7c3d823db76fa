"""What waits at a desk between the certification jury and the certificate: results to present, batches to decide,
delays that have passed (R8.1, X6). Counted from indexes."""
from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from evaluation.body.access import may_keep_registers, needs_meeting
from evaluation.body.reading_rights import Register
from evaluation.candidacy.delay_rows import DELAYS
from evaluation.deadlines import end_of
from evaluation.offices import Act
from server.http import parts
from server.http.language import locale_of
from server.http.office.door import AtDesk
from server.i18n import say_plural


async def awards_awaiting(request: web.Request, at: AtDesk) -> list[tuple[str, str]]:
    """Words, and the address. A batch waits for who decides on it alone: the clerk records what they decided."""
    def ngettext(one: str, other: str, n: int) -> str:
        return say_plural(locale_of(request), one, other, n, {})

    found, rows, body = list[tuple[str, str]](), parts.rows(request), at.body.id
    clerk = may_keep_registers(at.offices) is not None
    if clerk and (late := await rows.count(DELAYS, body=body, due_before=late_before(at))):
        found.append((ngettext("Un délai est dépassé.", "{n} délais sont dépassés.", late), "delays?when=late"))
    if clerk and (waiting := await rows.count("to_validate", body=body, status="waiting")):
        found.append((ngettext("Un résultat attend d’être présenté à la commission.",
                               "{n} résultats attendent d’être présentés à la commission.", waiting),
                      "batches/present"))
    if _decides(at) and (presented := await rows.count("batches", body=body, status="presented")):
        found.append((ngettext("Un lot attend la décision de la commission.",
                               "{n} lots attendent la décision de la commission.", presented),
                      "batches?only=presented"))
    return found


def late_before(at: AtDesk) -> int:
    """What was due by the end of yesterday is late."""
    return end_of(at.today - timedelta(days=1)) + 1


def _decides(at: AtDesk) -> bool:
    return at.sees(Register.BATCHES) != frozenset() and not needs_meeting(at.offices, Act.DECISION)
