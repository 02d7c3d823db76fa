"""What can be done in a case, act by act: its form, the offices that it is done under, and the command that it makes.
"""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from evaluation.case import admissibility, consequences, dropping, facts, notifying, ruling, summoning
from evaluation.case.access import CLERK, COMMISSION, ESTABLISHES
from evaluation.case.stages import number_of
from evaluation.case.state import CaseState, Part
from evaluation.codec import FieldError
from evaluation.offices import AT_PROVIDER
from evaluation.people import SOME_PAPER, SOME_WORDS
from evaluation.rules import N_
from evaluation.slots import hour_on
from server.http.form_fields import Choice, Day, Hour, Listed, Several, Text, Upload
from server.http.forms import Form
from server.http.office.case_act_forms import CaseAct, note_field, own_paper
from server.http.office.case_act_forms import words_field as _words
from server.http.office.case_file_acts import FILE_ACTS
from server.http.office.offices import MEETING
from server.views.body.case_words import MEANS


def _number(part: Part) -> int:
    return part.submission.number if part.submission is not None else 0


def _proposal(part: Part) -> int:
    return part.proposal.number if part.proposal is not None else 0


def _accusation(part: Part) -> int:
    """The first one that stands."""
    return part.standing[0].number if part.standing else 0


def _summons(part: Part) -> int:
    return part.summons.number if part.summons is not None else 0


def _observed(values: Mapping[str, Any]) -> int | None:
    """At the beginning of the day where no hour is said. FieldError for an hour without its day."""
    day: date | None = values.get("seen_on")
    if day is None and values.get("seen_at"):
        raise FieldError("seen_on", N_("Donnez un jour."))
    return hour_on(day, values.get("seen_at") or "00:00") if day is not None else None


def _untaken(state: CaseState, part: Part) -> int:
    return next((one.number for one in state.reports_on(part.candidacy) if one.taken_at is None), 0)


def _evidence(state: CaseState, part: Part) -> tuple[str, ...]:
    return tuple(one.id for one in state.evidence_of(part.candidacy))


FAR: Final = 366 * 86_400_000
"""Ahead of every delay."""
DELIVERY: Final = Form((
    Day("on", N_("Remise le")), Choice("means", N_("Comment"), choices=tuple(MEANS.items())),
    _words(N_("Ce qui le montre"))), N_("Noter la remise"))
