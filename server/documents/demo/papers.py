"""The made papers of a candidate: portfolio parts A and B, formative evaluations; and the session's brief."""
from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date

from server.documents.demo import figures
from server.documents.demo.demo_people import DemoPeople, DemoPerson
from server.documents.typesetting import typeset_pdf, typeset_png
from server.i18n import written_day

PIECES = Path(__file__).with_name("pieces.toml")
# When things happened, in days before the session. The candidate has three months from the brief (R4.1).
BRIEF, STARTED, HANDED_IN, DUE, FORMATIVE = 105, 97, 12, 10, 20
LESSONS = {"block_1": (230, 198, 161), "block_2": (145, 118, 74, 41)}


def portfolio_a(person: DemoPerson, day: date) -> bytes:
    """Part A (BC1) as PDF, for a session on `day`."""
    return typeset_pdf("portfolio_a.typ", _portfolio(person, day))


def portfolio_b(person: DemoPerson, day: date) -> bytes:
    """Part B (BC2) as PDF."""
    return typeset_pdf("portfolio_b.typ", _portfolio(person, day))


def formative_evaluations(person: DemoPerson, trainer: str, day: date) -> bytes:
    """Two pages, headed as consultative (R3.5). `trainer` is who trained the candidate: never one of the jury."""
    data: dict[str, object] = {
        key: [[_short(day, before), *row] for before, row in zip(LESSONS[key], FORMATIVE_ROWS[key], strict=True)]
        for key in LESSONS
    }
    data |= {
        "dated": _dated(day, FORMATIVE),
        "who": _who(person), "name": person.name, "given": person.given, "company": person.company,
        "provider": "BJO Formation",
        "trainer": trainer, "period": f"du {_long(day, 240)} au {_long(day, 30)}", "written": _long(day, FORMATIVE),
        "opinion": OPINION.format(given=person.given), "hours": HOURS,
    }  # fmt: skip
    return typeset_pdf("formative.typ", data)


def brief(people: DemoPeople, day: date) -> bytes:
    """The brief (cahier des charges) that the jury gives for the session: two pages."""
    pieces = list(_pieces().values())
    data = {
        "dated": _dated(day, BRIEF), "day": _long(day, 0), "given": _long(day, BRIEF), "due": _long(day, DUE),
        "contact": f"{people.organizer.name}, {people.organizer.email}",
        "pieces": [[p["title"], p["metal"], p["demands"][0][0], p["loss"]] for p in pieces],
        "figures": {f"ring_{i}": figures.ring(p["metal_code"], p["stone"], "raw") for i, p in enumerate(pieces, 1)},
        "demands": DEMANDS, "parts": PARTS, "points": POINTS,
    }  # fmt: skip
    return typeset_pdf("brief.typ", data)


def photograph(person: DemoPerson) -> bytes:
    """The polished piece, as PNG: drawn."""
    piece = _piece(person)
    return typeset_png("picture.typ", {"svg": figures.ring(piece["metal_code"], piece["stone"], "polished"),
                                       "width": 840, "height": 600})


def agreement(people: DemoPeople, since: date, until: date) -> bytes:
    """The awarding body's agreement with the organizer's training provider: one page (R1.7)."""
    school = people.organizer.company
    facts = [
        ["Organisme de formation", school], ["Responsable de l’organisation", people.organizer.name],
        ["Certification", "CQP « Opérateur en polissage de bijouterie », RNCP26850"],
        ["Du", _long(since, 0)], ["Au", _long(until, 0)],
    ]  # fmt: skip
    said = f"L’établissement « {school} » est habilité à organiser les épreuves d’évaluation."
    return _act("Convention d’habilitation", said, facts, since)


def mandate(person: DemoPerson, since: date) -> bytes:
    """What names a member of the commission: one page."""
    facts = [["Membre", person.name], ["Pour", person.company], ["À compter du", _long(since, 0)]]
    said = "La personne nommée ci-dessous siège à la commission paritaire."
    return _act("Désignation à la commission", said, facts, since)


def ruling(person: DemoPerson, blocks: str, day: date) -> bytes:
    """The extract of a certification jury's minutes about one person: one page."""
    facts = [["Candidat", person.name], ["Certification", "CQP « Opérateur en polissage de bijouterie », RNCP26850"],
             ["Jury du", _long(day, 0)], ["Attribué", blocks]]
    said = "Le jury de certification a décidé ce qui suit pour la personne nommée ci-dessous."
    return _act("Extrait du procès-verbal", said, facts, day)


def _act(title: str, text: str, facts: list[list[str]], day: date) -> bytes:
    data: dict[str, object] = {
        "dated": _dated(day, 0), "title": title, "text": text, "facts": facts, "signed": _long(day, 0),
        "by": "l’organisme certificateur",
    }  # fmt: skip
    return typeset_pdf("act.typ", data)


