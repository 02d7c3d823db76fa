"""One certificate as its page in the office shows it."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.deadlines import day_of
from evaluation.register.depositing import deposit_status
from evaluation.register.register_rows import ARRIVED
from evaluation.register.state import Certificate, RegisterState
from evaluation.register.terms import DepositStatus, WhyCorrected, WhyDuplicated
from evaluation.rules import N_
from server.i18n import Locale, say
from server.people.certificate_holder import Holder
from server.views.body.periods import short_day
from server.views.register.certificate_list import KINDS, due_cell, status_cell
from server.views.table import Cell

TO: Final = {"company": N_("à l’entreprise"), "holder": N_("à la personne")}
WHY_DUPLICATED: Final[Mapping[WhyDuplicated, str]] = {
    "lost": N_("perdu"), "stolen": N_("volé"), "damaged": N_("abîmé"), "never_arrived": N_("jamais arrivé")}
WHY_CORRECTED: Final[Mapping[WhyCorrected, str]] = {
    "typing_error": N_("faute de frappe"), "civil_status": N_("changement d’état civil")}
DEPOSITS: Final[Mapping[DepositStatus, str]] = {
    "listed": N_("ne se dépose pas : attestation de blocs"), "to_deposit": N_("à déposer avant le {day}"),
    "sent": N_("envoyé, sans réponse"), "deposited": N_("déposé"), "refused": N_("refusé : à corriger et renvoyer"),
    "not_to_deposit": N_("rien à déposer"), "to_take_back": N_("à retirer du dépôt"),
    "taking_back": N_("retrait demandé, sans réponse"), "taking_back_refused": N_("retrait refusé : à renvoyer"),
    "taken_back": N_("retiré du dépôt")}


@dataclass(frozen=True)
class Happening:
    """One line of what became of it. `href` leads to a paper, or to another certificate."""

    day: str
    words: str
    said: str = ""
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class CertificateShown:
    number: str
    name: str
    used: str
    kind: str
    title: str
    code: str
    blocks: str
    ruled_on: str
    validated_on: str
    status: Cell
    due: Cell
    to: str
    deposit: str
    paper: str
    holds: bool
    happened: tuple[Happening, ...]


def shown(state: RegisterState, one: Certificate, holder: Holder | None, texts: Mapping[str, str], today: date,
          base: str, locale: Locale) -> CertificateShown:
    """`base` is what the addresses of certificates begin with."""
    status = one.fate if one.holds == "valid" else one.holds
    arrived = one.holds != "valid" or one.fate in ARRIVED
    code = one.certification if one.certification == one.under else say(
        locale, N_("{code}, qui remplace {before}"), {"code": one.certification, "before": one.under})
    return CertificateShown(
        one.text, holder.name if holder is not None else "", (holder.used if holder is not None else "") or "",
        say(locale, KINDS[one.kind], {}), one.title, code, ", ".join(one.blocks), short_day(one.ruled_on, locale),
        short_day(one.validated_on, locale), status_cell(status, locale),
        due_cell(None if arrived else one.due_on, today, locale), say(locale, TO[one.goes_to], {}),
        say(locale, DEPOSITS[deposit_status(state, one)], {"day": short_day(one.deposit_by, locale)}),
        f"{base}{one.text}/paper" if one.paper is not None else "",
        one.holds == "valid", tuple(_happened(state, one, texts, base, locale)))


def _happened(state: RegisterState, one: Certificate, texts: Mapping[str, str], base: str, locale: Locale
              ) -> list[Happening]:
    """In the order of the days."""
    several = (*_made(state, one, base, locale), *_copies(one, texts, base, locale), *_way(one, texts, locale),
               *_end(state, one, texts, base, locale))
    return [told for _day, told in sorted(several, key=lambda each: each[0])]


Dated = tuple[date, Happening]


def _told(day: date, locale: Locale, words: str, said: str = "", href: str = "", link: str = "") -> Dated:
    return day, Happening(short_day(day, locale), words, said, href, link)


def _made(state: RegisterState, one: Certificate, base: str, locale: Locale) -> Iterable[Dated]:
    made = day_of(one.at)
    yield _told(made, locale, say(locale, N_("Établi"), {}))
    if one.replaces is not None and one.reason is not None:
        before = state.text(one.replaces)
        yield _told(made, locale, say(locale, N_("Il en remplace un autre : {why}"), {
            "why": say(locale, WHY_CORRECTED[one.reason], {})}), href=base + before, link=before)
    if one.proof is not None:
        yield _told(made, locale, say(locale, N_("Pièce jointe"), {}), href=f"{base}{one.text}/proof",
                    link=say(locale, N_("Ouvrir"), {}))


def _copies(one: Certificate, texts: Mapping[str, str], base: str, locale: Locale) -> Iterable[Dated]:
    for copy in one.duplicates:
        yield _told(
            day_of(copy.at), locale, say(locale, N_("Duplicata n° {n} : {why}"), {
                "n": copy.number, "why": say(locale, WHY_DUPLICATED[copy.why], {})}),
            texts.get(copy.words.ref, "") if copy.words is not None else "",
            f"{base}{one.text}/paper?copy={copy.number}" if copy.paper is not None else "",
            say(locale, N_("Ouvrir"), {}))


def _way(one: Certificate, texts: Mapping[str, str], locale: Locale) -> Iterable[Dated]:
    for sent in one.postings:
        yield _told(sent.on, locale, say(locale, N_("Envoyé {to}, suivi {tracking}"), {
            "to": say(locale, TO[sent.to], {}), "tracking": sent.tracking}))
    for seen in one.fates:
        words = status_cell(seen.fate, locale).text
        yield _told(seen.on, locale, words[:1].upper() + words[1:],
                    texts.get(seen.words.ref, "") if seen.words is not None else "")


def _end(state: RegisterState, one: Certificate, texts: Mapping[str, str], base: str, locale: Locale
         ) -> Iterable[Dated]:
    if one.replaced_by is not None:
        after = state.certificates[one.replaced_by]
        yield _told(day_of(after.at), locale, say(locale, N_("Remplacé par un autre"), {}), href=base + after.text,
                    link=after.text)
    if one.revoked is not None:
        yield _told(day_of(one.revoked.at), locale, say(locale, N_("Retiré"), {}),
                    texts.get(one.revoked.words.ref, ""))
