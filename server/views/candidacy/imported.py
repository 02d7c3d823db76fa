"""Lines of a list of candidates: what is wrong with each, and what became of it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.rules import N_
from server.i18n import Locale, say
from server.people.registration_columns import TITLES, CheckedLine, Line
from server.people.typed import Said
from server.storage.imports import LineDone


@dataclass(frozen=True)
class LineView:
    """`problems` and `warnings` are in words; `href` leads to the candidacy that the line became."""

    number: int
    name: str
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    href: str = ""
    state: str = ""


def line_view(one: CheckedLine, locale: Locale) -> LineView:
    return LineView(one.line.number, one.line.name, _words(one.problems, locale), _words(one.warnings, locale))


def _words(said: Mapping[str, Said], locale: Locale) -> tuple[str, ...]:
    """"Date de naissance : ce jour n’existe pas au calendrier.", in the order of the columns."""
    order = list(TITLES)
    return tuple(say(locale, N_("{title} : {words}"), {"title": say(locale, TITLES[name], {}),
                                                       "words": say(locale, one.text, one.values)})
                 for name, one in sorted(said.items(), key=lambda item: order.index(item[0])))


def done_view(line: Line, done: LineDone | None, base: str, locale: Locale) -> LineView:
    name = line.name
    if done is None:
        return LineView(line.number, name, state=say(locale, N_("en attente"), {}))
    if done.candidacy is not None:
        return LineView(line.number, name, href=f"{base}candidacies/{done.candidacy}")
    words = (say(locale, str(one["text"]), one["values"]) for one in done.problem)
    return LineView(line.number, name, tuple(one[:1].upper() + one[1:] for one in words))
