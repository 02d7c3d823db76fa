"""What a decision leads to elsewhere and cannot: told to who keeps the registers of its awarding body."""
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.rules import N_
from server.i18n import Locale, say
from server.storage.follow_ups import FollowUp
from server.views.when import day_words, moment_words


@dataclass(frozen=True)
class Told:
    """`happened` is the event, `follows` what it leads to; `{session}`: which session that is."""

    happened: str
    follows: str


CASE = N_("Un dossier s’ouvre.")
NOTED = N_("Le dossier en garde la trace.")
HELD = N_("L’attribution est suspendue ou rendue sur la candidature.")
ENDED = N_("La candidature dit comment l’épreuve a fini.")
JOINS = N_("Le dossier auquel il est joint le reprend.")
FORGET = N_("L’accusation n’est plus montrée à qui juge le candidat.")
TO_JURY = N_("La candidature attend le jury de certification.")
CERTIFIED = N_("La candidature dit quel certificat vaut.")
SITTING_KNOWS = N_("Le jury de certification sait si l’attribution est suspendue.")
KEPT_KNOWN = N_("Le jury de certification sait quels blocs restent acquis.")
BEFORE_COMMISSION = N_("La candidature dit où en est la commission.")
CANDIDACY = N_("La candidature dit pour quel jour l’épreuve est prévue.")
EDGES: Mapping[str, Told] = {
    "jury": Told(N_("La commission a désigné un jury."), N_("Ce jury prend place dans {session}.")),
    "substitute": Told(N_("La commission a désigné un suppléant."),
                       N_("Cette personne prend la place d’un juré dans {session}.")),
    "agreement-ended": Told(N_("Il a été mis fin à la convention d’un organisme de formation."),
                            N_("{session} est signalée à qui l’organise.")),
    "bar-ended": Told(N_("Une interdiction a été levée."),
                      N_("Les inscriptions qu’elle retenait sont admises.")),
    "adjustment": Told(N_("Un aménagement d’épreuve a été décidé."),
                       N_("Les durées en tiennent compte dans {session}.")),
    "admission": Told(N_("L’examen d’une inscription a changé d’issue."),
                      N_("L’épreuve peut avoir lieu, ou non, dans {session}.")),
    "agreement-renewed": Told(N_("La convention d’un organisme de formation a été renouvelée."),
                              N_("{session} n’est plus signalée.")),
    "hearing-added": Told(N_("Une épreuve a été inscrite à une journée."), CANDIDACY),
    "hearing-moved": Told(N_("Une épreuve a été déplacée."), CANDIDACY),
    "day-moved": Told(N_("Une journée a été déplacée."), CANDIDACY),
    "hearing-cancelled": Told(N_("Une épreuve a été annulée."), CANDIDACY),
    "no-show": Told(N_("Une absence a été constatée."), CANDIDACY),
    "incident": Told(N_("Un incident a été consigné pendant une épreuve."), CASE),
    "sanctions-told": Told(N_("Les sanctions encourues ont été dites à un candidat."), NOTED),
    "suspicion-answered": Told(N_("Un candidat a répondu à ce qui a été noté."), NOTED),
    "suspicion-declined": Told(N_("Un candidat n’a pas souhaité répondre sur le moment."), NOTED),
    "suspicion-unanswered": Told(N_("Aucune réponse n’a pu être prise à ce qui a été noté."), NOTED),
    "suspicion-decided": Told(N_("La suite d’une épreuve a été décidée après une présomption de fraude."), NOTED),
    "statement": Told(N_("Un candidat a dit comment il a vécu l’épreuve."), NOTED),
    "candidate-warned": Told(N_("Un candidat a été averti par écrit."), NOTED),
    "candidate-separated": Told(N_("Un candidat a été mis à part."), NOTED),
    "separation-ended": Told(N_("Un candidat mis à part est revenu."), NOTED),
    "ending-proposed": Told(N_("L’organisateur a proposé de mettre fin à une épreuve."), NOTED),
    "ending-declined": Told(N_("Le président n’a pas suivi une proposition de l’organisateur."), NOTED),
    "time-given-back": Told(N_("Du temps a été rendu à un candidat."), NOTED),
    "hearing-stopped": Told(N_("Une épreuve a été arrêtée."), NOTED),
    "attempt-voided": Told(N_("Une épreuve est à recommencer."), NOTED),
    "appeal": Told(N_("Un recours a été enregistré."), CASE),
    "case-opened": Told(N_("Un dossier s’est ouvert."), HELD),
    "case-took-in": Told(N_("Un dossier en a repris un autre."), HELD),
    "case-decided": Told(N_("Un dossier a été décidé."), HELD),
    "case-closed": Told(N_("Un dossier a été clos."), HELD),
    "case-dropped": Told(N_("Une accusation a été retirée."), HELD),
    "case-requalified": Told(N_("Un dossier a changé de nature."), HELD),
    "case-inadmissible": Told(N_("La recevabilité d’un recours a été décidée."), HELD),
    "case-joined": Told(N_("Un dossier a été joint à un autre."), JOINS),
    "case-noted": Told(N_("Un dossier joint a appris la suite d’une épreuve."), NOTED),
    "case-taken-in": Told(N_("Un dossier en a repris un autre."), N_("Le dossier repris prend fin.")),
    "case-not-taken": Told(N_("Un dossier n’a pas pu en reprendre un autre."),
                           N_("L’autre dossier reprend son cours.")),
    "bar": Told(N_("Une interdiction a été décidée dans un dossier."), N_("Elle est enregistrée et court.")),
    "bar-lifted": Told(N_("Un recours a levé une sanction."), N_("L’interdiction prend fin.")),
    "accusation-withdrawn": Told(N_("Une accusation a été retirée."), FORGET),
    "accusation-unfounded": Told(N_("Un dossier a été décidé sans suite."), FORGET),
    "accusation-closed": Told(N_("Un dossier a été clos."), FORGET),
    "accusation-requalified": Told(N_("Un dossier a changé de nature."), FORGET),
    "identity-reserved": Told(N_("L’identité a été admise avec une réserve."), HELD),
    "refusal-reserved": Told(N_("Un refus a été admis avec une réserve."), HELD),
    "ended-absent": Told(N_("Une absence a été constatée."), ENDED),
    "ended-stopped": Told(N_("Une épreuve a été arrêtée."), ENDED),
    "ended-heard": Told(N_("Une épreuve est terminée."), ENDED),
    "ended-unheld": Told(N_("Une journée a été close."), ENDED),
    "recommended": Told(N_("Un jury d’évaluation a transmis ses préconisations."), TO_JURY),
    "recommended-absent": Told(N_("Une absence a été constatée."), TO_JURY),
    "recommended-stopped": Told(N_("Une épreuve a été arrêtée."), TO_JURY),
    "outcome-presented": Told(N_("Un résultat a été présenté à la commission."), BEFORE_COMMISSION),
    "outcome-validated": Told(N_("La commission a validé un résultat."), BEFORE_COMMISSION),
    "sitting-members": Told(N_("La commission a désigné les membres d’un jury de certification."),
                            N_("Ils y prennent place.")),
    "item-put": Told(N_("Une candidature a été mise à l’ordre du jour d’un jury de certification."), TO_JURY),
    "item-taken-off": Told(N_("Une candidature a été retirée de l’ordre du jour d’un jury de certification."), TO_JURY),
    "ruling-sealed": Told(N_("Le procès-verbal d’un jury de certification est scellé."),
                          N_("Le résultat s’inscrit à la candidature, et le candidat le reçoit.")),
    "reexamined": Told(N_("Un nouvel examen a eu lieu."), N_("Le dossier qui l’a ordonné n’attend plus rien.")),
    "award-withheld": Told(N_("L’attribution a été suspendue."), SITTING_KNOWS),
    "award-released": Told(N_("Un dossier a fini de suspendre l’attribution."), SITTING_KNOWS),
    "award-reserved": Told(N_("Une réserve suspend l’attribution."), SITTING_KNOWS),
    "reservation-settled": Told(N_("Une réserve a été levée."), SITTING_KNOWS),
    "agenda-joined": Told(N_("Une candidature a rejoint un ordre du jour."), SITTING_KNOWS),
    "agenda-declined": Told(N_("Une candidature n’a pas rejoint l’ordre du jour où elle était mise."),
                            N_("Elle n’y est plus, et la page de la séance le dit.")),
    "heard-meanwhile": Told(N_("Une épreuve a été transmise au jury de certification."), SITTING_KNOWS),
    "withdrawn-meanwhile": Told(N_("Un candidat a renoncé."), SITTING_KNOWS),
    "planned-meanwhile": Told(N_("Une épreuve est prévue de nouveau."), SITTING_KNOWS),
    "unplanned-meanwhile": Told(N_("Une épreuve n’est plus prévue."), SITTING_KNOWS),
    "excused-meanwhile": Told(N_("Une absence a été excusée."), SITTING_KNOWS),
    "recorded-meanwhile": Told(N_("Un résultat a été enregistré."), SITTING_KNOWS),
    "kept-recorded": Told(N_("Un résultat a été enregistré."), KEPT_KNOWN),
    "kept-decided": Told(N_("Un dossier a été décidé."), KEPT_KNOWN),
    "kept-returned": Told(N_("La commission a renvoyé un résultat."), KEPT_KNOWN),
    "certificate-issued": Told(N_("Un certificat a été émis."), CERTIFIED),
    "certificate-revoked": Told(N_("Un certificat a été retiré."), CERTIFIED),
    "outcome-returned": Told(N_("La commission a renvoyé un résultat."), BEFORE_COMMISSION),
}
"""By the name of the edge (`follow_up_edges`)."""
SESSION = N_("la session du {day}, {title}")
SOME_SESSION = N_("une session qui n’est pas dans les listes")
BUSY = N_("D’autres actes étaient écrits au même moment.")
NOT_FOUND = N_("Ce qui devait le recevoir n’a pas été trouvé.")
UNREADABLE = N_("Ce qui devait le recevoir n’a pas pu être lu ou écrit : prévenez qui tient le serveur.")
BY_ERROR = {"StaleVersion": BUSY, "LookupError": NOT_FOUND, "KeyError": NOT_FOUND}


