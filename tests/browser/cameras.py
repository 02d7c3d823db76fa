"""A candidate's camera that a test changes while it runs: drawn in the page, encoded and sent by Chromium itself."""
from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from server.identity.pictures import Picture
from tests.browser.windows import Window

SIZE = (1280, 720)
SCRIPT = Path(__file__).with_name("drawn_camera.js")
SWAY = 4.0
"""Pixels to either side, of somebody who sits before their camera."""


@dataclass(frozen=True)
class Placed:
    """One picture before the camera: where, how wide, and how much it sways (pixels)."""

    picture: Picture
    x: float = 0
    y: float = 0
    width: float = SIZE[0]
    sway: float = 0


async def drawn_camera(window: Window) -> None:
    """For `enter(before=…)`: this window's camera is the drawn one."""
    await window.page.add_init_script(path=SCRIPT)


async def shows(window: Window, *placed: Placed, ground: str = "rgb(150, 160, 140)", still: bool = False) -> None:
    """From now on the camera shows this. `still`: one picture for ever, as of a camera that hangs."""
    pictures: list[dict[str, Any]] = [
        {"url": _url(one.picture), "x": one.x, "y": one.y, "width": one.width, "sway": one.sway,
         "height": one.width * one.picture.shape[0] / one.picture.shape[1]} for one in placed]
    await window.page.evaluate("scene => cameraShows(scene)", {"ground": ground, "pictures": pictures, "still": still})


def sitting(person: Picture, x: float = 340) -> Placed:
    return Placed(person, x, 220, 640, SWAY)


def _url(picture: Picture) -> str:
    _, png = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    return f"data:image/png;base64,{base64.b64encode(png.tobytes()).decode()}"
