"""Minutes with everything in them, as a view would write them."""
from __future__ import annotations

from server.documents.minutes_pdf import MinutesItem, MinutesPaper

LONG = "Marie-Antoinette Guillemette de La Rochefoucauld-Montmorency d’Étampes"
RULE = ("Règle appliquée : au moins 60 % des compétences du bloc, dont C1.1, C1.2 et C1.3 pour BC1, et C2.1, C2.2 et "
        "C2.4 pour BC2.")


def item(heading: str = "1. Lina Morel") -> MinutesItem:
    return {
        "heading": heading,
        "facts": [("Naissance", "14 mars 1999"), ("Dossier", "présenté par BJO Formation"),
                  ("Épreuve", "mardi 24 novembre 2026, identité décidée à 9 h 36")],
        "course": ["Un incident est noté : coupure de 1 min 30, temps rendu [#emph(x)].",
                   "Le jury d’évaluation, convoqué, a répondu aux questions de 14 h 12 à 14 h 20."],
        "blocks": [
            {"title": "BC1. Préparer le travail de polissage d’une pièce de bijouterie", "acquired": "4 sur 6",
             "outcome": "Non validé", "reasons": ["4 compétences acquises sur 6.", "C1.2, obligatoire, manque."]},
            {"title": "BC2. Réaliser le polissage d’une pièce de bijouterie", "acquired": "6 sur 6",
             "outcome": "Validé", "reasons": []}],
        "rule": RULE,
        "settled": [{"code": "C1.5", "title": "Contrôler la pièce avant polissage", "mark": "Acquise",
                     "words": "Les réponses du jury d’évaluation montrent le contrôle."}],
        "decision": "Le jury attribue partiellement la certification : le bloc BC2 est acquis.",
        "after": ["Décision conforme au résultat calculé.", "Un rattrapage est possible pour le bloc BC1."],
        "dissents": ["Alain Prévost ne partage pas cette décision : « C1.5 n’est pas montrée. »"],
    }


def minutes() -> MinutesPaper:
    return {
        "title": "Procès-verbal du jury de certification",
        "by": "Confédération nationale de l’horlogerie, bijouterie, joaillerie et orfèvrerie",
        "by_line": "58 rue du Louvre, 75002 Paris", "number_label": "Procès-verbal n°", "number": "PV-2026-1F2A3B4C",
        "subtitle": "Séance du vendredi 11 décembre 2026, de 14 h 00 à 15 h 10, à distance.", "amends": "",
        "jury": [{"seat": "Présidence de l’organisme certificateur", "name": "Philippe Marchand", "state": "présent"},
                 {"seat": "Organisations d’employeurs", "name": LONG, "state": "remplace Catherine Vidal"},
                 {"seat": "Organisations de salariés", "name": "Alain Prévost", "state": "présent"}],
        "jury_notes": ["Aucun membre ne connaît personnellement un candidat."],
        "items": [item(), {**item(f"2. {LONG}"), "settled": [], "dissents": [], "course": []}],
        "removed": ["Olivier Petit : remis à une autre séance."], "own_words": ["La séance a commencé à l’heure."],
        "signatures": [
            {"seat": "Présidence", "name": "Philippe Marchand", "time": "11 décembre 2026, 15 h 06",
             "level": "signature simple, avec une clé d’accès", "unsigned": ""},
            {"seat": "Employeurs", "name": LONG, "time": "11 décembre 2026, 15 h 04",
             "level": "signature simple, avec un code envoyé par courriel", "unsigned": ""},
            {"seat": "Salariés", "name": "Alain Prévost", "time": "", "level": "", "unsigned": ""}],
        "signed_by_hand": "", "sealed": "Cachet de démonstration : il ne prouve rien.",
        "footer": "Procès-verbal PV-2026-1F2A3B4C", "draft": "", "dated": "2026-12-11"}
