"""The awarding body's own report, handed to the candidate (R7.1): what was decided, why, after what, and how to appeal
(R9.2)."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from evaluation.case.case_parts import Closing, ConsequenceProposal
from evaluation.case.decision_papers import appeal_until
from evaluation.case.state import Part
from evaluation.case.terms import PROVIDER
from evaluation.case_rules import Consequence, Door
from evaluation.deadlines import day_of
from server.documents.case_pdf import CasePaper
from server.documents.written_paper import PaperPart
from server.views.body.case_words import OPINIONS
from server.views.case.written_of import CaseReading, case_facts, facts_section, paper, section
from server.views.when import day_words

TITLE = "Rapport remis au candidat"
ENDED: Final[Mapping[Closing, str]] = {
    "closed": "Le dossier est clos sans suite : rien n’est retenu.",
    "withdrawn": "Le signalement est retiré : rien n’est retenu.",
    "inadmissible": "Le recours n’est pas recevable.",
}
NOTHING_FOLLOWS: Final[Mapping[Door, str]] = {
    "malfunction": "Aucune suite : l’épreuve reste comme elle s’est passée.",
    "fraud": "Aucune suite : rien n’est retenu.",
    "appeal": "Le recours est rejeté : la décision qu’il visait reste valable.",
}


def decision_paper(reading: CaseReading) -> CasePaper:
    return paper(
        reading, reading.state.rules.papers.get("decision", TITLE), "D", 1, (reading.candidate, *reading.home),
        case_facts(reading),
        (section("La décision", _decided(reading)), section("Les raisons", _reasons(reading)),
         facts_section(reading), section("Ce qui a précédé la décision", points=_before(reading)), _appeal(reading)))


def _decided(reading: CaseReading) -> Iterable[str]:
    taken, ended = reading.part.decision, reading.part.ended
    if taken is not None:
        without = taken.consequence is Consequence.NONE
        yield NOTHING_FOLLOWS[reading.state.kind.door] if without else reading.follows(taken.consequence)
        if taken.consequence is Consequence.BAR and reading.until is not None:
            yield f"L’interdiction dure jusqu’au {day_words(reading.until, 'fr')} inclus."
        yield f"Décision de la commission du {day_words(taken.decided_on, 'fr')}."
    elif ended is not None:
        yield ENDED[ended.how]
        yield f"Depuis le {day_words(day_of(ended.at), 'fr')}."


def _reasons(reading: CaseReading) -> Iterable[str]:
    last = reading.part.decision or reading.part.ended
    if last is not None:
        yield reading.text(last.words)
    yield reading.own_words


def _before(reading: CaseReading) -> Iterable[str]:
    """What the candidate was told and answered; what the parties answered: of the jury only how many."""
    part = reading.part
    for one in part.notices:
        arrived = f", arrivée le {day_words(one.begins, 'fr')}" if one.begins is not None else ""
        yield f"Notification des faits du {day_words(day_of(one.at), 'fr')}{arrived}."
    yield from _heard(part)
    if part.proposals:
        yield from _opinions(part.proposals[-1])


def _heard(part: Part) -> Iterable[str]:
    for one in part.answers:
        yield f"Réponse écrite du candidat, le {day_words(day_of(one.at), 'fr')}."
    for one in part.heard:
        came = "entendu" if one.attended else "attendu, et non venu,"
        yield f"Candidat {came} le {day_words(one.on, 'fr')}."
    if part.notices and part.notices[-1].number in part.unanswered:
        yield "Le délai est passé sans réponse du candidat."


def _opinions(proposal: ConsequenceProposal) -> Iterable[str]:
    provider = proposal.answers.get(PROVIDER)
    if provider is not None:
        yield f"Avis de l’organisme de formation : {OPINIONS[provider.answer]}."
    jurors = [one.answer for party, one in proposal.answers.items() if party != PROVIDER]
    counted = [f"{jurors.count(answer)} {words}" for answer, words in OPINIONS.items() if answer in jurors]
    if counted:
        yield f"Avis des membres du jury : {', '.join(counted)}."


def _appeal(reading: CaseReading) -> PaperPart:
    """To whom, how, until when; nothing where nothing was decided against anybody."""
    until, to = appeal_until(reading.state, reading.part), ", ".join(reading.address or (reading.body,))
    if until is None:
        return section("Et maintenant", ["Vous n’avez rien à faire. Ce dossier ne retient plus votre résultat."])
    months = reading.state.appeal_months
    return section("Si vous n’êtes pas d’accord", [
        f"Vous pouvez exercer un recours dans les {months} mois qui suivent la décision : postez-le au plus tard le "
        f"{day_words(until, 'fr')}, avant minuit, heure de Paris."], (
            f"À qui : {to}.",
            "Comment : par lettre recommandée avec avis de réception, en disant vos raisons.",
            "Ensuite : la commission dit si le recours est recevable, l’examine et, le cas échéant, fait réexaminer le "
            "dossier."))
