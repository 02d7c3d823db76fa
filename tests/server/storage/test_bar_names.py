"""Names of people under a bar, kept as digests under the awarding body's key, as long as the bar runs (R6.6)."""
from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select

from evaluation.body.kind import BODY
from evaluation.kinds import Row
from server.storage import rows
from server.storage.bar_names import BarNames, NamedBar, forget_ended
from server.storage.name_variants import Called
from server.storage.names import kept_of
from server.storage.rows import Changes
from server.storage.tables import bar_names, bars_named, name_parts
from tests.server.kept import House

LINA = Called(("Morel",), ("Lina", "Marie"), date(1998, 7, 14))
MISSPELT = Called(("Morrel",), ("LINA",), date(1998, 7, 14))
OTHER = Called(("Durand",), ("Lina",), date(1998, 7, 14))
ENDS = 2_000


async def barred(house: House, bar: str = "bar1", *people: Called) -> BarNames:
    names = house.kept.bar_matches.names
    digests = await names.of_people("b1", people or (LINA,))
    async with house.kept.database.writing() as connection:
        await rows.write(connection, BODY.name, "b1", Changes(added=(Row("bars", bar, body="b1", due_at=ENDS),)))
        await names.keep(connection, "b1", bar, digests)
    return names


async def found(names: BarNames, called: Called, body: str = "b1") -> frozenset[str]:
    return await names.find(await names.digests(body, called))


@pytest.mark.rule("R6.6")
async def test_a_name_is_found_in_its_awarding_body_under_another_spelling(house: House):
    names = await barred(house)
    assert await found(names, MISSPELT) == {"bar1"}
    assert (await found(names, OTHER), await found(names, MISSPELT, "b2")) == (frozenset(), frozenset())
    async with house.kept.database.reading() as connection:
        assert await names.find(await names.digests("b1", MISSPELT), connection) == {"bar1"}
    assert not (await names.digests("b1", MISSPELT)).isdisjoint(await names.of_bar("bar1"))
    assert (await names.digests("b1", OTHER)).isdisjoint(await names.of_bar("bar1"))


async def test_nothing_of_a_name_is_kept_as_it_is_written(house: House):
    await barred(house)
    async with house.kept.database.reading() as connection:
        kept = list(await connection.scalars(select(bar_names.c.digest)))
    assert {len(one) for one in kept} == {64}
    assert len(set(kept)) == len(kept) > 20


@pytest.mark.rule("R6.6", "X1")
async def test_variants_of_names_are_kept_of_people_under_a_bar_alone(house: House):
    """Whoever is looked for leaves none; of anybody else whole parts are kept, under the spelling they are found by."""
    names = await barred(house)
    profile = {"name": "Lina Durand", "first_name": "Lina", "birth_date": OTHER.born.isoformat()}
    await house.kept.accounts.save_person("p-other", profile)
    await found(names, OTHER)
    async with house.kept.database.reading() as connection:
        kept = set(await connection.scalars(select(bar_names.c.digest)))
        parts = list(await connection.scalars(select(name_parts.c.digest)))
    assert kept == await names.of_bar("bar1")
    assert kept.isdisjoint(await names.digests("b1", OTHER) | set(parts))
    assert len(parts) == len(kept_of(profile)) == 2


@pytest.mark.rule("R6.6")
async def test_names_go_with_their_bar(house: House):
    names = await barred(house)
    await barred(house, "bar2", OTHER)
    assert await names.named() == {"bar1", "bar2"}
    async with house.kept.database.writing() as connection:
        await names.forget(connection, "bar1")
    assert (await found(names, MISSPELT), await names.named()) == (frozenset(), {"bar2"})
    for now, left in ((ENDS - 1, {"bar2"}), (ENDS, set[str]())):
        async with house.kept.database.writing() as connection:
            await forget_ended(connection, now)
        assert await names.named() == left
    async with house.kept.database.reading() as connection:
        assert list(await connection.scalars(select(bar_names.c.digest))) == []


async def test_each_bar_is_looked_for_once_among_what_stands(house: House):
    names = await barred(house)
    assert await names.not_looked_at() == (NamedBar("bar1", "b1"),)
    await names.looked_at("bar1", 5)
    assert await names.not_looked_at() == ()
    async with house.kept.database.writing() as connection:
        await connection.execute(insert(bars_named).values(bar="bar3", body="b1", ends_at=ENDS))
    assert [one.bar for one in await names.not_looked_at()] == ["bar3"]
