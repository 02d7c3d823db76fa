"""What every test may count on."""

from __future__ import annotations

from hypothesis import settings

# A shared machine is slow at times: what a property test asserts is never its own speed.
settings.register_profile("visiojury", deadline=None)
settings.load_profile("visiojury")
