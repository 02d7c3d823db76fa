"""A juror replaced by a substitute of the same category, for the day or for one hearing (R1.2)."""
from __future__ import annotations

from dataclasses import dataclass, replace

from evaluation.body import decisions
from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Seat, SeatId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule
from evaluation.session import jury, recusal
from evaluation.session.phases import OVER
from evaluation.session.planning import check_decision, check_new_seats
from evaluation.session.state import Hearing, SessionState

TOPIC = Topic()


@TOPIC.command
@dataclass(frozen=True)
class ReplaceJuror:
    """R1.2: a substitute of the same category, for the whole day or for one hearing, as the commission or its delegate
    decided. Written by the server."""

    decision: Quote


@TOPIC.event("session.juror_replaced")
@dataclass(frozen=True)
class JurorReplaced:
    replaced: SeatId
    seat: Seat
    decision: Quote


@rule("R3.6")
def check_not_deliberating(hearing: Hearing, whole_day: bool) -> None:
    """Who deliberates on a candidate stays the same, also while the deliberation is suspended; elsewhere a juror can
    be replaced hearing by hearing."""
    if hearing.deliberation is None:
        return
    if whole_day:
        raise Refusal(
            "R3.6",
            N_("Une délibération est ouverte : ce juré ne peut plus être remplacé pour toute la journée. "
               "Nommez un remplaçant pour l’épreuve concernée, ou pour chacune de celles qui restent."),
        )
    raise Refusal("R3.6", N_("La délibération est ouverte : le jury ne change plus pour cette épreuve."))


@TOPIC.decides(ReplaceJuror)
def replace_juror(state: SessionState, command: ReplaceJuror, asked: Asked) -> tuple[object, ...]:
    decision = decisions.quoted(command.decision, decisions.SubstituteDecided)
    check_decision(state, command.decision, decision.session)
    seat, only = decision.seat, decision.seat.hearing
    if only is not None and state.hearing(only).phase in OVER:
        raise Refusal("R1.2", N_("L’épreuve est terminée : son jury ne change plus."))
    if not any(s.id == decision.replaced for s in state.jurors_appointed(only)):
        raise Refusal("R1.2", N_("Le juré à remplacer ne siège pas."))
    check_new_seats(state.seats(), (seat,))
    concerned = [h for h in state.hearings.values() if h.phase not in OVER and only in (None, h.id)]
    concerned = [h for h in concerned if any(s.id == decision.replaced for s in state.jurors_appointed(h.id))]
    for where in (only, *(h.id for h in concerned)):
        staying = [s for s in state.jurors_appointed(where) if s.id != decision.replaced]
        jury.check_composition((*staying, seat))
    jury.check_no_course(decision.courses, state.provider, state.framework.code)
    for hearing in concerned:
        jury.check_impartial((seat,), hearing.trained_by)
        recusal.check_not_recused(state, hearing, seat)
        check_not_deliberating(hearing, only is None)
    return (JurorReplaced(decision.replaced, seat, command.decision),)


@TOPIC.evolves(JurorReplaced)
def replaced(state: SessionState, event: JurorReplaced, happened: Happened) -> SessionState:
    gone = {(event.replaced, event.seat.hearing)}
    if event.seat.hearing is None:  # where the one who leaves already had a substitute, that one goes on sitting
        gone |= {(event.seat.id, where) for who, where in state.replaced if who == event.replaced}
    return replace(state, jurors=(*state.jurors, event.seat), replaced=state.replaced | gone)
