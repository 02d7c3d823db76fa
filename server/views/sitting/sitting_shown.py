"""One sitting as the offices see it: its agenda, who sits and how far each is, its documents (R1.3 to R1.5, R3.9)."""
from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import Declines
from evaluation.deadlines import day_of
from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.convening_sitting import hold_by
from evaluation.sitting.preparing import to_be_trained, unprepared
from evaluation.sitting.state import Item, Minutes, SittingState
from evaluation.sitting.terms import PLACES, Awards, Place
from evaluation.sitting.who_sits import holder, kept_from_deciding, three_on
from server.i18n import Locale, say, say_plural
from server.views.body.periods import short_day
from server.views.body.sittings import ENDINGS, OUTCOMES
from server.views.sitting.minutes_reading import number_of_sitting
from server.views.sitting.sitting_words import SEATS
from server.views.table import Cell
from server.views.when import day_words, hour_words

AWARDS: Final[Mapping[Awards, str]] = {
    "full": N_("certification attribuée"), "partial": N_("attribution partielle"), "none": N_("pas d’attribution"),
    "withheld": N_("décision suspendue")}
KEPT_AWAY: Final[Mapping[str, str]] = {
    "both_juries": N_("a siégé au jury d’évaluation, ou a formé le candidat"),
    "ruled_before": N_("a déjà statué sur ce résultat"), "recused": N_("s’est récusé")}
LEVELS: Final[Mapping[str, str]] = {
    "passkey": N_("avec une clé d’accès"), "one_time_code": N_("avec un code à usage unique"),
    "mailed_code": N_("avec un code envoyé par courriel")}
Names = Mapping[PersonId, str]


@dataclass(frozen=True)
class ItemShown:
    """`told` is what the evaluation jury handed on; `notes` what is to be known: questions, an empty place; `warns` of
    them. `extract` is the address of the candidate's extract, empty before the minutes are sealed."""

    candidacy: str
    href: str
    name: str
    code: str
    told: str
    state: Cell
    notes: tuple[str, ...]
    warns: tuple[str, ...]
    hold_by: str
    extract: str


@dataclass(frozen=True)
class SeatShown:
    """A place, and who holds it for the whole sitting; `name` is empty while nobody does. `lines` say how far they
    are, `warns` what is missing; `others` who sits there for some candidates alone."""

    seat: str
    name: str
    delegated: bool
    lines: tuple[str, ...]
    warns: tuple[str, ...]
    others: tuple[str, ...]
    substitutes: tuple[str, ...]


@dataclass(frozen=True)
class SignedLine:
    """`why` are the words of why somebody does not sign, where that is noted."""

    name: str
    words: str
    done: bool
    why: str = ""


@dataclass(frozen=True)
class DocumentShown:
    number: str
    addition: bool
    state: Cell
    signatures: tuple[SignedLine, ...]
    paper: str
    scan: str


def items_shown(state: SittingState, names: Names, here: str, candidacies: str, locale: Locale,
                hidden: Collection[str] = ()) -> list[ItemShown]:
    """`hidden` are the candidacies of which the reader sees nothing."""
    return [_item(state, one, names, here, candidacies, locale) if one.candidacy not in hidden else _hidden(
        one, names, candidacies, locale) for one in state.agenda.values()]


def _hidden(one: Item, names: Names, candidacies: str, locale: Locale) -> ItemShown:
    of = one.recommended
    why = Cell(say(locale, N_("vous ne délibérez pas sur ce candidat"), {}), state="info", icon="lock")
    return ItemShown(one.candidacy, f"{candidacies}{one.candidacy}", names.get(of.person, ""), of.certification, "",
                     why, (), (), "", "")


DECLINED: Final[Mapping[Declines, str]] = {
    "elsewhere": N_("{name} n’est pas à cet ordre du jour : une autre séance avait mis cette candidature au sien."),
    "not_waiting": N_("{name} n’est pas à cet ordre du jour : cette candidature n’attendait plus de jury de "
                      "certification.")}


def declined_shown(state: SittingState, names: Names, locale: Locale) -> list[str]:
    """Who did not join the agenda, each with why."""
    return [say(locale, DECLINED[one.why], {"name": names.get(one.person, "") or say(locale, N_("nom effacé"), {})})
            for one in state.declined.values()]


