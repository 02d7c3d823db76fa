"""Acts on the file of a case: evidence is added, it is joined to another case, it is named otherwise, somebody whom the
facts concern is named; and its end is handed to the candidate."""
from __future__ import annotations

from typing import Final

from evaluation.case import decision_papers, facts, merging, requalifying
from evaluation.case.access import CLERK, ESTABLISHES
from evaluation.case.state import CaseState
from evaluation.case_rules import CaseKind
from evaluation.people import SOME_PAPER, SOME_WORDS
from evaluation.rules import N_
from server.http.form_fields import Listed, Upload
from server.http.forms import Form
from server.http.office.case_act_forms import (
    CaseAct,
    Trying,
    note_field,
    own_paper,
    words_field,
)


def _join(of: Trying) -> merging.JoinCase | None:
    if of.other is None:
        return None
    return merging.JoinCase(of.other.opened, SOME_WORDS, of.office, of.other.requalified)


def other_kinds(state: CaseState) -> tuple[CaseKind, ...]:
    """Those that the case could be said to be instead."""
    return tuple(one for one in state.rules.kinds if not one.is_appeal and (one.door, one.code) != (
        state.kind.door, state.kind.code))


def _requalify(of: Trying) -> requalifying.Requalify | None:
    others = other_kinds(of.state)
    return requalifying.Requalify(others[0].door, others[0].code, SOME_WORDS, of.office) if others else None


FILE_ACTS: Final[tuple[CaseAct, ...]] = (
    CaseAct(
        "evidence", N_("Ajouter une pièce"), "AddEvidence",
        Form((Listed("picture", N_("Une image prise pendant l’épreuve de ce candidat"), required=False),
              Upload("paper", N_("Ou un document"), N_("PDF ou image."), required=False)), N_("Ajouter au dossier")),
        ESTABLISHES, lambda of: facts.AddEvidence(of.part.candidacy, of.office, paper=SOME_PAPER), around="pictures",
        for_all=True, told=N_("Le candidat voit chaque pièce de son dossier.")),
    CaseAct(
        "join", N_("Joindre à un autre dossier de même cause"), "JoinCase",
        Form((Listed("into", N_("Avec quel dossier ?"), N_("De la même journée d’abord.")),
              words_field(N_("Pourquoi les deux n’en font qu’un"))), N_("Joindre les deux dossiers"), sure=True),
        ESTABLISHES, _join, whole=True, around="cases",
        told=N_("Par exemple une coupure de courant qui a touché plusieurs candidats. Les faits deviennent communs ; "
                "ce qui concerne un candidat reste à lui seul.")),
    CaseAct(
        "requalify", N_("Changer l’objet du dossier"), "Requalify",
        Form((Listed("to", N_("De quoi s’agit-il ?")), words_field(N_("Pourquoi"))), N_("Changer l’objet"), sure=True),
        CLERK, _requalify, whole=True, around="kinds",
        told=N_("Tant que le candidat n’a pas reçu les faits, et que rien n’est proposé.")),
    CaseAct(
        "subject", N_("Nommer une autre personne que les faits concernent"), "NameSubject",
        Form((Listed("person", N_("Personne")), words_field(N_("En quoi les faits la concernent"),
                                                             N_("Lu par les personnes qui suivent ce dossier."))),
             N_("Nommer cette personne"), sure=True), CLERK,
        lambda of: facts.NameSubject("-", SOME_WORDS, of.office), whole=True, around="people",
        told=N_("Elle ne s’occupe plus de ce dossier et ne le voit plus : s’il s’agit du responsable de "
                "l’organisation, la direction de l’organisme de formation le remplace ici.")),
    CaseAct(
        "hand", N_("Remettre la décision au candidat"), "HandDecision",
        Form((note_field(N_("Ce que vous ajoutez à la décision")), own_paper()), N_("Remettre la décision")),
        CLERK, lambda of: decision_papers.HandDecision(of.part.candidacy, SOME_PAPER, of.office),
        draws="decision",
        why=N_("Le candidat apprend ce qui est décidé, pourquoi, et comment faire un recours.")),
)
