"""The certificate on paper."""
from __future__ import annotations

from datetime import date

import cv2
import numpy
import pypdfium2
import pytest

from evaluation.register.state import Certificate
from server.documents.certificate_pdf import CertificatePaper, draw_certificate
from server.people.certificate_holder import Holder
from server.views.register.certificate_paper import Printing, certificate_paper
from tests.evaluation.register.shelf import CLERK, award, issuing, shelf
from tests.server.documents.samples import ARCHIVABLE, claimed

LINA = Holder("Lina Zoé MOREL", "DURAND", "F", date(1999, 3, 14), "Lyon (69)")
BODY, ADDRESS = "CNHBJO", ("CNHBJO", "58, rue du Louvre", "75002 Paris")
TITLES = {"BC1": "Réaliser le polissage d’une pièce de joaillerie", "BC2": "Contrôler et présenter la pièce"}


def certificate(kind: str = "full", title: str = "CQP Polisseur en bijouterie-joaillerie") -> Certificate:
    register = shelf()
    register.do(CLERK, issuing("k1", award("k1", "p-k1", kind, title=title)))  # type: ignore[arg-type]
    return register.one()


def paper(one: Certificate, holder: Holder = LINA, duplicate: int = 0, replaced: str = "") -> CertificatePaper:
    url = f"https://jury.example.org/certificate/{one.text}/{one.code}"
    return certificate_paper(Printing(one, holder, BODY, ADDRESS, TITLES, url, True, date(2026, 4, 2), duplicate,
                                      replaced))


def words(data: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    return " ".join(" ".join(pages).split())


@pytest.mark.rule("R8.3")
def test_it_says_who_obtained_what_and_how_to_check_it() -> None:
    told = words(draw_certificate(paper(certificate())))
    for said in ("Certificat", "Lina Zoé MOREL", "nom d’usage : DURAND", "née le 14 mars 1999 à Lyon (69)",
                 "CQP Polisseur en bijouterie-joaillerie", "CQP-2026-00001", "lundi 2 mars 2026", "mardi 10 mars 2026",
                 "58, rue du Louvre", "Cachet de démonstration", "k1-c ode- of-s ixte en"):
        assert said in told, said
    assert "Duplicata" not in told


@pytest.mark.rule("R8.2")
def test_an_attestation_says_its_blocks() -> None:
    told = words(draw_certificate(paper(certificate("partial"))))
    for said in ("Attestation de blocs", "a obtenu une partie de la certification", "Le bloc de compétences obtenu",
                 "BC1 : Réaliser le polissage"):
        assert said in told, said
    assert "BC2" not in told


def test_a_duplicate_and_a_correction_say_so() -> None:
    told = words(draw_certificate(paper(certificate(), duplicate=2, replaced="CQP-2026-00009")))
    assert "Duplicata n° 2, établi le jeudi 2 avril 2026" in told
    assert "remplace le numéro CQP-2026-00009" in told


@pytest.mark.parametrize("holder", [
    LINA, Holder("Soraya"), Holder("Nguyễn Thị Minh Khai"), Holder("李小龍 محمد"),
    Holder(" ".join(["Marie-Antoinette"] * 6) + " DE LA ROCHEFOUCAULD-MONTMORENCY", "D’ARTAGNAN", "F",
           date(1950, 1, 1), "Saint-Germain-en-Laye (78)")])
@pytest.mark.parametrize("kind", ["full", "partial"])
def test_it_is_one_archivable_page_whatever_the_name(holder: Holder, kind: str) -> None:
    one = certificate(kind, "CQP Chargé en gemmologie appliquée à la bijouterie, à la joaillerie et à l’horlogerie de "
                            "haute précision")
    made = draw_certificate(paper(one, holder))
    assert made == draw_certificate(paper(one, holder))
    assert len(pypdfium2.PdfDocument(made)) == 1
    assert claimed(made) == ARCHIVABLE


def test_the_code_to_scan_leads_to_the_page() -> None:
    """As a reader of codes that did not draw it sees it on the printed page."""
    one = paper(certificate())
    page = pypdfium2.PdfDocument(draw_certificate(one))[0].render(scale=3).to_numpy()
    corner = page[-page.shape[0] // 3:, :page.shape[1] // 3, :3]
    found, _, _ = cv2.QRCodeDetector().detectAndDecode(numpy.ascontiguousarray(corner))
    assert found == one["url"]


def test_a_paper_without_a_part_is_refused() -> None:
    partial = paper(certificate())
    del partial["number"]  # type: ignore[misc]
    with pytest.raises(ValueError, match="number"):
        draw_certificate(partial)
