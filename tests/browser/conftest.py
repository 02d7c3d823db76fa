from __future__ import annotations

import pytest

from tests.browser import windows


@pytest.fixture(autouse=True)
def _what_is_around_a_page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is alone with the machine has Chromium as people have it."""
    monkeypatch.setattr(windows, "engine_alone", request.node.get_closest_marker("alone") is None)
