"""Faces: counted, and compared to one distance and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from server.identity import check_frames, face, face_row, sface
from server.identity.detector import Detector, Face, Hog, open_detector
from server.identity.document import Located
from server.identity.face import distance, model_files
from server.identity.identity_refusals import IdentityRefusal
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Picture, mirrored, scaled
from server.identity.prepared_copy import prepare
from server.identity.presence import sample
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
    seen = [(live, detector(live)[0])]
    assert distance((portrait, mine), seen) <= settings.close_face_distance
    assert distance((other, detector(other)[0]), seen) >= settings.far_face_distance


def test_both_networks_speak_and_count_by_their_own_limits() -> None:
    one = face.Descriptor(np.zeros(128), np.zeros(128))
    at_dlibs, at_sfaces = np.eye(128)[0] * face.SAME_BELOW[0], np.eye(128)[0] * face.SAME_BELOW[1]
    assert one.distance(face.Descriptor(at_dlibs, np.zeros(128))) == pytest.approx(0.3)
    assert one.distance(face.Descriptor(np.zeros(128), at_sfaces)) == pytest.approx(0.3)
    assert one.distance(face.Descriptor(at_dlibs, at_sfaces)) == pytest.approx(0.6)


def test_without_the_second_network_no_face_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sface, "model_files", lambda: None)
    assert model_files() is None


def test_a_face_and_its_mirror_image_are_one(astronaut: Picture, detector: Detector) -> None:
    left, top, right, bottom = detector(astronaut)[0].box
    wide = astronaut.shape[1]
    turned = Face((wide - right, top, wide - left, bottom), 1.0)
    apart = distance((astronaut, Face((left, top, right, bottom), 1.0)), [(mirrored(astronaut), turned)])
    assert apart == pytest.approx(0, abs=0.001)


def test_several_frames_lie_nearer_than_the_mean_of_each(
    astronaut: Picture, astronaut_portrait: Picture, detector: Detector
) -> None:
    portrait = astronaut_portrait, detector(astronaut_portrait)[0]
    frames = [scene((astronaut, 100), noise=25.0, seed=i) for i in range(3)]
    seen = [(frame, detector(frame)[0]) for frame in frames]
    assert distance(portrait, seen) < np.mean([distance(portrait, [one]) for one in seen])


def test_a_face_that_yunet_does_not_find_is_laid_by_its_eyes() -> None:
    assert np.abs(sface.from_eyes(sface.TRAINED[:2]) - sface.TRAINED).max() < 0.001
    quarter = np.array([(10, 10), (10, 20)], np.float32)  # lying on its side: the nose is left of the eyes
    points = sface.from_eyes(quarter)
    assert points[2][0] < 10
    assert points[3][1] < points[4][1]
    described = sface.described(np.full((150, 150, 3), 128, np.uint8), np.array([(50, 60), (100, 60)], np.float32))
    assert np.linalg.norm(described) == pytest.approx(1)


def test_the_faces_compared_are_the_nearest_of_the_frames_that_show_the_document(
    astronaut: Picture, astronaut_portrait: Picture, detector: Detector
) -> None:
    """A portrait held close in a frame where the document is not found would be compared with itself."""
    copy = prepare(astronaut_portrait, "front", detector)
    back = Located(np.eye(3), 30, False, np.empty((0, 2), np.float32))
    near, far = scene((astronaut, 100)), scaled(scene((astronaut, 100)), 0.5)
    held = scaled(astronaut, 1.5)
    at = check_frames.Frame
    frames = [at(0, far, back=back), at(1, held), at(2, near, back=back)]
    assert [frame.index for frame, _ in face_row._largest(copy, frames, detector)] == [2, 0]
    assert [frame.index for frame, _ in face_row._largest(copy, frames[1:2], detector)] == [1]


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


def test_a_much_smaller_face_in_another_frame_is_somebody_elses(
    astronaut: Picture, astronaut_portrait: Picture, detector: Detector, settings: IdentitySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    compared: list[int] = []
    monkeypatch.setattr(face, "distance", lambda _, live: compared.append(len(live)) or 0.3)
    copy, near = prepare(astronaut_portrait, "front", detector), scaled(scene((astronaut, 100)), 2)
    for scales in ((1.0, 0.9), (1.0, 0.6), (1.0, 1.0, 0.9, 1.0)):
        frames = [check_frames.Frame(i, scaled(near, scale)) for i, scale in enumerate(scales)]
        face_row.face_row(copy, frames, detector, settings)
    assert compared == [2, 1, settings.face_frames]
