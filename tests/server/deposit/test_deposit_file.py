"""The file of the deposit: its structure, what is absent, who is born where; never a NIR (X12)."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from evaluation.candidacy.terms import CameBy, Initiative
from evaluation.rules import Refusal
from server.config import DepositSettings
from server.deposit.deposit_file import NAMESPACE, OURS, DepositFile, NotAsTheSchema, check_schema, deposit_xml
from server.deposit.passages import Modality, Passage
from server.people.birth_place import BirthPlace
from server.people.civil_identity import CivilIdentity
from tests.evaluation.streams import at

ETREE: Any = import_module("lxml.etree")
SETTINGS = DepositSettings(sender="12345678", contract="MCFCER000000")
LINA = CivilIdentity("Morel", "Durand", ("Lina", "Zoé", "Marie", "Anne"), "F", date(1999, 3, 4),
                     BirthPlace("99100", "69123", "Lyon"), "lina@example.org", "+33 6 12 34 56 78", "Lyon", None, None)
PASSAGE = Passage("CQP-2026-00001", "RNCP26850", date(2026, 4, 1), CameBy.CONTINUING_TRAINING, Initiative.EMPLOYER,
                  date(2026, 1, 12), LINA, date(2026, 3, 16), "remote")


def made(*passages: Passage, settings: DepositSettings = SETTINGS, action: Any = "creation") -> Any:
    return ETREE.fromstring(deposit_xml(DepositFile("2026-f1", action, at("2026-07-01"), passages or (PASSAGE,)),
                                        settings))


def told(tree: Any, name: str) -> list[str | None]:
    return [one.text for one in tree.iter(f"{{{NAMESPACE}}}{name}")]


def is_nil(tree: Any, name: str) -> bool:
    (one,) = tree.iter(f"{{{NAMESPACE}}}{name}")
    return one.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true" and one.text is None


@pytest.mark.rule("X12")
def test_it_says_what_the_deposit_needs():
    tree = made()
    for name, value in {
        "idFlux": "2026-f1", "horodatage": "2026-07-01T09:00:00+02:00", "action": "CREATION", "idContrat":
        "MCFCER000000", "type": "RNCP", "code": "RNCP26850", "natureDeposant": "CERTIFICATEUR", "idTechnique":
        "CQP-2026-00001", "obtentionCertification": "PAR_ADMISSION", "donneeCertifiee": "true", "dateDebutExamen":
        "2026-03-16", "modalitePassageExamen": "A_DISTANCE", "dateDebutValidite": "2026-04-01", "modaliteAcces":
        "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION", "initiativeInscription": "EMPLOYEUR",
        "dateInscription": "2026-01-12", "nomNaissance": "Morel", "nomUsage": "Durand", "prenom1": "Lina", "prenom2":
        "Zoé", "prenom3": "Marie", "anneeNaissance": "1999", "moisNaissance": "03", "jourNaissance": "04", "sexe": "F",
        "codeInsee": "69123", "libelleCommuneNaissance": "Lyon", "codePaysNaissance": "99100",
        "libellePaysNaissance": "France",
    }.items():
        assert told(tree, name) == [value], name
    assert told(tree, "idClient") == ["12345678", "12345678"]
    for name in ("dateFinValidite", "scoring", "mentionValidee"):
        assert is_nil(tree, name)
    assert "nir" not in ETREE.tostring(tree).decode().lower()


@pytest.mark.parametrize(("modality", "said"), [
    ("remote", ["A_DISTANCE"]), ("on_site", ["EN_PRESENTIEL"]), ("mixed", ["MIXTE"]), (None, [])])
def test_the_modality_is_how_the_hearing_was_held(modality: Modality | None, said: list[str]):
    assert told(made(replace(PASSAGE, modality=modality)), "modalitePassageExamen") == said


def test_what_is_optional_and_not_known_is_absent_and_never_empty():
    tree = made(replace(PASSAGE, held_on=None, modality=None))
    for name in ("dateDebutExamen", "dateFinExamen", "modalitePassageExamen", "urlPreuve", "libelleOption",
                 "codePostalCentreExamen", "verbatim", "voieAccessVAE"):
        assert told(tree, name) == []
    empty = [one for one in tree.iter() if not len(one) and not one.text and not one.attrib]
    assert empty == []


def test_a_person_born_abroad_has_country_and_town_alone():
    born = replace(LINA, birth_place=BirthPlace("99139", None, "Porto"), used_name=None)
    tree = made(replace(PASSAGE, holder=born))
    assert (told(tree, "codeCommuneNaissance"), told(tree, "codePostal")) == ([], [])
    assert (told(tree, "libelleCommuneNaissance"), told(tree, "codePaysNaissance"), told(tree, "libellePaysNaissance")
            ) == (["Porto"], ["99139"], ["Portugal"])
    assert is_nil(tree, "nomUsage")


def test_a_person_of_one_name():
    tree = made(replace(PASSAGE, holder=replace(LINA, first_names=(), birth_name="Soraya", used_name=None)))
    assert (told(tree, "nomNaissance"), told(tree, "prenom1"), told(tree, "prenom2")) == (["Soraya"], ["Soraya"], [])


def test_a_corsican_commune_and_every_way_of_access_are_as_the_schema_asks():
    holder = replace(LINA, birth_place=BirthPlace("99100", "2A004", "Ajaccio"))
    passages = [replace(PASSAGE, id=f"CQP-2026-{number:05d}", came_by=came, initiative=initiative, holder=holder)
                for number, (came, initiative) in enumerate((c, i) for c in CameBy for i in Initiative)]
    assert len(told(made(*passages), "idTechnique")) == len(CameBy) * len(Initiative)


def test_passages_of_one_certification_stand_together_and_a_third_party_says_so():
    third = replace(SETTINGS, certifier="87654321", by_third_party=True)
    tree = made(PASSAGE, replace(PASSAGE, id="CQP-2026-00002", code="RNCP26849"),
                replace(PASSAGE, id="CQP-2026-00003"), settings=third, action="suppression")
    assert told(tree, "code") == ["RNCP26850", "RNCP26849"]
    assert told(tree, "idTechnique") == ["CQP-2026-00001", "CQP-2026-00003", "CQP-2026-00002"]
    assert (told(tree, "natureDeposant")[0], told(tree, "action")) == ("TIERS_CONFIANCE", ["SUPPRESSION"])
    assert told(tree, "idClient") == ["12345678", "87654321"]


@pytest.mark.rule("X12")
def test_what_the_schema_does_not_let_through_is_not_sent():
    for wrong in (replace(SETTINGS, sender="123"), replace(SETTINGS, contract="")):
        with pytest.raises(NotAsTheSchema, match=r"idClient|idContrat"):
            made(settings=wrong)
    with pytest.raises(NotAsTheSchema, match=r"idTechnique|passageOnce|unique"):
        made(PASSAGE, PASSAGE)
    with pytest.raises(NotAsTheSchema):
        made(replace(PASSAGE, id=""))
    with pytest.raises(Refusal):
        made(replace(PASSAGE, holder=replace(LINA, birth_place=BirthPlace("99100", None, "Lyon"))))


def test_another_schema_checks_once_it_is_set(tmp_path: Path):
    official = tmp_path / "official.xsd"
    official.write_text(OURS.read_text("utf-8").replace('value="A_DISTANCE"', 'value="DISTANCIEL"'), "utf-8")
    with pytest.raises(NotAsTheSchema, match="modalitePassageExamen"):
        made(settings=replace(SETTINGS, schema_file=official))
    assert "Not the official schema" in OURS.read_text("utf-8")


@pytest.mark.parametrize("text", [None, "", "<a/>", "no xml"])
def test_a_schema_that_cannot_be_read_lets_nothing_through(text: str | None, tmp_path: Path):
    broken = tmp_path / "broken.xsd"
    if text is not None:
        broken.write_text(text)
    with pytest.raises(NotAsTheSchema, match=r"broken\.xsd"):
        made(settings=replace(SETTINGS, schema_file=broken))


def test_lxml_which_did_not_check_it_says_the_same():
    """By a checker of its own."""
    schema = ETREE.XMLSchema(ETREE.parse(str(OURS)))
    tree = made()
    schema.assertValid(tree)
    (one,) = tree.iter(f"{{{NAMESPACE}}}sexe")
    one.text = "X"
    assert not schema.validate(tree)
    with pytest.raises(NotAsTheSchema):
        check_schema(ETREE.tostring(tree), None)
