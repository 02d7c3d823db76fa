"""Who could sit, as the commission's page shows it: each with the reasons and with what stands against."""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from evaluation.body.proposing import Against, Availability, Obstacle, Proposal
from evaluation.deadlines import day_of
from evaluation.people import JurorCategory, PersonId
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.jurors import category_words
from server.views.body.periods import short_day

CANNOT, TO_LOOK_AT = N_("ne peut siéger"), N_("un lien à regarder")
Names = Mapping[PersonId, str]
AVAILABLE: Mapping[Availability, str] = {
    Availability.OFFERED: N_("Se dit disponible ce jour-là."),
    Availability.NOT_SAID: N_("N’a rien dit de ce jour-là."),
    Availability.AWAY: "",
}


@dataclass(frozen=True)
class ObstacleView:
    """`refused`: the rules refuse it; else whoever appoints decides."""

    words: str
    refused: bool


@dataclass(frozen=True)
class ProposalView:
    person: str
    name: str
    small: str
    chosen: bool
    reasons: tuple[str, ...]
    against: tuple[ObstacleView, ...]


@dataclass(frozen=True)
class CategoryView:
    """One place of the jury. `field` and `other` name the form's fields: those shown first, and a list of everybody
    else (value, words, whether chosen)."""

    category: str
    title: str
    field: str
    other: str
    proposals: tuple[ProposalView, ...]
    others: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class JuryDayView:
    """One day that waits for its jury."""

    session: str
    title: str
    certification: str
    provider: str
    hours: str
    href: str
    by: str
    words: str
    candidates: tuple[str, ...]
    categories: tuple[CategoryView, ...]
    wrong: str = ""


def category_view(
    category: JurorCategory, several: Sequence[Proposal], rest: Collection[tuple[PersonId, JurorCategory]],
    names: Names, companies: Names, prefix: str, typed: Mapping[str, tuple[str, ...]], first: int, locale: Locale,
) -> CategoryView:
    """`several` are the category's proposals, of which the `first` are shown whole; `rest` are people of the other
    categories."""
    field, other = f"{prefix}{category.value}", f"{prefix}{category.value}-other"
    chosen, chosen_other = typed.get(field, ("",))[0], typed.get(other, ("",))[0]
    shown = tuple(proposal_view(one, names, companies, one.person == chosen, locale) for one in several[:first])
    others = [(one.person, _short(one, names, locale), one.person == chosen_other) for one in several[first:]]
    others += [(person, f"{names.get(person, '')} : {category_words(own, locale)}", person == chosen_other)
               for person, own in rest]
    return CategoryView(category.value, category_words(category, locale), field, other, shown, tuple(others))


def proposal_view(one: Proposal, names: Names, companies: Names, chosen: bool, locale: Locale) -> ProposalView:
    return ProposalView(one.person, names.get(one.person, ""), companies.get(one.person, ""), chosen,
                        tuple(_reasons(one, locale)),
                        tuple(obstacle_view(each, names, locale) for each in one.obstacles))


def _reasons(one: Proposal, locale: Locale) -> list[str]:
    found = [say(locale, N_("Proposé par le responsable de l’organisation."), {})] if one.by_organizer else []
    if AVAILABLE[one.availability]:
        found.append(say(locale, AVAILABLE[one.availability], {}))
    if one.last_sat is None:
        found.append(say(locale, N_("N’a pas encore siégé."), {}))
    else:
        found.append(say(locale, N_("A siégé pour la dernière fois le {day}."),
                         {"day": short_day(day_of(one.last_sat), locale)}))
    if not one.links:
        found.append(say(locale, N_("Aucun lien connu avec les candidats."), {}))
    return found


WITH_NAME: Mapping[Against, str] = {
    Against.TRAINED: N_("A formé {name} : ne peut siéger."),
    Against.COMPANY: N_("Travaille dans l’entreprise de {name}."),
    Against.LINK: N_("A un lien déclaré avec {name}."),
}
WITHOUT: Mapping[Against, str] = {
    Against.COURSE: N_("Intervient dans le parcours des candidats : ne peut siéger à cette place."),
    Against.ELSEWHERE: N_("Siège sur une autre journée à la même heure : ne peut siéger."),
}


def obstacle_view(one: Obstacle, names: Names, locale: Locale) -> ObstacleView:
    name = names.get(one.candidate or "", "")
    if name and one.kind in WITH_NAME:
        return ObstacleView(say(locale, WITH_NAME[one.kind], {"name": name}), one.refused)
    if one.kind in WITHOUT:
        return ObstacleView(say(locale, WITHOUT[one.kind], {}), one.refused)
    return ObstacleView(say(locale, one.why.text, dict(one.why.values)), one.refused)


def _short(one: Proposal, names: Names, locale: Locale) -> str:
    name = names.get(one.person, "")
    if one.refused:
        return f"{name} : {say(locale, CANNOT, {})}"
    return f"{name} : {say(locale, TO_LOOK_AT, {})}" if one.links else name
