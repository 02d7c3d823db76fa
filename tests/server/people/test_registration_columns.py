"""A list of candidates: columns in any order under many titles, cells as spreadsheet programs leave them."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from server.config import RegistrationSettings
from server.people.registration_check import FIELDS
from server.people.registration_columns import (
    FORMULA,
    NEEDED,
    NO_VALUE,
    TITLES,
    TWICE,
    CheckedLine,
    Columns,
    check_lines,
    columns,
    lines_of,
)
from tests.server.people.test_registration_check import LINA

TODAY = date(2026, 3, 16)


def checked(*people: Mapping[str, str], titles: Mapping[str, str] = TITLES) -> tuple[CheckedLine, ...]:
    rows = [list(titles.values()), *([one.get(name, "") for name in titles] for one in people)]
    return check_lines(lines_of(rows, columns(rows)), TODAY, RegistrationSettings())


def read(name: str, cell: str) -> tuple[str | None, str | None]:
    """What a cell of a column holds, and what is said of it."""
    rows = [[TITLES[name], TITLES["email"]], [cell, "x"]]
    (line,) = lines_of(rows, columns(rows))
    problem = line.problems.get(name)
    return line.values.get(name), problem.text if problem else None


def test_each_field_has_its_column_and_no_title_means_two():
    assert set(TITLES) == set(FIELDS)
    rows = [list(TITLES.values())]
    assert columns(rows) == Columns({name: at for at, name in enumerate(TITLES)}, 0)


def test_titles_without_accents_in_another_order_below_a_heading():
    rows = [["Candidats 2026"], [], ["EMAIL", "Prenom(s)", "NOM", "Ne(e) le", "Note", "Tel.", "tél"], ["a", "b"]]
    found = columns(rows)
    assert (found.at, found.head, found.unknown, found.twice) == (
        {"email": 0, "first_names": 1, "birth_name": 2, "birth_date": 3, "phone": 5}, 2, ("Note",), ("phone",))
    assert found.missing == tuple(one for one in NEEDED if one not in ("email", "birth_name", "birth_date"))
    assert [(line.number, line.values) for line in lines_of(rows, found)] == [(4, {"email": "a", "first_names": "b"})]


def test_a_file_without_titles():
    for rows in ([], [["Morel", "Lina"], ["Roux", "Zoé"]]):
        assert columns(rows).at == {}


@pytest.mark.parametrize(("name", "cell", "value"), [
    ("birth_date", "14 juillet 1998", "14/7/1998"), ("birth_date", "1er août 1998", "1/8/1998"),
    ("birth_date", "14-07-1998", "14/07/1998"), ("birth_date", "14 juil. 1998", "14/7/1998"),
    ("birth_date", "1998-07-14 00:00:00", "1998-07-14"), ("birth_date", "14/07/1998 00:00", "14/07/1998"),
    ("birth_date", "35990", "1998-07-14"), ("birth_date", "14 brumaire 1998", "14 brumaire 1998"),
    ("birth_commune", "1004", "01004"), ("birth_commune", "2A004", "2A004"), ("phone", "612345678", "0612345678"),
    ("phone", "'+33 6 12 34 56 78", "+33 6 12 34 56 78"), ("phone", '="0612345678"', "0612345678"),
    ("sex", "Mme", "Mme"), ("birth_name", "\u00a0Morel\u202f", "Morel"),
])
def test_what_a_cell_holds(name: str, cell: str, value: str):
    assert read(name, cell) == (value, None)


@pytest.mark.parametrize(("cell", "said"), [
    ("=A1", FORMULA), ('=HYPERLINK("https://exemple.fr")', FORMULA), ("@SUM(A1)", FORMULA), ("#REF!", NO_VALUE),
    ("#N/A", NO_VALUE), ("#NOM?", NO_VALUE), ("#####", NO_VALUE),
])
def test_a_formula_is_no_answer(cell: str, said: str):
    assert read("birth_name", cell) == (None, said)


def test_lines_are_checked_as_the_form_is_and_each_problem_stands_beside_its_line():
    found = checked(LINA, {**LINA, "birth_name": "=A1"}, {**LINA, "email": "x", "birth_date": "31/02/1998"},
                    {**LINA, "birth_name": "MOREL", "email": "other@exemple.fr"},
                    {**LINA, "first_names": "Zoé", "sex": "Madame"},
                    {**LINA, "first_names": "Lina"})
    assert [(one.line.number, one.clean is not None, sorted(one.problems)) for one in found] == [
        (2, True, []), (3, False, ["birth_name"]), (4, False, ["birth_date", "email"]), (5, False, ["birth_name"]),
        (6, True, []), (7, False, ["birth_name"])]  # fmt: skip
    assert (found[1].problems["birth_name"].text, found[3].problems["birth_name"]) == (
        FORMULA, type(found[3].problems["birth_name"])(TWICE, {"line": 2}))
    assert found[0].line.name == "Lina Marie  Anaïs Morel-Dupré"


def test_of_5000_lines_three_are_wrong():
    people = [{**LINA, "birth_name": "Morel" + "".join(chr(97 + int(digit)) for digit in str(one))}
              for one in range(5000)]
    for at, wrong in ((7, {"birth_date": "30/02/1998"}), (2500, {"email": "lina"}), (4999, {"sex": "?"})):
        people[at] |= wrong
    found = [one for one in checked(*people) if one.clean is None]
    assert [(one.line.number, sorted(one.problems)) for one in found] == [
        (9, ["birth_date"]), (2502, ["email"]), (5001, ["sex"])]
