"""What the clerk does in a sitting, act by act: its form, the command that it makes, and an example of it of which the
rules are asked whether it would be done now."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from evaluation.offices import Office
from evaluation.people import SOME_PAPER, SOME_WORDS, PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_
from evaluation.sitting.agenda import TakeOffAgenda
from evaluation.sitting.convening_sitting import CancelSitting, MoveSitting
from evaluation.sitting.kind import SITTING
from evaluation.sitting.members import SeatPresident
from evaluation.sitting.minutes import AttachSignedScan, CompleteMinutes, PresentMinutes, TakeBackMinutes
from evaluation.sitting.not_signing import NoteNotSigning
from evaluation.sitting.questioning import SummonJury
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.substituting import CallSubstitute
from evaluation.sitting.terms import PLACES, Place
from evaluation.sitting.who_sits import holder, three_on
from evaluation.slots import hour_on
from server.http.form_fields import Day, Hour, Listed, Several, Text, Upload
from server.http.forms import Form
from server.http.office.sitting_convening import WHEN

FAR: Final = 366 * 86_400_000
"""Ahead of every delay."""
WHOLE: Final = N_("Laissez vide pour toute la séance.")


@dataclass(frozen=True)
class Trying:
    """An act asked of the rules without its words. `presides` are the grants of who may preside on the day."""

    state: SittingState
    office: Quote
    actor: str
    now: int
    presides: tuple[tuple[Office, Quote], ...]


Example = Callable[[Trying], Any]
"""None where there is nothing to choose of."""
Fields = Callable[[SittingState, Mapping[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class SittingAct:
    """`fields` are those of the command beside its words and papers. `told` is said above the form. `why` it is to be
    done, where the sitting waits for it. `draws`: the document is drawn from the journal, and can be seen before."""

    name: str
    title: str
    command: str
    form: Form
    example: Example
    fields: Fields = lambda _state, _values: {}
    told: str = ""
    why: str = ""
    draws: bool = False

    @property
    def papers(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.form.fields if isinstance(one, Upload))


def allowed(act: SittingAct, trying: Trying) -> bool:
    example = act.example(trying)
    return example is not None and SITTING.allows(trying.state, example, trying.actor, trying.now)


def _words(label: str, hint: str = "") -> Text:
    return Text("words", label, hint, lines=4, most=3000)


def _undecided(state: SittingState) -> Item | None:
    return next((one for one in state.agenda.values() if one.decided is None), None)


def _heard(state: SittingState) -> Item | None:
    """Somebody on whom nothing is decided, and whom an evaluation jury heard."""
    return next((one for one in state.agenda.values() if one.decided is None and one.recommended.jurors), None)


def _number(state: SittingState) -> int:
    return state.presented.number if state.presented is not None else 0


def may_be_noted(state: SittingState, office: Quote | None, actor: PersonId, now: int) -> tuple[PersonId, ...]:
    """The members of whom whoever acts can note now that they do not sign what is presented."""
    awaited = state.presented.unsigned if state.presented is not None else ()
    return tuple(one for one in awaited if SITTING.allows(
        state, NoteNotSigning(_number(state), one, SOME_WORDS, office), actor, now))


def _not_signing(of: Trying) -> Any:
    found = may_be_noted(of.state, of.office, of.actor, of.now)
    return NoteNotSigning(_number(of.state), found[0], SOME_WORDS, of.office) if found else None


def _take_off(of: Trying) -> Any:
    item = _undecided(of.state)
    return TakeOffAgenda(item.candidacy, SOME_WORDS, of.office) if item is not None else None


def _seat_president(of: Trying) -> Any:
    found = next(((office, quote) for office, quote in of.presides
                  if of.state.president is None or office.person != of.state.president.person), None)
    return SeatPresident(found[0].person, found[1], of.office) if found is not None else None


def substitutes(state: SittingState) -> tuple[tuple[Place, PersonId], ...]:
    """Who can be called in whose place, of those whom the commission named: the place, the substitute."""
    return tuple((place, one.person) for place in PLACES for one in state.members
                 if one.category.value == place and one.person != holder(state, place))


def _call(of: Trying) -> Any:
    """For the whole sitting, or for a candidate whose place is empty: the first that would be done."""
    for item in (None, *of.state.agenda.values()):
        some = (item.candidacy,) if item is not None else None
        for one in _calls(of, some):
            if SITTING.allows(of.state, one, of.actor, of.now):
                return one
    return None


def _calls(of: Trying, some: tuple[str, ...] | None) -> tuple[CallSubstitute, ...]:
    found = list[CallSubstitute]()
    for place in PLACES:
        member = holder(of.state, place, some[0] if some else None)
        if member is None:
            continue
        if place == "president":
            found += [CallSubstitute(member, office.person, of.office, some, quote) for office, quote in of.presides
                      if office.person != member]
        else:
            found += [CallSubstitute(member, person, of.office, some) for own, person in substitutes(of.state)
                      if own == place]
    return tuple(found)


def place_empty(state: SittingState) -> tuple[Item, ...]:
    """The candidates on whom nobody decides in some place: recused, or a judge of theirs before."""
    seated = None not in (holder(state, place) for place in PLACES)
    return tuple(one for one in state.agenda.values()
                 if seated and one.decided is None and None in three_on(state, one).values())


def _summon(of: Trying) -> Any:
    item = _heard(of.state)
    return SummonJury(item.candidacy, of.now + FAR, None, of.office) if item is not None else None


def _hour(values: Mapping[str, Any]) -> int:
    return hour_on(values["day"], values["hour"])


CANDIDATE: Final = Listed("candidacy", N_("Candidat"))
NOT_SIGNING: Final = Form((
    Listed("signer", N_("Qui n’a pas signé")),
    Text("words", N_("Pourquoi"), N_("Écrit au procès-verbal, avec votre nom : un refus, un empêchement, et comment "
                                     "vous le savez."), lines=4, most=1000)),
    N_("Noter l’absence de signature"), sure=True)
NOT_SIGNING_TOLD: Final = N_(
    "Le procès-verbal est scellé sans cette signature quand plus aucune autre n’est attendue : il dit qui n’a pas "
    "signé, pourquoi, et qui l’a noté. Jusque-là cette personne peut encore signer, et ce qui est noté tombe.")
ACTS: Final[tuple[SittingAct, ...]] = (
    SittingAct(
        "president", N_("Désigner qui préside"), "SeatPresident",
        Form((Listed("presides", N_("Qui préside"), N_("La présidence de l’instance, ou qui en a une délégation "
                                                      "écrite, en cours le jour de la séance.")),),
             N_("Désigner cette personne")), _seat_president,
        why=N_("La présidence de l’instance de certification, ou sa délégation écrite, préside la séance.")),
    SittingAct(
        "substitute", N_("Appeler un suppléant"), "CallSubstitute",
        Form((Listed("member", N_("À la place de")), Listed("substitute", N_("Qui siège")),
              Several("candidacies", N_("Pour quels candidats"), WHOLE, required=False)),
             N_("Appeler cette personne")), _call,
        told=N_("Un suppléant est nommé par la commission à la même place ; la présidence est remplacée par qui en a "
                "une délégation écrite."),
        why=N_("Pour un candidat, une place est vide : sans trois membres, rien ne se décide à son sujet.")),
    SittingAct(
        "take-off", N_("Retirer de l’ordre du jour"), "TakeOffAgenda",
        Form((CANDIDATE, _words(N_("Pourquoi"), N_("Lu dans le procès-verbal."))), N_("Retirer cette candidature")),
        _take_off, lambda _state, values: {"candidacy": values["candidacy"]},
        told=N_("La candidature attend alors une autre séance.")),
    SittingAct(
        "summon", N_("Convoquer un jury d’évaluation"), "SummonJury",
        Form((CANDIDATE, Day("day", N_("Jour")), Hour("hour", N_("Heure de Paris")),
              Text("words", N_("Ce que le jury de certification veut lui demander"), required=False, lines=3,
                   most=2000)), N_("Convoquer ses jurés")), _summon,
        lambda _state, values: {"candidacy": values["candidacy"], "at": _hour(values)},
        told=N_("Les trois jurés viennent répondre aux questions, dans la salle de la séance.")),
    SittingAct(
        "complete", N_("Compléter le procès-verbal"), "CompleteMinutes",
        Form((_words(N_("Ce que le jury ajoute"), N_("Lu par toute personne qui lit le procès-verbal.")),),
             N_("Ajouter au procès-verbal")), lambda of: CompleteMinutes(SOME_WORDS, of.office)),
    SittingAct(
        "present", N_("Présenter le procès-verbal à la signature"), "PresentMinutes",
        Form((), N_("Présenter ce procès-verbal")), lambda of: PresentMinutes(SOME_PAPER, of.office),
        told=N_("Le document est écrit d’après le journal de la séance. Chacun de ceux qui ont décidé le relit en "
                "entier, puis le signe dans son espace."),
        why=N_("Tout est décidé. Relisez le procès-verbal, complétez-le s’il le faut, puis présentez-le : les "
               "résultats partent quand il est signé et scellé."), draws=True),
    SittingAct(
        "take-back", N_("Reprendre le procès-verbal présenté"), "TakeBackMinutes",
        Form((_words(N_("Pourquoi"), N_("Lu par les membres du jury.")),), N_("Reprendre le procès-verbal"), sure=True),
        lambda of: TakeBackMinutes(_number(of.state), SOME_WORDS, of.office),
        lambda state, _values: {"number": _number(state)},
        told=N_("Les signatures déjà données ne comptent plus : il est présenté de nouveau, et signé de nouveau.")),
    SittingAct(
        "scan", N_("Joindre un procès-verbal signé à la main"), "AttachSignedScan",
        Form((Upload("scan", N_("La copie signée"), N_("PDF ou image. Toutes les signatures y sont lisibles.")),),
             N_("Joindre cette copie")), lambda of: AttachSignedScan(_number(of.state), SOME_PAPER, of.office),
        lambda state, _values: {"number": _number(state)},
        told=N_("Imprimez le procès-verbal présenté, faites-le signer, puis joignez-le : il remplace les signatures "
                "dans l’espace de chacun.")),
    SittingAct(
        "not-signing", N_("Noter qu’un membre n’a pas signé"), "NoteNotSigning", NOT_SIGNING, _not_signing,
        lambda state, values: {"number": _number(state), "person": values["signer"]}, told=NOT_SIGNING_TOLD),
    SittingAct(
        "move", N_("Changer le jour, l’heure ou le lieu"), "MoveSitting",
        Form((*WHEN, _words(N_("Pourquoi"), N_("Lu dans la lettre que chaque membre reçoit."))),
             N_("Enregistrer le changement")),
        lambda of: MoveSitting(of.now + FAR, of.state.mode, SOME_WORDS, of.office, of.state.place),
        lambda _state, values: {"at": _hour(values), "mode": values["mode"], "place": values["place"]},
        told=N_("Chaque membre reçoit une lettre, et son agenda se met à jour.")),
    SittingAct(
        "cancel", N_("Annuler la séance"), "CancelSitting",
        Form((_words(N_("Pourquoi"), N_("Lu dans la lettre que chaque membre reçoit.")),), N_("Annuler la séance"),
             sure=True), lambda of: CancelSitting(SOME_WORDS, of.office),
        told=N_("Les candidatures de son ordre du jour attendent alors une autre séance.")),
)
BY_NAME: Final = {one.name: one for one in ACTS}
