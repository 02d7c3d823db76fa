"""Whether a candidate who is planned can be examined, as the awarding body finds it once they are planned (R6.6): no
more is told here than what the organizer may know."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.candidacy import examining
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import HearingId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class NoteAdmission:
    """`said` quotes what was found of the registration. Written by the server."""

    hearing: HearingId
    said: Quote


@TOPIC.event("session.admission_noted")
@dataclass(frozen=True)
class AdmissionNoted:
    hearing: HearingId
    said: Quote


@TOPIC.decides(NoteAdmission)
def note(state: SessionState, command: NoteAdmission, asked: Asked) -> tuple[object, ...]:
    """Nothing for a hearing of another candidacy of the person, for one that is over, and where it is known."""
    hearing = None if state.closed else state.hearings.get(command.hearing)
    if hearing is None or hearing.candidacy != command.said.stream or hearing.phase in OVER:
        return ()
    if examining.quoted(command.said) == hearing.admission:
        return ()
    return (AdmissionNoted(command.hearing, command.said),)


@TOPIC.evolves(AdmissionNoted)
def noted(state: SessionState, event: AdmissionNoted, happened: Happened) -> SessionState:
    return state.with_hearing(replace(state.hearing(event.hearing), admission=examining.quoted(event.said)))


@rule("R6.6")
def check_admitted(hearing: Hearing) -> None:
    """Nobody is called in, or convened, on a registration that cannot be relied on."""
    if hearing.admission == "examined":
        raise Refusal("R6.6", N_("L’inscription est en cours d’examen par l’organisme certificateur : attendez sa "
                                 "réponse pour convoquer cette personne ou la faire entrer."))
    if hearing.admission == "not_admitted":
        raise Refusal("R6.6", N_("L’inscription n’est plus admise par l’organisme certificateur : cette personne ne "
                                 "peut être ni convoquée ni interrogée."))
