"""The letters of a candidate's results, in their space: each as the mail carried it (R8.1)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from evaluation.candidacy.kind import CANDIDACY
from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import parts
from server.http.entry import entry
from server.http.home import HOME, at_home, space_path
from server.http.language import locale_of
from server.http.problem import Problem
from server.i18n import Locale, say
from server.storage.rows import Rows
from server.storage.vault import Erased
from server.views.body.periods import short_day
from server.views.candidacy.own_result import ToldResult, told_result
from server.views.candidacy.result_lines import TITLES
from server.views.space import Place
from server.views.when import day_words


@dataclass(frozen=True)
class OwnResult:
    """One letter. `told` is what it says, in words, of the newest of each candidacy."""

    title: str
    code: str
    href: str
    told: ToldResult | None = None


async def own_results(request: web.Request) -> list[OwnResult]:
    """The last first."""
    person, seen, found = request[HOME].person, set[str](), list[OwnResult]()
    for row in await parts.rows(request).page("results", person=person, order="at", descending=True):
        candidacy = str(row.data["candidacy"])
        told = None if candidacy in seen else await _told(request, candidacy, int(str(row.data["position"])))
        seen.add(candidacy)
        found.append(_letter(row, person, locale_of(request), told))
    return found


def _letter(row: Row, person: str, locale: Locale, told: ToldResult | None) -> OwnResult:
    title = say(locale, TITLES[str(row.data["letter"])], {"day": short_day(day_of(row.at or 0), locale)})
    return OwnResult(title, row.about or "", f"{space_path(person)}candidacies/{row.data['candidacy']}/letters/"
                                             f"{row.data['position']}", told)


async def _told(request: web.Request, candidacy: str, position: int) -> ToldResult | None:
    row = await parts.rows(request).one("candidacies", candidacy)
    state = await parts.journals(request).state(CANDIDACY, row.stream) if row is not None else None
    reading = await request.app[parts.RESULT_PAPERS].reading(state, position) if state is not None else None
    return told_result(reading, locale_of(request), day_of(parts.now(request))) if reading is not None else None


async def awaited_results(request: web.Request) -> list[str]:
    """Of who was heard and waits: by when they are told, in words. A ruling that is withheld has no such day, and says
    no more here: what concerns the candidate of it stands in its case."""
    person, locale, found = request[HOME].person, locale_of(request), list[str]()
    for row in await parts.rows(request).page("to_award", person=person, order="at", descending=True):
        values = {"held": day_words(str(row.data["held_on"]), locale)}
        if row.due_at is not None:
            values["day"] = day_words(day_of(row.due_at - 1), locale)
        found.append(say(locale, BY_WHEN if "day" in values else WAITS, values))
    return found


BY_WHEN: Final = N_("Épreuve du {held} : le jury de certification statue, et votre résultat vous est dit ici et par "
                    "courriel au plus tard le {day}. Vous n’avez rien à faire pour cela.")
WAITS: Final = N_("Épreuve du {held} : le jury de certification n’a pas encore statué. Vous recevez votre résultat "
                  "ici et par courriel dès que c’est fait.")


class Results:
    """A source of `Space`: whoever waits for a result, or has its letter, comes in by their link, though their day is
    closed."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def any_open(self, person: str) -> bool:
        return any([await self._rows.count(index, person=person) > 0 for index in ("to_award", "results")])

    async def places(self, person: str, locale: str, now: int) -> Sequence[Place]:
        """None: a letter is no seat that is entered; the space lists letters apart."""
        return ()


@entry(at_home)
async def letter(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}/letters/{position}`. Problem 404 for somebody else's."""
    row = await parts.rows(request).one("candidacies", request.match_info["candidacy"])
    state = await parts.journals(request).state(CANDIDACY, row.stream) if row is not None else None
    if state is None or state.person != request[HOME].person:
        raise Problem(404, N_("Cette lettre n’est pas dans votre espace."),
                      N_("Revenez à votre espace : il montre ce qui est à votre nom."))
    return await letter_pdf(request, state.id, int(request.match_info["position"]))


async def letter_pdf(request: web.Request, candidacy: str, position: int) -> web.StreamResponse:
    """Problem 404 where no letter is about what stands there, 410 where the person was erased, 503 where it cannot be
    sealed now."""
    from server.documents.sealing import SealUnavailable  # what seals takes long to load

    state = await parts.journals(request).state(CANDIDACY, candidacy)
    try:
        paper = await request.app[parts.RESULT_PAPERS].pdf(state, position) if state is not None else None
    except Erased:
        raise Problem(410, N_("Cette lettre a été effacée avec les données de la personne.")) from None
    except SealUnavailable:
        raise Problem(503, N_("L’autorité qui horodate les cachets ne répond pas, et la lettre n’est pas encore "
                              "scellée. Rien n’est perdu : recommencez dans quelques minutes.")) from None
    if paper is None:
        raise Problem(404, N_("Cette lettre n’est pas connue."))
    return web.Response(body=paper[1], content_type="application/pdf", headers={
        "Content-Disposition": f'attachment; filename="{paper[0]}"'})
