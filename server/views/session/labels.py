"""The words for roles, phases, kinds and acts: French msgids, translated where they are shown."""
from __future__ import annotations

from collections.abc import Mapping

from evaluation.people import JurorCategory, Role, Seat
from evaluation.rules import N_
from evaluation.session.phases import Phase

ERASED_NAME = N_("nom effacé")
THE_JURY = N_("Le jury")

CATEGORIES: Mapping[JurorCategory, str] = {
    JurorCategory.EMPLOYEES: N_("pour les salariés"),
    JurorCategory.EMPLOYERS: N_("pour les employeurs"),
    JurorCategory.TRAINER: N_("pour la formation"),
}
ROLES: Mapping[Role, str] = {
    Role.ORGANIZER: N_("organisation"),
    Role.OBSERVER: N_("observe l’épreuve"),
    Role.AID: N_("aide humaine"),
    Role.JUROR: N_("jury"),
}
CANDIDATES: Mapping[str, str] = {"F": N_("candidate"), "M": N_("candidat"), "": N_("passe l’épreuve")}
"""By sex where the profile tells it, else without."""


def role_words(seat: Seat, sex: str) -> str:
    if seat.role is Role.CANDIDATE:
        return CANDIDATES.get(sex, CANDIDATES[""])
    return CATEGORIES[seat.category] if seat.category else ROLES[seat.role]


