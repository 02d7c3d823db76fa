"""The evaluation jury: its composition, impartiality, and whether the three are there."""
from __future__ import annotations

from collections.abc import Collection

from evaluation.body.terms import Course
from evaluation.offices import ProviderId
from evaluation.people import HearingId, JurorCategory, Role, Seat, SeatId
from evaluation.rules import N_, Refusal, rule
from evaluation.session.state import SessionState

JURY_SIZE = len(JurorCategory)
"""One of each category (R1.2)."""


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


@rule("R1.2")
def check_no_course(courses: Collection[Course], provider: ProviderId, certification: str) -> None:
    """Whoever sits in the trainer's seat has no link to the candidates' course. `courses` are theirs."""
    if Course(provider, certification) in courses:
        raise Refusal("R1.2", N_("À la place du formateur ou accompagnateur CQP siège une personne sans lien avec le "
                                 "parcours des candidats : celle-ci y intervient."))


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
