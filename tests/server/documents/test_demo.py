"""The demo's made people, papers, cards and cameras."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from evaluation.people import JurorCategory, Role
from server.documents.demo import (
    DemoPerson,
    brief,
    camera_clip,
    demo_people,
    formative_evaluations,
    identity_card,
    portfolio_a,
    portfolio_b,
)
from server.documents.demo.card import check_digit
from server.documents.intake import intake
from tests.server.documents.samples import LIMITS

DAY, ISSUED = date(2026, 11, 24), date(2024, 5, 6)
PEOPLE = demo_people()
LINA, KARIM = PEOPLE.candidates


def words(data: bytes) -> str:
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data))


@pytest.mark.rule("R1.2")
def test_the_people_make_a_lawful_jury_and_cannot_be_written_to() -> None:
    assert [juror.category for juror in PEOPLE.jurors] == list(JurorCategory)
    everybody = [*PEOPLE.candidates, *PEOPLE.jurors, PEOPLE.organizer, PEOPLE.observer, PEOPLE.aid]
    assert {person.role for person in everybody} == set(Role)
    assert all(person.email.endswith("@example.org") and person.email.isascii() for person in everybody)
    assert len({person.email for person in everybody}) == len({person.seed for person in everybody}) == 8
    assert not {juror.company for juror in PEOPLE.jurors} & {one.company for one in PEOPLE.candidates}


@pytest.mark.rule("R4.6")
@pytest.mark.parametrize("person", [LINA, KARIM], ids=lambda person: person.given)
async def test_portfolios_pass_the_intake_with_their_pages(person: DemoPerson) -> None:
    pages = []
    for draw in (portfolio_a, portfolio_b):
        made = draw(person, DAY)
        assert made == draw(person, DAY)
        taken = await intake(made, "livret.pdf", LIMITS)
        pages.append(taken.pages)
        assert person.name in words(taken.data)
    assert pages == [6, 5]


@pytest.mark.rule("R3.5")
def test_formative_evaluations_say_that_they_are_consultative() -> None:
    made = formative_evaluations(LINA, "Julien Perrin", DAY)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made)]
    assert [page.count("Évaluations formatives – consultatives") for page in pages] == [2, 1]
    assert "n’entrent dans aucun calcul" in words(made)


def test_the_brief_is_given_three_months_before() -> None:
    made = brief(PEOPLE, DAY)
    assert len(pypdfium2.PdfDocument(made)) == 2
    assert "11 août 2026" in words(made)
    assert "24 novembre 2026" in words(made)
    assert [loss in words(made) for loss in ("1,5\u00a0%", "2\u00a0%")] == [True, True]


@pytest.mark.parametrize(
    ("field", "digit"),
    [
        ("D23145890", "7"),
        ("740812", "2"),
        ("120415", "9"),
        ("D231458907<<<<<<<<<<<<<<<" + "7408122" + "1204159" + "<<<<<<<<<<<", "6"),
    ],
)
def test_check_digits_are_those_of_the_standards_example(field: str, digit: str) -> None:
    """The specimen of ICAO Doc 9303-5, figure of the TD1 back."""
    assert check_digit(field) == digit


def test_cards_are_drawn_with_lines_that_compute() -> None:
    first, second = identity_card(LINA, ISSUED), identity_card(KARIM, ISSUED)
    assert Image.open(BytesIO(first.front)).size == Image.open(BytesIO(first.back)).size == (1000, 630)
    assert first.mrz[0] == "I<UTOSPM4K72105" + "<" * 15
    assert first.mrz[1] == "9903148F3405064UTO<<<<<<<<<<<6"
    assert first.mrz[2] == "MOREL<<LINA" + "<" * 19
    assert first == identity_card(LINA, ISSUED)
    assert first.front != second.front
    other_face = identity_card(replace(LINA, seed=7), ISSUED)
    assert other_face.front != first.front
    assert other_face.mrz == first.mrz


def test_a_card_needs_a_birth_date() -> None:
    with pytest.raises(ValueError, match="birth date"):
        identity_card(PEOPLE.organizer, ISSUED)


def frames(path: Path) -> list[np.ndarray]:
    form = "mjpeg" if path.suffix == ".mjpeg" else "yuv4mpegpipe"
    with av.open(str(path), format=form) as clip:
        return [frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0)]


def test_clips_last_as_long_as_asked_move_and_loop(tmp_path: Path) -> None:
    camera_clip(tmp_path / "a.y4m", seed=2, seconds=2)
    camera_clip(tmp_path / "a.mjpeg", seed=2, seconds=2)
    raw, packed = frames(tmp_path / "a.y4m"), frames(tmp_path / "a.mjpeg")
    assert (len(raw), len(packed)) == (30, 60)  # Chromium plays .mjpeg at 30 pictures a second
    assert raw[0].shape == packed[0].shape == (480, 640, 3)

    def apart(one: int, other: int) -> float:
        return float((np.abs(raw[one].astype(int) - raw[other]).max(axis=2) > 30).mean())

    assert apart(0, 8) > 0.01  # it moves
    assert apart(0, 29) < apart(0, 8) / 2  # and its end is near its beginning
    again = tmp_path / "again.y4m"
    camera_clip(again, seed=2, seconds=2)
    assert again.read_bytes() == (tmp_path / "a.y4m").read_bytes()


def test_the_card_is_held_before_the_camera(tmp_path: Path) -> None:
    card = identity_card(LINA, ISSUED).front
    camera_clip(tmp_path / "with.y4m", card, 0, 0.2)
    camera_clip(tmp_path / "without.y4m", None, 0, 0.2)
    with_card, without = frames(tmp_path / "with.y4m")[0], frames(tmp_path / "without.y4m")[0]
    changed = np.abs(with_card.astype(int) - without).max(axis=2) > 30
    assert 0.15 < changed.mean() < 0.5
    assert changed[:200].mean() < 0.01  # the face stays visible


@pytest.mark.parametrize(("name", "size", "fps"), [("a.avi", (640, 480), 15), ("a.y4m", (641, 480), 15),
                                                   ("a.mjpeg", (640, 480), 12)])  # fmt: skip
def test_a_clip_chromium_would_not_play_is_refused(
    tmp_path: Path, name: str, size: tuple[int, int], fps: int
) -> None:
    with pytest.raises(ValueError, match="clip"):
        camera_clip(tmp_path / name, seconds=1, size=size, fps=fps)
    assert list(tmp_path.iterdir()) == []