@dataclass(frozen=True)
class StuckView:
    """`why` is the last refusal; `behind` how many others wait for it; `again` where trying now is asked for."""

    happened: str
    when: str
    follows: str
    why: str
    tried: int
    next_try: str
    behind: int
    again: str


def stuck(waiting: tuple[FollowUp, ...]) -> tuple[FollowUp, ...]:
    """Those that were refused: they are tried again by themselves."""
    return tuple(one for one in waiting if one.attempts)


def told(one: FollowUp) -> Told:
    return EDGES[re.sub(r"-\d+$", "", one.edge)]


def stuck_view(one: FollowUp, waiting: tuple[FollowUp, ...], session: Mapping[str, Any] | None, at: int, again: str,
               now: int, locale: Locale) -> StuckView:
    """`session` is what the index says of the target, `at` when the event happened."""
    words = told(one)
    named = say(locale, SOME_SESSION, {}) if session is None else say(
        locale, SESSION, {"day": day_words(str(session["date"]), locale), "title": str(session["title"])})
    follows = say(locale, words.follows, {"session": named})
    behind = sum((other.source, other.target) == (one.source, one.target) for other in waiting) - 1
    return StuckView(
        say(locale, words.happened, {}), moment_words(at, now, locale), follows[:1].upper() + follows[1:],
        why(one.problem or {}, locale), one.attempts, moment_words(one.due_at, now, locale) if one.due_at > now else "",
        behind, again)


def why(problem: Mapping[str, Any], locale: Locale) -> str:
    """As the rules or a wrong field put it; what went wrong by the way, in words too."""
    if "values" in problem:
        words = say(locale, str(problem["text"]), problem["values"])
        return words[:1].upper() + words[1:]
    return say(locale, BY_ERROR.get(str(problem.get("text")), UNREADABLE), {})
