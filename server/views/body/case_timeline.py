"""What happened in a case, step by step, from its journal: what, when, by whom in which office; of the day itself also
the phase and the clock. The last is first, and before it what is due."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evaluation.case.case_parts import LetterOf
from evaluation.case.state import CaseState, Part
from evaluation.case_rules import Consequence
from evaluation.codec import decode
from evaluation.deadlines import day_of
from evaluation.journal import Record
from evaluation.people import Words
from evaluation.rules import N_
from server.views.body.case_words import MEANS, OPINIONS, Telling
from server.views.body.cases import CONSEQUENCES, DOORS, follows
from server.views.body.periods import short_day
from server.views.when import day_words, hour_words, iso

HAPPENED: Mapping[str, str] = {
    "case.opened": N_("Ouverture du dossier"), "case.facts_completed": N_("Faits complétés"),
    "case.evidence_added": N_("Pièce ajoutée"), "case.subject_named": N_("Personne concernée nommée"),
    "case.requalified": N_("Objet du dossier changé"), "case.report_handed": N_("Rapport remis"),
    "case.reexamined": N_("Un jury de certification a statué de nouveau"),
    "case.report_taken": N_("Rapport reçu par l’organisme certificateur"),
    "case.day_noted": N_("Suite de l’épreuve jointe au dossier"),
    "case.joined": N_("À joindre à un autre dossier"),
    "case.not_taken_in": N_("Un autre dossier n’a pas pu être repris"),
    "case.gone_into_another": N_("Repris par l’autre dossier"),
    "case.stayed": N_("Non repris par l’autre dossier : celui-ci reprend son cours"),
    "case.took_in": N_("Un autre dossier est joint à celui-ci"),
    "case.notice_given": N_("Lettre au candidat : les faits, les pièces, ce qui est possible"),
    "case.notice_delivered": N_("Lettre remise : le délai de réponse court"),
    "case.assistant_named": N_("Le candidat demande à être assisté"),
    "case.assisting_accepted": N_("Le candidat est assisté"), "case.assisting_declined": N_("Assistance refusée"),
    "case.assistant_dismissed": N_("Fin de l’assistance"), "case.notice_answered": N_("Réponse du candidat"),
    "case.hearing_asked": N_("Le candidat demande à être entendu"),
    "case.summoned": N_("Candidat convoqué pour être entendu"),
    "case.summons_delivered": N_("Convocation remise"), "case.letter_arrived": N_("Lettre arrivée"),
    "case.letter_bounced": N_("Lettre revenue"),
    "case.candidate_heard": N_("Candidat entendu"),
    "case.no_answer_recorded": N_("Délai passé sans réponse du candidat"),
    "case.delay_over": N_("Délai de réponse terminé"), "case.proposed": N_("Suite proposée"),
    "case.proposal_answered": N_("Avis donné"), "case.party_reminded": N_("Rappel envoyé"),
    "case.silence_recorded": N_("Délai passé sans avis"), "case.submitted": N_("Soumis à la commission"),
    "case.admissibility_ruled": N_("Recevabilité du recours décidée"), "case.decided": N_("Suite décidée"),
    "case.returned": N_("Renvoyé par la commission"), "case.closed": N_("Clos sans suite"),
    "case.decision_handed": N_("Décision remise"),
    "case.decision_taken": N_("Décision lue par le candidat"), "case.accusation_withdrawn": N_("Signalement retiré"),
}
"""What a line of the timeline says of an event."""
NOT_COME = N_("Candidat attendu, non venu")
"""Of a candidate who was to be heard and did not come."""
ON_THE_DAY: Mapping[str, str] = {
    "session.sanctions_told": N_("Sanctions possibles dites au candidat, pendant l’épreuve"),
    "session.statement_added": N_("Le candidat a dit comment il l’a vécu, pendant l’épreuve"),
    "session.candidate_warned": N_("Candidat averti par le responsable de l’organisation"),
    "session.candidate_separated": N_("Candidat mis à l’écart par le responsable de l’organisation"),
    "session.separation_ended": N_("Fin de la mise à l’écart"),
    "session.ending_proposed": N_("Le responsable de l’organisation a proposé d’arrêter ou de reporter l’épreuve"),
    "session.ending_declined": N_("Le jury a continué l’épreuve"),
    "session.suspicion_answered": N_("Réponse du candidat, pendant l’épreuve"),
    "session.answer_declined": N_("Le candidat n’a pas voulu répondre, pendant l’épreuve"),
    "session.answer_missed": N_("Le candidat n’a pas pu répondre, pendant l’épreuve"),
    "session.suspicion_decided": N_("Suite donnée par le jury, pendant l’épreuve"),
    "session.time_given_back": N_("Temps rendu au candidat"), "session.hearing_stopped": N_("Épreuve arrêtée"),
    "session.attempt_voided": N_("Épreuve à recommencer : la première tentative ne compte pas"),
}
"""What was joined from the hearing itself."""
LETTERS: Mapping[LetterOf, str] = {"notice": N_("les faits"), "summons": N_("convocation"), "decision": N_("décision")}
BEGUN_BY: Mapping[str, str] = {
    "session.incident_recorded": N_("d’après un incident noté"),
    "candidacy.appeal_recorded": N_("d’après un recours du candidat"),
    "candidacy.opened": N_("à la main, d’après ce qui a été trouvé après l’épreuve"),
}


@dataclass(frozen=True)
class Step:
    """`hour` is empty for what is due by the end of its day. `of` is whom it concerns, where a case concerns several.
    `coming`: it is due and has not happened. `words` are people's own that stand nowhere else."""

    title: str
    hour: str
    iso: str
    by: str
    office: str
    of: str
    more: tuple[str, ...] = ()
    coming: bool = False
    words: str = ""


