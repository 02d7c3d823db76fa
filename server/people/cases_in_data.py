"""What a person's own data hold of cases, appeals, hearings and bars (X1): what they were told, what they answered,
what was decided of them. The other people of a case, and what these wrote, are not theirs to be given here."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from evaluation.candidacy.state import CandidacyState
from evaluation.case.kind import CASE
from evaluation.case.state import CaseState, Part
from evaluation.deadlines import day_of
from evaluation.people import Words
from server.journals.write_path import Journals
from server.storage.rows import Entry, Rows
from server.storage.vault import Vault

Told = dict[str, Any]
Read = Callable[[Words | None], str]
BARS = "bars"


async def told_of_cases(rows: Sequence[Entry], journals: Journals, vault: Vault) -> list[Told]:
    """Of rows of the index of cases: the person's own part of each. One that went into another is told there."""
    return [await _case(row, journals, vault) for row in rows
            if row.data["into"] is None or row.data["open"]]


async def _case(row: Entry, journals: Journals, vault: Vault) -> Told:
    state = await journals.state(CASE, row.stream)
    told: Told = {"ouvert_le": _day(row.at), "nature": str(row.data["kind_title"]), "etape": row.status,
                  "suite": str(row.data["consequence"] or "")}
    part = state.parts.get(row.about or "") if isinstance(state, CaseState) else None
    return told if part is None else {**told, **told_of_part(part, await _texts(vault, _words_of(part)))}


def _words_of(part: Part) -> Iterator[Words | None]:
    yield from (one.words for one in (*part.notices, *part.answers, *part.heard))
    yield part.decision.words if part.decision is not None else None
    yield part.ended.words if part.ended is not None else None


def told_of_part(part: Part, read: Read) -> Told:
    """What was written to the candidate, what was answered, what was decided."""
    told: Told = {
        "notifications": [{"jour": _day(one.at), "sanctions_possibles": [each.value for each in one.sanctions],
                           "texte": read(one.words)} for one in part.notices],
        "reponses": [{"jour": _day(one.at), "texte": read(one.words)} for one in part.answers],
        "auditions": [{"jour": one.on.isoformat(), "present": "oui" if one.attended else "non",
                       "compte_rendu": read(one.words)} for one in part.heard]}
    if part.decision is not None:
        told["decision"] = {"jour": part.decision.decided_on.isoformat(), "suite": part.decision.consequence.value,
                            "motif": read(part.decision.words)}
    if part.ended is not None:
        told["fin"] = {"comment": part.ended.how, "motif": read(part.ended.words)}
    return told


async def told_of_candidacy(state: CandidacyState, vault: Vault) -> Told:
    """How the hearings ended, the reservations, and the appeals."""
    read = await _texts(vault, (
        *(one.words for one in state.endings), *(one.settled for one in state.reservations),
        *(one.reasons for one in state.appeals)))
    return {
        "epreuves": [{"jour": _day(one.at), "fin": one.ending.value, "excuse": read(one.words)}
                     for one in state.endings],
        "reserves": [{"jour": _day(one.at), "sur": one.gate, "levee_par": read(one.settled)}
                     for one in state.reservations],
        "recours": [{"poste_le": one.posted_on.isoformat(), "recu_le": one.received_on.isoformat(),
                     "dernier_jour": one.until.isoformat(), "numero": one.number, "raisons": read(one.reasons)}
                    for one in state.appeals]}


async def told_of_bars(person: str, rows: Rows) -> list[Mapping[str, str]]:
    return [{"certification": row.about or "", "decidee_le": str(row.data["decided_on"]),
             "dernier_jour": str(row.data["until"]), "levee_le": str(row.data["lifted"] or "")}
            for row in await rows.page(BARS, person=person, order="at")]


async def _texts(vault: Vault, several: Iterator[Words | None] | Sequence[Words | None]) -> Read:
    known = await vault.read_words([one.ref for one in several if one is not None])
    return lambda words: known.get(words.ref, "") if words is not None else ""


def _day(at: int | None) -> str:
    return day_of(at or 0).isoformat()