def _portfolio(person: DemoPerson, day: date) -> dict[str, object]:
    piece = _piece(person)
    metal, stone = piece["metal_code"], piece["stone"]
    return {
        "who": _who(person), "name": person.name, "company": person.company, "piece": piece,
        "dated": _dated(day, HANDED_IN), "started": _long(day, STARTED), "handed_in": _long(day, HANDED_IN),
        "figures": {
            "raw": figures.ring(metal, stone, "raw", labels=True), "emery": figures.ring(metal, stone, "emery"),
            "polished": figures.ring(metal, stone, "polished"), "lathe": figures.lathe(metal), "bench": figures.bench(),
            "scratches": figures.scratches(tuple(piece["grain"]), metal),
            "roughness": figures.roughness(tuple((name, value) for name, value in piece["rough"])),
        },
    }  # fmt: skip


def _piece(person: DemoPerson) -> dict[str, Any]:
    return list(_pieces().values())[person.seed % 2]


@cache
def _pieces() -> Mapping[str, Any]:
    return tomllib.loads(PIECES.read_text(encoding="utf-8"))


def _who(person: DemoPerson) -> str:
    return "Candidate" if person.sex == "F" else "Candidat"


def _dated(day: date, before: int) -> str:
    return (day - timedelta(days=before)).isoformat()


def _long(day: date, before: int) -> str:
    return written_day(day - timedelta(days=before), "long", "fr")


def _short(day: date, before: int) -> str:
    return format_date(day - timedelta(days=before), "dd/MM/y", locale="fr")


FORMATIVE_ROWS: dict[str, list[list[str]]] = {
    "block_1": [
        ["Lire une fiche de fabrication",
         "Relève les exigences d’aspect ; oublie la perte de métal admise.", "En cours"],
        ["Contrôler une pièce de fonte", "Lampe rasante et loupe bien employées, défauts nommés et notés.", "Acquis"],
        ["Établir une gamme de polissage", "L’ordre des grains est juste ; le choix n’est pas toujours justifié.",
         "En cours"],
    ],
    "block_2": [
        ["Émeriser un anneau", "Geste régulier, grains croisés, formes respectées.", "Acquis"],
        ["Polir au tour", "Bonne tenue sous l’axe ; s’arrête parfois trop longtemps au même endroit.", "En cours"],
        ["Nettoyer une pièce sertie", "Précautions connues selon la pierre, séchage sans trace.", "Acquis"],
        ["Rendre compte à l’atelier", "Fiche remplie, incident signalé le jour même.", "Acquis"],
    ],
}  # fmt: skip
OPINION = (
    "{given} travaille avec soin et sait revenir en arrière quand une étape n’est pas finie. Les gestes sont sûrs à la "
    "main ; au tour, la régularité vient. Il reste à expliquer davantage les choix, en particulier l’ordre des grains. "
    "Le livret a été préparé en autonomie, avec deux points d’étape."
)
HOURS = [["Préparation du polissage", "56", "56"], ["Polissage et finition", "112", "108"], ["Sécurité", "14", "14"]]
DEMANDS = [
    "La pièce part de la peau de fonte : montrez les contrôles faits avant de commencer.",
    "Les formes et les arêtes du plan sont respectées ; le poinçon reste lisible.",
    "La masse est relevée à chaque étape, au centième de gramme.",
    "Les produits, les vitesses et les temps sont notés, avec ce qui s’est passé autrement que prévu.",
    "Les consignes de sécurité du poste sont décrites et appliquées.",
]
PARTS = [
    ["Partie A, bloc 1 : préparer le travail",
     "L’analyse du dossier et du cahier des charges ; la pièce et ses contrôles ; "
     "les étapes, les méthodes, les techniques de polissage et de finition ; les outils, les matériels, la sécurité."],
    ["Partie B, bloc 2 : polir la pièce",
     "L’émerisage ; le polissage à la main ou au tour ; le nettoyage, le séchage ; la "
     "finition et l’état attendu par le client ; les contrôles ; le compte rendu. Avec la pièce polie."],
]  # fmt: skip
POINTS = [
    "l’analyse de la demande et les étapes de réalisation, en lien avec ce cahier des charges ;",
    "ce que vous avez réalisé sur la pièce ;",
    "les compétences du métier que montre votre production ;",
    "les opérations techniques, avec des exemples, et la justification de vos choix ;",
    "les difficultés rencontrées et les moyens mis en œuvre pour les résoudre ;",
    "votre avis sur votre travail : satisfactions, axes d’amélioration, bonnes pratiques à garder.",
]