def _item(state: SittingState, one: Item, names: Names, here: str, candidacies: str, locale: Locale) -> ItemShown:
    of, sealed = one.recommended, state.sealed
    extract = f"{here}/extracts/{one.candidacy}" if sealed is not None and one.candidacy in sealed.extracts else ""
    told = [_handed_on(one, locale), say(locale, N_("épreuve du {day}"), {"day": short_day(of.held_on, locale)})]
    if one.reexamines is not None:
        told.insert(0, say(locale, N_("nouvel examen après un recours"), {}))
    last = hold_by(one) if one.decided is None else None
    due = short_day(last, locale) if last is not None else ""
    return ItemShown(one.candidacy, f"{candidacies}{one.candidacy}", names.get(of.person, ""), of.certification,
                     ", ".join(filter(None, told)), _stage(one, locale), tuple(_notes(one, locale)),
                     tuple(_empty(state, one, names, locale)), due, extract)


def _handed_on(one: Item, locale: Locale) -> str:
    of = one.recommended
    if of.ending is not HearingEnding.HEARD:
        return say(locale, ENDINGS[of.ending], {}) if of.ending in ENDINGS else ""
    if of.disputed:
        return say_plural(locale, "{n} compétence à trancher", "{n} compétences à trancher", len(of.disputed), {})
    return say(locale, OUTCOMES[of.outcome], {}) if of.outcome is not None else ""


def _stage(one: Item, locale: Locale) -> Cell:
    if one.decided is not None:
        award = one.decided.ruling.award
        return Cell(say(locale, AWARDS[award], {}), state="info" if award == "withheld" else "ok", icon="check-o")
    if one.held:
        return Cell(say(locale, N_("suspendue : un dossier est ouvert"), {}), state="warn", icon="flag")
    if one.proposal is not None:
        return Cell(say(locale, N_("proposition à répondre"), {}), state="warn", icon="play")
    return Cell(say(locale, N_("à décider"), {}), state="info", icon="clock")


def _notes(one: Item, locale: Locale) -> Iterable[str]:
    if one.summonses and not one.questions:
        at = one.summonses[-1].at
        yield say(locale, N_("Jury d’évaluation convoqué le {day} à {hour}."), {
            "day": day_words(day_of(at), locale), "hour": hour_words(at, locale)})
    if one.questioned:
        yield say(locale, N_("Le jury d’évaluation a répondu aux questions."), {})


def _empty(state: SittingState, one: Item, names: Names, locale: Locale) -> Iterable[str]:
    """Each place in which nobody decides on this candidate, and why."""
    if one.decided is not None:
        return
    for place, person in three_on(state, one).items():
        seated = holder(state, place, one.candidacy)
        if person is None and seated is not None:
            why = kept_from_deciding(state, one, seated)
            yield say(locale, N_("Place vide : {name} {why}. Appelez un suppléant."), {
                "name": names.get(seated) or say(locale, N_("nom effacé"), {}),
                "why": say(locale, KEPT_AWAY[why[0]], {}) if why else ""})


# Who sits


def seats_shown(state: SittingState, names: Names, delegates: Iterable[PersonId], today: date, locale: Locale
                ) -> list[SeatShown]:
    """In the order president, employers, employees."""
    delegated = frozenset(delegates)
    return [_seat(state, place, names, delegated, today, locale) for place in sorted(PLACES, reverse=True)]


def _seat(state: SittingState, place: Place, names: Names, delegated: frozenset[PersonId], today: date,
          locale: Locale) -> SeatShown:
    erased, person = say(locale, N_("nom effacé"), {}), holder(state, place)
    named = (one.person for one in state.members if one.category.value == place and one.person != person)
    lines = _prepared(state, person, locale) if person is not None else ()
    left = person is not None and state.presented is None and state.sealed is None and state.cancelled is None
    warns = _missing(state, person, place, today, locale) if person is not None and left else ()
    others = [f"{names.get(who) or erased} ({', '.join(names.get(one, '') or erased for one in whom)})"
              for who, whom in _apart(state, place, person).items()]
    return SeatShown(say(locale, SEATS[place], {}), names.get(person or "", "") or (erased if person else ""),
                     person in delegated, tuple(lines), tuple(warns), tuple(others),
                     tuple(names.get(one) or erased for one in named))


