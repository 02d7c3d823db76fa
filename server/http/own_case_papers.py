"""The papers and the pictures of a candidate's part of a case, to the candidate and who assists them. Who opened which
is written down before (X1)."""
from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from evaluation.case.state import CaseState, Part
from evaluation.people import Paper
from server.http.entry import entry
from server.http.home import at_home
from server.http.office.office_papers import given_out, picture_given_out
from server.http.own_case import own
from server.http.own_cases import not_here


def papers_of(state: CaseState, part: Part) -> Iterable[Paper]:
    """Those of this part, and the common ones: nothing of another candidate's. A report to the awarding body that
    is about several tells of the others."""
    yield from (Paper(one.id, one.digest) for one in state.evidence_of(part.candidacy) if one.paper)
    yield from (one.paper for one in state.reports if one.about == (part.candidacy,))
    for answer in part.answers:
        yield from answer.papers
    handed = (part.handed,) if part.handed is not None else ()
    for one in (*part.notices, *part.heard, *part.summonses, *handed):
        if one.paper is not None:
            yield one.paper


@entry(at_home)
async def paper(request: web.Request) -> web.StreamResponse:
    """`GET …/papers/{file}`."""
    found, wanted = await own(request), request.match_info["file"]
    for one in papers_of(found.state, found.part):
        if one.file == wanted:
            return await given_out(request, one)
    raise not_here()


@entry(at_home)
async def picture(request: web.Request) -> web.StreamResponse:
    """`GET …/pictures/{picture}.jpg`."""
    found, wanted = await own(request), request.match_info["picture"]
    if wanted not in {one.id for one in found.state.evidence_of(found.part.candidacy) if not one.paper}:
        raise not_here()
    return await picture_given_out(request, wanted)
