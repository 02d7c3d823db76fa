"""Candidates on whom a sitting has ruled, in a real server: what the jury's day and the sitting wrote stands in
journals that are not played."""
from __future__ import annotations

from typing import Any

from evaluation.candidacy.kind import CANDIDACY
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.grading import compile_result
from evaluation.journal import GENESIS, chain
from evaluation.people import SYSTEM, Paper
from evaluation.sitting.terms import Ruling
from server.http import parts
from server.journals.quoting import reference
from server.storage import journal
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.sitting.house import all_marked
from tests.server.http.office.desks import CIVIL, Desks

EXTRACT = Paper("0" * 32, "d")


async def _said(desks: Desks, kind: str, stream: str, event: str, data: dict[str, Any]) -> dict[str, object]:
    """An event that alone stands in its journal, to be quoted."""
    record = chain(GENESIS, 1, stream, kind, desks.home.clock(), "somebody", event, data)
    async with desks.home.app[parts.DATABASE].writing() as connection:
        await journal.append(connection, [record])
    return reference(record)


async def told(desks: Desks, name: str, command: str, **fields: Any) -> None:
    await desks.home.app[parts.JOURNALS].execute(CANDIDACY, name, SYSTEM, command, fields, by_server=True)


async def heard(desks: Desks, name: str, full_name: str = "") -> None:
    """Registered, examined today, and handed on."""
    await desks.registered(name, full_name, civil=CIVIL)
    marks = {code: one.value for code, one in all_marked().items()}
    said = await _said(desks, "session", f"day-{name}", "session.hearing_closed", {
        "hearing": "h1", "marks": marks, "result": {"outcome": "full"}, "disputed": False})
    await told(desks, name, "NoteEnding", hearing="h1", ending="heard", said=said)
    await told(desks, name, "NoteRecommendation", hearing="h1", said=said, held_on=desks.today, kept=[], kept_until={},
               sought=["BC1", "BC2"], jurors=["p-emp", "p-own", "p-tra"], disputed=[])


async def ruled(desks: Desks, name: str, award: str = "full", full_name: str = "") -> None:
    """And ruled on by a sitting, today."""
    await heard(desks, name, full_name)
    sealed = f"sitting-{name}"
    put = await _said(desks, "sitting", sealed, "sitting.item_put", {"candidacy": name})
    await told(desks, name, "NoteAgenda", said=put, on=True, held_at=desks.home.clock())
    await told(desks, name, "NoteAward", said=await _sealed(desks, name, sealed, award))


async def _sealed(desks: Desks, name: str, sitting: str, award: str) -> dict[str, object]:
    blocks = {"full": ("BC1", "BC2"), "partial": ("BC1",)}.get(award, ())
    state = await desks.of_candidacy(name)
    given = state.recommendations[-1].given
    ruling = Ruling(name, given.certification, given.version, day_of(desks.home.clock()), award, blocks,  # type: ignore[arg-type]
                    compile_result(POLISHING, all_marked()), given.ending, all_marked(), (), (), ("a", "b", "c"))
    (first,) = await desks.home.app[parts.JOURNALS].records(sitting)
    record = chain(first.hash, 2, sitting, "sitting", desks.home.clock(), SYSTEM, "sitting.ruling_sealed", {
        "candidacy": name, "ruling": encode(ruling), "extract": encode(EXTRACT), "minutes": 1, "reexamines": None})
    async with desks.home.app[parts.DATABASE].writing() as connection:
        await journal.append(connection, [record])
    return reference(record)
