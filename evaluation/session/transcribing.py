"""The papers of a hearing entered by one person, confirmed by each of the jurors, and then its record (X13)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId, SeatId, Words
from evaluation.rules import N_, Refusal, rule
from evaluation.session.consensus import reached
from evaluation.session.held_on_paper import as_held, check_whole
from evaluation.session.incidents import IncidentRecorded
from evaluation.session.jury import check_sits
from evaluation.session.phases import OVER
from evaluation.session.recommendation import result_of
from evaluation.session.signatures import HearingClosed
from evaluation.session.state import Hearing, SessionState
from evaluation.session.transcript import IDENTITY, Transcribed, Transcript, incident_place

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class EnterTranscript:
    """What the papers say, entered or corrected. `said` are the words on them, each by its place."""

    hearing: HearingId
    transcript: Transcript
    said: Mapping[str, Words]


@TOPIC.command
@dataclass(frozen=True)
class ConfirmTranscript:
    """A juror has compared what was entered, at the position `number`, with the scan: it is what they wrote, and what
    the jury decided. The president's is the last."""

    hearing: HearingId
    number: int


@TOPIC.command
@dataclass(frozen=True)
class RefuseTranscript:
    """A juror says what is wrong with it: it is to be corrected."""

    hearing: HearingId
    number: int
    words: Words


@TOPIC.event("session.transcript_entered")
@dataclass(frozen=True)
class TranscriptEntered:
    hearing: HearingId
    transcript: Transcript
    said: Mapping[str, Words]


@TOPIC.event("session.transcript_confirmed")
@dataclass(frozen=True)
class TranscriptConfirmed:
    hearing: HearingId
    number: int


@TOPIC.event("session.transcript_refused")
@dataclass(frozen=True)
class TranscriptRefused:
    hearing: HearingId
    number: int
    words: Words


@TOPIC.event("session.transcript_stood")
@dataclass(frozen=True)
class TranscriptStood:
    """Each juror has confirmed: grids, clocks, identity, consensus, recommendations and signatures are those of the
    papers from here on. What they compute follows, in `HearingClosed`."""

    hearing: HearingId
    number: int


def standing(hearing: Hearing) -> Transcribed | None:
    """What was entered, until it is the record, or the hearing has come to another end."""
    found = hearing.transcribed
    return found if found is not None and found.stands_at is None and hearing.phase not in OVER else None


def to_confirm(state: SessionState, hearing: Hearing, juror: SeatId) -> Transcribed | None:
    """What a juror has still to compare with the scan."""
    found = standing(hearing)
    if found is None or not state.sits(juror, hearing.id) or juror in {*found.confirmed, *found.refused}:
        return None
    return found


@rule("X13")
def check_as_entered(hearing: Hearing, number: int) -> Transcribed:
    """What a juror confirms is what they read: neither what stood before a correction, nor what is the record now."""
    found = standing(hearing)
    if found is None or found.number != number:
        raise Refusal("X13", N_("La saisie a changé entre-temps, ou elle est déjà confirmée par les trois : "
                                "relisez-la."))
    return found


@rule("X7", "X13")
def check_president_last(entered: Transcribed, others: tuple[SeatId, ...], juror: SeatId) -> None:
    """As with signatures, the president's is the last."""
    if juror == entered.transcript.president and any(one not in entered.confirmed for one in others):
        raise Refusal("X7", N_("La personne qui préside confirme en dernier."))


@TOPIC.decides(EnterTranscript)
def enter(state: SessionState, command: EnterTranscript, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_whole(state, hearing, command.transcript, command.said, asked.now)
    return (TranscriptEntered(command.hearing, command.transcript, command.said),)


@TOPIC.evolves(TranscriptEntered)
def entered(state: SessionState, event: TranscriptEntered, happened: Happened) -> SessionState:
    found = Transcribed(happened.position, happened.at, happened.actor, event.transcript, event.said)
    return state.with_hearing(replace(state.hearing(event.hearing), transcribed=found))


@TOPIC.decides(ConfirmTranscript)
def confirm(state: SessionState, command: ConfirmTranscript, asked: Asked) -> tuple[object, ...]:
    """With the third the transcript is the record; incidents become incidents of the hearing, by the president."""
    hearing = state.hearing(command.hearing)
    check_sits(state, hearing.id, asked.actor)
    found = check_as_entered(hearing, command.number)
    if asked.actor in found.confirmed:
        return ()
    check_whole(state, hearing, found.transcript, found.said, asked.now)
    others = tuple(one.id for one in state.jurors_sitting(hearing.id) if one.id != asked.actor)
    check_president_last(found, others, asked.actor)
    confirmed = TranscriptConfirmed(hearing.id, command.number)
    if any(one not in found.confirmed for one in others):
        return (confirmed,)
    stood = TranscriptStood(hearing.id, command.number)
    return (confirmed, stood, *_incidents(hearing, found), _closed(state, hearing, found))


def _incidents(hearing: Hearing, found: Transcribed) -> tuple[IncidentRecorded, ...]:
    """Whatever is written down as one on paper, and an identity that was not found conform (R6.3)."""
    read, said = found.transcript, found.said
    noted = tuple(
        IncidentRecorded(hearing.id, one.kind, one.suspected_fraud, one.phase, None, said.get(incident_place(number)),
                         ())
        for number, one in enumerate(read.incidents))
    if read.identity.finding == "conform":
        return noted
    return (IncidentRecorded(hearing.id, "identity", False, "welcome", None, said.get(IDENTITY), ()), *noted)


def _closed(state: SessionState, hearing: Hearing, found: Transcribed) -> HearingClosed:
    """What the papers compute, by the rules of any hearing."""
    held = as_held(state, hearing, found.transcript, found.said, found.confirmed)
    marks = reached(state.with_hearing(held), held)
    disputed = bool(found.transcript.refused or found.transcript.disputed)
    return HearingClosed(hearing.id, marks, result_of(state.framework, held, marks), disputed)


@TOPIC.decides(RefuseTranscript)
def refuse(state: SessionState, command: RefuseTranscript, asked: Asked) -> tuple[object, ...]:
    hearing = state.hearing(command.hearing)
    check_sits(state, hearing.id, asked.actor)
    check_as_entered(hearing, command.number)
    return (TranscriptRefused(command.hearing, command.number, command.words),)


@TOPIC.evolves(TranscriptConfirmed, TranscriptRefused)
def answered(state: SessionState, event: TranscriptConfirmed | TranscriptRefused, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    found = hearing.transcribed
    assert found is not None
    confirmed = {juror: at for juror, at in found.confirmed.items() if juror != happened.actor}
    refused = {juror: words for juror, words in found.refused.items() if juror != happened.actor}
    if isinstance(event, TranscriptRefused):
        refused[happened.actor] = event.words
    else:
        confirmed[happened.actor] = happened.at
    return state.with_hearing(replace(hearing, transcribed=replace(found, confirmed=confirmed, refused=refused)))


@TOPIC.evolves(TranscriptStood)
def stood(state: SessionState, event: TranscriptStood, happened: Happened) -> SessionState:
    hearing = state.hearing(event.hearing)
    found = hearing.transcribed
    assert found is not None
    held = as_held(state, hearing, found.transcript, found.said, found.confirmed)
    presidents = {**state.presidents, hearing.id: found.transcript.president}
    stands = replace(held, transcribed=replace(found, stands_at=happened.at))
    return replace(state.with_hearing(stands), presidents=presidents)
