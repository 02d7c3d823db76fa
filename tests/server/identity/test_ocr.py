"""Lines read wherever they are in a picture: whole pages, small, turned, through noise; and what is made of doubt."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from server.cli.main import main
from server.identity import mrz, printed_rows, recogniser
from server.identity.identity_settings import IdentitySettings
from server.identity.mrz_reading import _put_right
from server.identity.ocr import read_anywhere
from server.identity.recogniser import SIGNS, Fit, Heard
from server.identity.whole_check import check
from tests.server.identity.held import as_jpeg
from tests.server.identity.papers import Camera, Format, paper

PASSPORT = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


@pytest.mark.parametrize(
    ("kind", "camera"),
    [
        ("book", Camera(side=1600, share=0.95)), ("TD3", Camera(side=2600, share=0.4, skew=5)),
        ("TD1", Camera(side=1000, turned=1, tilt=0.04)), ("FR36", Camera(side=1280, turned=2, glare=60)),
        ("TD2", Camera(side=800, share=1.0, turned=3, quality=65)), ("TD3", Camera(side=640, share=1.0, blur=0.5)),
    ],
    ids=["under another page", "small in a large one", "on its side", "upside down", "on the other", "640 pixels"],
)  # fmt: skip
def test_lines_are_read_wherever_they_are(kind: Format, camera: Camera) -> None:
    one = paper(7, camera, kind)
    found = read_anywhere(one.picture)
    assert found is not None
    assert (found.lines, found.number, found.valid) == (one.lines, one.number, True)


def test_a_page_whose_document_is_not_found_is_read_all_the_same_and_two_equal_frames_count(
    settings: IdentitySettings,
) -> None:
    one = paper(8, Camera(side=2000, share=0.5, turned=1), "book")
    page = as_jpeg(one.picture)
    found = check(page, None, [page, page], None, False, date(2026, 1, 15), settings)
    assert found.mrz is not None
    assert (found.mrz.number, found.mrz.valid, found.mrz.agreeing_frames) == (one.number, True, 2)
    row = found.row("mrz")
    assert row is not None
    assert (row.band, found.mrz.agrees["number"]) == ("close", True)


def test_the_copy_need_not_bear_the_lines_nor_be_of_the_same_document(settings: IdentitySettings) -> None:
    one = paper(9, Camera(side=1600, share=0.7, skew=4), "TD1")
    blank = as_jpeg(np.full((700, 1000, 3), 230, np.uint8))
    page = as_jpeg(one.picture)
    found = check(blank, None, [page, page], None, False, date(2026, 1, 15), settings)
    assert found.mrz is not None
    assert (found.mrz.number, found.mrz.valid, found.mrz.agreeing_frames) == (one.number, True, 2)


def test_a_page_without_lines_has_none() -> None:
    one = paper(10, Camera(side=1000), "TD3")
    assert read_anywhere(one.picture[: one.picture.shape[0] // 2]) is None


# What is heard of a line -----------------------------------------------------------------------------------------


def said(*steps: str) -> Heard:
    """Each step one sign, a gap where there is none; two signs: the first likelier than the other."""
    chances, gap = np.zeros((len(steps), len(SIGNS)), np.float32), np.zeros(len(steps), np.float32)
    for i, step in enumerate(steps):
        for sign, share in zip(step, (0.8, 0.2) if len(step) > 1 else (1.0,), strict=False):
            chances[i, SIGNS.index(sign)] = share
        gap[i] = not step
    return Heard(chances, gap)


def test_fillers_that_were_run_together_are_counted_by_the_length_of_the_line() -> None:
    one = said("A", "B", "<", "", "<", "<", "<", "<", "<", "", "1")
    assert one.text == "AB<<1"
    fits = {length: one.fitted("X" * length) for length in (5, 6, 7)}
    assert {length: fit.text for length, fit in fits.items()} == {5: "AB<<1", 6: "AB<<<1", 7: "AB<<<<1"}


def test_a_letter_where_only_digits_stand_is_the_digit_it_looks_like() -> None:
    one = said("O", "", "I", "", "S")
    assert [one.fitted(mask).text for mask in ("NNN", "AAA", "XXX")] == ["015", "OIS", "OIS"]


def test_fillers_that_were_not_seen_at_all_are_the_last_ones() -> None:
    one = said("A", "", "<", "", "<", "", "B", "", "<")
    assert [one.fitted("X" * length).text for length in (5, 8)] == ["A<<B<", "A<<B<<<<"]


def fit(text: str, *others: tuple[float, int, str]) -> Fit:
    return Fit(text, -0.01, others)


def test_a_sign_that_was_thought_of_stands_where_all_digits_hold_then() -> None:
    wrong = PASSPORT[1].replace("L898902C3", "L898902G3")
    found = _put_right("TD3", [fit(PASSPORT[0]), fit(wrong, (0.4, 3, "B"), (1.1, 7, "C"))])
    assert found is not None
    assert (found.number, found.valid) == ("L898902C3", True)


def test_doubt_between_two_numbers_is_not_decided() -> None:
    first = PASSPORT[1]
    other = next(c for c in SIGNS if c not in "L<" and _holds(c + first[1:]))
    wrong = "A" + first[1:]
    assert _put_right("TD3", [fit(PASSPORT[0]), fit(wrong, (1.0, 0, "L"), (1.4, 0, other))]) is None


def _holds(second: str) -> bool:
    found = mrz.parsed("TD3", [PASSPORT[0], second])
    return found is not None and found.valid


# Rows ------------------------------------------------------------------------------------------------------------


def box(left: float, top: float, right: float, bottom: float) -> printed_rows.Line:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def test_pieces_of_a_row_are_one_and_rows_go_from_top_to_bottom() -> None:
    lines = (box(0, 100, 300, 120), box(330, 101, 620, 121), box(0, 60, 600, 80), box(0, 300, 60, 320))
    assert [line.tolist() for line in printed_rows.rows(lines)] == [
        box(0, 60, 600, 80).tolist(), [[0, 100], [620, 101], [620, 121], [0, 120]]]  # fmt: skip


def test_rows_are_drawn_out_to_one_length() -> None:
    lines = printed_rows.evened((box(10, 0, 410, 20), box(0, 30, 300, 50)), [40, 30], 44)
    assert [line.tolist() for line in lines] == [box(0, 0, 440, 20).tolist(), box(0, 30, 440, 50).tolist()]


def test_the_models_are_those_inside_the_package() -> None:
    recogniser.load()
    session, columns = recogniser._session()
    assert session.get_inputs()[0].shape[1:3] == [3, recogniser.HIGH]
    assert set(columns) == {-1, *range(len(SIGNS) + 1)}


def test_a_frame_of_a_telephones_size_is_read_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = paper(7, Camera(side=4000, share=0.45), "TD1")
    assert one.picture.shape[0] * one.picture.shape[1] > IdentitySettings().frame_pixels
    page = tmp_path / "page.jpg"
    page.write_bytes(as_jpeg(one.picture))
    assert main(["identity", str(page), str(page), str(page), "--no-face"]) == 0
    said = json.loads(capsys.readouterr().out)["mrz"]
    assert (said["number"], said["valid"], said["frames"]) == (one.number, True, 2)
