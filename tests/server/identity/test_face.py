"""Faces: counted, and compared to one distance and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from server.identity.detector import Detector, Hog, open_detector
from server.identity.face import distance, model_files
from server.identity.pictures import Picture, scaled
from server.identity.presence import sample
from server.identity.refusals import IdentityRefusal
from server.identity.settings import IdentitySettings
from tests.server.identity.held import as_jpeg, vp8
from tests.server.identity.specimens import drawn_person, drawn_portrait

ROOM = np.full((480, 640, 3), (150, 160, 140), np.uint8)


def scene(*people: tuple[Picture, int], noise: float = 3.0, seed: int = 0) -> Picture:
    """A room with people, each at a column, and a camera's noise."""
    picture = ROOM.astype(np.float64)
    picture[:200, 40:180] = (230, 225, 210)
    for person, left in people:
        small = scaled(person, 300 / person.shape[0])
        picture[180 : 180 + small.shape[0], left : left + small.shape[1]] = small[: 480 - 180]
    return np.clip(picture + np.random.default_rng(seed).normal(0, noise, picture.shape), 0, 255).astype(np.uint8)


def test_the_models_lie_in_packages_and_never_the_68_point_one() -> None:
    files = model_files()
    assert files is not None
    assert [file.name for file in files] == [
        "shape_predictor_5_face_landmarks.dat", "dlib_face_recognition_resnet_model_v1.dat"]  # fmt: skip


def test_the_same_face_is_near_and_another_far(
    astronaut: Picture, astronaut_portrait: Picture, detector: Detector, settings: IdentitySettings
) -> None:
    live = vp8([scene((astronaut, 100), seed=i) for i in range(2)])[-1]
    portrait = scaled(astronaut_portrait, 0.9)
    mine, other = detector(portrait)[0], drawn_portrait(3)
    assert distance(portrait, mine, live, detector(live)[0]) <= settings.close_face_distance
    assert distance(other, detector(other)[0], live, detector(live)[0]) >= settings.far_face_distance


def test_faces_are_found_by_the_fallback_too(astronaut: Picture) -> None:
    assert len(Hog()(astronaut)) == 1
    assert Hog()(ROOM) == ()


@pytest.mark.parametrize(("people", "count"), [((), 0), ((80,), 1), ((20, 330), 2)])
def test_faces_in_a_sample_are_counted(
    people: tuple[int, ...], count: int, astronaut: Picture, settings: IdentitySettings
) -> None:
    taken = sample(as_jpeg(scene(*((astronaut, left) for left in people))), settings)
    assert taken.faces == count
    assert [len(one) for one in taken.views] == [320 * 224]


def test_a_frame_cut_short_is_refused(astronaut: Picture, settings: IdentitySettings) -> None:
    with pytest.raises(IdentityRefusal, match="frames_unreadable"):
        sample(as_jpeg(astronaut)[:4000], settings)


def test_a_model_named_in_the_settings_takes_the_place_of_the_installed_ones(astronaut: Picture) -> None:
    from server.identity.detector import installed_models
    short = installed_models()[0]
    assert len(open_detector(short)(astronaut)) == 1


def test_drawn_people_are_people_to_the_detector(detector: Detector) -> None:
    assert [len(detector(drawn_person(seed))) for seed in range(8)] == [1] * 8
