"""Devices that a test plugs in and unplugs, and what of them reaches somebody else's page."""
from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from tests.browser.windows import Window
from tests.serving import eventually

HERE = Path(__file__).parent
LOUD, SILENT = 1e-2, 1e-4
"""Energy of the steady tone within half a second, and what nothing of it may exceed."""
BRIGHT, DARK = 150, 60
"""Of the bright picture, and of the black one that stands for a closed camera: 0 to 255."""
LISTEN_SECONDS = 1.5


async def pluggable(window: Window) -> None:
    """For `enter(before=…)`: this window's camera and microphone are the test's."""
    await window.page.add_init_script(path=HERE / "pluggable_devices.js")


async def listening(window: Window) -> None:
    """For `enter(before=…)`: this window notes what reaches it."""
    await window.page.add_init_script(path=HERE / "arriving.js")


async def devices(window: Window, call: str, *given: str | bool) -> Any:
    """`plug`, `unplug`, `refuse`, `allow`, `mute` (pluggable_devices.js)."""
    return await window.page.evaluate("([call, given]) => window.devices[call](...given)", [call, list(given)])


async def arrived(viewer: Window) -> tuple[bool, bool, bool, bool]:
    """Since the last reset: loud, silent, bright, dark."""
    seen = await viewer.page.evaluate("() => arriving.seen")
    return seen["energy"] > LOUD, seen["energy"] < SILENT, seen["bright"] > BRIGHT, seen["bright"] < DARK


async def reset(viewer: Window) -> None:
    await viewer.page.evaluate("() => arriving.reset()")


async def comes(viewer: Window, *, sound: bool, picture: bool, seconds: float = 20) -> None:
    """From somebody's page to this one: waits until just this arrives."""

    async def so() -> bool:
        await reset(viewer)
        await asyncio.sleep(0.5)
        loud, silent, bright, dark = await arrived(viewer)
        return (loud if sound else silent) and (bright if picture else dark)

    await eventually(so, seconds)


async def nothing_came(viewer: Window) -> None:
    """Neither sound nor picture since the reset, and none in a while to come."""
    await asyncio.sleep(LISTEN_SECONDS)
    loud, silent, bright, dark = await arrived(viewer)
    assert (loud, silent, bright, dark) == (False, True, False, True), await viewer.page.evaluate("() => arriving.seen")