def _apart(state: SittingState, place: Place, person: PersonId | None) -> dict[PersonId, list[PersonId]]:
    """Who sits there for some candidates alone, and for whom."""
    found: dict[PersonId, list[PersonId]] = {}
    for one in state.agenda.values():
        who = holder(state, place, one.candidacy)
        if who is not None and who != person:
            found.setdefault(who, []).append(one.recommended.person)
    return found


def _prepared(state: SittingState, person: PersonId, locale: Locale) -> Iterable[str]:
    recused = state.recused.get(person, frozenset()) & state.agenda.keys()
    said = state.impartial.get(person, frozenset()) & state.agenda.keys()
    if state.agenda and not state.agenda.keys() - (said | recused):
        yield say(locale, N_("A répondu sur chaque candidat."), {})
    if recused:
        yield say_plural(locale, "Récusation pour {n} candidat.", "Récusation pour {n} candidats.", len(recused), {})
    if state.agenda and not unprepared(state, person):
        yield say(locale, N_("A pris connaissance de tout."), {})
    trained = state.trained.get(person)
    if trained is not None:
        yield say(locale, N_("Formation du {day}."), {"day": short_day(trained, locale)})


def _missing(state: SittingState, person: PersonId, place: Place, today: date, locale: Locale) -> Iterable[str]:
    said = state.impartial.get(person, frozenset()) | state.recused.get(person, frozenset())
    left = len(state.agenda.keys() - said)
    if left:
        yield say_plural(locale, "N’a pas encore répondu sur {n} candidat.",
                         "N’a pas encore répondu sur {n} candidats.", left, {})
    if unprepared(state, person):
        yield say_plural(locale, "{n} document à lire encore.", "{n} documents à lire encore.",
                         len(unprepared(state, person)), {})
    if place != "president" and to_be_trained(state, person, today):
        yield say(locale, N_("Formation à faire, ou trop ancienne."), {})


# Documents


def documents_shown(state: SittingState, names: Names, written: Mapping[str, str], here: str, locale: Locale,
                    reads: Callable[[Minutes], bool] = lambda _one: True) -> list[DocumentShown]:
    """The last first; not those that were taken back, nor those that are not the reader's. `written` are words by their
    reference."""
    return [_document(state, one, names, written, here, locale)
            for one in reversed(state.minutes) if one.taken_back is None and reads(one)]


def _document(state: SittingState, one: Minutes, names: Names, written: Mapping[str, str], here: str, locale: Locale
              ) -> DocumentShown:
    on = day_of(state.opened_at or state.at)
    scan = f"{here}/documents/{one.number}/scan" if one.scan is not None else ""
    return DocumentShown(
        number_of_sitting(state.id, on, one.number), one.amends is not None, _document_state(one, locale),
        tuple(_signed(one, person, names, written, locale) for person in one.signers),
        f"{here}/documents/{one.number}", scan)


def _document_state(one: Minutes, locale: Locale) -> Cell:
    if one.sealed is not None:
        return Cell(say(locale, N_("scellé"), {}), state="ok", icon="check-o")
    if one.unsigned:
        return Cell(say(locale, N_("à signer"), {}), state="warn", icon="clock")
    return Cell(say(locale, N_("signé, le cachet arrive"), {}), state="info", icon="clock")


def _signed(one: Minutes, person: PersonId, names: Names, written: Mapping[str, str], locale: Locale) -> SignedLine:
    erased = say(locale, N_("nom effacé"), {})
    name, said, noted = names.get(person) or erased, one.signatures.get(person), one.not_signing.get(person)
    if noted is not None:
        return SignedLine(name, say(locale, N_("n’a pas signé, noté par {name} le {day} à {hour}"), {
            "name": names.get(noted.by) or erased, "day": short_day(day_of(noted.at), locale),
            "hour": hour_words(noted.at, locale)}), False,
            written.get(noted.words.ref) or say(locale, N_("texte effacé"), {}))
    if said is not None:
        return SignedLine(name, say(locale, N_("signé le {day} à {hour}, {level}"), {
            "day": short_day(day_of(said.at), locale), "hour": hour_words(said.at, locale),
            "level": say(locale, LEVELS[said.level], {})}), True)
    if one.scan is not None:
        return SignedLine(name, say(locale, N_("signé à la main"), {}), True)
    return SignedLine(name, say(locale, N_("n’a pas encore signé"), {}), False)
