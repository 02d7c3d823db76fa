"""What waits at a desk, for the space of whoever holds its offices: each with the page where it is done. Counted from
indexes."""
from __future__ import annotations

from collections.abc import Callable

from aiohttp import web

from evaluation.body.access import may_keep_registers
from evaluation.body.reading_rights import Register
from evaluation.body.state import Standing
from evaluation.register.register_rows import OWED
from server.http import parts
from server.http.language import locale_of
from server.http.office.awards_waiting import awards_awaiting
from server.http.office.cases import cases_awaiting
from server.http.office.door import AtDesk
from server.http.office.follow_ups import stuck_at
from server.http.office.register_list import TO_POST
from server.http.office.sitting_waiting import sittings_awaiting
from server.i18n import say_plural
from server.people.issuing_certificates import CERTIFICATES, TO_CERTIFY


async def awaiting_at(request: web.Request, at: AtDesk) -> list[tuple[str, str]]:
    """Words, and the address."""
    def ngettext(one: str, other: str, n: int) -> str:
        return say_plural(locale_of(request), one, other, n, {})

    found, stuck, juries = list[tuple[str, str]](), await stuck_at(request, at), await _juries(request, at)
    if stuck:
        found.append((ngettext("Une décision n’a pas pu être suivie d’effet : voir pourquoi.",
                               "{n} décisions n’ont pas pu être suivies d’effet : voir pourquoi.", stuck),
                      "follow-ups"))
    if juries:
        found.append((ngettext("Une journée attend que son jury soit désigné.",
                               "{n} journées attendent que leur jury soit désigné.", juries), "juries"))
    if proposed := _proposed(at):
        found.append((ngettext("Une personne est proposée pour le vivier des jurés.",
                               "{n} personnes sont proposées pour le vivier des jurés.", proposed), "jurors"))
    if asked := await _counted(request, at, Register.ADJUSTMENTS, "asked", "to_decide"):
        found.append((ngettext("Une demande d’aménagement est en cours.",
                               "{n} demandes d’aménagement sont en cours.", asked), "adjustments"))
    if matches := await _counted(request, at, Register.EXAMINATIONS, "open"):
        found.append((ngettext("Une inscription est à examiner.", "{n} inscriptions sont à examiner.", matches),
                      "examinations"))
    found += await awards_awaiting(request, at)
    found += await _certificates(request, at, ngettext)
    found += await _findings(request, at, ngettext)
    if again := await _ordered(request, at):
        found.append((ngettext("Un nouvel examen est à tenir.", "{n} nouveaux examens sont à tenir.", again),
                      "appeals/again"))
    found += await sittings_awaiting(request, at)
    found += await cases_awaiting(request, at)
    return [(words, at.address + page) for words, page in found]


async def _certificates(request: web.Request, at: AtDesk, ngettext: Callable[[str, str, int], str]
                        ) -> list[tuple[str, str]]:
    """To the clerk: awards without a certificate, papers that are to leave, what the Caisse des Dépôts refused."""
    if may_keep_registers(at.offices) is None:
        return []
    rows, body, found = parts.rows(request), at.body.id, list[tuple[str, str]]()
    if waiting := await rows.count(TO_CERTIFY, body=body):
        found.append((ngettext("Une attribution validée attend son certificat.",
                               "{n} attributions validées attendent leur certificat.", waiting), "certificates/issue"))
    if to_post := await rows.count(CERTIFICATES, body=body, status=TO_POST):
        found.append((ngettext("Un certificat est à envoyer.", "{n} certificats sont à envoyer.", to_post),
                      "certificates/post"))
    if to_deposit := await rows.count("deposits", body=body, status=OWED):
        found.append((ngettext("Un certificat est à déposer à la Caisse des Dépôts.",
                               "{n} certificats sont à déposer à la Caisse des Dépôts.", to_deposit),
                      "certificates/deposit"))
    return found


async def _findings(request: web.Request, at: AtDesk, ngettext: Callable[[str, str, int], str]
                    ) -> list[tuple[str, str]]:
    """To the clerk, what nobody is to correct yet; to whoever corrects, what is theirs."""
    found, rows = list[tuple[str, str]](), parts.rows(request)
    if may_keep_registers(at.offices) is not None and (
            open_ones := await rows.count("findings", body=at.body.id, status="open")):
        found.append((ngettext("Un constat attend que vous disiez qui le corrige.",
                               "{n} constats attendent que vous disiez qui les corrige.", open_ones),
                      "findings?only=open"))
    if mine := await rows.count("findings", body=at.body.id, person=at.person, status="assigned"):
        found.append((ngettext("Une action corrective vous est confiée.", "{n} actions correctives vous sont confiées.",
                               mine), "findings?only=assigned&whose=mine"))
    return found


async def _ordered(request: web.Request, at: AtDesk) -> int:
    """The re-examinations whose jury is still to be convened."""
    if may_keep_registers(at.offices) is None:
        return 0
    return await parts.rows(request).count("reexaminations", body=at.body.id, status="ordered")


async def _juries(request: web.Request, at: AtDesk) -> int:
    """Of the days that are open and whose organizer has asked."""
    asked = {one.session for one in at.body.requests.values() if one.open}
    if not asked or at.sees(Register.JURIES) == frozenset():
        return 0
    days = await parts.rows(request).page("days", body=at.body.id, status="open")
    return sum(1 for one in days if one.key in asked)


def _proposed(at: AtDesk) -> int:
    if may_keep_registers(at.offices) is None:
        return 0
    return sum(1 for one in at.body.pool.values() if one.standing is Standing.PROPOSED)


async def _counted(request: web.Request, at: AtDesk, register: Register, *statuses: str) -> int:
    if at.sees(register) == frozenset():
        return 0
    return await parts.rows(request).count(register, body=at.body.id, status=statuses)
