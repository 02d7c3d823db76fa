"""A result as its candidate reads it in their space, beside its letter (R8.1): what it is, whether the commission has
validated it, what is kept, and what can be done now, until when (R9.1, R9.2)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.candidacy.kept import keeping_of
from evaluation.candidacy.state import KnownCertificate, Outcome
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import appealable_until, told_by
from evaluation.candidacy.validated import certificate_due
from evaluation.candidacy.withholding import disqualified
from evaluation.deadlines import day_of, due
from evaluation.rules import N_
from evaluation.sitting.terms import Ruling
from server.i18n import Locale, say
from server.views.candidacy.result_lines import letter_title
from server.views.candidacy.result_paper import ResultReading, missing
from server.views.when import day_words

SAID: Final[Mapping[str, str]] = {
    "full": N_("La certification vous est attribuée en entier."),
    "partial": N_("Une partie de la certification vous est attribuée : {blocks}."),
    "none": N_("La certification ne vous est pas attribuée cette fois.")}
GONE: Final = N_("Ce résultat ne vaut plus. Sa lettre reste ici pour mémoire.")
LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    "full": ("ok", "check-o"), "partial": ("ok", "check-o"), "none": ("info", "info")}
NOT_HEARD: Final[Mapping[HearingEnding, str]] = {
    HearingEnding.ABSENT: N_("Votre absence à l’épreuve a été constatée : rien ne peut être attribué cette fois."),
    HearingEnding.STOPPED: N_("Votre épreuve a été arrêtée avant sa fin : rien ne peut être attribué cette fois.")}


@dataclass(frozen=True)
class ToldResult:
    """`title` names the letter. `said` is the result in one sentence, `look` and `icon` how it is shown; `standing` how
    far it holds. `kept` are the blocks that stay acquired, in French: they are official texts. `follows` is what comes
    by itself and what the candidate can do, `appeal` how to contest, until when; both empty where nothing is."""

    title: str
    certification: str
    code: str
    said: str
    look: str
    icon: str
    standing: str = ""
    words: str = ""
    kept: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    appeal: tuple[str, ...] = ()


def told_result(reading: ResultReading, locale: Locale, today: date) -> ToldResult:
    """Of the newest letter of a candidacy."""
    return {"result": _result, "put_off": _put_off, "returned": _returned}[reading.letter.about](
        reading, locale, today)


def _told(reading: ResultReading, locale: Locale, said: str, look: tuple[str, str] = ("info", "info"), *,
          standing: str = "", words: str = "", kept: Iterable[str] = (), follows: Iterable[str] = (),
          appeal: Iterable[str] = ()) -> ToldResult:
    of = reading.state.certification
    return ToldResult(letter_title(reading.letter, locale), of.title, of.code, said, *look, standing=standing,
                      words=words, kept=tuple(kept), follows=tuple(follows), appeal=tuple(appeal))


def _put_off(reading: ResultReading, locale: Locale, _today: date) -> ToldResult:
    own = reading.ruling.words if reading.ruling is not None else None
    return _told(
        reading, locale,
        say(locale, N_("Le jury de certification n’a pas encore statué : rien n’est décidé, ni pour vous, ni contre "
                       "vous."), {}), ("info", "clock"), words=reading.text(own),
        follows=[say(locale, N_("Il statue dès que ce qui le retient est réglé, et vous recevez alors votre résultat. "
                                "Vous n’avez rien à faire pour cela."), {})])


def _returned(reading: ResultReading, locale: Locale, _today: date) -> ToldResult:
    until = day_words(told_by(reading.state, day_of(reading.letter.at)), locale)
    return _told(
        reading, locale,
        say(locale, N_("La commission n’a pas validé le résultat qui vous avait été notifié : il ne vaut plus."), {}),
        ("info", "clock"), words=reading.text(reading.words),
        follows=[say(locale, N_("Le jury de certification statue de nouveau. Vous recevez son résultat au plus tard le "
                                "{day}."), {"day": until})])


def _result(reading: ResultReading, locale: Locale, today: date) -> ToldResult:
    ruling, outcome = reading.ruling, reading.outcome
    if ruling is None or outcome is None or outcome.position in reading.state.void:
        return _told(reading, locale, say(locale, GONE, {}))
    award = outcome.awarded.award
    return _told(
        reading, locale,
        say(locale, NOT_HEARD.get(ruling.ending, SAID[award]), {"blocks": ", ".join(outcome.awarded.blocks)}),
        LOOKS[award], standing=_standing(reading, outcome, locale),
        kept=() if award == "full" else _kept(reading, ruling, outcome, locale),
        follows=(*_certificate(reading, outcome, locale), *_resit(reading, outcome, locale)),
        appeal=_appeal(reading, outcome, locale, today))


def _standing(reading: ResultReading, outcome: Outcome, locale: Locale) -> str:
    known = reading.state.validations.get(outcome.position)
    if known is not None and known.status == "validated":
        return say(locale, N_("La commission l’a validé le {day}."), {"day": day_words(known.on, locale)})
    return say(locale, N_("Ce résultat est encore soumis à la validation de la commission (CPNEFP). Vous n’avez rien à "
                          "faire pour cela."), {})


# What is kept


def _kept(reading: ResultReading, ruling: Ruling, outcome: Outcome, locale: Locale) -> Iterable[str]:
    months = keeping_of(reading.state.certification).months
    until = due(ruling.ruled_on, months=months) if months is not None else None
    for kept in ruling.kept:
        yield _lasting(reading, kept.block, kept.until, locale)
    for block in outcome.awarded.blocks:
        yield _lasting(reading, block, until, locale)


def _lasting(reading: ResultReading, block: str, until: date | None, locale: Locale) -> str:
    titles = {one.code: one.title for one in reading.framework.blocks} if reading.framework is not None else {}
    named = f"{block} : {titles[block]}" if block in titles else block
    if until is None:
        return say(locale, N_("{block} – gardé sans limite de durée"), {"block": named})
    return say(locale, N_("{block} – gardé jusqu’au {day} inclus"), {"block": named, "day": day_words(until, locale)})


# What comes, and what can be done


def _certificate(reading: ResultReading, outcome: Outcome, locale: Locale) -> Iterable[str]:
    award, state = outcome.awarded.award, reading.state
    if award == "none":
        return
    company = state.registration is not None and state.registration.enrolment.company is not None
    issued, known = _issued(reading, outcome), state.validations.get(outcome.position)
    if issued is not None:
        yield say(locale, ISSUED[award == "full", company],
                  {"number": issued.number, "day": day_words(issued.dated, locale)})
    elif known is not None and known.status == "validated":
        yield say(locale, LEAVES[award == "full", company],
                  {"day": day_words(certificate_due(state, known.on), locale)})
    else:
        yield say(locale, TO_LEAVE[award == "full", company], {"months": str(state.certification.certificate_months)})


ISSUED: Final[Mapping[tuple[bool, bool], str]] = {
    (True, True): N_("Votre certificat, n° {number}, est établi le {day} : votre entreprise vous le remet."),
    (True, False): N_("Votre certificat, n° {number}, est établi le {day} : il vous est envoyé."),
    (False, True): N_("L’attestation de vos blocs, n° {number}, est établie le {day} : votre entreprise vous la "
                      "remet."),
    (False, False): N_("L’attestation de vos blocs, n° {number}, est établie le {day} : elle vous est envoyée.")}
LEAVES: Final[Mapping[tuple[bool, bool], str]] = {
    (True, True): N_("Votre certificat part au plus tard le {day} à votre entreprise, qui vous le remet."),
    (True, False): N_("Votre certificat part au plus tard le {day} à votre adresse."),
    (False, True): N_("L’attestation de vos blocs part au plus tard le {day} à votre entreprise, qui vous la remet."),
    (False, False): N_("L’attestation de vos blocs part au plus tard le {day} à votre adresse.")}
TO_LEAVE: Final[Mapping[tuple[bool, bool], str]] = {
    (True, True): N_("Votre certificat part dans les {months} mois qui suivent cette validation, à votre entreprise, "
                     "qui vous le remet."),
    (True, False): N_("Votre certificat part dans les {months} mois qui suivent cette validation, à votre adresse."),
    (False, True): N_("L’attestation de vos blocs part dans les {months} mois qui suivent cette validation, à votre "
                      "entreprise, qui vous la remet."),
    (False, False): N_("L’attestation de vos blocs part dans les {months} mois qui suivent cette validation, à votre "
                       "adresse.")}
"""Where it goes: whether it is the whole certification, whether a company passes it on."""


def _issued(reading: ResultReading, outcome: Outcome) -> KnownCertificate | None:
    """The last that holds, of this award."""
    known = reading.state.validations.get(outcome.position)
    found = [one for one in reading.state.certified() if known is not None and one.award == known.position]
    return found[-1] if found else None


def _resit(reading: ResultReading, outcome: Outcome, locale: Locale) -> Iterable[str]:
    if outcome.awarded.award == "full" or disqualified(reading.state):
        return
    yield say(locale, N_("Vous pouvez vous présenter de nouveau, pour ce qui manque seulement : {blocks}. Demandez "
                         "votre inscription au rattrapage à votre organisme de formation."),
              {"blocks": ", ".join(missing(reading, outcome))})


def _appeal(reading: ResultReading, outcome: Outcome, locale: Locale, today: date) -> Iterable[str]:
    state = reading.state
    until = appealable_until(state, outcome.awarded.ruled_on)
    own = [one for one in state.appeals if one.against.stream == state.id and one.against.position == outcome.position]
    if own:
        yield say(locale, N_("Votre recours, reçu le {day}, est enregistré : la commission y répond."),
                  {"day": day_words(own[-1].received_on, locale)})
    elif today > until:
        yield say(locale, N_("Le délai pour exercer un recours a pris fin le {day}."),
                  {"day": day_words(until, locale)})
    else:
        yield say(locale, N_("Vous pouvez exercer un recours : postez-le au plus tard le {day}, par lettre recommandée "
                             "avec avis de réception, en disant vos raisons."), {"day": day_words(until, locale)})
        if reading.framework is not None:
            yield say(locale, N_("À qui : {address}."), {"address": ", ".join(reading.framework.appeal_address)})
