"""`days/{session}/transcripts/{hearing}`: scans of a hearing's papers attached, and what they say entered (X13)."""
from __future__ import annotations

from typing import Final

from aiohttp import web

from evaluation.rules import N_
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing
from evaluation.session.transcribing import standing
from server.http import forms
from server.http.bodies import FORM
from server.http.entry import entry
from server.http.form_fields import Listed, Upload
from server.http.forms import Form, Sent
from server.http.office.day.held_papers import state_words, transcript_path
from server.http.office.day.one_day import HERE, OneDay, act_in, door, own_day
from server.http.office.day.session_files import keep_with
from server.http.office.day.transcript_form import command_of, first_of, form_of, groups
from server.http.office.day.writing_brief import documents_path, reading_of_day
from server.http.office.door import not_there, show
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.session.transcript_words import answers_of, scans_of
from server.views.when import day_words

SCAN: Final = "scan"
OWN: Final = frozenset({"prevention", "sheet"})
"""Papers that carry the candidate's signature, and are erased with them; the pack holds what three jurors wrote."""
SCANNED: Final = Form((
    Listed("paper", N_("Quel papier ?"), choices=tuple(labels.PAPERS.items())),
    Upload("file", N_("La copie numérisée"), N_("Un seul PDF, ou une image. Toutes les pages, lisibles."))),
    N_("Joindre cette copie"))


def _hearing(request: web.Request, day: OneDay) -> Hearing:
    found = day.state.hearings.get(request.match_info["hearing"])
    if found is None:
        raise not_there()
    return found


@entry(door)
async def show_transcript(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/transcripts/{hearing}`."""
    day = await own_day(request)
    return await _page(request, day, _hearing(request, day), 200)


async def _page(request: web.Request, day: OneDay, hearing: Hearing, status: int, *, scan: Sent | None = None,
                entered: Sent | None = None) -> web.Response:
    reading, path = await reading_of_day(request, day), transcript_path(day, hearing)
    open_still, has_pack = hearing.phase not in OVER, any(one.paper == "pack" for one in hearing.scans)
    form = form_of(day, hearing) if open_still and has_pack else None
    drawn = forms.view(request, form, path, entered, prefix="t-", seen=day.state.position,
                       **_held(reading, hearing)) if form is not None else None
    return await show(
        request, "office/day/transcribe.html", status=status, here=HERE, day=day, path=day.path,
        name=day.name(hearing.candidate.person), title=day_words(day.date, day.locale),
        pack=f"{day.path}/packs/{hearing.id}.pdf" if open_still else "", scans=scans_of(reading, hearing),
        documents=documents_path(request, day), state=state_words(day, hearing), open_still=open_still,
        answers=answers_of(reading, hearing), corrects=standing(hearing) is not None,
        scan=forms.view(request, SCANNED, f"{path}/scan", scan, prefix="s-"),
        form=drawn, groups=groups(day, hearing, drawn) if drawn is not None else ())


def _held(reading: Reading, hearing: Hearing) -> dict[str, str | tuple[str, ...]]:
    """What was entered before, to be corrected; empty fields before the first entry."""
    found = hearing.transcribed
    if found is None:
        return {}
    return first_of(found, {place: reading.words(words) or "" for place, words in found.said.items()})


@entry(door, takes=SCANNED.types, most=SCANNED.most)
async def attach(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/transcripts/{hearing}/scan`."""
    day = await own_day(request)
    hearing = _hearing(request, day)

    async def do(sent: Sent) -> str:
        await keep_with(
            request, day, sent, sent.values["file"], SCAN, "AttachScan",
            lambda file, pages: {"hearing": hearing.id, "document": file.id, "paper": sent.values["paper"],
                                 "digest": file.digest, "pages": pages},
            person=hearing.candidate.person if sent.values["paper"] in OWN else None)
        return f"{transcript_path(day, hearing)}?done=scan-attached"

    return await forms.answer(request, SCANNED, do,
                              lambda sent, status: _page(request, day, hearing, status, scan=sent))


@entry(door, takes=(FORM,), most="limits.command_bytes")
async def enter(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/transcripts/{hearing}`."""
    day = await own_day(request)
    hearing = _hearing(request, day)

    async def do(sent: Sent) -> str:
        await act_in(request, day, "EnterTranscript", command_of(day, hearing, sent.values), sent)
        return f"{transcript_path(day, hearing)}?done=transcribed"

    return await forms.answer(request, form_of(day, hearing), do,
                              lambda sent, status: _page(request, day, hearing, status, entered=sent))
