"""The papers of a sitting: looked at as a draft, presented to be signed, sealed with its extracts (R3.9).

What is presented is kept in words, too: what is sealed are the same words, with the signatures. Minutes name several
people, and lie under the sitting's own key; an extract under its candidate's (X1).
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final, cast

from evaluation.people import SYSTEM
from evaluation.rules import Refusal
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

    An extract is kept once all are sealed, and goes where the minutes are not: before, nothing of it is the candidate's
    to read."""
    vault = parts.vault(request)
    said = json.loads(await vault.read_file(_words_file(vault, minutes.paper.file)))
    whole = with_signatures(cast("MinutesPaper", said["minutes"]), await _signed(request, state, minutes))
    extracts = cast("Mapping[str, MinutesPaper]", said["extracts"])
    sealed = {candidacy: await _sealed(request, state, candidacy, minutes.number, one)
              for candidacy, one in {"": whole, **extracts}.items()}
    new = list[str]()
    try:
        paper, *each = [await _kept(request, state, candidacy, minutes.number, content, new)
                        for candidacy, content in sealed.items()]
        await parts.journals(request).execute(
            SITTING, state.id, SYSTEM, "SealMinutes", {
                "number": minutes.number, "paper": paper, "extracts": dict(zip(extracts, each, strict=True))},
            key=f"seal {minutes.number}", by_server=True)
    except Refusal:
        now = await parts.journals(request).state(SITTING, state.id)
        if now is None or not any(one.sealed and one.number == minutes.number for one in now.minutes):
            for file in new:
                await vault.discard(file)
        raise


async def _signed(request: parts.OfTheApplication, state: SittingState, minutes: Minutes) -> MinutesPaper:
    """The signatures alone, as a paper says them."""
    reading = await reading_of(request, state, Writing(minutes.number, minutes.amends))
    return minutes_paper(replace(reading, items=(), signatures=signatures_of(state, minutes),
                                 by_hand=minutes.scan is not None))


def _place(vault: Vault, state: SittingState, candidacy: str, number: int, subject: str) -> str:
    """The file of the minutes, or of an extract, under a subject's key."""
    what = f"extract {candidacy} {number}" if candidacy else f"sealed {number}"
    return vault.digest("minutes", f"{state.id} {what} {subject}".encode())[:32]


def _subjects(state: SittingState, candidacy: str) -> tuple[str, ...]:
    """The minutes lie under the sitting's key; an extract under its candidate's, and where their data were erased
    meanwhile, under the sitting's."""
    own = own_key(state.id)
    return (state.agenda[candidacy].recommended.person, own) if candidacy else (own,)


async def _sealed(request: parts.OfTheApplication, state: SittingState, candidacy: str, number: int,
                  paper: MinutesPaper) -> bytes:
    """Empty where it is kept already, as when a stop of the server left it."""
    vault = parts.vault(request)
    for subject in _subjects(state, candidacy):
        if await vault.file_info(_place(vault, state, candidacy, number, subject)) is not None:
            return b""
    return (await parts.seals(request).seal(await minutes_pdf(paper), paper["title"])).content


async def _kept(request: parts.OfTheApplication, state: SittingState, candidacy: str, number: int, content: bytes,
                new: list[str]) -> dict[str, str]:
    vault = parts.vault(request)
    *before, last = _subjects(state, candidacy)
    for subject in before:
        with suppress(Erased):
            return await _put(vault, state, _place(vault, state, candidacy, number, subject), subject, content, new)
    return await _put(vault, state, _place(vault, state, candidacy, number, last), last, content, new)


async def _put(vault: Vault, state: SittingState, file: str, subject: str, content: bytes, new: list[str]
               ) -> dict[str, str]:
    if content:
        await vault.put_file(subject, state.id, PAPER, PDF, content, name=file)
        new.append(file)
    return await vault.reference(file)
