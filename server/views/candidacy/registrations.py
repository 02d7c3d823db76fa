"""What one candidacy's page shows of its registration: what is registered, and each correction with what it changed."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.candidacy.terms import Registered
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.i18n import Locale, say, written_day
from server.people.civil_identity import CivilIdentity
from server.people.places import country_name
from server.people.registration_check import CAME_BY, INITIATIVE
from server.views.body.periods import short_day

LABELS: Mapping[str, str] = {
    "birth_name": N_("Nom de naissance"), "used_name": N_("Nom d’usage"), "first_names": N_("Prénoms"),
    "sex": N_("Sexe"), "born": N_("Naissance"), "email": N_("Adresse électronique"), "phone": N_("Téléphone"),
    "address": N_("Adresse postale"), "company": N_("Employeur"), "company_email": N_("Adresse de l’employeur"),
    "sought": N_("Blocs à présenter"), "came_by": N_("Voie d’accès"), "initiative": N_("À l’initiative de"),
    "trained_by": N_("Formateurs"), "interview": N_("Entretien d’inscription"), "rules": N_("Règlement remis"),
}
SEXES: Mapping[str, str] = {"F": N_("féminin"), "M": N_("masculin")}


@dataclass(frozen=True)
class FactView:
    """`own`: words of people, not of the page. `before` is what a correction changed, empty where it was not said."""

    label: str
    words: str
    own: bool = False
    before: str = ""


@dataclass(frozen=True)
class CorrectionView:
    title: str
    reason: str
    changes: Sequence[FactView]


Names = Mapping[str, str]
"""By person."""


def facts(one: Registered, civil: CivilIdentity | None, names: Names, locale: Locale) -> Sequence[FactView]:
    """What is registered; of somebody erased, what the journal holds."""
    said = _said(one, civil, names, locale)
    return [FactView(say(locale, LABELS[name], {}), words, own) for name, (words, own) in said.items() if words]


def corrections(all_of_them: Sequence[Registered], civil: Mapping[str, CivilIdentity], reasons: Mapping[str, str],
                names: Names, locale: Locale) -> Sequence[CorrectionView]:
    """The last one first. `civil` and `reasons` are by the reference of their words."""
    found: list[CorrectionView] = []
    for before, after in pairwise(all_of_them):
        old = _said(before, civil.get(before.civil.ref), names, locale)
        new = _said(after, civil.get(after.civil.ref), names, locale)
        changes = [FactView(say(locale, LABELS[name], {}), new.get(name, ("", False))[0], True,
                            old.get(name, ("", False))[0])
                   for name in LABELS if old.get(name, ("",))[0] != new.get(name, ("",))[0]]
        reason = reasons.get(after.reason.ref, "") if after.reason is not None else ""
        title = say(locale, N_("Corrigée le {day} par {name}"), {
            "day": short_day(day_of(after.at), locale), "name": names.get(after.by) or say(locale, ERASED, {})})
        found.append(CorrectionView(title, reason, changes))
    return found[::-1]


ERASED = N_("nom effacé")


def _said(one: Registered, civil: CivilIdentity | None, names: Names, locale: Locale) -> dict[str, tuple[str, bool]]:
    """By the name of what is said: the words, and whether they are people's own."""
    def called(person: str) -> str:
        return names.get(person) or say(locale, ERASED, {})

    on = {"day": short_day(one.interview.on, locale), "name": called(one.interview.by)}
    handed = {"day": short_day(one.rules_handed.on, locale), "version": one.rules_handed.version}
    return {
        **(_of_civil(civil, locale) if civil is not None else {}),
        "sought": (", ".join(one.enrolment.sought), True),
        "came_by": (say(locale, CAME_BY[one.came_by], {}), False),
        "initiative": (say(locale, INITIATIVE[one.initiative], {}), False),
        "trained_by": (", ".join(map(called, one.enrolment.trained_by)), True),
        "interview": (say(locale, N_("le {day}, par {name}"), on), False),
        "rules": (say(locale, N_("version {version}, le {day}"), handed), False)}


def _of_civil(civil: CivilIdentity, locale: Locale) -> dict[str, tuple[str, bool]]:
    place = civil.birth_place
    within = f"({place.commune})" if place.commune else f"({country_name(place.country, locale)})"
    born = f"{written_day(civil.birth_date, 'long', locale)}, {place.name} {within}"
    return {
        "birth_name": (civil.birth_name, True), "used_name": (civil.used_name or "", True),
        "first_names": (", ".join(civil.first_names), True), "sex": (say(locale, SEXES[civil.sex], {}), False),
        "born": (born, False), "email": (civil.email, True), "phone": (civil.phone or "", True),
        "address": (civil.address, True), "company": (civil.company or "", True),
        "company_email": (civil.company_email or "", True)}
