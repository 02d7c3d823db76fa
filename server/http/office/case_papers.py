"""The papers that an act of a case sends out, drawn from its journal and the words of the act's form: seen before as a
draft, then numbered, sealed and kept under the key of the candidate whom they are about (X1)."""
from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Literal

from aiohttp import web

from evaluation.body.state import BodyState
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import bar_id
from evaluation.offices import AT_PROVIDER
from evaluation.rules import N_, Refusal
from evaluation.session.kind import SESSION
from server.documents.case_pdf import CasePaper, case_pdf
from server.http import parts
from server.http.home import HOME
from server.http.office.acting import PAPER, Papers
from server.http.office.door import DESK
from server.http.office.framework_files import framework_of
from server.views.case.decision_paper import decision_paper
from server.views.case.notice_paper import notice_paper, summons_paper
from server.views.case.report_paper import report_paper
from server.views.case.written_of import CaseReading, people_read, words_read

What = Literal["report", "notice", "summons", "decision"]
WRITES: Final[Mapping[What, Callable[[CaseReading], CasePaper]]] = {
    "report": report_paper, "notice": notice_paper, "summons": summons_paper, "decision": decision_paper}
Typed = Mapping[str, Any]
TYPED: Final = ("words", "sanctions", "at", "place")
"""What of an act's form stands in its paper."""


async def drawn(request: web.Request, state: CaseState, part: Part, what: What, typed: Typed) -> bytes:
    """A draft, to be looked at: without number and seal. Nothing is kept."""
    return await case_pdf(WRITES[what](await _reading(request, state, part, what, typed, draft=True)))


async def kept(request: web.Request, state: CaseState, part: Part, what: What, typed: Typed, papers: Papers
               ) -> dict[str, str]:
    """The paper itself, sealed, as a command refers to it; the same however often the form is sent. Refusal where it
    cannot be sealed now, and where the candidate's data were erased."""
    said = json.dumps({name: typed.get(name) for name in TYPED}, ensure_ascii=False, sort_keys=True, default=str)
    digest = parts.vault(request).digest(PAPER, said.encode())
    return await papers.keep_drawn(f"{PAPER} drawn {what} {digest}", _sealed(request, state, part, what, typed))


def _sealed(request: web.Request, state: CaseState, part: Part, what: What, typed: Typed
            ) -> Callable[[], Awaitable[bytes]]:
    async def draw() -> bytes:
        from server.documents.sealing import SealUnavailable  # what seals takes long to load

        written = WRITES[what](await _reading(request, state, part, what, typed))
        try:
            return (await parts.seals(request).seal(await case_pdf(written), written["title"])).content
        except SealUnavailable:
            raise Refusal("X5", N_("L’autorité qui horodate les cachets ne répond pas. Rien n’est parti, et ce que "
                                   "vous avez écrit est gardé dans ce formulaire. Recommencez dans quelques minutes.")
                          ) from None

    return draw


async def _reading(request: web.Request, state: CaseState, part: Part, what: What, typed: Typed, *,
                   draft: bool = False) -> CaseReading:
    at, who, now = request[DESK], request[HOME].person, parts.now(request)
    profiles = await parts.accounts(request).profiles((*people_read(state, part), who))
    names = {person: str(one.get("name", "")) for person, one in profiles.items()}
    hearing_at, address = await _day(request, state, part)
    provider = at.body.providers.get(state.provider or "")
    home = str(profiles.get(part.person, {}).get("address") or "")
    bar = at.body.bars.get(bar_id(state.id, part.candidacy))
    return CaseReading(
        state, part, names, await parts.vault(request).read_words([one.ref for one in words_read(state, part)]),
        at.body.name, provider.name if provider is not None else "", now, names.get(who, ""),
        {one.position: one.at for one in await parts.journals(request).records(state.id)}, hearing_at,
        tuple(home.splitlines()), address,
        what == "report" and any(one.role in AT_PROVIDER and one.provider == state.provider for one in at.offices),
        parts.seals(request).demonstration, draft, bar.until if bar is not None else None,
        _bar_years(at.body, state), typed)


async def _day(request: web.Request, state: CaseState, part: Part) -> tuple[int | None, tuple[str, ...]]:
    """When the examination was to begin, and whom the framework sends an appeal to, as far as they are known."""
    day = await parts.journals(request).state(SESSION, part.session) if part.session is not None else None
    if day is None:
        return None, _address(request[DESK].body, state)
    hearing = day.hearings.get(part.hearing or "")
    return hearing.starts_at if hearing is not None else None, day.framework.appeal_address


def _bar_years(body: BodyState, state: CaseState) -> int | None:
    return next((one.certification.bar_years for one in reversed(body.in_force)
                 if one.certification.code == state.certification), None)


def _address(body: BodyState, state: CaseState) -> tuple[str, ...]:
    known = [framework_of(one.certification) for one in body.in_force
             if (one.certification.code, one.certification.version) == (state.certification, state.version)]
    return next((one.appeal_address for one in known if one is not None), ())
