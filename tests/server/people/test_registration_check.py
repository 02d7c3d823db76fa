"""A registration as it was typed: all that is wrong is said at once, by field; what is unlikely is a warning."""
from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.candidacy.terms import CameBy, Initiative
from server.config import RegistrationSettings
from server.people.civil_identity import BirthPlace, CivilIdentity, civil_identity_of
from server.people.registration_check import FIELDS, Checked, CheckedRegistration, NamedPerson, check_registration
from server.storage.names import kept_of

TODAY = date(2026, 3, 16)
LINA = {
    "birth_name": "Morel", "used_name": "Morel-Dupré", "first_names": "Lina Marie  Anaïs", "sex": "F",
    "birth_date": "14/07/1998", "birth_country": "France", "birth_commune": "69123", "email": "lina@exemple.fr",
    "phone": "+33 6 12 34 56 78", "address": "12, rue des Orfèvres\r\n69002 Lyon", "company": "Atelier Fournier",
    "company_email": "contact@fournier.example", "came_by": "continuing_training", "initiative": "employer",
    "interview_on": "2026-03-02", "rules_version": "2025", "rules_on": "02/03/2026",
    "trained_by": "Paul Delmas <paul@exemple.fr>\nInès Caron, ines@exemple.fr",
}  # fmt: skip


def check(**changes: str) -> Checked:
    return check_registration({**LINA, **changes}, TODAY, RegistrationSettings())


def clean(**changes: str) -> CheckedRegistration:
    checked = check(**changes)
    assert (checked.problems, checked.warnings) == ({}, {})
    assert checked.clean is not None
    return checked.clean


def wrong(**changes: str) -> set[str]:
    checked = check(**changes)
    assert checked.clean is None
    return set(checked.problems)


def warned(**changes: str) -> tuple[set[str], BirthPlace]:
    checked = check(**changes)
    assert checked.clean is not None
    assert all(said.text.format(**said.values) for said in checked.warnings.values())
    return set(checked.warnings), checked.clean.civil.birth_place


def test_a_whole_registration():
    assert clean() == CheckedRegistration(
        CivilIdentity("Morel", "Morel-Dupré", ("Lina", "Marie", "Anaïs"), "F", date(1998, 7, 14),
                      BirthPlace("99100", "69123", "Lyon"), "lina@exemple.fr", "+33 6 12 34 56 78",
                      "12, rue des Orfèvres\n69002 Lyon", "Atelier Fournier", "contact@fournier.example"),
        CameBy.CONTINUING_TRAINING, Initiative.EMPLOYER, date(2026, 3, 2), None, "2025", date(2026, 3, 2),
        (NamedPerson("Paul Delmas", "paul@exemple.fr"), NamedPerson("Inès Caron", "ines@exemple.fr")))  # fmt: skip


def test_everything_wrong_is_said_at_once():
    assert wrong(**dict.fromkeys(FIELDS, "")) == {
        "birth_name", "first_names", "sex", "birth_date", "birth_commune", "email", "address", "came_by", "initiative",
        "interview_on", "rules_on", "rules_version"}  # fmt: skip
    assert check_registration({}, TODAY, RegistrationSettings()).problems == check(**dict.fromkeys(FIELDS, "")).problems
    assert wrong(birth_name="4", email="lina", birth_date="31/02/1998", rules_on="17/03/2026", phone="abc") == {
        "birth_name", "email", "birth_date", "rules_on", "phone"}


def test_the_sealed_text_is_read_back_and_the_profile_is_searched_by_every_name():
    civil = clean().civil
    assert civil_identity_of(civil.as_text()) == civil
    profile = civil.as_profile()
    assert (profile["name"], profile["first_name"], profile["other_names"]) == ("Lina Morel-Dupré", "Lina", ["Morel"])
    assert {"lina", "marie", "anais", "morel", "dupre", "moreldupre"} <= kept_of(profile)
    assert clean(used_name="MOREL").civil.used_name is None


# Names