WHICH: Final = Choice("consequence", N_("Suite"))
YES_NO: Final = (("yes", N_("oui")), ("no", N_("non")))
ACTS: Final[tuple[CaseAct, ...]] = (
    CaseAct(
        "complete", N_("Compléter les faits"), "CompleteFacts",
        Form((_words(N_("Ce qui a été observé"), N_("Par qui, quand et comment. Lu par les personnes qui suivent ce "
                                                     "dossier, le candidat compris.")),
              Day("seen_on", N_("Observé le"), N_("Laissez vide si c’est maintenant."), required=False),
              Hour("seen_at", N_("À"), N_("Heure de Paris."), required=False),
              Text("said", N_("Ce qui a été dit au candidat à ce moment"), required=False, lines=3, most=2000)),
             N_("Ajouter au dossier")), ESTABLISHES,
        lambda of: facts.CompleteFacts(of.part.candidacy, SOME_WORDS, of.office),
        lambda _state, _part, values: {"observed_at": _observed(values)}, for_all=True),
    CaseAct(
        "report", N_("Remettre le rapport"), "HandReport",
        Form((note_field(N_("À l’attention de l’organisme certificateur")), own_paper()), N_("Remettre le rapport")),
        ESTABLISHES, lambda of: facts.HandReport(SOME_PAPER, of.office, of.part.candidacy), draws="report",
        why=N_("Relisez les faits et complétez-les s’il le faut, puis remettez le rapport à l’organisme "
               "certificateur : c’est lui qui fait suivre le dossier.")),
    CaseAct(
        "take-report", N_("Accuser réception du rapport"), "TakeReport", Form((), N_("Le rapport est reçu")), CLERK,
        lambda of: facts.TakeReport(_untaken(of.state, of.part), of.office),
        lambda state, part, _values: {"number": _untaken(state, part)}, whole=True,
        why=N_("L’organisme de formation a remis son rapport et attend de savoir que vous l’avez.")),
    CaseAct(
        "notice", N_("Informer le candidat par écrit"), "GiveCaseNotice",
        Form((_words(N_("Faits portés à sa connaissance"), N_("Dans des mots que le candidat comprend. Toutes les "
                                                              "pièces de son dossier lui sont citées.")),
              Several("sanctions", N_("Ce qui est possible si les faits sont retenus")),
              own_paper()), N_("Informer le candidat")), CLERK,
        lambda of: notifying.GiveCaseNotice(
            of.part.candidacy, of.state.kind.sanctions, _evidence(of.state, of.part), SOME_WORDS, of.office,
            SOME_PAPER),
        lambda state, part, values: {"sanctions": list(values["sanctions"]), "evidence": list(_evidence(state, part))},
        draws="notice",
        why=N_("Avant toute sanction, le candidat reçoit les faits, les pièces et ce qui est possible, et il a le "
               "temps de répondre.")),
    CaseAct(
        "delivery", N_("Noter la remise de la lettre"), "RecordDelivery",
        Form((*DELIVERY.fields, Upload("paper", N_("Accusé de réception ou récépissé signé"), N_("PDF ou image."))),
             DELIVERY.send), CLERK,
        lambda of: notifying.RecordDelivery(
            of.part.candidacy, number_of(of.part), of.today, "by_hand", SOME_WORDS, of.office, SOME_PAPER),
        lambda _state, part, values: {
            "number": number_of(part), "on": values["on"].isoformat(), "means": values["means"]},
        why=N_("Le délai de réponse du candidat ne court qu’à partir du jour où la lettre lui arrive.")),
    CaseAct(
        "summon", N_("Convoquer le candidat pour l’entendre"), "SummonToBeHeard",
        Form((Day("day", N_("Jour")), Hour("hour", N_("Heure de Paris")),
              Text("place", N_("Lieu"), N_("Une adresse, ou comment se joindre à distance."), lines=2, most=500),
              note_field(N_("Ce que vous ajoutez à la convocation")), own_paper()), N_("Convoquer le candidat")), CLERK,
        lambda of: summoning.SummonToBeHeard(
            of.part.candidacy, number_of(of.part), of.now + FAR, SOME_WORDS, of.office),
        lambda _state, part, values: {
            "number": number_of(part), "at": hour_on(values["day"], values["hour"]), "place": values["place"]},
        draws="summons",
        told=N_("Choisissez un jour au moins {days} jours après celui-ci : le candidat se prépare, et vient assisté "
                "s’il le veut."),
        why=N_("Le candidat est entendu avant que rien ne soit proposé. Il vient avec qui il veut.")),
    CaseAct(
        "summons-delivery", N_("Noter la remise de la convocation"), "RecordSummonsDelivered",
        DELIVERY, CLERK,
        lambda of: summoning.RecordSummonsDelivered(
            of.part.candidacy, _summons(of.part), of.today, "by_hand", SOME_WORDS, of.office),
        lambda _state, part, values: {
            "number": _summons(part), "on": values["on"].isoformat(), "means": values["means"]},
        why=N_("La convocation est revenue : sans elle, le candidat n’est pas attendu.")),
    CaseAct(
        "heard", N_("Noter que le candidat a été entendu"), "RecordCandidateHeard",
        Form((Day("on", N_("Jour")), Choice("attended", N_("Le candidat est venu"), choices=YES_NO),
              _words(N_("Ce qui a été dit")), Upload("paper", N_("Compte rendu"), N_("PDF ou image."),
                                                     required=False)), N_("Enregistrer")), CLERK,
        lambda of: summoning.RecordCandidateHeard(of.part.candidacy, of.today, True, SOME_WORDS, of.office),
        lambda _state, _part, values: {"on": values["on"].isoformat(), "attended": values["attended"] == "yes"},
        why=N_("Le candidat a demandé à être entendu : rien n’est proposé avant.")),
    CaseAct(
        "propose", N_("Proposer une suite"), "ProposeConsequence",
        Form((WHICH, _words(N_("Pourquoi"))), N_("Proposer cette suite")), ESTABLISHES,
        lambda of: consequences.ProposeConsequence(of.part.candidacy, of.consequence, SOME_WORDS, of.office),
        lambda _state, _part, values: {"consequence": values["consequence"]},
        why=N_("Dites ce qui devrait suivre et pourquoi. L’organisme de formation et les jurés donnent leur avis, "
               "puis la commission décide.")),
    CaseAct(
        "answer", N_("Donner l’avis de l’organisme de formation"), "AnswerProposal",
        Form((Choice("agrees", N_("D’accord avec la suite proposée"), choices=YES_NO),
              _words(N_("Pourquoi"), N_("Nécessaire si la réponse est non. La commission le lit."), required=False)),
             N_("Donner cet avis")), frozenset(AT_PROVIDER),
        lambda of: consequences.AnswerProposal(of.part.candidacy, _proposal(of.part), True, None, of.office),
        lambda _state, part, values: {"number": _proposal(part), "agrees": values["agrees"] == "yes"},
        why=N_("Une suite est proposée : dites si votre organisme est d’accord. Sans réponse, son silence est noté "
               "et le dossier continue.")),
    CaseAct(
        "submit", N_("Soumettre à la commission"), "SubmitCase",
        Form((_words(N_("À l’attention de la commission"), required=False),), N_("Soumettre le dossier")), CLERK,
        lambda of: ruling.SubmitCase(of.part.candidacy, of.office),
        why=N_("Tous les avis sont là, ou leur délai est passé : la commission peut décider.")),
    CaseAct(
        "admit", N_("Se prononcer sur la recevabilité du recours"), "RuleAdmissibility",
        Form((Choice("admissible", N_("Le recours est recevable"), choices=YES_NO), _words(N_("Pourquoi")), *MEETING),
             N_("Enregistrer")), COMMISSION,
        lambda of: admissibility.RuleAdmissibility(of.part.candidacy, True, SOME_WORDS, of.office, of.meeting),
        lambda _state, _part, values: {"admissible": values["admissible"] == "yes"},
        why=N_("La commission dit d’abord si le recours peut être examiné.")),
    CaseAct(
        "validate", N_("Valider la suite"), "ValidateCase",
        Form((WHICH, _words(N_("Motif"), required=False), *MEETING), N_("Valider cette suite"), sure=True), COMMISSION,
        lambda of: ruling.ValidateCase(of.part.candidacy, _number(of.part), of.consequence, of.office, None,
                                       of.meeting),
        lambda _state, part, values: {"number": _number(part), "consequence": values["consequence"]},
        why=N_("Le dossier est complet. Vous pouvez valider une suite, le renvoyer, ou le clore.")),
    CaseAct(
        "return", N_("Renvoyer le dossier"), "ReturnCase",
        Form((_words(N_("Ce qui manque")), *MEETING), N_("Renvoyer le dossier")), COMMISSION,
        lambda of: ruling.ReturnCase(of.part.candidacy, _number(of.part), SOME_WORDS, of.office, of.meeting),
        lambda _state, part, _values: {"number": _number(part)}),
    CaseAct(
        "withdraw", N_("Retirer le signalement"), "WithdrawAccusation",
        Form((Listed("accusation", N_("Lequel ?"), N_("Le dossier continue tant qu’un autre tient.")),
              _words(N_("Pourquoi"))), N_("Retirer le signalement"), sure=True), CLERK,
        lambda of: dropping.WithdrawAccusation(of.part.candidacy, _accusation(of.part), SOME_WORDS, of.office),
        lambda _state, part, values: {"number": int(values.get("accusation") or _accusation(part))},
        told=N_("Le candidat en est informé, aucun jury ne le verra plus tard, et cela ne peut pas être repris."),
        around="accusations"),
    CaseAct(
        "close", N_("Clore sans suite"), "CloseCase",
        Form((_words(N_("Motif"), required=False), *MEETING), N_("Clore le dossier sans suite"), sure=True),
        COMMISSION, lambda of: ruling.CloseCase(of.part.candidacy, of.office, None, of.meeting),
        told=N_("Le résultat du candidat n’attend plus ce dossier.")),
    *FILE_ACTS,
)
BY_NAME: Final[Mapping[str, CaseAct]] = {one.name: one for one in ACTS}
