"""Names as people write them, and as documents print them: the same, another, or not to be told."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.checking.checks import registered_as
from server.identity.identity_settings import IdentitySettings
from server.identity.mrz import read
from server.identity.mrz_rows import names_row
from server.identity.same_name import names_found
from server.identity.signals import MrzReading, Registered
from tests.server.identity.specimens import Holder, mrz_lines


def bearing(surname: str, given_names: str) -> MrzReading:
    found = read(mrz_lines("new_card_back", Holder()))
    assert found is not None
    return replace(found, surname=surname, given_names=given_names)


def found(one: MrzReading, registered: Registered) -> tuple[bool | None, bool | None]:
    names = names_found(one, registered, 0.8)
    return names.family, names.given


@pytest.mark.parametrize(
    ("surname", "given_names", "registered", "there"),
    [
        ("LEFEBVRE", "LEA CAMILLE", Registered("Lefebvre", "Léa"), (True, True)),
        ("MUELLER", "JUERGEN", Registered("Müller", "Jürgen"), (True, True)),
        ("MULLER", "JURGEN", Registered("Müller", "Jürgen"), (True, True)),
        ("OEUVRARD", "ZOE", Registered("Œuvrard", "Zoë"), (True, True)),
        ("N DIAYE", "AICHA", Registered("N’Diaye", "Aïcha"), (True, True)),
        ("LEA", "LEFEBVRE", Registered("Lefebvre", "Léa"), (True, True)),
        ("BERNARD EP MOREL", "LINA", Registered("Morel", "Lina"), (True, True)),
        ("BERNARD", "LINA", Registered("Morel", "Lina", ("Bernard",)), (True, True)),
        ("DE LA FONTAINE", "JEAN BAPTISTE", Registered("de la Fontaine", "Jean-Baptiste"), (True, True)),
        ("VANDENBROUCKEMEERSCHAE", "J", Registered("Vandenbrouckemeerschaert", "Julie"), (True, False)),
        ("LEFEBVR", "LEA", Registered("Lefebvre", "Léa"), (True, True)),
        ("NDA", "KOFFI", Registered("N'Da", "Koffi"), (True, True)),
        ("N DA", "KOFFI", Registered("N’Da", "Koffi"), (True, True)),
        ("NDA", "KOFFI", Registered("N Da", "Koffi"), (True, True)),
        ("OHE", "AN", Registered("O'Hé", "An"), (True, True)),
        ("LE", "VAN ANH", Registered("Lê", "Văn Anh"), (True, True)),
        ("VAN ANH", "LE", Registered("Lê", "Văn Anh"), (True, True)),
        ("DU", "WEI", Registered("Du", "Wei"), (True, True)),
        ("DES", "AI", Registered("Dès", "Aï"), (True, True)),
        ("LE GOFF", "ANH", Registered("Lê", "Anh"), (False, True)),
        ("JEANPIERRE", "MARIEANNE", Registered("Jean-Pierre", "Marie-Anne"), (True, True)),
        ("DALMEIDA", "RUI", Registered("d’Almeida", "Rui"), (True, True)),
        ("PENXXA", "INXXIGO", Registered("Peña", "Íñigo"), (True, True)),
        ("SOERENSEN", "AASE", Registered("Sørensen", "Åse"), (True, True)),
        ("GROSS", "ISIK", Registered("Groß", "Işık"), (True, True)),
        ("SUHARTO", "", Registered("Suharto", ""), (True, True)),
        ("SUHARTO", "", Registered("", "Suharto"), (True, True)),
        ("", "SUHARTO", Registered("Suharto", ""), (True, True)),
        ("DURAND", "LEA", Registered("", "Léa"), (None, True)),
        ("IVANOV", "IURII", Registered("Иванов", "Юрий"), (True, True)),
        ("PAPADOPOULOS", "GEORGIOS", Registered("Παπαδόπουλος", "Γεώργιος"), (True, True)),
        ("LEE", "MINHO", Registered("이", "민호"), (None, None)),
        ("HADDAD", "LINA", Registered("حداد", "Lina"), (None, True)),
        ("BERNARD", "MARIE JEANNE LUCIE", Registered("Bernard", "Lucie"), (True, True)),
        ("NGUYEN", "LE THI", Registered("Nguyễn", "Lê"), (True, True)),
        ("NGUYEN", "THI LE", Registered("Nguyễn", "Lê"), (True, False)),
        ("DURAND", "LEA", Registered("Lefebvre", "Léa"), (False, True)),
        ("DUBREUIL", "HUGO", Registered("Lefebvre", "Léa"), (False, False)),
    ],
)
def test_names_are_compared_as_people_write_them(
    surname: str, given_names: str, registered: Registered, there: tuple[bool | None, bool | None]
) -> None:
    assert found(bearing(surname, given_names), registered) == there



@pytest.mark.parametrize(
    ("registered", "row"),
    [
        (Registered("N'Da", "Koffi"), ("close", "close")),
        (Registered("حداد", "لينا"), ("not_measurable", "other_script")),
        (Registered("李", "伟"), ("not_measurable", "other_script")),
        (Registered("Щукин", "Олег"), ("not_measurable", "other_script")),
        (Registered("李", "Koffi"), ("unsure", "unsure")),
        (Registered("Diop", "Awa"), ("far", "far")),
    ],
)
def test_another_script_is_not_told_to_differ(registered: Registered, row: tuple[str, str]) -> None:
    said = names_row(bearing("NDA", "KOFFI"), registered, IdentitySettings())
    assert (said.band, said.code) == row


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÉÈÊËÎÏÔÙÛŸÁÍÓÚÃÕŞŢŁŽŠČĆŚŹẾỤĐ"
WORD = st.text(alphabet=LETTERS, min_size=1, max_size=9)
NAME = st.lists(WORD, min_size=1, max_size=3).flatmap(
    lambda parts: st.lists(st.sampled_from(" -'’"), min_size=len(parts), max_size=len(parts)).map(
        lambda between: "".join(a + b for a, b in zip(parts, between, strict=True))[:-1]))


def printed(name: str, apart: bool) -> str:
    """As a document prints it: apostrophes left out, hyphens a filler, or all of it in one word."""
    plain = name.replace("Ł", "L").replace("Đ", "D")
    plain = "".join(c for c in unicodedata.normalize("NFD", plain) if unicodedata.category(c) != "Mn")
    for mark, gap in (("'", ""), ("’", ""), ("-", " " if apart else ""), (" ", " " if apart else "")):
        plain = plain.replace(mark, gap)
    return plain


@given(NAME, NAME, st.booleans(), st.booleans(), st.booleans(), st.lists(WORD, max_size=2))
def test_the_same_name_is_found_however_it_is_printed(
    family: str, first: str, apart: bool, swapped: bool, lower: bool, further: list[str]
) -> None:
    fields = [printed(family, apart), " ".join([printed(first, apart), *(printed(one, True) for one in further)])]
    one = bearing(*(reversed(fields) if swapped and not further else fields))
    asked = Registered(family.title() if lower else family, first.lower() if lower else first)
    assert found(one, asked) == (True, True)


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=12), NAME, NAME)
def test_any_registered_name_is_compared_and_never_breaks(
    family: str, first: str, other: str, surname: str, given_names: str
) -> None:
    one = bearing(printed(surname, True), printed(given_names, True))
    names = names_found(one, Registered(family, first, (other,)), 0.8)
    assert names.share is None or 0 <= names.share <= 1


@given(st.text(alphabet="李王张刘陈حدادلينا", min_size=1, max_size=6), NAME, NAME)
def test_a_name_in_another_script_is_never_far(family: str, surname: str, given_names: str) -> None:
    one = bearing(printed(surname, True), printed(given_names, True))
    said = names_row(one, Registered(family, family), IdentitySettings())
    assert said.band != "far"


@pytest.mark.parametrize(
    ("name", "first", "family"),
    [
        ("Le Lemaire", "Le", "Lemaire"), ("Lemaire Le", "Le", "Lemaire"), ("Jean Paul Martin", "Jean Paul", "Martin"),
        ("Lê Văn", "Văn", "Lê"), ("Suharto", "Suharto", ""), ("Suharto", "", "Suharto"),
        ("Léa Lefebvre", "Lea", "Léa Lefebvre"),
    ],
)
def test_the_family_name_is_what_is_left_of_the_whole(name: str, first: str, family: str) -> None:
    assert registered_as({"name": name, "first_name": first}) == Registered(family, first)