@dataclass(frozen=True)
class DayOfSteps:
    day: str
    steps: tuple[Step, ...]


def timeline(state: CaseState, mine: Sequence[Part], records: Iterable[Record], coming: Iterable[tuple[date, Step]],
             telling: Telling) -> tuple[DayOfSteps, ...]:
    """Of the case, and of the parts that are the reader's to see; nothing of another's."""
    names = {one.candidacy: telling.who(one.person) for one in mine}
    several = {**names, **{one.person: telling.who(one.person) for one in mine}} if len(state.parts) > 1 else {}
    found = [(day_of(one.at), _step(state, one, several, telling)) for one in records
             if one.event in HAPPENED and one.data.get("candidacy") in (None, *names)]
    by_day = dict[date, list[Step]]()
    for day, step in (*sorted(coming, key=lambda one: one[0], reverse=True), *reversed(found)):
        by_day.setdefault(day, []).append(step)
    days = sorted(by_day.items(), reverse=True, key=lambda one: one[0])
    return tuple(DayOfSteps(day_words(day, telling.locale), tuple(steps)) for day, steps in days)


def _step(state: CaseState, one: Record, names: Mapping[str, str], telling: Telling) -> Step:
    said = DETAILS.get(one.event)
    more = tuple(words for words in said(state, one.data, telling) if words) if said is not None else ()
    by = state.raised_by if one.event == "case.opened" else one.actor
    # What was joined from the examination is people's own; the platform has only carried it here.
    who = telling.who(by) if one.event != "case.day_noted" else ""
    return Step(telling.say(_title(one)), hour_words(one.at, telling.locale), iso(one.at), who,
                telling.office(one.data), names.get(_about(one), ""), more, words=telling.text(words_told(one)))


def words_told(one: Record) -> Words | None:
    """Why somebody was named whom the facts concern."""
    return decode(Words, one.data["words"]) if one.event == "case.subject_named" else None


def _about(one: Record) -> str:
    """Whose part it is of: a candidacy, or the candidate about whom a case was opened."""
    return str(one.data["person"] if one.event == "case.opened" else one.data.get("candidacy", ""))


