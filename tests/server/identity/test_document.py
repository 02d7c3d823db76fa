"""The document in the frame: found, laid over the copy, and compared where two holders differ."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from server.identity.detector import Detector
from server.identity.document import frame_corners, locate
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Picture
from server.identity.prepared_copy import Copy, prepare
from server.identity.zones import Comparison, Zone, compare
from tests.server.identity.held import Holding, photographed, scanned, shown
from tests.server.identity.specimens import Kind, document, drawn_person, holder, impostor

FRONTS: list[Kind] = ["new_card", "old_card", "passport"]
SIZES = [(640, 480), (1280, 720)]


def seen(copy: Copy, shows: Picture, how: Holding, detector: Detector, settings: IdentitySettings) -> Comparison:
    frame = shown(shows, replace(how, frames=2), 5, drawn_person(2))[-1]
    located = locate(copy, frame, settings)
    assert located is not None
    assert located.mirrored == how.mirrored
    return compare(copy, frame, located, detector, settings)


@pytest.fixture(scope="module")
def passport(detector: Detector) -> Copy:
    return prepare(scanned(document("passport", holder(1))), "front", detector)


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("size", [pytest.param(SIZES[0], id="480p"),
                                  pytest.param(SIZES[1], id="720p", marks=pytest.mark.further)])
@pytest.mark.parametrize("kind", FRONTS)
def test_the_same_document_is_close_and_another_holders_is_not(
    kind: Kind, size: tuple[int, int], detector: Detector, settings: IdentitySettings, astronaut_portrait: Picture
) -> None:
    mine = replace(holder(4), portrait=astronaut_portrait)
    copy = prepare(photographed(document(kind, mine)), "front", detector)
    same = seen(copy, document(kind, mine), Holding(size=size), detector, settings)
    other = seen(copy, document(kind, impostor(mine, 9)), Holding(size=size), detector, settings)
    for zone in (same.portrait, same.text, other.portrait, other.text):
        assert zone.correlation is not None
    assert (same.portrait.correlation or 0) >= settings.close_portrait_correlation
    assert (same.text.correlation or 0) >= settings.close_text_correlation
    assert (other.portrait.correlation or 0) <= settings.far_portrait_correlation
    assert (other.text.correlation or 0) <= settings.far_text_correlation


def test_my_text_under_another_portrait_and_my_portrait_over_another_text(
    passport: Copy, detector: Detector, settings: IdentitySettings, astronaut_portrait: Picture
) -> None:
    swapped = seen(passport, document("passport", replace(holder(1), portrait=astronaut_portrait)), Holding(), detector,
                   settings)  # fmt: skip
    retyped = seen(passport, document("passport", replace(holder(7), seed=1)), Holding(), detector, settings)
    assert (swapped.portrait.correlation or 0) <= settings.far_portrait_correlation
    assert (swapped.text.correlation or 0) >= settings.close_text_correlation
    assert (retyped.portrait.correlation or 0) >= settings.close_portrait_correlation
    assert (retyped.text.correlation or 0) <= settings.far_text_correlation


def test_a_mirrored_camera_changes_nothing(passport: Copy, detector: Detector, settings: IdentitySettings) -> None:
    found = seen(passport, document("passport", holder(1)), Holding(mirrored=True), detector, settings)
    assert (found.portrait.correlation or 0) >= settings.close_portrait_correlation
    assert (found.text.correlation or 0) >= settings.close_text_correlation


@pytest.mark.parametrize(
    ("how", "portrait", "text"),
    [
        (Holding(glare=260, glare_at=(0.18, 0.5)), "glare", None),
        (Holding(glare=260, glare_at=(0.6, 0.4), glare_wide=0.3), None, "glare"),
        (Holding(hand="portrait"), "covered", None),
    ],
    ids=["glare on the portrait", "glare on the text", "hand over the portrait"],
)
def test_what_is_hidden_is_not_measured(
    how: Holding, portrait: str | None, text: str | None, passport: Copy, detector: Detector, settings: IdentitySettings
) -> None:
    for one in (holder(1), impostor(holder(1), 5)):  # hidden is hidden, whosever card it is
        found = seen(passport, document("passport", one), how, detector, settings)
        assert found.portrait.why == portrait
        assert found.text.why in {text, "covered"}


@pytest.mark.parametrize("turn", [None, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE], ids=["upright", "over", "aside"])
def test_a_copy_is_turned_upright(turn: int | None, detector: Detector) -> None:
    page = scanned(document("old_card", holder(2)))
    turned = page if turn is None else np.ascontiguousarray(cv2.rotate(page, turn), dtype=np.uint8)
    copy = prepare(turned, "front", detector)
    assert copy.face is not None
    x, y = copy.face.centre
    assert x < copy.picture.shape[1] / 2
    assert y < copy.picture.shape[0] * 0.7
    assert copy.picture.shape[1] == 1000


def test_too_far_from_the_camera_is_not_measured(
    passport: Copy, detector: Detector, settings: IdentitySettings
) -> None:
    far = Holding(size=(640, 480), share=0.33)
    found = seen(passport, document("passport", holder(1)), far, detector, settings)
    assert (found.portrait, found.text) == (Zone(None, "small"), Zone(None, "small"))


def test_nothing_is_found_where_there_is_no_document(passport: Copy, settings: IdentitySettings) -> None:
    empty = shown(np.full((60, 90, 3), 128, np.uint8), Holding(share=0.05, hand="none", frames=1), 3, drawn_person(0))
    assert locate(passport, empty[0], settings) is None
    assert locate(passport, np.zeros((480, 640, 3), np.uint8), settings) is None
    other_kind = shown(document("new_card_back", holder(1)), Holding(frames=1), 3)
    assert locate(passport, other_kind[0], settings) is None


def test_its_corners_are_where_it_is_held(passport: Copy, settings: IdentitySettings) -> None:
    how = Holding(tilt=0.0, hand="none", frames=1, motion=0, share=0.5, at=(0.6, 0.5))
    plain = shown(document("passport", holder(1)), how)[0]
    for frame, middle in ((plain, 0.6), (np.ascontiguousarray(plain[:, ::-1]), 0.4)):
        located = locate(passport, frame, settings)
        assert located is not None
        x, y = frame_corners(passport, located, frame).mean(axis=0)
        assert abs(x / 1280 - middle) < 0.05
        assert abs(y / 720 - 0.5) < 0.08
