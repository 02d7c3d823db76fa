"""A case of a candidacy as the certification jury is told of it: of which kind it is, and how far."""
from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from evaluation.case.terms import Stage
from evaluation.case_rules import Consequence, Door
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from server.i18n import Locale, say
from server.views.body.cases import CONSEQUENCES, DOORS, STAGES
from server.views.body.periods import short_day


@dataclass(frozen=True)
class CaseOnItem:
    title: str
    door: str
    day: str
    state: str
    opened: bool


def case_on_item(row: Row, locale: Locale) -> CaseOnItem:
    """With its consequence, once it is decided."""
    taken, state = row.data["consequence"], say(locale, STAGES[Stage(str(row.status))][0], {})
    if taken is not None:
        state = f"{state}, {say(locale, CONSEQUENCES[Consequence(str(taken))], {})}"
    return CaseOnItem(str(row.data["kind_title"]), say(locale, DOORS[cast("Door", row.data["door"])], {}),
                      short_day(day_of(row.at or 0), locale), state, bool(row.data["open"]))