@pytest.mark.parametrize("name", [
    "O’Brien", "d'Arc", "Ní Bhriain", "王", "محمد", "ขวัญ", "Nguyễn", "Ivanović-Müller", "Þórsdóttir", "Ó", "भारती",
])  # fmt: skip
def test_names_in_every_script(name: str):
    civil = clean(birth_name=name, used_name="", first_names=name).civil
    assert (civil.birth_name, civil.first_names) == (name, tuple(name.split()))
    assert civil_identity_of(civil.as_text()) == civil


@pytest.mark.parametrize("name", ["M0rel", "Morel\0", "Morel <b>", "--", "=1+1", "a" * 101, "Morel\ud800"])
def test_what_is_no_name(name: str):
    assert wrong(birth_name=name) == {"birth_name"}
    assert wrong(first_names=f"Lina, {name}") == {"first_names"}


def test_one_name_alone():
    civil = clean(birth_name="Suharto", used_name="", first_names="", one_name="oui").civil
    assert (civil.first_names, civil.full_name, civil.as_profile()["first_name"]) == ((), "Suharto", "")
    assert wrong(first_names="") == {"first_names"}
    assert wrong(first_names="Lina", one_name="yes") == {"first_names"}


def test_first_names_apart_at_commas_or_spaces():
    assert clean(first_names="Jean Pierre, Anne-Marie,").civil.first_names == ("Jean Pierre", "Anne-Marie")
    assert clean(first_names="Jean-Pierre Paul").civil.first_names == ("Jean-Pierre", "Paul")
    assert wrong(first_names="a" * 61) == {"first_names"}


@given(st.text(max_size=40), st.sampled_from(FIELDS))
def test_whatever_is_typed_is_taken_or_refused_in_words(text: str, name: str):
    checked = check(**{name: text})
    assert (checked.clean is None) == bool(checked.problems)
    for said in (*checked.problems.values(), *checked.warnings.values()):
        assert said.text.format(**said.values)


# Birth


@pytest.mark.parametrize(("typed", "fine"), [
    ("16/03/2026", False), ("17/03/2026", False), ("1998-07-14", True), ("14.7.1998", True), ("29/02/2000", True),
    ("29/02/1999", False), ("29/02/1900", False), ("31/06/1998", False), ("14/07/98", False), ("14/07/1899", False),
    ("00/00/1998", False), ("hier", False), ("14 07 1998", True),
])  # fmt: skip
def test_birth_dates(typed: str, fine: bool):
    checked = check(birth_date=typed)
    assert (checked.clean is not None and not checked.warnings) is fine


def test_an_unlikely_age_is_asked_about_and_the_future_refused():
    assert [set(check(birth_date=typed).warnings) for typed in ("16/03/2011", "17/03/2011", "15/03/1945")] == [
        set(), {"birth_date"}, {"birth_date"}]
    assert wrong(birth_date="17/03/2026") == {"birth_date"}


@pytest.mark.parametrize(("born", "typed", "place"), [
    ("14/07/1998", "lyon", ("69123", "Lyon")),
    ("14/07/1998", "Paris 12e arrondissement", ("75112", "Paris 12e Arrondissement")),
    ("14/07/1998", "Lyon (69123)", ("69123", "Lyon")), ("14/07/1998", "2a004", ("2A004", "Ajaccio")),
    ("14/07/1970", "20004", ("20004", "Ajaccio")),
    ("14/07/1998", "st etienne du rouvray", ("76575", "Saint-Étienne-du-Rouvray")),
    ("14/07/1998", "Bellegarde-sur-Valserine", ("01033", "Bellegarde-sur-Valserine")),
    ("14/07/1998", "01033", ("01033", "Bellegarde-sur-Valserine")), ("14/07/1998", "98818", ("98818", "Nouméa")),
    ("14/07/1960", "78001", ("78001", "Abbéville-la-Rivière")),
])  # fmt: skip
def test_a_commune_as_it_was_at_the_birth(born: str, typed: str, place: tuple[str, str]):
    assert clean(birth_date=born, birth_commune=typed).civil.birth_place == BirthPlace("99100", *place)


