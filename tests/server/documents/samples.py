"""What the tests of this folder feed in: limits, a deliberation grid, small PDFs and pictures."""
from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import typst
from PIL import Image

from server.documents.case_pdf import CasePaper
from server.documents.confined import WorkerLimits
from server.documents.intake import IntakeLimits
from server.documents.record_pdf import DeliberationGrid

WORKER = WorkerLimits(cpu_seconds=8, wall_seconds=20, address_space_bytes=1 << 30, reply_bytes=60_000_000, parallel=2)
LIMITS = IntakeLimits(max_bytes=30_000_000, max_pages=10, max_pixels=40_000_000, worker=WORKER)


@cache
def pdf(pages: int = 1, text: str = "Bonjour Élève") -> bytes:
    """The same however often it is asked for: each that is drawn says when."""
    source = "#pagebreak()\n".join(f"{text} {page}\n" for page in range(1, pages + 1))
    made = typst.compile(source.encode(), ignore_system_fonts=True, format="pdf")
    assert isinstance(made, bytes)
    return made


def saved(document: pikepdf.Pdf, **how: Any) -> bytes:
    out = BytesIO()
    document.save(out, **how)
    return out.getvalue()


ARCHIVABLE = ("2A", "1", True, "fr")
"""What every paper of ours claims: PDF/A-2a, PDF/UA-1, tagged, in French."""


def claimed(made: bytes) -> tuple[str, str, bool, str]:
    """The same four of a PDF."""
    with pikepdf.open(BytesIO(made)) as document, document.open_metadata() as metadata:
        root = document.Root
        return metadata.pdfa_status, str(metadata["pdfuaid:part"]), bool(root.MarkInfo.Marked), str(root.Lang)


