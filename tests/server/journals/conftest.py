from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.server.journals.toy_house import Toys, opened
from tests.server.kept import HandClock, config_in


@pytest.fixture
async def toys(tmp_path: Path, database_url: str) -> AsyncIterator[Toys]:
    found = await opened(config_in(tmp_path / "kept", database_url), HandClock())
    yield found
    await found.journals.close()
    await found.kept.database.close()
