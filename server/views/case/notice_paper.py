"""What is written to the candidate before a sanction (R7.2): the notice of the facts, the summons to be heard."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.case_rules import Consequence
from evaluation.deadlines import day_of, due
from server.documents.case_pdf import CasePaper
from server.views.case.written_of import (
    CaseReading,
    case_facts,
    evidence_section,
    facts_section,
    moment,
    paper,
    section,
)
from server.views.when import day_words

TITLE = "Notification des faits reprochés"
SUMMONS = "Convocation à être entendu"
PRESUMED = ("Rien n’est décidé. Cette lettre vous dit ce qui est noté et ce qui pourrait suivre, pour que vous "
            "puissiez répondre avant toute décision.")
ASSISTED = ("Vous pouvez être assisté par une personne de votre choix. Invitez-la depuis votre espace : quand elle "
            "accepte, elle voit le dossier et peut répondre avec vous.")
FILE_OPEN = ("Le dossier vous est ouvert dans votre espace, à vous et à qui vous assiste : les faits, les pièces, vos "
             "réponses. Si vous n’avez plus de lien, demandez-en un à l’adresse d’où vient la lettre qui accompagne "
             "cette notification.")
AFTER = ("Passé le délai, l’organisme certificateur note que vous n’avez pas répondu, et le dossier suit son cours : "
         "une suite est proposée, l’organisme de formation et le jury donnent leur avis, puis la commission décide.")


def notice_paper(reading: CaseReading) -> CasePaper:
    state = reading.state
    return paper(
        reading, state.rules.papers.get("notice", TITLE), "N", len(reading.part.notices) + 1, _to(reading),
        case_facts(reading),
        (section("", [PRESUMED]), facts_section(reading),
         section("Ce qui est porté à votre connaissance", [reading.own_words]), evidence_section(reading),
         section("Ce qui est possible si les faits sont retenus", points=_possible(reading)),
         section("Votre délai", delay_words(reading)),
         section("Comment répondre", points=(
             "Par écrit, dans votre espace, avec des documents si vous en avez.",
             "Ou en demandant à être entendu, dans votre espace : une convocation vous dira où et quand.",
             f"Si vous ne pouvez pas ouvrir votre espace, écrivez {_there(reading)} avant la fin du délai : une "
             "convocation à être entendu vous sera envoyée.")),
         section("Qui peut vous assister, et où lire le dossier", [ASSISTED, FILE_OPEN]),
         section("Ensuite", [AFTER])))


def delay_words(reading: CaseReading) -> Iterable[str]:
    """How long, from when on, until when, as far as can be said on the day of writing (X6): the last day is known when
    the letter has arrived."""
    state, today = reading.state, reading.today
    last = due(today, days=state.rules.answer_days, move_off_holidays=state.move_off_holidays)
    yield (f"Vous avez {state.rules.answer_days} jours pour répondre. Le jour où cette lettre vous parvient ne compte "
           "pas ; le dernier jour compte jusqu’à minuit, heure de Paris.")
    yield (f"Reçue le {day_words(today, 'fr')}, vous pouvez répondre jusqu’au {day_words(last, 'fr')} inclus. Reçue "
           "plus tard, le délai finit d’autant plus tard : votre espace dit le dernier jour dès qu’il est connu.")


def _possible(reading: CaseReading) -> Iterable[str]:
    chosen = reading.typed.get("sanctions") or reading.state.kind.sanctions
    return (reading.follows(Consequence(one)) for one in chosen)


def _there(reading: CaseReading) -> str:
    return f"à {', '.join(reading.address or (reading.body,))}"


def _to(reading: CaseReading) -> tuple[str, ...]:
    return (reading.candidate, *reading.home)


def summons_paper(reading: CaseReading) -> CasePaper:
    """`typed`: when (ms) and where."""
    at = reading.typed.get("at")
    when = moment(at) if isinstance(at, int) else str(at or "")
    place = str(reading.typed.get("place") or "")
    notice = reading.part.notice
    about = f" sur les faits notifiés le {day_words(day_of(notice.at), 'fr')}" if notice is not None else ""
    return paper(
        reading, SUMMONS, "C", len(reading.part.summonses) + 1, _to(reading),
        case_facts(reading, ("Rendez-vous le", when), ("Lieu", place)),
        (section("", [f"Vous êtes invité à être entendu{about}. Rien n’est décidé avant.", reading.own_words]),
         section("Ce jour-là", points=(
             "Venez avec une pièce d’identité.",
             "Vous pouvez venir avec une personne de votre choix, qui vous assiste.",
             "Ce que vous dites est noté et joint au dossier ; vous pouvez le relire dans votre espace.")),
         section("Si vous ne pouvez pas venir", [
             f"Dites-le avant ce jour, par lettre {_there(reading)}. Vous pouvez aussi répondre par écrit dans votre "
             "espace. Sans nouvelles de vous, il est noté que vous n’êtes pas venu."]),
         section("Où lire le dossier", [FILE_OPEN])))
