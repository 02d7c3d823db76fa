"""All descriptions, one for each kind of event that a session's journal may hold."""
from __future__ import annotations

from collections.abc import Iterable, Mapping

from server.views.session.telling import (
    among_jurors,
    before_presentation,
    by_organizer,
    during_examination,
    of_notices,
    of_the_day,
    of_the_jury,
    put_on_paper,
    rearranged,
)
from server.views.session.telling.description import Chapter, Described

CHAPTERS = (
    of_the_day.OF_THE_DAY, rearranged.REARRANGED, before_presentation.AT_THE_DOOR, before_presentation.IDENTITY,
    before_presentation.RULES_AND_SHEET, during_examination.PHASES, during_examination.ENDINGS,
    during_examination.INCIDENTS, by_organizer.BY_ORGANIZER, among_jurors.OWN, among_jurors.TOGETHER,
    of_notices.OF_NOTICES, before_presentation.PAPERS, of_the_jury.BEFORE_THE_DAY, put_on_paper.ON_PAPER,
)


def together(chapters: Iterable[Chapter]) -> Mapping[type, Described]:
    """ValueError for an event that is described twice."""
    found: dict[type, Described] = {}
    for chapter in chapters:
        twice = found.keys() & chapter.keys()
        if twice:
            raise ValueError(f"described twice: {', '.join(sorted(one.__name__ for one in twice))}")
        found.update(chapter)
    return found


DESCRIBED = together(CHAPTERS)
