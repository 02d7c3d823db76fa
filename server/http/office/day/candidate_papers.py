"""`days/{session}/papers/{hearing}`: one candidate's papers, as the organizer keeps them (R4.1, R4.6, R3.5).

What is there, papers supplied for them, a late paper accepted with its reason, the piece, an agreement to a shorter
delay."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.rules import N_
from evaluation.session import access
from evaluation.session.doors import Door
from evaluation.session.papers_wanted import papers_wanted
from evaluation.session.phases import TO_CALL
from evaluation.session.shown_papers import awaiting_acceptance
from evaluation.session.state import Hearing
from evaluation.session.terms import IDENTITY_KINDS
from server.http import forms
from server.http.entry import VISIT, Visit, entry, require
from server.http.form_fields import Choice, Day, Listed, Text, Upload
from server.http.forms import Form, Sent
from server.http.office.day.brief_and_papers import papers_path
from server.http.office.day.one_day import HERE, OneDay, act_in, door, own_day
from server.http.office.day.writing_brief import documents_path, reading_of_day
from server.http.office.door import not_there, show
from server.http.supplied_documents import supply_file
from server.views.body.periods import short_day
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.session.to_supply import step_state, versions
from server.views.when import day_words

STEPS: Final = (("received", N_("Reçue")), ("moved", N_("Confiée à quelqu’un d’autre")), ("returned", N_("Rendue")))
SUPPLY: Final = Form((
    Listed("kind", N_("Quel document ?")), Upload("file", N_("Le fichier"), N_("PDF, ou image JPEG, PNG ou WebP."))),
    N_("Ajouter au dossier"))
LATE: Final = Form((
    Listed("document", N_("Document")),
    Text("words", N_("Motif"), N_("Il est conservé au dossier, et le jury voit que le document est arrivé tard."),
         lines=3, most=5000)), N_("Accepter ce document"))
PIECE: Final = Form((
    Choice("step", N_("La pièce"), choices=STEPS), Day("on", N_("Le")),
    Text("words", N_("Qui la garde, et où"), N_("Rendue : à qui, et comment."), lines=2, most=2000)),
    N_("Noter"))
AGREEMENT: Final = Form((
    Day("deadline", N_("Livret remis au plus tard le")),
    Text("words", N_("Comment l’accord a été donné"), N_("Un courriel du 3 mars, un appel, une lettre."), lines=2,
         most=2000)), N_("Consigner cet accord"))


def _hearing(request: web.Request, day: OneDay) -> Hearing:
    found = day.state.hearings.get(request.match_info["hearing"])
    if found is None:
        raise not_there()
    return found


@entry(door)
async def show_papers(request: web.Request) -> web.StreamResponse:
    """`GET days/{session}/papers/{hearing}`."""
    day = await own_day(request)
    return await _page(request, day, _hearing(request, day), 200, {})


async def _page(request: web.Request, day: OneDay, hearing: Hearing, status: int, sent: Mapping[str, Sent]
                ) -> web.Response:
    reading, path = await reading_of_day(request, day), papers_path(day, hearing)
    drawn = {name: forms.view(request, form, f"{path}/{name}", sent.get(name), prefix=f"{name}-")
             for name, form in _forms(reading, hearing).items()}
    found = papers_wanted(day.state, hearing)
    return await show(
        request, "office/day/candidate_papers.html", status=status, here=HERE, day=day, path=day.path,
        heading=day.say(N_("Documents de {name}"), name=day.name(hearing.candidate.person)),
        title=day_words(day.date, day.locale), forms_of=drawn,
        wanted=[(reading.label(labels.DOCUMENTS, one.kind), step_state(one), short_day(one.by, day.locale))
                for one in found],
        kinds=[(reading.label(labels.DOCUMENTS, kind), versions(reading, hearing, kind), kind not in IDENTITY_KINDS)
               for kind in labels.DOCUMENTS if any(one.kind == kind for one in hearing.documents)],
        documents=documents_path(request, day), piece=_piece(reading, hearing),
        agreed=_agreed(reading, hearing))


def _forms(reading: Reading, hearing: Hearing) -> dict[str, Form]:
    """Those that lead somewhere now."""
    kinds = [one.kind for one in papers_wanted(reading.state, hearing)]
    offered = ["formative", *(kind for kind in kinds if kind not in IDENTITY_KINDS)]
    late = awaiting_acceptance(reading.state, hearing)
    found: dict[str, Form] = {}
    if hearing.phase in TO_CALL:
        found["supply"] = SUPPLY.choosing(kind=tuple((one, reading.label(labels.DOCUMENTS, one)) for one in offered))
        if late:
            found["late"] = LATE.choosing(document=tuple(
                (one.id, reading.label(labels.DOCUMENTS, one.kind)) for one in late))
        found["agreement"] = AGREEMENT
    if "photograph" in kinds:
        found["piece"] = PIECE
    return found


def _piece(reading: Reading, hearing: Hearing) -> list[tuple[str, str]]:
    """Each step in words, and who holds it from then on."""
    return [(reading.say(labels.PIECE_STEPS[one.step], day=short_day(one.on, reading.locale)),
             reading.words(one.words) or "") for one in hearing.piece]


def _agreed(reading: Reading, hearing: Hearing) -> tuple[str, str] | None:
    agreed = hearing.shorter_delay
    return None if agreed is None else (short_day(agreed.deadline, reading.locale), reading.words(agreed.words) or "")


# What its forms do ------------------------------------------------------------------------------------------------

Does = Callable[[web.Request, OneDay, Hearing, Sent], Awaitable[None]]


async def _answered(request: web.Request, name: str, does: Does, done: str) -> web.StreamResponse:
    day = await own_day(request)
    hearing = _hearing(request, day)
    form = _forms(await reading_of_day(request, day), hearing).get(name)
    if form is None:
        raise not_there()

    async def do(sent: Sent) -> str:
        await does(request, day, hearing, sent)
        return f"{papers_path(day, hearing)}?done={done}"

    return await forms.answer(request, form, do,
                              lambda sent, status: _page(request, day, hearing, status, {name: sent}))


@entry(door, takes=SUPPLY.types, most=SUPPLY.most)
async def supply(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/papers/{hearing}/supply`."""

    async def does(request: web.Request, day: OneDay, hearing: Hearing, sent: Sent) -> None:
        assert day.mine is not None
        request[VISIT] = visit = Visit(day.mine, day.state, access.rights(day.state, day.mine.id))
        require(visit, Door.UPLOAD, hearing.id)
        given = sent.values["file"]
        await supply_file(request, hearing.id, sent.values["kind"], None, sent.key, given.filename, given.data)

    return await _answered(request, "supply", does, "paper-supplied")


def _act(command: str, named: Callable[[Sent], Mapping[str, Any]]) -> Does:
    async def does(request: web.Request, day: OneDay, hearing: Hearing, sent: Sent) -> None:
        await act_in(request, day, command, {"hearing": hearing.id, "words": sent.values["words"], **named(sent)}, sent)

    return does


@entry(door, takes=LATE.types, most=LATE.most)
async def accept_late(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/papers/{hearing}/late`."""
    does = _act("AcceptLatePaper", lambda sent: {"document": sent.values["document"]})
    return await _answered(request, "late", does, "late-accepted")


@entry(door, takes=PIECE.types, most=PIECE.most)
async def note_piece(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/papers/{hearing}/piece`."""
    does = _act("HandlePiece", lambda sent: {"step": sent.values["step"], "on": sent.values["on"].isoformat()})
    return await _answered(request, "piece", does, "piece-noted")


@entry(door, takes=AGREEMENT.types, most=AGREEMENT.most)
async def note_agreement(request: web.Request) -> web.StreamResponse:
    """`POST days/{session}/papers/{hearing}/agreement`."""
    does = _act("RecordShorterDelay", lambda sent: {"deadline": sent.values["deadline"].isoformat()})
    return await _answered(request, "agreement", does, "agreement-noted")