PHASES: Mapping[str, str] = {
    "scheduled": N_("À venir"),
    "welcome": N_("Accueil"),
    "presentation": N_("Présentation"),
    "questions": N_("Questions"),
    "grading": N_("Grilles à clore"),
    "deliberation": N_("Délibération"),
    "adjourned": N_("Interrompue"),
    "postponed": N_("Reportée"),
    "closed": N_("Terminée"),
    "no_show": N_("Absence"),
    "stopped": N_("Arrêtée"),
    "cancelled": N_("Annulée"),
}
MODES: Mapping[str, str] = {
    "remote": N_("à distance"),
    "on_site": N_("sur place"),
    "mixed": N_("sur place et à distance"),
}
"""How a hearing is held (X13)."""
ADMISSIONS: Mapping[str, str] = {
    "examined": N_("inscription en cours d’examen"), "not_admitted": N_("inscription non admise"),
}
"""Why somebody who is planned cannot be called in (R6.6): all that is told of it."""
NEXT: Mapping[Phase, str] = {
    Phase.WELCOME: N_("accueil"),
    Phase.PRESENTATION: N_("présentation"),
    Phase.QUESTIONS: N_("questions"),
    Phase.GRADING: N_("délibération du jury"),
    Phase.DELIBERATION: N_("délibération"),
}
"""A phase to come, as it stands after "Ensuite :"; of the last, which is no phase to come to, nothing is said."""
OVER, WAITING_ROOM, AT_THE_DOOR = N_("Épreuve terminée"), N_("Salle d’attente"), N_("Avant l’entrée")
"""What the candidate's moment outside the room is called on their own page."""
TO_WAITING_ROOM, TO_WELCOME = N_("salle d’attente"), N_("accueil par le jury")
"""What comes after the last two, as `NEXT`."""
DOCUMENTS: Mapping[str, str] = {
    "portfolio_a": N_("Livret A"),
    "portfolio_b": N_("Livret B"),
    "photograph": N_("Photographie de la pièce"),
    "formative": N_("Évaluations formatives (consultatives)"),
    "brief": N_("Cahier des charges"),
    "identity_front": N_("Pièce d’identité, recto"),
    "identity_back": N_("Pièce d’identité, verso"),
}
PAPERS: Mapping[str, str] = {
    "prevention": N_("Message de prévention signé"),
    "sheet": N_("Feuille de présence signée"),
    "pack": N_("Dossier papier de l’épreuve, complet et signé"),
}
"""What a scan is of (X13)."""
SCAN = N_("Papier numérisé")
PIECE_STEPS: Mapping[str, str] = {
    "received": N_("Pièce reçue le {day}."),
    "moved": N_("La pièce a changé de mains le {day}."),
    "returned": N_("Pièce rendue le {day}."),
}
INCIDENTS: Mapping[str, str] = {
    "technical": N_("Panne (coupure, son, image)"),
    "identity": N_("Identité"),
    "conduct": N_("Comportement, bruit"),
    "health": N_("Santé, malaise"),
    "organisation": N_("Organisation"),
    "juror": N_("Jury"),
    "environment": N_("Bruit, interruption"),
    "another_person": N_("Une autre personne à sa place"),
    "own_work": N_("Travail qui n’est pas le sien"),
    "outside_help": N_("Aide d’une autre personne ou d’un outil"),
    "other": N_("Autre"),
}
PROBLEMS: Mapping[str, str] = {
    "not_hearing": N_("n’entend pas la salle"),
    "not_heard": N_("on ne l’entend pas"),
    "frozen": N_("l’image se fige"),
    "pause": N_("besoin d’une pause"),
    "question": N_("une autre question"),
}
"""What somebody who calls for help chose, as it stands after their name and a colon."""
FINDINGS: Mapping[str, str] = {
    "conform": N_("Identité conforme"),
    "doubtful": N_("Doute"),
    "not_conform": N_("Identité non conforme"),
    "refused": N_("Refus de montrer une pièce"),
    "no_document": N_("Pas de pièce d’identité"),
    "no_copy": N_("Pas de copie fournie"),
}
COURSES: Mapping[str, str] = {
    "proceed": N_("on continue"),
    "retry": N_("on réessaie"),
    "reserve": N_("on continue avec une réserve"),
    "stop": N_("on arrête l’épreuve"),
}
ADVICE: Mapping[str, str] = {
    "award": N_("attribuer"),
    "partial": N_("attribuer en partie"),
    "refuse": N_("ne pas attribuer"),
}
OUTCOMES: Mapping[str, str] = {
    "full": N_("Certification complète"),
    "partial": N_("Certification partielle, par blocs"),
    "none": N_("Certification non attribuée"),
}
ACTS: Mapping[str, str] = {
    "CallIn": N_("Faire entrer"),
    "StartPresentation": N_("Démarrer la présentation"),
    "StartQuestions": N_("Passer aux questions"),
    "DismissCandidate": N_("Donner congé"),
    "OpenDeliberation": N_("Ouvrir la délibération"),
    "SignDeliberation": N_("Signer"),
    "RefuseSignature": N_("Refuser de signer"),
    "CloseGrid": N_("Clore ma grille"),
    "ReopenGrid": N_("Rouvrir ma grille"),
    "PauseClock": N_("Pause"),
    "ResumeClock": N_("Reprendre"),
    "GiveBackTime": N_("Rendre du temps"),
    "WarnCandidate": N_("Avertir"),
    "SeparateCandidate": N_("Mettre à l’écart"),
    "EndSeparation": N_("Faire revenir"),
    "ProposeEnding": N_("Proposer l’arrêt ou le report"),
    "AdjournHearing": N_("Interrompre, à reprendre un autre jour"),
    "RestartAttempt": N_("Recommencer l’épreuve"),
    "PostponeHearing": N_("Reporter l’épreuve"),
    "StopHearing": N_("Arrêter l’épreuve"),
    "RecordNoShow": N_("Constater l’absence"),
    "RequireVisible": N_("Demander de rester visible"),
    "SuspendDeliberation": N_("Suspendre la délibération"),
    "ResumeDeliberation": N_("Reprendre la délibération"),
    "Recuse": N_("Me récuser pour cette épreuve"),
    "CloseSession": N_("Clore la session"),
}
ON_PAPER: Mapping[str, str] = {
    "prevention": N_("Message de prévention confirmé sur papier"), "sheet": N_("Feuille signée sur papier"),
}
"""`RecordOnPaper`, by what was signed."""
RELEASE_VISIBLE = N_("Ne plus demander de rester visible")
