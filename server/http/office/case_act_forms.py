"""What an act in a case is made of, and whether the rules allow it now: asked of them with an example of it."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from evaluation.body.terms import Meeting
from evaluation.case.kind import CASE
from evaluation.case.state import CaseState, Part
from evaluation.case_rules import Consequence
from evaluation.offices import OfficeRole
from evaluation.quotes import Quote
from evaluation.rules import N_
from server.http.form_fields import Field, Text, Upload
from server.http.forms import Form

EXTRACT: Final = "extract"
READ_BY: Final = N_("Lu par les personnes qui suivent ce dossier, le candidat compris.")


@dataclass(frozen=True)
class OtherCase:
    """`opened` quotes its opening, `requalified` what it is now, where that was said anew."""

    opened: Quote
    requalified: Quote | None
    words: str


@dataclass(frozen=True)
class Trying:
    """An act asked of the rules without its words: `meeting` where its office needs one; `consequence` where it names
    one; `other`: a case that this one could be joined to."""

    state: CaseState
    part: Part
    office: Quote
    today: date
    now: int
    meeting: Meeting | None
    consequence: Consequence
    other: OtherCase | None = None


Example = Callable[[Trying], object | None]
"""None where there is nothing to choose of."""
Fields = Callable[[CaseState, Part, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class CaseAct:
    """`command` is what it asks for, with `fields` beside the words and papers of its form; `example` one that stands
    for it. `told` is said above the form; `whole`: it concerns the case and not one candidate; `why` it is to be done,
    where a case waits for it. `around`: what it chooses of stands outside the case (`case_around`). `for_all`: of a
    case of several candidates, it may be about them all. `draws`: the paper that is drawn where none is attached."""

    name: str
    title: str
    command: str
    form: Form
    roles: frozenset[OfficeRole]
    example: Example
    fields: Fields = lambda _state, _part, _values: {}
    told: str = ""
    whole: bool = False
    why: str = ""
    around: Literal["", "cases", "pictures", "people", "kinds", "accusations"] = ""
    for_all: bool = False
    draws: Literal["", "report", "notice", "summons", "decision"] = ""

    @property
    def papers(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.form.fields if isinstance(one, Upload) and one.name != EXTRACT)

    @property
    def by_commission(self) -> bool:
        return any(one.name == EXTRACT for one in self.form.fields)

    @property
    def chooses(self) -> bool:
        return any(one.name == "consequence" for one in self.form.fields)


def allowed(act: CaseAct, trying: Trying, actor: str, now: int) -> bool:
    example = act.example(trying)
    return example is not None and CASE.allows(trying.state, example, actor, now)


def possible(act: CaseAct, trying: Trying, actor: str, now: int) -> tuple[Consequence, ...]:
    """The consequences that the act may name now: of an act that names none, the one that stands for nothing."""
    several = trying.state.kind.consequences if act.chooses else (trying.consequence,)
    return tuple(one for one in several if allowed(act, replace(trying, consequence=one), actor, now))


def own_paper() -> Field:
    """In place of the one that is drawn."""
    hint = N_("Sans lui, le document est écrit d’après le dossier : vous pouvez le voir d’abord.")
    return Upload("paper", N_("Un autre document à la place"), hint, required=False)


def note_field(label: str) -> Field:
    """What stands in the paper that is drawn, and nowhere else."""
    return Text("note", label, required=False, lines=4, most=3000)


def words_field(label: str, hint: str = READ_BY, *, required: bool = True) -> Field:
    return Text("words", label, hint, required=required, lines=5, most=5000)