def picture(form: str = "JPEG", size: tuple[int, int] = (320, 200), **how: Any) -> bytes:
    """Red on the left half, blue on the right."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    made.save(out, form, **how)
    return out.getvalue()


def pixel(seen: Image.Image, x: int, y: int) -> tuple[int, int, int]:
    red, green, blue = seen.convert("RGB").crop((x, y, x + 1, y + 1)).tobytes()
    return red, green, blue


def grid() -> DeliberationGrid:
    def line(code: str, title: str, mark: str = "Acquise", mandatory: bool = False, reason: str = ""):
        return {"code": code, "title": title, "mandatory": mandatory, "mark": mark, "reason": reason}

    return {
        "awarding_body": {
            "name": "Confédération nationale de l’horlogerie, bijouterie, joaillerie et orfèvrerie",
            "line": "Par délégation de la CPNEFP. 58 rue du Louvre, 75002 Paris",
        },
        "reference": {"label": "Dossier n°", "number": "2026-118"},
        "title": "Grille de délibération",
        "day": "2026-11-24",
        "subtitle": "CQP « Opérateur en polissage de bijouterie », RNCP26850, version 1. Séance du mardi 24 novembre "
        "2026, de 9 h 30 à 10 h 52, à distance.",
        "jury": [
            {"seat": "Organisations de salariés", "name": "Marc Oudin", "state": ""},
            {"seat": "Organisations d’employeurs", "name": "Hélène Garnier", "state": "présidente du jury"},
            {"seat": "Formation", "name": "Sofia Benali", "state": ""},
        ],
        "jury_notes": ["Aucun membre ne connaît personnellement la candidate ni ne l’a formée."],
        "candidate": {
            "heading": "La candidate",
            "name": "MOREL Lina",
            "facts": [
                ("Nom et prénom", "MOREL Lina, née le 14 mars 1999"),
                ("Identité", "conforme, décision de Hélène Garnier le 24 novembre 2026 à 9 h 36"),
                ("Blocs présentés", "BC1 et BC2"),
            ],
        },
        "blocks": [
            {
                "code": "BC1",
                "title": "Préparer le travail de polissage d’une pièce de bijouterie",
                "competencies": [
                    line("C1.1", "Analyser le dossier de production et le cahier des charges", mandatory=True),
                    line("C1.2", "Définir les étapes et les méthodes du polissage de la pièce", "Non acquise", True,
                         "L’ordre des grains n’est pas justifié : passage direct du 400 au 1200 [#emph(x)]."),
                    line("C1.3", "Choisir les techniques de polissage et de finition adaptées", mandatory=True),
                    line("C1.4", "Décrire la pièce et la contrôler avant le polissage"),
                    line("C1.5", "Choisir et préparer les outils, les matériels et les produits", "Non acquise", False,
                         "Non démontrée."),
                    line("C1.6", "Prévoir les consignes de sécurité et l’organisation du poste de travail"),
                ],
                "outcome": "Non validé",
                "reasons": ["4 compétences acquises sur 6.", "C1.2, obligatoire, manque."],
                "recommendation": "ne pas valider le bloc ; revoir la gamme d’émerisage avant le rattrapage.",
            },
            {
                "code": "BC2",
                "title": "Polir une pièce de bijouterie",
                "competencies": [
                    line(f"C2.{n}", title, mandatory=n in (1, 2, 4))
                    for n, title in enumerate(
                        ("Émeriser la pièce", "Polir la pièce à la main ou au tour", "Nettoyer et sécher la pièce",
                         "Réaliser la finition jusqu’à l’état final attendu par le client",
                         "Contrôler la pièce avant de terminer le travail", "Rendre compte du travail réalisé"), 1)
                ],
                "outcome": "Validé",
                "reasons": ["6 compétences acquises sur 6, toutes les obligatoires comprises."],
                "recommendation": "valider le bloc.",
            },
        ],
        "result": "Le jury d’évaluation préconise l’attribution partielle : le bloc BC2.",
        "comments": ["Avis conforme au résultat calculé.", "Geste sûr ; les choix sont à expliquer davantage."],
        "course": [("Présentation", "13 min 40 sur 15 min"), ("Questions", "27 min 10 (25 à 30 min)")],
        "incidents": ["9 h 58, questions, 12 min 04 : coupure de 1 min 30, temps rendu. Notée par Marc Oudin."],
        "signatures": [
            {"seat": "Organisations de salariés", "name": "Marc Oudin", "time": "24 novembre 2026, 10 h 51",
             "refused": False, "words": ""},
            {"seat": "Présidente du jury, employeurs", "name": "Hélène Garnier", "time": "24 novembre 2026, 10 h 52",
             "refused": False, "words": ""},
            {"seat": "Formation", "name": "Sofia Benali", "time": "24 novembre 2026, 10 h 52", "refused": True,
             "words": "Je ne partage pas la décision sur C1.5."},
        ],
        "footer": "Empreinte du journal : 4f1c 09ae 77d2 (position 214). Vérifier : visiojury verify",
    }  # type: ignore[typeddict-item]  # fmt: skip


def case_paper() -> CasePaper:
    """A notice before a sanction, with a letter from the edge of the alphabet and words that look like markup."""
    return {
        "title": "Notification des faits reprochés", "number_label": "Document", "number": "2026-0012/2",
        "by": "CNHBJO", "by_line": "Confédération nationale de l’horlogerie, bijouterie, joaillerie et orfèvrerie",
        "to": ["Lina MOREL-CZARTORYSKA", "12 rue des Émailleurs", "25000 Besançon"],
        "facts": [("Certification", "RNCP26850, CQP Opérateur en polissage"), ("Épreuve", "2 mars 2026, 9 h 30")],
        "parts": [
            {"title": "Les faits", "words": ["Pendant les questions, #emph(une voix) a donné des réponses."],
             "points": [], "rows": [("9 h 52", "Questions, 4 min 10 : la voix est entendue.")]},
            {"title": "Ce que vous pouvez faire", "words": [], "points": ["Répondre par écrit avant le 19 mars 2026."],
             "rows": []}],
        "signed": "Fait le 3 mars 2026, pour la CNHBJO.", "sealed": "Cachet de démonstration : il ne prouve rien.",
        "draft": "", "dated": "2026-03-03"}
