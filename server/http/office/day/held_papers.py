"""On site and on paper: a candidate's paper pack, what was scanned, and how far its transcription has come (X13)."""
from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from aiohttp import web

from evaluation.rules import N_
from evaluation.session.on_paper import scans_missing
from evaluation.session.phases import OVER, Phase
from evaluation.session.state import Hearing
from evaluation.session.transcribing import standing
from server.documents.paper_pack_pdf import paper_pack_pdf
from server.http import parts
from server.http.entry import entry
from server.http.office.day.one_day import OneDay, door, own_day
from server.http.office.day.sections import Missing, Section
from server.http.office.door import not_there
from server.views.case_mark import CaseMark
from server.views.session import labels
from server.views.session.paper_pack import paper_pack
from server.views.session.reading import read

PACK_TYPE, ZIP_TYPE = "application/pdf", "application/zip"
STANDS = N_("transcrit du papier, confirmé par les trois jurés")
WAITS = N_("transcrit, confirmé par {count} jurés sur 3")
WRONG, NO_SCAN = N_("un juré demande une correction"), N_("copie numérisée à joindre")


@dataclass(frozen=True)
class HeldLine:
    """One candidate's hearing. `state` says how far its papers have come, empty where there are none; `wrong`: somebody
    has to do something about it."""

    name: str
    mode: str
    href: str
    pack: str
    state: str
    wrong: bool
    mark: CaseMark | None


@dataclass(frozen=True)
class HeldPapers:
    """`all_packs` is where every pack of the day is taken at once."""

    lines: Sequence[HeldLine]
    all_packs: str


async def section(_request: web.Request, day: OneDay) -> Section:
    held = [one for one in day.in_order if one.phase is not Phase.CANCELLED]
    shown = HeldPapers([_line(day, one) for one in held], f"{day.path}/packs.zip" if held else "")
    wrong = [(one, words) for one in held if (words := wrong_words(day, one))]
    missing = tuple(Missing(day.say(N_("{name} : {words}"), name=day.name(one.candidate.person), words=words),
                            transcript_path(day, one) if day.acts else "") for one, words in wrong)
    return Section("held-papers", day.say(N_("Sur place et sur papier")), "_held_papers.html", shown, missing)


def transcript_path(day: OneDay, hearing: Hearing) -> str:
    """The page of one hearing's papers."""
    return f"{day.path}/transcripts/{hearing.id}"


def wrong_words(day: OneDay, hearing: Hearing) -> str:
    """What the organizer has to do about the papers; empty where there is nothing."""
    found = standing(hearing)
    if found is not None and found.refused:
        return day.say(WRONG)
    return day.say(NO_SCAN) if scans_missing(hearing) else ""


def state_words(day: OneDay, hearing: Hearing) -> str:
    found = hearing.transcribed
    if found is None:
        return ""
    return day.say(STANDS) if found.stands_at is not None else day.say(WAITS, count=len(found.confirmed))


def _line(day: OneDay, hearing: Hearing) -> HeldLine:
    wrong = wrong_words(day, hearing)
    return HeldLine(
        day.name(hearing.candidate.person), day.say(labels.MODES[hearing.mode]), transcript_path(day, hearing),
        "" if hearing.phase in OVER else f"{day.path}/packs/{hearing.id}.pdf",
        wrong or state_words(day, hearing), bool(wrong), day.case_marks.get(hearing.id))


# The packs --------------------------------------------------------------------------------------------------------


@entry(door)
async def pack(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/packs/{hearing}.pdf`; the papers are in French whoever takes them."""
    day = await own_day(request)
    hearing = day.state.hearings.get(request.match_info["hearing"])
    if hearing is None:
        raise not_there()
    return _taken(await _drawn(request, day, hearing), PACK_TYPE, "dossier-papier.pdf")


@entry(door)
async def packs(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/packs.zip`: one file for each hearing that is still to be held, in the day's order."""
    day, written = await own_day(request), BytesIO()
    with zipfile.ZipFile(written, "w") as files:
        for number, hearing in enumerate((one for one in day.in_order if one.phase not in OVER), 1):
            files.writestr(f"{number:02d}-{hearing.id}.pdf", await _drawn(request, day, hearing))
    return _taken(written.getvalue(), ZIP_TYPE, f"dossiers-papier-{day.state.date}.zip")


def _taken(body: bytes, kind: str, name: str) -> web.Response:
    return web.Response(body=body, content_type=kind,
                        headers={"Content-Disposition": f'attachment; filename="{name}"'})


async def _drawn(request: web.Request, day: OneDay, hearing: Hearing) -> bytes:
    assert day.mine is not None
    reading = await read(parts.sessions(request), day.state, day.mine.id, "fr", day.now, hearings=(hearing.id,))
    assert reading is not None
    paper = paper_pack(reading, hearing, reading.words(day.state.place) or "")
    async with request.app[parts.PAPERS].turn():
        return await paper_pack_pdf(paper)
