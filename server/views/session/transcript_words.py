"""What a transcript says, in words, for whoever entered it and for each juror who compares it with the scan (X13)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.deadlines import day_of
from evaluation.people import SeatId
from evaluation.rules import N_
from evaluation.session.recommendation import WHOLE
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
from server.views.session import labels
from server.views.session.identity_check import KIND_WORDS
from server.views.session.incident_kinds import kind_words
from server.views.session.reading import Reading
from server.views.when import day_words, hour_words

FROM_TO = N_("de {began} à {ended}")
GATE = {
    "waived": N_("refus, épreuve continuée avec une réserve"), "acknowledged": N_("confirmé"), "signed": N_("signée"),
}
MARKS = {"A": N_("acquise"), "NA": N_("non acquise")}


@dataclass(frozen=True)
class ScanShown:
    id: str
    title: str
    words: str


@dataclass(frozen=True)
class Answer:
    """What a juror said of the entry. `state`: confirmed, refused, waiting."""

    name: str
    state: str
    said: str
    words: str


@dataclass(frozen=True)
class Entered:
    """`own` are the juror's marks: code, competency, mark, words. `common` are pairs of what and what was entered.
    `agreed` are code, competency, consensus."""

    own: Sequence[tuple[str, str, str, str]]
    agreed: Sequence[tuple[str, str, str]]
    common: Sequence[tuple[str, str]]


def scans_of(reading: Reading, hearing: Hearing) -> list[ScanShown]:
    """The newest first."""
    return [ScanShown(one.id, reading.label(labels.PAPERS, one.paper), reading.say(
        N_("{pages} p., jointe le {day} par {name}"), pages=one.pages, name=reading.name(one.by),
        day=day_words(day_of(one.at), reading.locale))) for one in reversed(hearing.scans)]


def answers_of(reading: Reading, hearing: Hearing) -> list[Answer]:
    """None before anything was entered."""
    found = hearing.transcribed
    if found is None:
        return []
    return [_answer(reading, found, one.id) for one in reading.state.jurors_appointed(hearing.id)
            if one.id not in hearing.recused]


def _answer(reading: Reading, found: Transcribed, juror: SeatId) -> Answer:
    at, words = found.confirmed.get(juror), found.refused.get(juror)
    if at is not None:
        said = reading.say(N_("confirmé le {day} à {hour}"), day=day_words(day_of(at), reading.locale),
                           hour=hour_words(at, reading.locale))
        return Answer(reading.name(juror), "confirmed", said, "")
    if words is not None:
        return Answer(reading.name(juror), "refused", reading.say(N_("demande une correction")),
                      reading.words(words) or "")
    last = juror == found.transcript.president
    waits = N_("pas encore confirmé ; préside, et confirme en dernier") if last else N_("pas encore confirmé")
    return Answer(reading.name(juror), "waiting", reading.say(waits), "")


def entered(reading: Reading, hearing: Hearing, found: Transcribed, juror: SeatId) -> Entered:
    read, said = found.transcript, found.said
    titles = {one.code: one.title for one in reading.state.framework.competencies(hearing.blocks)}
    own = [(code, titles.get(code, ""), _mark(reading, one.mark.value, not_shown=one.not_shown),
            reading.words(said.get(mark_place(juror, code))) or "") for code, one in read.grids.get(juror, {}).items()]
    agreed = [(code, title, reading.say(N_("désaccord")) if code in read.disputed
               else _mark(reading, read.consensus[code].value) if code in read.consensus else "")
              for code, title in titles.items()]
    return Entered(own, agreed, [pair for pair in _common(reading, found) if pair[1]])


def _mark(reading: Reading, mark: str, *, not_shown: bool = False) -> str:
    return reading.say(N_("non acquise, non montrée")) if not_shown else reading.say(MARKS[mark])


def _common(reading: Reading, found: Transcribed) -> list[tuple[str, str]]:
    _, read, said, identity = reading.say, found.transcript, found.said, found.transcript.identity

    def written(place: str) -> str:
        return reading.words(said.get(place)) or ""

    def hours(began: int, ended: int) -> str:
        return _(FROM_TO, began=hour_words(began, reading.locale), ended=hour_words(ended, reading.locale))

    decided = [reading.label(labels.FINDINGS, identity.finding), reading.label(labels.COURSES, identity.course),
               _(KIND_WORDS[identity.seen]) if identity.seen else "", written(IDENTITY)]
    pairs = [
        (_(N_("Préside le jury")), reading.name(read.president)),
        (_(N_("Présentation")), hours(read.presentation.began_at, read.presentation.ended_at)),
        (_(N_("Questions")), _joined(hours(read.questions.began_at, read.questions.ended_at), written(EARLY))),
        (_(N_("Message de prévention")), reading.label(GATE, read.prevention)),
        (_(N_("Feuille de présence")), reading.label(GATE, read.sheet)),
        (_(N_("Un refus : ce qui est écrit")), written(GATES)),
        (_(N_("Identité")), _joined(*decided)), (_(N_("Désaccords")), written(DISPUTE))]
    of_block, of_all = N_("Préconisation pour {block}"), N_("Préconisation d’ensemble")
    pairs += [(_(of_all if block == WHOLE else of_block, block=block),
               _joined(reading.label(labels.ADVICE, advice), written(advice_place(block))))
              for block, advice in read.recommendations.items()]
    pairs += [(_(N_("{name} a refusé de signer"), name=reading.name(one)), written(refusal_place(one)))
              for one in read.refused]
    fraud = N_("Présomption de fraude : {kind}")
    for number, one in enumerate(read.incidents):
        kind = kind_words(reading.state.framework, reading.locale, one.kind, fraud=one.suspected_fraud)
        title = _(fraud, kind=kind) if one.suspected_fraud else kind
        pairs.append((title, _joined(reading.label(labels.PHASES, one.phase), written(incident_place(number)))))
    return pairs


def _joined(*parts: str) -> str:
    return " · ".join(one for one in parts if one)
