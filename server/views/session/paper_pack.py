"""What the paper pack of one candidate says, from the day and its framework (X13). Papers are in French."""
from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from evaluation.people import JurorCategory
from evaluation.session.phases import TIMED
from evaluation.session.recommendation import advices
from evaluation.session.state import Hearing
from evaluation.session.terms import Course, IdentityFinding
from server.documents.legible import apart, each_text
from server.documents.paper_pack_pdf import PackBlock, PackJuror, PaperPack
from server.i18n import say
from server.views.session import labels
from server.views.session.identity_check import KIND_WORDS
from server.views.session.incident_kinds import offered
from server.views.session.reading import Reading
from server.views.when import day_words, hour_words, lasting

CONTENTS = (
    "la feuille de présence, avec le message de prévention, le rappel des règles et les heures",
    "la feuille d’identité",
    "une grille pour chaque juré",
    "la feuille de consensus et de préconisations, que les trois jurés signent",
    "la feuille d’incident et de présomption de fraude",
)
STEPS = (
    "La personne confirme le message de prévention, puis le jury regarde sa pièce d’identité.",
    "Le rappel des règles est lu point par point ; chacun signe la feuille de présence.",
    "Écrivez l’heure de début et de fin de la présentation et des questions.",
    "Chaque juré remplit sa grille seul, et dit pourquoi une compétence n’est pas acquise.",
    "La personne sortie, le jury délibère, remplit la feuille de consensus et signe, la présidence en dernier.",
    "Un fait à noter : une feuille d’incident par fait. Photocopiez la feuille s’il en faut plusieurs.",
    "Numérisez tout ce dossier en un seul fichier. La personne qui organise le joint à la page de l’épreuve et saisit "
    "ce qu’il dit ; chaque juré le relit et le confirme dans son espace. L’original est conservé par le centre.",
)


def paper_pack(reading: Reading, hearing: Hearing, place: str) -> PaperPack:
    """`reading` is in French. `place`: where the hearing is held, as it was written."""
    state, framework = reading.state, reading.state.framework
    day, name = day_words(state.date, "fr"), reading.candidate(hearing)
    found: PaperPack = {
        "dated": state.date, "title": "Dossier papier de l’épreuve", "candidate": name,
        "running": f"{name} · {day} · épreuve {hearing.id}",
        "facts": _facts(reading, hearing, place),
        "jury": [_juror(reading, one.id, one.category) for one in state.jurors_sitting(hearing.id)],
        "others": [{"name": reading.name(one.id), "seat": say("fr", labels.ROLES[one.role], {})}
                   for one in (*hearing.aids, *state.observers)],
        "contents": list(CONTENTS), "steps": list(STEPS), "message": list(framework.prevention_message),
        "reminder": list(framework.reminder),
        "phases": [(say("fr", labels.PHASES[one], {}), _lasts(reading, hearing, one.value)) for one in TIMED],
        "blocks": [_block(reading, code) for code in hearing.blocks],
        "definitions": list(framework.definitions.items()),
        "documents": [say("fr", KIND_WORDS[one], {}) for one in framework.identity.documents],
        "findings": _words(labels.FINDINGS[one] for one in get_args(IdentityFinding)),
        "courses": _words(labels.COURSES[one] for one in get_args(Course) if one != "retry"),
        "advices": _words(labels.ADVICE[one] for one in advices(framework, hearing.blocks[0])),
        "whole_advices": _words(labels.ADVICE[one] for one in advices(framework, None)),
        "incidents": [words for _kind, words in offered(framework, "fr", fraud=False)],
        "frauds": [words for _kind, words in offered(framework, "fr", fraud=True)],
        "sanctions": list(framework.sanctions),
    }
    return each_text(found, apart)


def _facts(reading: Reading, hearing: Hearing, place: str) -> list[tuple[str, str]]:
    state = reading.state
    starts = f"{day_words(state.date, 'fr')} à {hour_words(hearing.starts_at, 'fr')}"
    extra = [f"{say('fr', labels.PHASES[phase], {})} : {lasting(seconds * 1000)} de plus"
             for phase, seconds in hearing.extra_seconds.items() if seconds]
    facts = [
        ("Certification", f"{state.framework.title} ({state.framework.code}, version {state.framework.version})"),
        ("Épreuve", f"{starts}, {say('fr', labels.MODES[hearing.mode], {})}"), ("Lieu", place),
        ("Référence", hearing.id), ("Blocs présentés", ", ".join(hearing.blocks)),
        ("Blocs conservés", ", ".join(hearing.kept_blocks)), ("Aménagement", " ; ".join(extra)),
        ("Organisation", reading.name(state.organizer.id))]
    return [(what, value) for what, value in facts if value]


def _juror(reading: Reading, seat: str, category: JurorCategory | None) -> PackJuror:
    words = say("fr", labels.CATEGORIES[category], {}) if category else ""
    return {"name": reading.name(seat), "seat": f"jury, {words}" if words else "jury"}


def _lasts(reading: Reading, hearing: Hearing, phase: str) -> str:
    timing, extra = reading.state.framework.phases[phase], hearing.extra_seconds.get(phase, 0)
    most = f"{lasting((timing.ceiling + extra) * 1000)} au plus"
    return f"{lasting(timing.floor * 1000)} au moins, {most}" if timing.floor else most


def _block(reading: Reading, code: str) -> PackBlock:
    block = reading.state.framework.block(code)
    return {
        "code": block.code, "title": block.title,
        "competencies": [{"code": one.code, "title": one.title, "mandatory": one.code in block.mandatory,
                          "questions": list(one.questions)} for one in block.competencies]}


def _words(found: Iterable[str]) -> list[str]:
    return [words[:1].upper() + words[1:] for words in (say("fr", one, {}) for one in found)]
