"""What the deposit says of one certificate: read from the register, the registration and the hearing, as the structure
of the file names it. Never a NIR: it is asked of nobody here."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from evaluation.candidacy.terms import CameBy, Initiative
from evaluation.rules import N_, Refusal
from server.people import places
from server.people.civil_identity import CivilIdentity
from server.people.places import FRANCE

Modality = Literal["remote", "on_site", "mixed"]
ACCESS: Final[Mapping[CameBy, str]] = {
    CameBy.INITIAL_TRAINING: "FORMATION_INITIALE_HORS_APPRENTISSAGE",
    CameBy.APPRENTICESHIP: "FORMATION_INITIALE_APPRENTISSAGE",
    CameBy.CONTINUING_TRAINING: "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
    CameBy.PROFESSIONAL_CONTRACT: "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
    CameBy.EXPERIENCE: "VAE", CameBy.EQUIVALENCE: "EQUIVALENCE", CameBy.ON_ONES_OWN: "CANDIDAT_LIBRE",
}
INITIATIVES: Final[Mapping[Initiative, str]] = {
    Initiative.CANDIDATE: "CERTIFIE", Initiative.PROVIDER: "OF", Initiative.EMPLOYER: "EMPLOYEUR",
    Initiative.EMPLOYMENT_OFFICE: "POLE_EMPLOI", Initiative.OTHER: "AUTRE",
}
MODALITIES: Final[Mapping[Modality, str]] = {"remote": "A_DISTANCE", "on_site": "EN_PRESENTIEL", "mixed": "MIXTE"}
FIRST_NAMES: Final = 3


@dataclass(frozen=True)
class Passage:
    """`id` names it in the receipt: the certificate's number. `held_on` and `modality` are those of the hearing, None
    where none was held here. `registered_on` is the day of the registration."""

    id: str
    code: str
    ruled_on: date
    came_by: CameBy
    initiative: Initiative
    registered_on: date
    holder: CivilIdentity
    held_on: date | None = None
    modality: Modality | None = None


Node = tuple[str, "str | tuple[Node, ...] | None"]
"""An element: its name, and its text, None for one that is said to be nil, or what is in it."""


def passage_nodes(one: Passage) -> tuple[Node, ...]:
    """In the order of the structure. What is optional and has no value is absent, never empty."""
    day = one.held_on.isoformat() if one.held_on is not None else None
    return (
        ("idTechnique", one.id), ("obtentionCertification", "PAR_ADMISSION"),
        ("donneeCertifiee", "true"), *_optional("dateDebutExamen", day), *_optional("dateFinExamen", day),
        *_optional("modalitePassageExamen", MODALITIES[one.modality] if one.modality is not None else None),
        ("dateDebutValidite", one.ruled_on.isoformat()), ("dateFinValidite", None),
        ("presenceNiveauLangueEuro", "false"), ("presenceNiveauNumeriqueEuro", "false"), ("scoring", None),
        ("mentionValidee", None),
        ("modalitesInscription", (
            ("modaliteAcces", ACCESS[one.came_by]), ("initiativeInscription", INITIATIVES[one.initiative]),
            ("dateInscription", one.registered_on.isoformat()))),
        ("identificationTitulaire", (("titulaire", titulaire_nodes(one.holder)),)))


def titulaire_nodes(civil: CivilIdentity) -> tuple[Node, ...]:
    """Somebody who has one name alone has it as first name, too: the structure asks for one."""
    first = civil.first_names or (civil.birth_name,)
    born = civil.birth_date
    return (
        ("nomNaissance", civil.birth_name), ("nomUsage", civil.used_name),
        *((f"prenom{number}", name) for number, name in enumerate(first[:FIRST_NAMES], 1)),
        ("anneeNaissance", f"{born.year:04d}"), ("moisNaissance", f"{born.month:02d}"),
        ("jourNaissance", f"{born.day:02d}"), ("sexe", civil.sex), *_birth_place(civil))


def _birth_place(civil: CivilIdentity) -> tuple[Node, ...]:
    """In France a commune by its INSEE code; abroad the country, and the town by its name alone."""
    place = civil.birth_place
    if place.country != FRANCE:
        return (("libelleCommuneNaissance", place.name), ("codePaysNaissance", place.country),
                ("libellePaysNaissance", places.country_name(place.country, "fr")))
    if place.commune is None:
        raise Refusal("X12", N_("Il manque la commune de naissance : corrigez l’inscription."))
    return (("codeCommuneNaissance", (("codeInseeNaissance", (("codeInsee", place.commune),)),)),
            ("libelleCommuneNaissance", place.name), ("codePaysNaissance", FRANCE),
            ("libellePaysNaissance", places.country_name(FRANCE, "fr")))


def _optional(name: str, value: str | None) -> tuple[Node, ...]:
    return ((name, value),) if value else ()