def _title(one: Record) -> str:
    if one.event == "case.day_noted":
        return ON_THE_DAY.get(str(_of_day(one.data)["event"]), HAPPENED[one.event])
    if one.event == "case.candidate_heard" and not one.data["attended"]:
        return NOT_COME
    return HAPPENED[one.event]


def _of_day(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What happened in the hearing, through whatever cases it was told."""
    said: Mapping[str, Any] = data["said"]
    while "said" in said["data"] and "event" in said["data"]["said"]:
        said = said["data"]["said"]
    return said


# What a line says beside its title


def _opened(state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    source: Mapping[str, Any] = data["source"]
    yield telling.say(BEGUN_BY[source["event"]]) if source["event"] in BEGUN_BY else ""
    yield from telling.in_hearing(str(source["data"].get("phase", "")), source["data"].get("clock"))


def _day_noted(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    said = _of_day(data)["data"]
    return telling.in_hearing(str(said.get("phase", "")), said.get("clock"))


def _facts(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(N_("communs à tous les candidats")) if data.get("candidacy") is None and len(
        _state.parts) > 1 else ""


def _requalified(state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(DOORS[data["door"]])
    yield state.rules.kind_or_plain(data["door"], data["kind"]).title


def _number(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(N_("n° {number}"), number=data["number"])


def _notice(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    return [telling.say(CONSEQUENCES[Consequence(one)]) for one in data["sanctions"]]


def _delivered(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(MEANS[data["means"]])
    yield telling.say(N_("le {day}"), day=short_day(date.fromisoformat(data["on"]), telling.locale))


def _summoned(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    at = int(data["at"])
    yield telling.say(N_("pour le {when}"), when=f"{short_day(day_of(at), telling.locale)}, "
                                                 f"{hour_words(at, telling.locale)}")


def _arrived(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(LETTERS[data["what"]])
    if data["what"] == "notice":
        yield telling.say(N_("le délai de réponse court"))


def _came_back(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(LETTERS[data["what"]])
    if data["what"] == "notice":
        yield telling.say(N_("le délai de réponse ne court pas"))


def _heard(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(N_("le {day}"), day=short_day(date.fromisoformat(data["on"]), telling.locale))


def _late(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(N_("après le délai")) if data.get("late") else ""


def _consequence(state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(follows(Consequence(data["consequence"]), state.kind.door))


def _answered(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(OPINIONS["agrees" if data["agrees"] else "disagrees"])


def _party(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.party(data["party"])


def _submitted(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    others = ", ".join(telling.party(one) for one in data["divergences"])
    yield telling.say(N_("sans accord de : {others}"), others=others) if others else telling.say(N_("tous d’accord"))


def _ruled(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.say(N_("recevable") if data["admissible"] else N_("non recevable"))


def _subject(_state: CaseState, data: Mapping[str, Any], telling: Telling) -> Iterable[str]:
    yield telling.who(data["person"])


DETAILS: Mapping[str, Callable[[CaseState, Mapping[str, Any], Telling], Iterable[str]]] = {
    "case.opened": _opened, "case.day_noted": _day_noted, "case.facts_completed": _facts,
    "case.requalified": _requalified, "case.report_handed": _number, "case.report_taken": _number,
    "case.notice_given": _notice, "case.notice_delivered": _delivered, "case.summoned": _summoned,
    "case.summons_delivered": _delivered, "case.letter_arrived": _arrived, "case.letter_bounced": _came_back,
    "case.candidate_heard": _heard, "case.notice_answered": _late, "case.proposed": _consequence,
    "case.proposal_answered": _answered, "case.party_reminded": _party, "case.silence_recorded": _party,
    "case.submitted": _submitted, "case.admissibility_ruled": _ruled, "case.decided": _consequence,
    "case.subject_named": _subject, "case.assistant_named": _subject, "case.assistant_dismissed": _subject,
}


def people_in(records: Iterable[Record]) -> Iterable[str]:
    """Whom these lines name."""
    for one in records:
        yield one.actor
        yield from (str(one.data[name]) for name in ("person", "party") if isinstance(one.data.get(name), str))
        yield from map(str, one.data.get("divergences", ()))
