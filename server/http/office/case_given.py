"""The pictures and the papers of a case, given out to whoever sees the part that they are of. Who opened which is
written down before (X1)."""
from __future__ import annotations

from aiohttp import web

from server.http.entry import entry
from server.http.language import locale_of
from server.http.office.case_page import case_of_address
from server.http.office.cases import door
from server.http.office.door import not_there
from server.http.office.office_papers import given_out, picture_given_out
from server.views.body.case_files import common_papers, papers_of, pictures_of
from server.views.body.case_words import Telling


@entry(door)
async def show_picture(request: web.Request) -> web.StreamResponse:
    """`GET cases/{case}/pictures/{capture}.jpg`."""
    state, mine = await case_of_address(request)
    wanted = request.match_info["capture"]
    if wanted not in pictures_of(state, [one.candidacy for one in mine]):
        raise not_there()
    return await picture_given_out(request, wanted)


@entry(door)
async def show_paper(request: web.Request) -> web.StreamResponse:
    """`GET cases/{case}/papers/{file}`."""
    state, mine = await case_of_address(request)
    telling = Telling({}, {}, locale_of(request))
    papers = [*common_papers(state, telling),
              *(one for part in mine for one in papers_of(state, part.candidacy, telling))]
    wanted = request.match_info["file"]
    return await given_out(request, next((one.paper for one in papers if one.paper.file == wanted), None))