def test_a_commune_that_was_none_at_the_birth_or_that_no_list_has_is_asked_about():
    assert warned(birth_commune="78001") == ({"birth_commune"}, BirthPlace("99100", "78001", "Abbéville-la-Rivière"))
    assert "91001" in check(birth_commune="78001").warnings["birth_commune"].values.values()
    assert warned(birth_commune="69999") == ({"birth_commune"}, BirthPlace("99100", "69999", "69999"))
    assert warned(birth_commune="Oran (92352)", birth_date="01/02/1955")[1] == BirthPlace("99100", "92352", "Oran")
    assert wrong(birth_commune="Valserhône") == {"birth_commune"}  # of 2019


def test_communes_of_one_name_are_told_apart_by_their_codes():
    said = check(birth_commune="Saint-Denis").problems["birth_commune"]
    assert "93066" in str(said.values["codes"])
    assert wrong(birth_commune="Nullepart") == wrong(birth_commune="6912") == {"birth_commune"}


@pytest.mark.parametrize("country", ["99352", "Algérie", "algerie", "DZ", "Algeria"])
def test_born_abroad(country: str):
    civil = clean(birth_country=country, birth_commune="", birth_town="Tizi Ouzou").civil
    assert civil.birth_place == BirthPlace("99352", None, "Tizi Ouzou")


def test_a_birth_abroad_has_a_town_and_no_commune():
    assert wrong(birth_country="DZ") == {"birth_commune", "birth_town"}
    assert wrong(birth_town="Lyon") == {"birth_town"}
    assert wrong(birth_country="Atlantide") == {"birth_country"}
    assert warned(birth_country="99199", birth_commune="", birth_town="Ville")[0] == {"birth_country"}


# The rest


def test_sex_as_files_write_it():
    assert [clean(sex=one).civil.sex for one in ("F", "femme", "Féminin", "M", "homme", "H", "1")] == [
        "F", "F", "F", "M", "M", "M", "M"]  # fmt: skip
    assert wrong(sex="x") == {"sex"}


def test_choices_by_their_words():
    one = clean(came_by="Validation des acquis de l'expérience (VAE)", initiative="France travail")
    assert (one.came_by, one.initiative) == (CameBy.EXPERIENCE, Initiative.EMPLOYMENT_OFFICE)
    short = clean(came_by="Formation continue", initiative="elle-même")
    assert (short.came_by, short.initiative) == (CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE)
    assert wrong(came_by="autrement", initiative="personne") == {"came_by", "initiative"}


def test_an_employer_has_a_name():
    assert wrong(company="") == {"company"}
    assert clean(company="", company_email="").civil.company is None


def test_people_as_they_are_written():
    one = clean(interview_by="Claire Le Goff ; claire@exemple.fr",
                trained_by="Paul Delmas paul@exemple.fr; Paul D. <PAUL@exemple.fr>\n\nKim (kim@exemple.fr)")
    assert one.interview_by == NamedPerson("Claire Le Goff", "claire@exemple.fr")
    assert [(known.name, known.email) for known in one.trained_by] == [
        ("Paul Delmas", "paul@exemple.fr"), ("Kim", "kim@exemple.fr")]  # fmt: skip
    assert clean(trained_by="").trained_by == ()
    for bad in ("Claire Fabre", "claire@exemple.fr", "Claire, claire@", "<script>"):
        assert wrong(interview_by=bad, trained_by=bad) == {"interview_by", "trained_by"}
    many = "\n".join(f"Formateur {'abcdefghijkl'[one]}, f{one}@exemple.fr" for one in range(11))
    assert wrong(trained_by=many) == {"trained_by"}


def test_the_interview_and_the_reglement_are_not_of_tomorrow():
    later: dict[str, Any] = {"interview_on": "17/03/2026", "rules_on": "17/03/2026"}
    assert wrong(**later) == {"interview_on", "rules_on"}
    assert clean(interview_on="16/03/2026", rules_on="16/03/2026").rules_on == TODAY
    assert wrong(rules_version="a" * 41, interview_by="a" * 201) == {"rules_version", "interview_by"}
