"""Lists of candidates as they are kept: nothing of one is left behind, and nothing in it is written as it is."""
from __future__ import annotations

import pytest
from sqlalchemy import select

from server.storage.imports import Import, Imports, LineDone
from server.storage.tables import import_lines
from tests.server.kept import House

LINES = [(2, {"email": "Lina@Example.org", "birth_name": "Morel"}), (3, {"trained_by": "Rémi Vial, remi@example.org"})]


async def listed(house: House, name: str = "a1") -> Imports:
    await house.kept.imports.keep(Import(name, "org", "b1", "of1", "RNCP26850", len(LINES)), LINES)
    return house.kept.imports


async def waiting(imports: Imports) -> list[str]:
    return [one.id for one in await imports.waiting()]


async def test_what_is_left_is_registered_and_what_was_refused_once_more(house: House):
    imports = await listed(house)
    assert [(number, dict(values)) for number, values in await imports.content("a1")] == LINES
    assert await waiting(imports) == []
    await imports.begin("a1")
    assert await waiting(imports) == ["a1"]
    refused = LineDone(3, None, [{"text": "{email} est connue", "values": {"email": "remi@example.org"}}])
    for one in (LineDone(2, "c1", ()), refused):
        await imports.note("a1", one)
    assert (await waiting(imports), await imports.done("a1")) == ([], {2: LineDone(2, "c1", ()), 3: refused})
    async with house.kept.database.reading() as connection:
        (sealed,) = await connection.scalars(select(import_lines.c.sealed).where(import_lines.c.sealed.is_not(None)))
    assert b"remi" not in sealed
    await imports.begin("a1")
    assert (await waiting(imports), [*await imports.done("a1")]) == (["a1"], [2])
    await imports.stop("a1")
    assert await waiting(imports) == []


async def test_a_list_whose_file_was_not_written_is_handed_in_again_and_forgotten_as_any(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as broken:
        async def killed(*_given: object, **_named: object) -> None:
            raise OSError

        broken.setattr(house.kept.vault, "put_file", killed)
        with pytest.raises(OSError):  # noqa: PT011
            await listed(house)
    with pytest.raises(FileNotFoundError):
        await house.kept.imports.content("a1")
    imports = await listed(house)
    assert len(await imports.content("a1")) == 2
    await imports.forget_older(house.clock() + 1)
    assert await imports.find("a1") is None
    with pytest.raises(FileNotFoundError):
        await imports.content("a1")


@pytest.mark.rule("X1")
@pytest.mark.parametrize("address", ["lina@example.org", "REMI@example.org"])
async def test_with_somebody_who_is_erased_every_list_that_names_them_goes(house: House, address: str):
    imports = await listed(house)
    await imports.forget_about("p-other", "other@example.org")
    await imports.forget_about("p-other", "")
    assert await imports.find("a1") is not None
    await imports.forget_about("p1", address)
    assert await imports.find("a1") is None
    assert await house.kept.vault.all_files_of("import:a1") == []
