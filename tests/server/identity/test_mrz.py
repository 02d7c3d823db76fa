"""Machine-readable lines: what is read, repaired, refused, and how names are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.identity.mrz import agreed, agreement, check_digit, read
from server.identity.signals import MrzReading, Registered
from tests.server.identity.specimens import Holder, Kind, holder, mrz_lines

KINDS: list[Kind] = ["new_card_back", "old_card", "passport"]
FORMATS = {"new_card_back": "TD1", "old_card": "FR36", "passport": "TD3"}


def reading(kind: Kind, one: Holder, raw: list[str] | None = None) -> MrzReading:
    found = read(raw or mrz_lines(kind, one))
    assert found is not None
    return found


def test_the_specimens_of_doc_9303_hold() -> None:
    td3 = read(["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"])
    td1 = read(["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"])
    for found, number in ((td3, "L898902C3"), (td1, "D23145890")):
        assert found is not None
        assert (found.valid, found.surname, found.given_names, found.number) == (True, "ERIKSSON", "ANNA MARIA", number)
        assert (found.birth, found.expiry, found.sex) == (date(1974, 8, 12), date(2012, 4, 15), "F")


def test_the_number_of_an_old_card_is_read_whole_and_it_has_no_expiry() -> None:
    found = read(["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6"])
    assert found is not None
    assert (found.format, found.valid, found.number, found.expiry) == ("FR36", True, "880692310285", None)
    assert (found.surname, found.given_names, found.birth) == ("BERTHIER", "CORINNE", date(1965, 12, 6))


def test_a_number_longer_than_nine_goes_on_after_its_place() -> None:
    found = read([f"I<UTOD23145890<734{check_digit('D23145890<734')}".ljust(30, "<"), "7408122F1204159UTO<<<<<<<<<<<0",
                  "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"])  # fmt: skip
    assert found is not None
    assert (found.number, found.checks["number"]) == ("D23145890734", True)


@pytest.mark.parametrize("counted", ["<", ""], ids=["the filler counts", "it does not"])
def test_either_way_of_counting_the_filler_of_a_long_number_is_accepted(counted: str) -> None:
    digit = check_digit(f"592123456{counted}701")
    first, second = f"IDBEL592123456<701{digit}".ljust(30, "<"), "9001011F3001019BEL<<<<<<<<<<<"
    second += str(check_digit(first[5:30] + second[0:7] + second[8:15] + second[18:29]))
    found = read([first, second, "EXEMPLE<<ALICE".ljust(30, "<")])
    assert found is not None
    assert (found.format, found.number, found.valid) == ("TD1", "592123456701", True)
    wrong = read([first.replace(f"701{digit}", f"701{(digit + 1) % 10}"), second, "EXEMPLE<<ALICE".ljust(30, "<")])
    assert wrong is not None
    assert (wrong.checks["number"], wrong.valid) == (False, False)


def test_a_card_of_two_lines_of_36_is_read() -> None:
    found = read(["IDROUEXEMPLE<<ALICE".ljust(36, "<"), "XB123456<5ROU9001011F3001019<<<<<<<6"])
    assert found is not None
    assert (found.format, found.valid, found.number, found.surname, found.given_names) == (
        "TD2", True, "XB123456", "EXEMPLE", "ALICE")  # fmt: skip
    assert (found.birth, found.sex, found.expiry, found.nationality) == (
        date(1990, 1, 1), "F", date(2030, 1, 1), "ROU")  # fmt: skip


def test_a_long_number_goes_on_in_a_card_of_two_lines_too() -> None:
    start = f"D23145890<UTO7408122F1204159734{check_digit('D23145890<734')}<<<"
    found = read(["I<UTOERIKSSON<<ANNA<MARIA".ljust(36, "<"),
                  start + str(check_digit(start[0:10] + start[13:20] + start[21:35]))])  # fmt: skip
    assert found is not None
    assert (found.format, found.number, found.valid) == ("TD2", "D23145890734", True)


def test_a_filler_is_the_check_digit_of_an_empty_field() -> None:
    start = "L898902C36UTO7408122F<<<<<<<" + "<" * 15
    found = read(["P<UTOERIKSSON<<ANNA<MARIA".ljust(44, "<"),
                  start + str(check_digit(start[0:10] + start[13:20] + start[21:43]))])  # fmt: skip
    assert found is not None
    assert (found.valid, found.expiry) == (True, None)


def test_a_visa_has_no_digit_over_everything() -> None:
    second = "L8988901C4XXX4009078F9612109<<<<<<<<<<<<<<<<"
    found = read(["V<UTOERIKSSON<<ANNA<MARIA".ljust(44, "<"), second])
    assert found is not None
    assert (found.format, found.number, found.valid) == ("MRVA", "L8988901C", True)


def test_a_document_of_another_first_letter_is_read_where_all_digits_hold() -> None:
    second = "XB123456<5ROU9001011F3001019<<<<<<<6"
    found = read(["TSFRAEXEMPLE<<ALICE".ljust(36, "<"), second])
    assert found is not None
    assert (found.format, found.valid, found.surname) == ("TD2", True, "EXEMPLE")
    assert read(["TSFRAEXEMPLE<<ALICE".ljust(36, "<"), second[:-1] + "7"]) is None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(4))
def test_what_is_printed_is_what_is_read(kind: Kind, seed: int) -> None:
    one = holder(seed)
    found = reading(kind, one)
    number = {"passport": one.passport_number, "old_card": one.old_number}.get(kind, one.number)
    assert (found.format, found.valid, found.number, found.birth, found.sex) == (
        FORMATS[kind], True, number, one.birth, one.sex)  # fmt: skip
    assert found.expiry == (None if kind == "old_card" else one.expiry)


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_check_digit_shows(kind: Kind) -> None:
    found = reading(kind, Holder(spoiled=True))
    assert (found.valid, found.checks["number"], found.checks["birth"]) == (False, False, True)


def test_letters_in_a_date_and_merged_fillers_are_put_right() -> None:
    one = Holder()
    first, second, third = mrz_lines("new_card_back", one)
    raw = [first, second.replace("0", "O", 1).replace("1", "I", 1), third.rstrip("<") + "<<<<«", "Taille 1,70 m"]
    assert reading("new_card_back", one, raw) == reading("new_card_back", one)


def test_one_o_for_a_nought_in_the_number_is_turned_but_never_two() -> None:
    one = Holder(number="A0C4E0G12")
    first, second, third = mrz_lines("new_card_back", one)
    once = reading("new_card_back", one, [first.replace("A0C", "AOC"), second, third])
    assert (once.number, once.valid) == (one.number, True)
    twice = reading("new_card_back", one, [first.replace("A0C4E0", "AOC4EO"), second, third])
    assert (twice.number, twice.valid) == ("AOC4EOG12", False)


@given(st.lists(st.text(alphabet="ABCXYZ0123456789<« é", max_size=60), max_size=5))
def test_any_text_is_read_or_not_but_never_breaks(raw: list[str]) -> None:
    found = read(raw)
    assert found is None or found.lines


def test_frames_that_agree_are_counted_and_a_valid_reading_wins() -> None:
    good, bad = reading("passport", Holder()), reading("passport", Holder(spoiled=True))
    best = agreed([reading("passport", replace(holder(3), spoiled=True)), bad, good])
    assert best is not None
    assert (best.number, best.valid, best.agreeing_frames) == (good.number, True, 2)
    assert best == replace(good, agreeing_frames=2)
    assert agreed([]) is None


def test_fields_are_compared_with_the_copys_own_lines() -> None:
    mine, other = reading("passport", holder(1)), reading("passport", replace(holder(1), old_number="121212399999"))
    registered = Registered(holder(1).family, holder(1).given[0])
    assert agreement(mine, mine, registered, 0.8) == {
        "surname": True, "given_names": True, "number": True, "birth": True, "expiry": True, "sex": True,
        "nationality": True,
    }  # fmt: skip
    assert agreement(mine, other, None, 0.8)["number"] is False
    assert agreement(mine, None, None, 0.8)["number"] is None
