"""The evaluation jury: its composition, impartiality, recusal, and who presides."""
from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping

from evaluation.people import REPRESENTATIVES, HearingId, JurorCategory, Role, Seat, SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.phases import OVER
from evaluation.session.state import Hearing, SessionState

JURY_SIZE = len(JurorCategory)
"""One of each category (R1.2)."""
MAJORITY = JURY_SIZE // 2 + 1
"""Two of the three designate the president (R3.1)."""


@rule("R1.2")
def check_composition(jurors: Collection[Seat]) -> None:
    """Three people, one of each category."""
    if any(s.role is not Role.JUROR for s in jurors):
        raise Refusal("R1.2", N_("Un jury d’évaluation est fait de jurés."))
    if len({s.person for s in jurors}) != len(jurors):
        raise Refusal("R1.2", N_("Une personne ne peut siéger deux fois dans le même jury."))
    if sorted(s.category or "" for s in jurors) != sorted(JurorCategory):
        raise Refusal(
            "R1.2",
            N_("Le jury d’évaluation réunit trois personnes : un représentant des salariés, un représentant des "
               "employeurs et un formateur ou accompagnateur CQP."),
        )


@rule("R1.2")
def check_one_role(seats: Collection[Seat]) -> None:
    """Nobody is judge and party: a person has one role in a session."""
    if len({(s.person, s.role) for s in seats}) != len({s.person for s in seats}):
        raise Refusal("R1.2", N_("Une personne n’a qu’un rôle dans une session."))


@rule("R1.2")
def check_impartial(jurors: Collection[Seat], trained_by: Collection[str]) -> None:
    """A trainer who trained the candidate cannot sit."""
    if any(s.person in trained_by for s in jurors):
        raise Refusal("R1.2", N_("Qui a formé la personne évaluée ne peut siéger dans son jury."))


@rule("R1.4", "X7")
def check_may_recuse(hearing: Hearing, juror: SeatId) -> None:
    """A juror may withdraw for a candidate until the first signature."""
    if juror in hearing.recused:
        raise Refusal("R1.4", N_("Votre récusation pour cette épreuve est déjà enregistrée."))
    signed = hearing.deliberation is not None and hearing.deliberation.signatures
    if hearing.phase in OVER or signed:
        raise Refusal(
            "R1.4", N_("La délibération est signée : il est trop tard pour se récuser. Prévenez le certificateur.")
        )


@rule("R1.4")
def check_not_recused(state: SessionState, hearing: Hearing, substitute: Seat) -> None:
    """Who is recused for a candidate does not come back for that candidate in another place."""
    recused = {seat.person for seat in state.jurors if seat.id in hearing.recused}
    if substitute.person in recused:
        raise Refusal("R1.4", N_("Cette personne s’est récusée pour cette épreuve."))


@rule("R1.4", permits=False)
def same_company(juror: str, candidate: str) -> bool:
    """Two companies' names alike enough that a person should ask: a proposal, never a recusal by itself."""
    return bool(juror and candidate) and _plain(juror) == _plain(candidate)


@rule("R3.1")
def check_president(state: SessionState, hearing: HearingId | None, choice: SeatId) -> None:
    """Among the two representatives, and not in the place of a president who is there."""
    seat = next((s for s in state.jurors_sitting(hearing) if s.id == choice), None)
    if seat is None:
        raise Refusal("R3.1", N_("La présidence se choisit parmi les membres du jury."))
    if seat.category not in REPRESENTATIVES:
        raise Refusal(
            "R3.1", N_("La présidence se choisit parmi les deux représentants ; la formation ne préside pas.")
        )
    sitting = state.president_of(hearing)
    if sitting is not None and (sitting in state.present or sitting == choice):
        raise Refusal("R3.1", N_("La présidence du jury est déjà désignée."))


def designation_scope(state: SessionState) -> HearingId | None:
    """The hearing a designation is for where the day's president is recused for it, else None: the whole day."""
    focus = state.focus
    if focus is None or focus.id in state.presidents:
        return focus.id if focus else None
    sits_today = any(s.id == state.president for s in state.jurors_appointed(None))
    return focus.id if sits_today and not state.sits(state.president or "", focus.id) else None


@rule("R3.1")
def designated(votes: Mapping[SeatId, SeatId], jury: Collection[Seat]) -> SeatId | None:
    """Whom two of the three chose, or None."""
    choices = [votes[s.id] for s in jury if s.id in votes]
    return next((choice for choice in choices if choices.count(choice) >= MAJORITY), None)


@rule("R3.6")
def check_three_present(state: SessionState, hearing: HearingId) -> None:
    """The three who deliberate are there: below three there is neither consensus nor signature."""
    jury = state.jurors_sitting(hearing)
    if len(jury) < JURY_SIZE:
        raise Refusal("R3.6", N_("Le jury n’est plus que de {count} : il faut un remplaçant."), count=len(jury))
    absent = sum(1 for s in jury if s.id not in state.present)
    if absent:
        raise Refusal("R3.6", N_("Il faut les trois jurés ensemble : il en manque {absent}."), absent=absent)


def check_sits(state: SessionState, hearing: HearingId, juror: SeatId) -> None:
    """X7: who is recused or replaced neither marks nor deliberates."""
    if not state.sits(juror, hearing):
        raise Refusal("X7", N_("Vous ne siégez pas pour cette épreuve."))


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(ch for ch in letters if ch.isalnum())
