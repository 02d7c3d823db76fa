"""The papers of a sitting: looked at as a draft, presented to be signed, sealed with its extracts (R3.9).

What is presented is kept in words, too: what is sealed are the same words, with the signatures. Minutes name several
people, and lie under the sitting's own key; an extract under its candidate's (X1).
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from evaluation.people import SYSTEM
from evaluation.sitting.kind import SITTING
from evaluation.sitting.state import Minutes, SittingState
from server.documents.minutes_pdf import MinutesPaper, minutes_pdf
from server.http import parts
from server.http.office.acting import PAPER, making
from server.http.office.sitting_reading import Writing, next_document, reading_of, signatures_of
from server.storage.vault import Erased, Vault
from server.views.sitting.minutes_of import extract_paper, minutes_paper, with_signatures

PDF: Final = "application/pdf"
IN_WORDS: Final = "minutes_in_words"
"""The kind of file that holds a presented paper's words."""


def own_key(sitting: str) -> str:
    """Whose key the papers of a sitting are sealed with that name several people."""
    return f"stream:{sitting}"


async def drawn(request: parts.OfTheApplication, state: SittingState) -> bytes:
    """A draft, to be looked at: without number and seal. Nothing is kept."""
    return await minutes_pdf(minutes_paper(await reading_of(request, state, next_document(state, draft=True))))


async def presented(request: parts.OfTheApplication, state: SittingState, key: str) -> dict[str, str]:
    """The paper that is shown to be signed, as a command refers to it: the same for the same `key`. Its words are kept
    beside it."""
    vault, writing = parts.vault(request), next_document(state)
    file = vault.digest("minutes", f"{state.id} {writing.number} {key}".encode())[:32]
    async with making(request, file):
        if await vault.file_info(file) is None:
            reading = await reading_of(request, state, writing)
            whole = minutes_paper(reading)
            extracts = {one.candidacy: extract_paper(reading, one.candidacy) for one in reading.items}
            said = json.dumps({"minutes": whole, "extracts": extracts}, ensure_ascii=False).encode()
            await vault.put_file(own_key(state.id), state.id, IN_WORDS, "application/json", said,
                                 name=_words_file(vault, file))
            await vault.put_file(own_key(state.id), state.id, PAPER, PDF, await minutes_pdf(_unsealed(whole)),
                                 name=file)
    return await vault.reference(file)


def _words_file(vault: Vault, paper: str) -> str:
    return vault.digest(IN_WORDS, paper.encode())[:32]


def _unsealed(paper: MinutesPaper) -> MinutesPaper:
    return {**paper, "sealed": ""}


# Sealed


async def seal(request: parts.OfTheApplication, state: SittingState, minutes: Minutes) -> None:
    """What was signed is sealed, and each candidate has an extract: once, whatever is interrupted in between. Refusal
    where it is done already; SealUnavailable where it cannot be done now; FileNotFoundError where the words are gone.
    """
    vault = parts.vault(request)
    said = json.loads(await vault.read_file(_words_file(vault, minutes.paper.file)))
    whole = with_signatures(cast("MinutesPaper", said["minutes"]), await _signed(request, state, minutes))
    extracts = cast("Mapping[str, MinutesPaper]", said["extracts"])
    paper = await _kept(request, state, own_key(state.id), f"sealed {minutes.number}", whole)
    each = {candidacy: await _extract(request, state, candidacy, one, minutes.number)
            for candidacy, one in extracts.items()}
    await parts.journals(request).execute(
        SITTING, state.id, SYSTEM, "SealMinutes", {"number": minutes.number, "paper": paper, "extracts": each},
        key=f"seal {minutes.number}", by_server=True)


async def _signed(request: parts.OfTheApplication, state: SittingState, minutes: Minutes) -> MinutesPaper:
    """The signatures alone, as a paper says them."""
    reading = await reading_of(request, state, Writing(minutes.number, minutes.amends))
    return minutes_paper(replace(reading, items=(), signatures=signatures_of(state, minutes),
                                 by_hand=minutes.scan is not None))


async def _extract(request: parts.OfTheApplication, state: SittingState, candidacy: str, paper: MinutesPaper,
                   number: int) -> dict[str, str]:
    """Under the candidate's key; where their data were erased meanwhile, under the sitting's."""
    person, what = state.agenda[candidacy].recommended.person, f"extract {candidacy} {number}"
    try:
        return await _kept(request, state, person, what, paper)
    except Erased:
        return await _kept(request, state, own_key(state.id), what, paper)


async def _kept(request: parts.OfTheApplication, state: SittingState, subject: str, what: str, paper: MinutesPaper
                ) -> dict[str, str]:
    vault = parts.vault(request)
    file = vault.digest("minutes", f"{state.id} {what} {subject}".encode())[:32]
    if await vault.file_info(file) is None:
        sealed = await parts.seals(request).seal(await minutes_pdf(paper), paper["title"])
        await vault.put_file(subject, state.id, PAPER, PDF, sealed.content, name=file)
    return await vault.reference(file)
