"""A certificate, or an attestation of blocks, as it is printed (R8.2, R8.3): in French, as all the papers."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from evaluation.deadlines import day_of
from evaluation.register.state import Certificate
from server.documents.certificate_pdf import CertificatePaper, scan_code
from server.people.certificate_holder import Holder
from server.views.when import day_words

SEALED: Final = "Document scellé électroniquement (PAdES) : toute modification se voit."
DEMONSTRATION: Final = "Cachet de démonstration : il ne prouve rien."
GROUP: Final = 4


@dataclass(frozen=True)
class Printing:
    """What the paper needs beside the register: the holder as the register keeps them, the awarding body's name and
    address, the titles of the blocks, where the public page is, whether the seal is one for demonstration. `duplicate`
    counts, 0 for the certificate itself; `today` is the day of the making. `replaced` is the number that this one takes
    the place of."""

    one: Certificate
    holder: Holder
    body: str
    address: tuple[str, ...]
    blocks: Mapping[str, str]
    url: str
    demonstration: bool
    today: date
    duplicate: int = 0
    replaced: str = ""


def certificate_paper(said: Printing) -> CertificatePaper:
    one, whole = said.one, said.one.kind == "certificate"
    made, copy = day_of(one.at), said.duplicate
    return {
        "title": "Certificat" if whole else "Attestation de blocs", "by": said.body,
        "by_line": ", ".join(said.address[1:] if said.address[:1] == (said.body,) else said.address),
        "states": "certifie que" if whole else "atteste que",
        "name": said.holder.name, "used": _used(said.holder), "born": _born(said.holder),
        "obtains": "a obtenu la certification" if whole else "a obtenu une partie de la certification",
        "certification": one.title, "code_line": _code(one),
        "blocks_line": "" if whole else _count(len(one.blocks)),
        "blocks": [] if whole else [(code, said.blocks.get(code, "")) for code in one.blocks],
        "facts": list(_facts(one)),
        "number_label": "Numéro", "number": one.text, "code_label": "Code", "code": grouped(one.code),
        "check": "Ce document se vérifie à l’adresse", "url": said.url,
        "scan": f"Code à scanner : il mène à la page qui vérifie le document {one.text}.",
        "sealed": DEMONSTRATION if said.demonstration else SEALED,
        "duplicate": f"Duplicata n° {copy}, établi le {day_words(said.today, 'fr')}" if copy else "",
        "replaces": f"Ce document remplace le numéro {said.replaced}, qui ne vaut plus." if said.replaced else "",
        "signed": f"Établi le {day_words(made, 'fr')} par {said.body}.",
        "dated": (said.today if said.duplicate else made).isoformat(), "figures": {"code": scan_code(said.url)}}


def _used(holder: Holder) -> str:
    return f"nom d’usage : {holder.used}" if holder.used else ""


def _born(holder: Holder) -> str:
    if holder.born_on is None:
        return ""
    born = {"F": "née", "M": "né"}.get(holder.sex or "", "né(e)")
    day = day_words(holder.born_on, "fr").partition(" ")[2]
    return f"{born} le {day} à {holder.born_at}" if holder.born_at else f"{born} le {day}"


def _code(one: Certificate) -> str:
    """The code in force when the jury ruled; the one that it ruled under, where that is another."""
    number = one.certification.removeprefix("RNCP")
    known = f"répertoire national des certifications professionnelles, {one.certification}"
    code = known if number != one.certification else one.certification
    return code if one.under == one.certification else f"{code}, qui remplace {one.under}"


def _count(blocks: int) -> str:
    return "Le bloc de compétences obtenu :" if blocks == 1 else "Les blocs de compétences obtenus :"


def _facts(one: Certificate) -> Iterable[tuple[str, str]]:
    yield "Jury de certification", day_words(one.ruled_on, "fr")
    yield "Validation par la CPNEFP", day_words(one.validated_on, "fr")
    yield "Version du référentiel", one.version


def grouped(code: str) -> str:
    """As it is read out and typed."""
    return " ".join(code[at:at + GROUP] for at in range(0, len(code), GROUP))
