"""Readings of a sitting for tests: of three candidates one is awarded all, one a block, one is put off."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from evaluation.candidacy.terms import HearingEnding
from evaluation.framework import Mark
from evaluation.grading import compile_result
from evaluation.people import Words
from evaluation.sitting.terms import Awards, Dissent, Kept, Ruling, Settled
from server.views.sitting.minutes_reading import ItemRead, MemberRead, MinutesReading, SignatureRead
from tests.evaluation.frameworks import POLISHING

LONG = "Marie-Antoinette Guillemette de La Rochefoucauld-Montmorency d’Étampes"
PRESIDENT, EMPLOYERS, EMPLOYEES, SUBSTITUTE = "p-president", "p-employers", "p-employees", "p-substitute"
LINA, LONGEST, KARIM = "p-lina", "p-longest", "p-karim"
NAMES = {PRESIDENT: "Philippe Marchand", EMPLOYERS: "Catherine Vidal", EMPLOYEES: "Alain Prévost",
         SUBSTITUTE: "Nadia Ferhat", LINA: "Lina Morel", LONGEST: LONG, KARIM: "Karim Haddad"}
WRITTEN = {"settled": "Les réponses du jury d’évaluation montrent le contrôle [#emph(x)].",
           "dissent": "C1.5 n’est pas montrée.", "held": "Un dossier est ouvert : l’identité reste à vérifier.",
           "added": "La séance a commencé avec dix minutes de retard.", "removed": "remis à une autre séance."}
DAY = date(2026, 12, 11)
EVERY = {one.code: Mark.ACQUIRED for block in POLISHING.blocks for one in block.competencies}
FIRST, SECOND = (block.code for block in POLISHING.blocks)
MISSED = POLISHING.blocks[0].mandatory[1]


def at(hour: int, minute: int = 0) -> int:
    """On the day, in Paris (winter)."""
    return int(datetime(2026, 12, 11, hour - 1, minute, tzinfo=UTC).timestamp() * 1000)


def said(ref: str) -> Words:
    return Words(ref, "d")


def ruling(person: str, award: Awards, marks: Mapping[str, Mark], blocks: Sequence[str] = (), *,
           kept: tuple[Kept, ...] = (), **more: Any) -> Ruling:
    before = [one.block for one in kept]
    sought = [one.code for one in POLISHING.blocks if one.code not in before]
    mine = {code: mark for code, mark in marks.items() if POLISHING.block_of(code).code in sought}
    found = Ruling(person, POLISHING.code, POLISHING.version, DAY, award, tuple(blocks),
                   compile_result(POLISHING, mine, before, sought), HearingEnding.HEARD, mine, (), (),
                   (PRESIDENT, EMPLOYERS, EMPLOYEES), kept)
    return replace(found, **more)


def item(candidacy: str, person: str, **more: Any) -> ItemRead:
    return replace(ItemRead(candidacy, person, POLISHING, date(2026, 11, 24), "14 mars 1999", "BJO Formation"), **more)


def partial() -> ItemRead:
    return item(
        "c-lina", LINA, course=("Un incident est noté : coupure de 1 min 30, temps rendu.",),
        asked=(at(14, 12), at(14, 20)), recused=(EMPLOYERS,),
        ruling=ruling(LINA, "partial", {**EVERY, MISSED: Mark.NOT_ACQUIRED}, [SECOND],
                      settled=(Settled("C1.5", Mark.ACQUIRED, said("settled")),),
                      dissents=(Dissent(EMPLOYEES, said("dissent")),), by=(PRESIDENT, SUBSTITUTE, EMPLOYEES)))


def whole() -> ItemRead:
    kept = (Kept(FIRST, "c-before", "2025-1", date(2025, 6, 2), date(2030, 6, 2)),)
    return item("c-long", LONGEST, ruling=ruling(LONGEST, "full", EVERY, [SECOND], kept=kept))


def held() -> ItemRead:
    return item("c-karim", KARIM, ruling=ruling(KARIM, "withheld", EVERY, words=said("held"), held=("case",)))


def reading(**changes: Any) -> MinutesReading:
    known = MinutesReading(
        "1f2a3b4c5d6e", 1, DAY, at(14), at(15, 10), "mixed", "58 rue du Louvre\n75002 Paris", "CNHBJO",
        (MemberRead(PRESIDENT, "president", by_delegation=True), MemberRead(EMPLOYERS, "employers"),
         MemberRead(SUBSTITUTE, "employers", EMPLOYERS, ("c-lina",)), MemberRead(EMPLOYEES, "employees")),
        (partial(), whole(), held()), POLISHING.appeal_address, (("p-gone", said("removed")),), (said("added"),),
        (SignatureRead(PRESIDENT, "president", at(15, 20), "passkey"),
         SignatureRead(EMPLOYERS, "employers", at(15, 22), "mailed_code", (LINA,)),
         SignatureRead(SUBSTITUTE, "employers", at(15, 24), "one_time_code"), SignatureRead(EMPLOYEES, "employees")),
        names=NAMES, written=WRITTEN)
    return replace(known, **changes)
