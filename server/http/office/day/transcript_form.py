"""The form in which the papers of a hearing are entered: its fields, what they hold of an earlier entry, and what they
make of a command (X13)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from evaluation.people import REPRESENTATIVES
from evaluation.rules import N_
from evaluation.session.phases import TIMED
from evaluation.session.recommendation import WHOLE, advices
from evaluation.session.state import Hearing
from evaluation.session.transcript import (
    DISPUTE,
    EARLY,
    GATES,
    IDENTITY,
    Transcribed,
    advice_place,
    incident_place,
    mark_place,
    refusal_place,
)
from evaluation.slots import HOME, hour_on, local
from server.http.form_fields import Choice, Field, Hour, Listed, Several, Text
from server.http.forms import Form
from server.http.office.day.one_day import OneDay
from server.views.form import FieldView, FormView
from server.views.session import labels
from server.views.session.identity_check import KIND_WORDS
from server.views.session.incident_kinds import offered

INCIDENTS: Final = 3
"""Lines for incidents; another is entered with a correction once these are full."""
MARKS: Final = (("A", N_("A, acquise")), ("NA", N_("NA, non acquise")), ("NS", N_("NA, non montrée")))
AGREED: Final = (("A", N_("A, acquise")), ("NA", N_("NA, non acquise")), ("D", N_("Désaccord")))
PHASES_OF_PAPER: Final = ("welcome", *(one.value for one in TIMED))
MOST: Final = 2000


@dataclass(frozen=True)
class Group:
    """A part of the form. `rows` are a heading each, and its fields beside one another."""

    title: str
    note: str
    rows: Sequence[tuple[str, Sequence[FieldView]]]


def form_of(day: OneDay, hearing: Hearing) -> Form:
    """With the names of this jury and the competencies that are examined."""
    return Form((*_head(day, hearing), *_grids(day, hearing), *_conclusion(day, hearing), *_incidents(day)),
                N_("Enregistrer, et demander aux jurés de confirmer"))


def _own(field: Field, *choices: tuple[str, str]) -> Field:
    return field.choosing(choices)


def _head(day: OneDay, hearing: Hearing) -> Iterable[Field]:
    jury = [one for one in day.state.jurors_sitting(hearing.id) if one.category in REPRESENTATIVES]
    yield _own(Listed("president", N_("Préside le jury")), *((one.id, day.name(one.person)) for one in jury))
    for phase in TIMED:
        began = N_("Présentation : début") if phase.value == "presentation" else N_("Questions : début")
        ended = N_("Présentation : fin") if phase.value == "presentation" else N_("Questions : fin")
        yield Hour(f"{phase.value}-began", began)
        yield Hour(f"{phase.value}-ended", ended)
    yield _words(EARLY, N_("Questions plus courtes que prévu : pourquoi"))
    yield Choice("prevention", N_("Message de prévention"), choices=(
        ("acknowledged", N_("confirmé")), ("waived", N_("refusé, épreuve continuée avec une réserve"))))
    yield Choice("sheet", N_("Feuille de présence"), choices=(
        ("signed", N_("signée")), ("waived", N_("refusée, épreuve continuée avec une réserve"))))
    yield _words(GATES, N_("Un refus : ce qui est écrit"))
    yield Listed("finding", N_("Identité"), choices=tuple(labels.FINDINGS.items()))
    yield Listed("piece", N_("Pièce vue"), required=False,
                 choices=tuple((one, KIND_WORDS[one]) for one in day.state.framework.identity.documents))
    yield Choice("course", N_("Décision"), choices=(
        ("proceed", labels.COURSES["proceed"]), ("reserve", labels.COURSES["reserve"])))
    yield _words(IDENTITY, N_("Les faits et les raisons"))


def _words(name: str, label: str) -> Field:
    return Text(name, label, required=False, lines=2, most=MOST)


def _codes(day: OneDay, hearing: Hearing) -> list[tuple[str, str]]:
    return [(one.code, one.title) for one in day.state.framework.competencies(hearing.blocks)]


def _grids(day: OneDay, hearing: Hearing) -> Iterable[Field]:
    for code, _title in _codes(day, hearing):
        for juror in day.state.jurors_sitting(hearing.id):
            place = mark_place(juror.id, code)
            yield Listed(place, day.say(N_("{code}, {name}"), code=code, name=day.name(juror.person)), choices=MARKS)
            yield Text(f"why/{place}", N_("Pourquoi « NA »"), required=False, most=MOST)
        yield Listed(f"agreed/{code}", day.say(N_("{code}, consensus"), code=code), choices=AGREED)


def _conclusion(day: OneDay, hearing: Hearing) -> Iterable[Field]:
    yield _words(DISPUTE, N_("Désaccords : la position de chacun"))
    for block in (*hearing.blocks, WHOLE):
        offered = advices(day.state.framework, block or None)
        label = day.say(N_("Préconisation pour {block}"), block=block) if block else N_("Préconisation d’ensemble")
        yield Listed(f"to/{advice_place(block)}", label, choices=tuple((one, labels.ADVICE[one]) for one in offered))
        yield Text(advice_place(block), N_("Pourquoi, si elle s’écarte du résultat"), required=False, most=MOST)
    jury = day.state.jurors_sitting(hearing.id)
    yield _own(Several("refused", N_("A refusé de signer"), required=False),
               *((one.id, day.name(one.person)) for one in jury))
    for juror in jury:
        yield Text(refusal_place(juror.id), day.say(N_("Pourquoi, pour {name}"), name=day.name(juror.person)),
                   required=False, most=MOST)


def _incidents(day: OneDay) -> Iterable[Field]:
    framework, locale = day.state.framework, day.locale
    kinds = (*((f"incident:{code}", words) for code, words in offered(framework, locale, fraud=False)),
             *((f"fraud:{code}", day.say(N_("Présomption de fraude : {kind}"), kind=words))
               for code, words in offered(framework, locale, fraud=True)))
    for number in range(INCIDENTS):
        yield _own(Listed(f"kind/{number}", N_("Incident"), required=False), *kinds)
        yield Listed(f"phase/{number}", N_("Étape"), required=False,
                     choices=tuple((one, labels.PHASES[one]) for one in PHASES_OF_PAPER))
        yield _words(incident_place(number), N_("Les faits écrits"))


# What was entered before ------------------------------------------------------------------------------------------


def first_of(found: Transcribed, texts: Mapping[str, str]) -> dict[str, Any]:
    """What the fields hold of an earlier entry. `texts` are the words by their places."""
    read = found.transcript
    held: dict[str, Any] = {
        "president": read.president, "prevention": read.prevention, "sheet": read.sheet,
        "finding": read.identity.finding, "course": read.identity.course, "piece": read.identity.seen or "",
        "refused": read.refused}
    for phase, hours in (("presentation", read.presentation), ("questions", read.questions)):
        held[f"{phase}-began"] = f"{local(hours.began_at, HOME):%H:%M}"
        held[f"{phase}-ended"] = f"{local(hours.ended_at, HOME):%H:%M}"
    for juror, marks in read.grids.items():
        for code, one in marks.items():
            held[mark_place(juror, code)] = "NS" if one.not_shown else one.mark.value
    held |= {f"agreed/{code}": mark.value for code, mark in read.consensus.items()}
    held |= {f"agreed/{code}": "D" for code in read.disputed}
    held |= {f"to/{advice_place(block)}": advice for block, advice in read.recommendations.items()}
    for number, one in enumerate(read.incidents):
        held |= {f"kind/{number}": f"{'fraud' if one.suspected_fraud else 'incident'}:{one.kind}",
                 f"phase/{number}": one.phase}
    return held | {f"why/{place}" if place.startswith("mark/") else place: words for place, words in texts.items()}


# As a page draws it -----------------------------------------------------------------------------------------------


def groups(day: OneDay, hearing: Hearing, form: FormView) -> list[Group]:
    of = {one.name: one for one in form.fields}
    jury = day.state.jurors_sitting(hearing.id)
    hours = [of[f"{phase.value}-{end}"] for phase in TIMED for end in ("began", "ended")]
    grids: list[tuple[str, Sequence[FieldView]]] = []
    for code, title in _codes(day, hearing):
        for juror in jury:
            place = mark_place(juror.id, code)
            grids.append(("" if juror != jury[0] else f"{code} {title}", (of[place], of[f"why/{place}"])))
        grids.append(("", (of[f"agreed/{code}"],)))
    advice = [("", (of[f"to/{advice_place(one)}"], of[advice_place(one)])) for one in (*hearing.blocks, WHOLE)]
    incidents = [("", (of[f"kind/{one}"], of[f"phase/{one}"], of[incident_place(one)])) for one in range(INCIDENTS)]
    return [
        Group(day.say(N_("La feuille de présence")), "", (
            ("", (of["president"],)), ("", hours), ("", (of[EARLY],)), ("", (of["prevention"], of["sheet"])),
            ("", (of[GATES],)))),
        Group(day.say(N_("L’identité")), "", (
            ("", (of["finding"], of["piece"])), ("", (of["course"],)), ("", (of[IDENTITY],)))),
        Group(day.say(N_("Les trois grilles, et le consensus")),
              day.say(N_("Recopiez chaque grille telle qu’elle est : rien ne se corrige ici.")), grids),
        Group(day.say(N_("Préconisations et signatures")), "", (
            ("", (of[DISPUTE],)), *advice, ("", (of["refused"],)),
            ("", [of[refusal_place(one.id)] for one in jury]))),
        Group(day.say(N_("Incidents")), day.say(N_("Un par ligne. Laissez vide s’il n’y en a pas.")), incidents),
    ]


# What it makes of a command ---------------------------------------------------------------------------------------


def command_of(day: OneDay, hearing: Hearing, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `EnterTranscript`. The rules say what is wrong with them."""
    codes, jury = [code for code, _title in _codes(day, hearing)], day.state.jurors_sitting(hearing.id)
    numbers = [one for one in range(INCIDENTS) if values[f"kind/{one}"] or values[incident_place(one)]]
    incidents = [_incident(values, number) for number in numbers]
    transcript = {
        "president": values["president"], "prevention": values["prevention"], "sheet": values["sheet"],
        "identity": {"finding": values["finding"], "course": values["course"], "seen": values["piece"]},
        "presentation": _hours(day, values, "presentation"), "questions": _hours(day, values, "questions"),
        "grids": {juror.id: {code: _mark(values[mark_place(juror.id, code)]) for code in codes} for juror in jury},
        "consensus": {code: values[f"agreed/{code}"] for code in codes if values[f"agreed/{code}"] != "D"},
        "disputed": [code for code in codes if values[f"agreed/{code}"] == "D"],
        "recommendations": {one: values[f"to/{advice_place(one)}"] for one in (*hearing.blocks, WHOLE)},
        "incidents": incidents, "refused": list(values["refused"])}
    places = [EARLY, GATES, IDENTITY, DISPUTE, *(advice_place(one) for one in (*hearing.blocks, WHOLE)),
              *(refusal_place(one.id) for one in jury)]
    said = {place: values[place] for place in places}
    said |= {place: values[f"why/{place}"] for juror in jury for code in codes
             for place in (mark_place(juror.id, code),)}
    said |= {incident_place(at): values[incident_place(number)] for at, number in enumerate(numbers)}
    return {"hearing": hearing.id, "transcript": transcript,
            "said": {place: words for place, words in said.items() if words}}


def _mark(typed: str) -> dict[str, Any]:
    return {"mark": "A" if typed == "A" else "NA", "not_shown": typed == "NS"}


def _hours(day: OneDay, values: Mapping[str, Any], phase: str) -> dict[str, int]:
    """On the day of the session, by the clock of Paris."""
    began, ended = (hour_on(day.date, values[f"{phase}-{end}"]) for end in ("began", "ended"))
    return {"began_at": began, "ended_at": ended}


def _incident(values: Mapping[str, Any], number: int) -> dict[str, Any]:
    door, _, kind = (values[f"kind/{number}"] or "incident:other").partition(":")
    return {"kind": kind, "suspected_fraud": door == "fraud", "phase": values[f"phase/{number}"] or "presentation"}


