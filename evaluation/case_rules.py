"""What a certification's framework says of cases: which kinds there are, what each asks and may lead to, and how long
whoever is asked has to answer (R6.5, R7.2). Data alone: what a consequence does is written where it is carried out."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from evaluation.rules import N_

Door = Literal["malfunction", "fraud", "appeal"]
"""By which door a fact comes in: nobody is accused through the first, somebody is through the second; the third is the
candidate's own."""
PartyRole = Literal["provider", "jurors"]
IncidentDoor = Literal["malfunction", "fraud"]
"""The two by which an incident of a day comes in."""
AppealFrom = Literal["decision", "handing"]
PAPERS = frozenset({"report", "notice", "decision"})
"""The report to the awarding body, the notice of facts to the candidate, the awarding body's own report."""


def incident_door(*, suspected_fraud: bool) -> IncidentDoor:
    return "fraud" if suspected_fraud else "malfunction"


class Consequence(StrEnum):
    """What a decision may lead to."""

    NONE = "none"
    POSTPONE = "postpone"
    ANNUL = "annul"
    """The attempt does not count."""
    DISQUALIFY = "disqualify"
    """Eliminated from this candidacy."""
    BAR = "bar"
    """Eliminated, and kept from presenting the certification for the framework's years (R6.6)."""
    REEXAMINE = "reexamine"
    """Of an appeal: the record is examined again, by others where possible (R9.2)."""
    LIFT = "lift"
    """Of an appeal: the sanction appealed against no longer holds."""


ALWAYS_SANCTIONS = frozenset({Consequence.DISQUALIFY, Consequence.BAR})


@dataclass(frozen=True)
class CaseKind:
    """One kind of case. `asks` are the questions of its form, beside the facts. `consequences` may follow; those in
    `sanctions` only after the candidate was told and could answer. `parties` are asked whether they agree."""

    code: str
    door: Door
    title: str
    asks: tuple[str, ...] = ()
    consequences: tuple[Consequence, ...] = (Consequence.NONE,)
    sanctions: tuple[Consequence, ...] = ()
    parties: tuple[PartyRole, ...] = ("provider", "jurors")

    @property
    def accuses(self) -> bool:
        """Whether a candidate is accused: what follows may be a sanction."""
        return self.door == "fraud"

    @property
    def is_appeal(self) -> bool:
        return self.door == "appeal"


BY_DOOR: dict[Door, tuple[Consequence, ...]] = {
    "malfunction": (Consequence.NONE, Consequence.POSTPONE, Consequence.ANNUL),
    "fraud": (Consequence.NONE,),
    "appeal": (Consequence.NONE, Consequence.REEXAMINE),
}
"""What may follow where the framework says nothing: nothing that is not in it is a sanction."""


OpenedBy = Literal["warning", "separation", "proposal", "refusal", "identity", "lost_time", "broken_off"]
"""What opens a case on the day by being done: the organizer's warning, separation or proposal to end; the president's
decision on a refusal, or on an identity that is not as it should be; an end after more than half of the time was lost,
or another end before the result."""
OPENS: Mapping[OpenedBy, str] = {
    "warning": "conduct", "separation": "conduct", "proposal": "organisation", "refusal": "conduct",
    "identity": "identity", "lost_time": "technical", "broken_off": "other",
}
"""The kind of each where the framework does not say it."""


@dataclass(frozen=True)
class CaseRules:
    """`answer_days`: what the candidate has to answer in, from the notice on; `summons_days`: between a summons to be
    heard and its hour. Each party is reminded `reminders` times, every `party_days`, and after as many again is
    recorded silent. `papers` are the titles of the papers of a case, by `PAPERS`. `appeal_from`: what an appeal
    against a decision of a case is counted from, its day or that on which it was handed to the candidate.
    `room_answer_minutes`: how long a candidate who is told of a suspected fraud in the room is waited for who says
    nothing. `opened_by`: of which kind of malfunction the case is that an act of the day opens by itself."""

    answer_days: int = 15
    summons_days: int = 5
    party_days: int = 5
    reminders: int = 2
    kinds: tuple[CaseKind, ...] = ()
    papers: Mapping[str, str] = field(default_factory=dict[str, str])
    appeal_from: AppealFrom = "decision"
    room_answer_minutes: int = 5
    opened_by: Mapping[str, str] = field(default_factory=dict[str, str])

    def of_door(self, door: Door) -> tuple[CaseKind, ...]:
        return tuple(one for one in self.kinds if one.door == door)

    def kind(self, door: Door, code: str) -> CaseKind | None:
        return next((one for one in self.of_door(door) if one.code == code), None)

    def kind_or_plain(self, door: Door, code: str) -> CaseKind:
        """The kind; where the framework has no such kind, a plain one of its door."""
        parties: tuple[PartyRole, ...] = () if door == "appeal" else ("provider", "jurors")
        return self.kind(door, code) or CaseKind(code, door, "", consequences=BY_DOOR[door], parties=parties)

    def opens(self, act: OpenedBy) -> str:
        """The code of the kind of case that this act opens by itself."""
        return self.opened_by.get(act, OPENS[act])

    def problems(self) -> Iterator[tuple[str, str]]:
        """Each field that cannot be as it is, with a French msgid of why."""
        for name in ("answer_days", "party_days", "summons_days", "room_answer_minutes"):
            if getattr(self, name) < 1:
                yield name, N_("un nombre supérieur à zéro est attendu")
        if self.reminders < 0:
            yield "reminders", N_("ce nombre est négatif")
        if len({(one.door, one.code) for one in self.kinds}) != len(self.kinds):
            yield "kinds", N_("un code sert deux fois à la même porte")
        if not set(self.papers) <= PAPERS:
            yield "papers", N_("ce papier n’est pas de ceux d’un dossier : report, notice, decision")
        if not self.opened_by.keys() <= OPENS.keys():
            yield "opened_by", N_("cet acte n’ouvre pas de dossier par lui-même")
        if self.kinds and not {*self.opened_by.values()} <= {one.code for one in self.of_door("malfunction")}:
            yield "opened_by", N_("ce genre de dysfonctionnement n’est pas de ceux du référentiel")
        for index, one in enumerate(self.kinds):
            yield from ((f"kinds[{index}].{name}", why) for name, why in _problems(one))


def _problems(kind: CaseKind) -> Iterator[tuple[str, str]]:
    may, sanctions = set(kind.consequences), set(kind.sanctions)
    if Consequence.NONE not in may:
        yield "consequences", N_("« aucune suite » (none) est toujours possible")
    if not sanctions <= may:
        yield "sanctions", N_("une sanction est l’une des suites possibles")
    if ALWAYS_SANCTIONS & may - sanctions:
        yield "sanctions", N_("éliminer ou interdire de se présenter est une sanction")
    if sanctions and not kind.accuses:
        yield "sanctions", N_("une sanction ne suit que d’une présomption de fraude")
