"""Who may what in a sitting: the awarding body's clerk by a quote of their office, its members by their place."""
from __future__ import annotations

from evaluation import offices
from evaluation.deadlines import day_of
from evaluation.kinds import Asked
from evaluation.offices import OfficeRole
from evaluation.people import PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Forbidden, rule
from evaluation.sitting.seeing import comes_to_answer, is_member
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.who_sits import holder, three_on

CLERK = frozenset({OfficeRole.CLERK})
PRESIDES = frozenset({OfficeRole.PRESIDENT, OfficeRole.PRESIDENT_DELEGATE})


def check_clerk(body: str, office: Quote, asked: Asked) -> None:
    """The clerk of the sitting's awarding body. Raises Forbidden."""
    check_of_body(office, body)
    offices.check_quoted(office, asked.actor, CLERK, day_of(asked.now))


@rule("X15")
def check_of_body(quote: Quote, body: str) -> None:
    if quote.stream != body:
        raise Forbidden("X15", N_("Ce qui est cité est d’un autre organisme certificateur."))


@rule("R1.3")
def check_president(state: SittingState, actor: PersonId) -> None:
    """Whoever presides over the sitting. Raises Forbidden."""
    if actor != holder(state, "president"):
        raise Forbidden("R1.3", N_("C’est à la personne qui préside de le faire."))


@rule("R1.3")
def check_presides_on(state: SittingState, item: Item, actor: PersonId) -> None:
    """Whoever presides while this candidate is deliberated on. Raises Forbidden."""
    if actor != three_on(state, item)["president"]:
        raise Forbidden("R1.3", N_("C’est à la personne qui préside pour ce candidat de le faire."))


@rule("X13")
def check_comes(state: SittingState, person: PersonId) -> None:
    """A member, or a juror of the evaluation jury who is to answer. Raises Forbidden."""
    if not (is_member(state, person) or any(comes_to_answer(state, one, person) for one in state.agenda.values())):
        raise Forbidden("X13", N_("Vous n’êtes pas de cette séance."))


def check_notes_not_signing(state: SittingState, person: PersonId, office: Quote | None, asked: Asked) -> None:
    """The president, or the clerk, of somebody else. Raises Forbidden."""
    check_president_or_clerk(state, office, asked)
    check_of_another(person, asked.actor)


@rule("R3.9")
def check_of_another(person: PersonId, actor: PersonId) -> None:
    """Whoever presides, or keeps the registers and sits, signs, or another notes that they do not."""
    if person == actor:
        raise Forbidden("R3.9", N_("Personne ne note pour soi-même qu’il n’a pas signé : signez, ou faites-le noter "
                                   "par la présidence ou par le secrétariat."))


def check_president_or_clerk(state: SittingState, office: Quote | None, asked: Asked) -> None:
    """The clerk shows their office; the president sits. Raises Forbidden."""
    if office is not None:
        check_clerk(state.body, office, asked)
    else:
        check_president(state, asked.actor)
