"""The living face beside the copy's portrait: compared only where the candidate agreed (X1)."""
# cv2 leaves its results untyped.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2

from server.identity import document, face
from server.identity.check_frames import Frame
from server.identity.detector import Detector, Face
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import jpeg
from server.identity.prepared_copy import Copy
from server.identity.signal_row import portrait_crop, signal_row
from server.identity.signals import Band, Crop, Signal

ALIKE = 0.7  # of the largest live face: a smaller one in another frame is somebody's further away


def face_row(front: Copy, seen: Sequence[Frame], detector: Detector, settings: IdentitySettings) -> Signal:
    copy = portrait_crop(front)
    if front.face is None:
        return signal_row("face", None, "not_measurable", "no_portrait")
    if front.supplied_face_pixels < settings.portrait_pixels:
        return signal_row("face", None, "not_measurable", "portrait_small", copy=copy)
    faces = _largest(front, seen, detector)
    if not faces:
        return signal_row("face", None, "not_measurable", "no_face", copy=copy)
    frame, nearest = faces[0]
    live = Crop(jpeg(face.face_crop(frame.picture, nearest)), frame.index)
    if nearest.height < settings.live_face_pixels:
        return signal_row("face", None, "not_measurable", "face_small", copy=copy, live=live)
    least = max(settings.live_face_pixels, ALIKE * nearest.height)
    large = [(one.picture, found) for one, found in faces if found.height >= least]
    apart = face.distance((front.picture, front.face), large[: settings.face_frames])
    close, far = settings.close_face_distance, settings.far_face_distance
    band: Band = "close" if apart <= close else "far" if apart >= far else "unsure"
    return replace(signal_row("face", apart, band, band, copy=copy, live=live), near=close, away=far)


def _largest(front: Copy, seen: Sequence[Frame], detector: Detector) -> list[tuple[Frame, Face]]:
    """One of each frame, the nearest to the camera first. Where the document was found nowhere in a frame, its portrait
    may be the face that is seen there: such a frame counts only when there is no other."""
    faces = [(frame, found[0]) for frame in seen if (found := _live_faces(front, frame, detector))]
    sure = [pair for pair in faces if pair[0].located is not None]
    return sorted(sure or faces, key=lambda pair: -pair[1].height)


def _live_faces(front: Copy, frame: Frame, detector: Detector) -> list[Face]:
    """Those that are not printed on the document held up."""
    faces = list(detector(frame.picture))
    if frame.front is None:
        return faces
    corners = document.frame_corners(front, frame.front, frame.picture)
    hull = cv2.convexHull(corners)
    return [one for one in faces if cv2.pointPolygonTest(hull, one.centre, measureDist=False) < 0]
