"""What became of notices' letters, told to the days and cases that they are about (R4.2, R7.2): each once, whatever is
killed in between."""
from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from evaluation.candidacy.kind import CANDIDACY
from evaluation.case.kind import CASE
from evaluation.codec import FieldError
from evaluation.kinds import Kind
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.session.kind import SESSION
from server import logs
from server.journals.write_path import Journals, KeyReused
from server.people.case_letters import letter_about
from server.people.result_letters import RESULT
from server.storage.journal import StaleVersion
from server.storage.letter_reports import LetterReport, LetterReports

log = logs.logger(__name__)


PaperOf = Callable[[str, int], Awaitable[dict[str, str] | None]]
"""The sealed letter of a candidacy about what stands at a position, as a command refers to it."""


class LetterOutcomes:
    def __init__(self, journals: Journals, reports: LetterReports, paper_of: PaperOf) -> None:
        self._journals, self._reports, self._paper_of = journals, reports, paper_of
        self._telling = asyncio.Lock()

    async def tell(self) -> None:
        """Everything that no day has been told yet. What cannot be written now, to a broken journal say, is told at the
        next round, and holds up nothing else."""
        async with self._telling:
            for one in await self._reports.untold():
                try:
                    await self._tell(one)
                except KeyReused:  # told before a stop, when its paper was kept still
                    pass
                except (Refusal, FieldError) as refusal:  # the day is closed, or gone: nobody waits for it any more
                    log.warning("letter.outcome_dropped", session=one.about.stream, exc_info=refusal)
                except StaleVersion:
                    continue
                except Exception as error:
                    log.error("letter.outcome_failed", session=one.about.stream, exc_info=error)
                    continue
                await self._reports.told(one)

    async def _tell(self, one: LetterReport) -> None:
        kind, command, fields = _command(one)
        if kind is CANDIDACY:
            fields["paper"] = await self._paper_of(one.about.stream, one.about.number)
        await self._journals.execute(
            kind, one.about.stream, SYSTEM, command, fields, key=f"letter {one.letter} {one.outcome}", by_server=True,
            final=False)


def _command(one: LetterReport) -> tuple[Kind[Any], str, dict[str, Any]]:
    if one.about.seat.startswith(f"{RESULT}:"):
        told = {"letter": one.about.number, "at": one.at}
        if one.outcome == "taken":
            return CANDIDACY, "NoteResultArrived", told
        return CANDIDACY, "NoteResultFailed", told | {"why": one.why}
    fields: dict[str, Any] = {"number": one.about.number, "at": one.at}
    of_case = letter_about(one.about)
    if of_case is not None:
        fields |= {"what": of_case[0], "candidacy": of_case[1]}
        if one.outcome == "taken":
            return CASE, "CaseLetterArrived", fields
        return CASE, "CaseLetterFailed", fields | {"why": one.why}
    fields["seat"] = one.about.seat
    if one.outcome == "taken":
        return SESSION, "NoticeArrived", fields | {"twice": one.twice}
    return SESSION, "NoticeFailed", fields | {"bounce": one.outcome, "why": one.why}
