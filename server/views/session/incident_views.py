"""Incidents and suspected fraud as the room shows them: what may be noted, what was, and how far the script of a
suspicion has come (R6.5, R7.1)."""
from __future__ import annotations

from evaluation.people import SOME_WORDS
from evaluation.session.allowed import would_be_allowed
from evaluation.session.fraud_script import DecideSuspicion, TellSanctions
from evaluation.session.hearing_parts import Incident
from evaluation.session.incidents import RecordIncident
from evaluation.session.script_steps import FraudScript
from evaluation.session.state import Hearing
from evaluation.session.suspicion_answers import missed_from
from server.views.session import labels
from server.views.session.contract.incident_types import (
    AnswerToKind,
    IncidentDoors,
    IncidentView,
    KindWords,
    ScriptView,
    SuspicionAnswerView,
    SuspicionView,
)
from server.views.session.incident_kinds import asks, kind_words, offered
from server.views.session.reading import Reading


def incident_doors(reading: Reading) -> IncidentDoors:
    """What may be noted behind each door, with what each kind asks."""
    return {"incident": _kinds(reading, fraud=False), "fraud": _kinds(reading, fraud=True)}


def _kinds(reading: Reading, *, fraud: bool) -> list[KindWords]:
    of = reading.state.framework
    return [{"kind": kind, "words": words, "asks": list(asks(of, kind, fraud=fraud))}
            for kind, words in offered(of, reading.locale, fraud=fraud)]


def may_note(reading: Reading, hearing: Hearing) -> bool:
    """Whether the reader may note a fact now, whichever door it comes in by."""
    found = ((kind["kind"], fraud) for fraud in (False, True) for kind in _kinds(reading, fraud=fraud))
    acts = (RecordIncident(hearing.id, kind, fraud, SOME_WORDS) for kind, fraud in found)
    return any(would_be_allowed(reading.state, reading.seat.id, one, reading.now) for one in acts)


def incident_view(reading: Reading, hearing: Hearing, incident: Incident) -> IncidentView:
    tells = TellSanctions(hearing.id, incident.position)
    script = incident.script
    return {
        "position": incident.position, "at": incident.at, "by": reading.name(incident.by),
        "phase_words": reading.label(labels.PHASES, incident.phase), "clock": incident.clock, "kind": incident.kind,
        "kind_words": _kind(reading, incident), "suspected_fraud": incident.suspected_fraud,
        "words": reading.words(incident.words), "answers": _answers(reading, incident),
        "evidence": list(incident.evidence), "sanctions_told": incident.sanctions_told,
        "untold": incident in hearing.untold,
        "may_tell": would_be_allowed(reading.state, reading.seat.id, tells, reading.now),
        "script": _script(reading, hearing, incident, script) if script is not None else None,
    }


def _kind(reading: Reading, incident: Incident) -> str:
    return kind_words(reading.state.framework, reading.locale, incident.kind, fraud=incident.suspected_fraud)


def _answers(reading: Reading, incident: Incident) -> list[AnswerToKind]:
    asked = asks(reading.state.framework, incident.kind, fraud=incident.suspected_fraud)
    return [{"question": question, "words": words} for place, question in enumerate(asked)
            if (words := reading.words(incident.answers.get(str(place)))) is not None]


def _script(reading: Reading, hearing: Hearing, incident: Incident, script: FraudScript) -> ScriptView:
    decides = DecideSuspicion(hearing.id, incident.position, "go_on")
    presides = reading.state.president_of(hearing.id) == reading.seat.id
    return {
        **_said(reading, script), "told_at": script.told_at, "course": script.course,
        "decided": reading.words(script.words),
        "may_decide": would_be_allowed(reading.state, reading.seat.id, decides, reading.now),
        "missed_from": missed_from(reading.state, hearing, script)
        if presides and script.answer is None else None,
    }


def _said(reading: Reading, script: FraudScript) -> SuspicionAnswerView:
    found = script.answer
    if found is None:
        return {"step": script.step, "how": None, "answer": None, "signed": None, "answered_at": None}
    return {"step": script.step, "how": found.how, "answer": reading.words(found.words),
            "signed": reading.words(found.signature), "answered_at": found.at}


def suspicion(reading: Reading, incident: Incident) -> SuspicionView | None:
    """What the candidate is shown of it: what is noted, the sanctions, and their own answer; not who noted it."""
    if incident.script is None:
        return None
    answered = incident.script.answer
    own = answered if answered is not None and answered.how != "missed" else None
    return {
        "incident": incident.position, "at": incident.at, "kind_words": _kind(reading, incident),
        "phase_words": reading.label(labels.PHASES, incident.phase), "clock": incident.clock,
        "words": reading.words(incident.words), "answers": _answers(reading, incident),
        "sanctions": list(reading.state.framework.sanctions),
        "how": own.how if own else None, "answer": reading.words(own.words) if own else None,
        "answered_at": own.at if own else None,
    }
