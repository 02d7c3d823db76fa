"""Frames of a check: the sharpest of each stretch of time, and where the document is in each."""
from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

from server.identity import document
from server.identity.document import Located
from server.identity.identity_refusals import IdentityRefusal
from server.identity.identity_settings import IdentitySettings
from server.identity.pictures import Picture, UnreadablePicture, decode, sharpness
from server.identity.prepared_copy import Copy
from server.identity.signals import Side


@dataclass(frozen=True)
class Frame:
    index: int
    picture: Picture
    front: Located | None = None
    back: Located | None = None

    @property
    def located(self) -> Located | None:
        return self.front or self.back

    @property
    def inliers(self) -> int:
        return 0 if self.located is None else self.located.inliers


def sharpest(frames: Sequence[bytes], settings: IdentitySettings) -> list[Frame]:
    readable: list[tuple[float, Frame]] = []
    for index, data in enumerate(frames):
        with suppress(UnreadablePicture):
            picture = decode(data, settings.frame_pixels)
            readable.append((sharpness(picture), Frame(index, picture)))
    if not readable:
        raise IdentityRefusal("frames_unreadable")
    # One of each stretch of time: both sides of a card are shown one after the other.
    count = min(settings.frames, len(readable))
    cuts = [len(readable) * i // count for i in range(count + 1)]
    chosen = [max(readable[a:b], key=lambda pair: pair[0]) for a, b in pairwise(cuts)]
    return [frame for _, frame in sorted(chosen, key=lambda pair: -pair[0])]


def located(frame: Frame, front: Copy, back: Copy | None, settings: IdentitySettings,
             before: Sequence[Frame]) -> Frame:  # fmt: skip
    """Both sides bear the same print here and there: the better one counts. What was sure a frame ago is looked for
    first, and as the camera showed it then; the slow way is gone once, in the first frame."""
    sight = document.Sight(frame.picture)
    sure = next((one for one in reversed(before) if one.inliers >= document.ENOUGH), None)
    flips = document.FLIPS if sure is None or sure.located is None else (sure.located.mirrored,)
    sides: list[tuple[Side, Copy]] = [("front", front), *([("back", back)] if back is not None else [])]
    if sure is not None and sure.back is not None:
        sides.reverse()
    best: tuple[Side, Copy, Located] | None = None
    for side, copy in sides:
        found = document.locate(copy, sight, settings, ("orb",), flips)
        if found is not None and (best is None or found.inliers > best[2].inliers):
            best = side, copy, found
        if best is not None and best[2].inliers >= document.ENOUGH:
            break
    if not before and (best is None or best[2].inliers < document.ENOUGH):
        for side, copy in sides if best is None else [best[:2]]:
            found = document.locate(copy, sight, settings, ("sift",), flips)
            if found is not None and (best is None or found.inliers > best[2].inliers):
                best = side, copy, found
    if best is None:
        return frame
    return replace(frame, front=best[2] if best[0] == "front" else None, back=best[2] if best[0] == "back" else None)
