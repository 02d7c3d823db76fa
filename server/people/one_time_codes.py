"""Codes that a telephone shows for half a minute each (RFC 6238), and how far a telephone's clock is from ours."""
from __future__ import annotations

import hmac
from dataclasses import dataclass

from pyotp import random_base32
from pyotp.totp import TOTP

STEP_SECONDS = 30
"""RFC 6238, 5.2: what every application assumes."""
DRIFT_STEPS = 1
"""One code before or after the present one is taken, as RFC 6238, 5.2 advises: for the way, and for a clock."""
ISSUER = "Visiojury"


@dataclass(frozen=True)
class Reading:
    """`step` is the code's time step; `apart` how many seconds its telephone is before us (positive) or behind, as far
    as steps tell; `taken` whether it is near enough."""

    step: int
    apart: int
    taken: bool


def new_secret() -> str:
    """160 bits, as RFC 4226, 4 asks."""
    return random_base32()


def address(secret: str, account: str) -> str:
    """What the QR code holds: an application opens it."""
    return TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def read(secret: str, code: str, now: int, told_seconds: int) -> Reading | None:
    """Which step a code is of, among those within `told_seconds` of `now` (ms); None when it is none of them."""
    totp, present = TOTP(secret), now // 1000 // STEP_SECONDS
    most = max(DRIFT_STEPS, told_seconds // STEP_SECONDS)
    found = None
    for apart in sorted(range(-most, most + 1), key=abs):
        if hmac.compare_digest(totp.generate_otp(present + apart).encode(), code.encode()) and found is None:
            found = Reading(present + apart, apart * STEP_SECONDS, abs(apart) <= DRIFT_STEPS)
    return found


def window(step: int) -> tuple[int, int]:
    """From when until when its code is shown, in ms."""
    return step * STEP_SECONDS * 1000, (step + 1) * STEP_SECONDS * 1000
