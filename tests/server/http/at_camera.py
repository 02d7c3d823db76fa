"""A candidate at the camera, for tests: made cards held still, sent by a real peer, and what the pages are told."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import av
import cv2
import numpy as np
from aiohttp import FormData
from aiortc.codecs import vpx
from aiortc.mediastreams import AudioStreamTrack
from PIL import Image

from server.http import parts
from server.identity.pictures import Picture
from tests.pace import within
from tests.server.http.house import Browser, House
from tests.server.http.test_media_signalling import SDP, negotiated
from tests.server.identity.specimens import Holder, document
from tests.server.media.peers import Camera, Client

SIZE = (1280, 720)
FRAMES_PER_SECOND = 4
CLIP_RATE = 10
RATE = 1_500_000
OWN = Holder(family="MOREL", given=("Lina",))


def png(picture: Picture) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    return out.getvalue()


def held(card: Picture | None, tilt: float = 0.06) -> Picture:
    """The card at an angle before a plain wall; None: the wall alone."""
    wide, high = SIZE
    down, across = np.mgrid[0:high, 0:wide].astype(np.float32)
    wall = np.stack([90 + 60 * across / wide, 100 + 40 * down / high, np.full_like(across, 120)], axis=-1)
    if card is None:
        return wall.astype(np.uint8)
    tall, broad = card.shape[:2]
    left, top, size = 0.2 * wide, 0.12 * high, 0.6 * wide
    ratio = tall / broad
    corners = np.array([[left, top + size * tilt], [left + size, top], [left + size * 0.98, top + size * ratio],
                        [left + size * 0.02, top + size * (ratio + tilt)]], np.float32)  # fmt: skip
    flat = np.array([[0, 0], [broad, 0], [broad, tall], [0, tall]], np.float32)
    view = cv2.getPerspectiveTransform(flat, corners)
    small = cv2.GaussianBlur(card, (0, 0), 0.5)
    shown = cv2.warpPerspective(small, view, SIZE)
    mask = cv2.warpPerspective(np.full(card.shape[:2], 255, np.uint8), view, SIZE)[..., None] / 255
    return (wall * (1 - mask) + shown * mask).astype(np.uint8)


class Showing(Camera):
    """A camera before which `picture` is held; a test may hold up another one."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture

    async def recv(self) -> av.VideoFrame:
        self._count += 1
        await asyncio.sleep(max(0.0, self._start + self._count / FRAMES_PER_SECOND - time.monotonic()))
        frame = av.VideoFrame.from_ndarray(self.picture, format="rgb24")
        frame.pts, frame.time_base = self._count * 90000 // FRAMES_PER_SECOND, Fraction(1, 90000)
        return frame


class Playing(Camera):
    """A program in the camera's place that plays a clip round and round, `CLIP_RATE` pictures a second."""

    def __init__(self, clip: Sequence[Picture]) -> None:
        super().__init__()
        self.clip = clip

    async def recv(self) -> av.VideoFrame:
        self._count += 1
        await asyncio.sleep(max(0.0, self._start + self._count / CLIP_RATE - time.monotonic()))
        frame = av.VideoFrame.from_ndarray(self.clip[self._count % len(self.clip)], format="rgb24")
        frame.pts, frame.time_base = self._count * 90000 // CLIP_RATE, Fraction(1, 90000)
        return frame


async def before_camera(home: House, browser: Browser, picture: Picture) -> tuple[Showing, Client]:
    """The candidate's camera is on."""
    camera = Showing(picture)
    return camera, await sends(home, browser, camera)


async def sends(home: House, browser: Browser, camera: Camera) -> Client:
    vpx.DEFAULT_BITRATE = RATE
    client = Client()
    client.pc.addTransceiver(AudioStreamTrack(), "sendonly")
    client.pc.addTransceiver(camera, "sendonly")
    answer = await browser.send("POST", f"/seat/{home.seat('cand')}/whip/main", await client.offer(), **SDP)
    await client.accept(await negotiated(answer))
    await client.connected()
    return client


async def supply(home: House, browser: Browser, data: bytes, *, kind: str = "identity_front",
                 identity: str = "new_card", name: str = "carte.png") -> dict[str, Any]:  # fmt: skip
    form = FormData()
    form.add_field("file", data, filename=name, content_type="application/octet-stream")
    path = f"/seat/{home.seat('cand')}/documents?hearing={home.hearing()}&kind={kind}&identity={identity}"
    answer = await browser.send("POST", path, form)
    assert answer.status == 201, await answer.text()
    return await answer.json()


async def kept_copy(home: House, picture: Picture, kind: str = "identity_front", identity: str = "new_card") -> str:
    """The same past the browser: kept, and looked at by nobody."""
    person = (await home.state()).hearing(home.hearing()).candidate.person
    stored = await home.app[parts.VAULT].put_file(person, home.session, kind, "image/png", png(picture))
    await home.act("cand", "SupplyDocument", hearing=home.hearing(), document=stored.id, kind=kind,
                   digest=stored.digest, pages=1, identity=identity)  # fmt: skip
    return stored.id


def card(of: Holder = OWN) -> Picture:
    return document("new_card", of)


def back(of: Holder = OWN) -> Picture:
    return document("new_card_back", of)


async def ask(home: House, name: str, side: str = "front") -> None:
    await home.act(name, "AskIdentityCheck", hearing=home.hearing(), side=side)


async def settled(home: House, timeout_s: float = 60) -> Any:
    """The hearing once no check is under way."""
    return await when(home, lambda hearing: hearing.check is None, timeout_s)


async def when(home: House, true_of: Callable[[Any], object], timeout_s: float = 60) -> Any:
    async with within(timeout_s):
        while not true_of(hearing := (await home.state()).hearing(home.hearing())):
            await asyncio.sleep(0.05)
        return hearing


async def identity_view(home: House, browser: Browser, name: str) -> dict[str, Any]:
    """`hearing.identity` as this seat's page is rendered from."""
    view = await whole_view(home, browser, name)
    return view["hearing"]["identity"]


async def whole_view(home: House, browser: Browser, name: str) -> dict[str, Any]:
    from tests.server.http.test_event_streams import reading

    stream = await reading(home, browser, name)
    _, view = await stream.next()
    stream.response.close()
    return view
