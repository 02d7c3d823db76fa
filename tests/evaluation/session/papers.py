"""A hearing held on paper, for tests: its pack scanned, and what is read off it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from evaluation.framework import Framework
from evaluation.grading import Mark
from evaluation.people import Words
from evaluation.session import commands as c
from evaluation.session.terms import Advice
from evaluation.session.transcript import Hours, PaperIdentity, PaperMark, Transcript
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session.day import ALL_A, JURY, MINUTE, NINE, Day, begun

PRESENTATION = Hours(NINE + 30 * MINUTE, NINE + 45 * MINUTE)
QUESTIONS = Hours(NINE + 46 * MINUTE, NINE + 76 * MINUTE)
GRIDS = {seat.id: {code: PaperMark(mark) for code, mark in ALL_A.items()} for seat in JURY}
ADVICE: dict[str, Advice] = {"BC1": "award", "BC2": "award", "": "award"}
READ = Transcript(
    "emp", "acknowledged", "signed", PaperIdentity("conform", "proceed", "new_card"), PRESENTATION, QUESTIONS, GRIDS,
    ALL_A, (), ADVICE)  # fmt: skip


def on_site_day(of: Framework = POLISHING, mode: str = "on_site") -> Day:
    """The first candidate on site, the second remote."""
    return begun(of, {"h1": {"mode": mode}})


def scanned(mode: str = "on_site", of: Framework = POLISHING) -> Day:
    """Held on paper in the morning, its pack scanned at noon."""
    day = on_site_day(of, mode).wait(160)
    day.do("org", c.AttachScan("h1", "scan-1", "pack", "digest", 9))
    return day


def entered(said: Mapping[str, Words] | None = None, mode: str = "on_site", of: Framework = POLISHING,
            **changes: Any) -> Day:  # fmt: skip
    day = scanned(mode, of)
    enter(day, said, **changes)
    return day


def enter(day: Day, said: Mapping[str, Words] | None = None, **changes: Any) -> None:
    day.do("org", transcript(said, **changes))


def transcript(said: Mapping[str, Words] | None = None, **changes: Any) -> c.EnterTranscript:
    return c.EnterTranscript("h1", replace(READ, **changes), said or {})


def number(day: Day) -> int:
    found = day.hearing().transcribed
    assert found is not None
    return found.number


def confirm(day: Day, *jurors: str) -> Day:
    for juror in jurors or ("own", "tra", "emp"):
        day.wait(1).do(juror, c.ConfirmTranscript("h1", number(day)))
    return day


def with_mark(juror: str, code: str, mark: Mark | None, *, not_shown: bool = False) -> dict[str, dict[str, PaperMark]]:
    """The three grids, one mark another or (None) missing."""
    own = {one: given for one, given in GRIDS[juror].items() if one != code}
    if mark is not None:
        own[code] = PaperMark(mark, not_shown)
    return {**GRIDS, juror: own}
