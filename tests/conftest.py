"""What every test may count on."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests import permits

# A shared machine is slow at times: what a property test asserts is never its own speed.
settings.register_profile("visiojury", deadline=None)
settings.load_profile("visiojury")


def pytest_addoption(parser: pytest.Parser) -> None:
    permits.add_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    permits.configure(config)
