"""A whole check of frames through VP8: which rows there are, and what they say."""

from __future__ import annotations

from datetime import date

import pytest

from server.identity.identity_settings import IdentitySettings
from server.identity.signals import Band, Registered, Signals
from server.identity.whole_check import check
from tests.server.identity.held import Holding, as_jpeg, scanned, shown
from tests.server.identity.specimens import Holder, document, drawn_person, holder, impostor

MINE = holder(11)


def checked(shows: Holder, how: Holding, consent: bool, settings: IdentitySettings) -> Signals:
    frames = [as_jpeg(frame) for frame in shown(document("passport", shows), how, 4, drawn_person(MINE.seed))]
    registered = Registered(MINE.family, " ".join(MINE.given))
    return check(as_jpeg(scanned(document("passport", MINE)), 92), None, frames, registered, consent,
                 date(2026, 1, 15), settings)  # fmt: skip


def bands(found: Signals) -> dict[str, Band]:
    return {row.name: row.band for row in found.rows}


@pytest.mark.rule("R6.2", "R6.3")
def test_the_candidates_own_document_agrees_in_every_row(settings: IdentitySettings) -> None:
    found = checked(MINE, Holding(), consent=False, settings=settings)
    assert bands(found) == {"document": "close", "portrait": "close", "text": "close", "mrz": "close",
                            "expiry": "close", "names": "close"}  # fmt: skip
    assert found.mrz is not None
    assert found.mrz.number == MINE.passport_number


@pytest.mark.parametrize("size", [pytest.param((640, 480), id="480p"),
                                  pytest.param((1280, 720), id="720p", marks=pytest.mark.further)])
def test_another_persons_of_the_same_template_is_far_in_portrait_and_text(
    size: tuple[int, int], settings: IdentitySettings
) -> None:
    found = bands(checked(impostor(MINE, 31), Holding(size=size), consent=False, settings=settings))
    assert (found["document"], found["portrait"], found["text"]) == ("close", "far", "far")


@pytest.mark.rule("X1")
def test_only_consent_brings_a_face_row(settings: IdentitySettings) -> None:
    how = Holding(frames=2, share=0.5, at=(0.7, 0.5))
    assert "face" not in bands(checked(MINE, how, consent=False, settings=settings))
    assert "face" in bands(checked(MINE, how, consent=True, settings=settings))
