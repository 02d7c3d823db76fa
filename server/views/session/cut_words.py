"""The line cut while the candidate's time is given, in words: what it took, what is proposed, what was decided (X9)."""
from __future__ import annotations

from evaluation.rules import N_
from evaluation.session.cuts import SECOND, Cut
from evaluation.session.lost_time import to_give_back
from evaluation.session.phases import PhaseClock
from evaluation.session.state import Hearing
from server.views.session.contract.hearing_types import CutView
from server.views.session.contract.record_types import CutLine
from server.views.session.reading import Reading
from server.views.when import hour_words, lasting

TOOK = {
    "candidate": N_("{hour} : connexion de {name} coupée ; {time} de son temps ont couru."),
    "jury": N_("{hour} : connexion de tout le jury coupée ; {time} du temps de {name} ont couru."),
    "president": N_("{hour} : connexion de la personne qui préside coupée ; {time} du temps de {name} ont couru."),
}


def cut_lines(reading: Reading, hearing: Hearing, clock: PhaseClock, now: int) -> list[CutLine]:
    """Of one phase of one attempt, in order: those that took time."""
    of = (one for one in hearing.cuts if (one.phase, one.attempt) == (clock.phase, hearing.attempt))
    return [_line(reading, hearing, one, one.ran(clock, now)) for one in of if one.ran(clock, now)]


def _line(reading: Reading, hearing: Hearing, cut: Cut, ran: int) -> CutLine:
    return {"words": _took(reading, hearing, cut, ran), "given": _decided(reading, cut),
            "said": reading.words(cut.given.words) if cut.given is not None else None}


def _took(reading: Reading, hearing: Hearing, cut: Cut, ran: int) -> str:
    time = lasting((cut.measured if cut.measured is not None else ran // SECOND) * SECOND)
    return reading.say(TOOK[cut.who], hour=hour_words(cut.at, reading.locale), time=time,
                       name=reading.candidate(hearing))


def _decided(reading: Reading, cut: Cut) -> str:
    if cut.given is None:
        return reading.say(N_("Rien n’a été rendu.")) if cut.ended is not None else reading.say(N_("Cela dure encore."))
    time = lasting(cut.given.seconds * SECOND)
    measured = cut.given.seconds == cut.given.measured
    return reading.say(N_("Rendu comme mesuré : {time}.") if measured else N_("Rendu : {time}."), time=time)


def cuts_to_give_back(reading: Reading, hearing: Hearing) -> list[CutView]:
    """What the president has still to decide on, each proposed as measured."""
    return [{"position": one.position, "at": one.at, "who": one.who, "seconds": one.measured or 0,
             "words": _took(reading, hearing, one, one.ran(None, 0))}
            for one in to_give_back(hearing)]


def lost_time_words(reading: Reading, hearing: Hearing) -> list[str]:
    """What the candidate is told of their own time: that an attempt begins again, each cut of it, and what became of
    that."""
    again = reading.say(N_("L’épreuve recommence depuis le début : ce qui précède ne compte pas."))
    of = (one for one in hearing.cuts if one.attempt == hearing.attempt and one.measured)
    return [*([again] if hearing.attempt > 1 else []), *(_to_candidate(reading, one) for one in of)]


def _to_candidate(reading: Reading, cut: Cut) -> str:
    _, time, hour = reading.say, lasting((cut.measured or 0) * SECOND), hour_words(cut.at, reading.locale)
    if cut.given is None:
        text = N_("Coupure de {hour} : {time} de votre temps ont couru. La personne qui préside peut vous les rendre.")
        return _(text, hour=hour, time=time)
    if cut.given.seconds == cut.given.measured:
        text = N_("Coupure de {hour} : {time} de votre temps ont couru ; elles vous sont rendues.")
        return _(text, hour=hour, time=time)
    text = N_("Coupure de {hour} : {time} de votre temps ont couru ; la personne qui préside vous rend {given}. La "
              "raison est écrite au procès-verbal.")
    return _(text, hour=hour, time=time, given=lasting(cut.given.seconds * SECOND))
