"""People found by name: whole parts, whatever the spelling; nothing of a name is kept as it is written."""
from __future__ import annotations

import pytest
from sqlalchemy import select, text

from server.storage.names import kept_of, normal
from server.storage.tables import name_parts
from tests.server.kept import House

PEOPLE = {
    "p1": {"name": "Jean-Pierre Ndiaye Œuvrard", "first_name": "Jean-Pierre"},
    "p2": {"name": "Jean N’Da Étienne", "first_name": "Jean", "other_names": ["Martin"]},
    "p3": {"name": "Marie D'Angelo", "first_name": "Marie"},
    "p4": {"name": "Øyvind Straße", "first_name": "Øyvind"},
}


async def peopled(house: House) -> House:
    for person, profile in PEOPLE.items():
        await house.kept.accounts.save_person(person, profile)
    return house


FOUND: dict[str, tuple[str, ...]] = {
    "jean": ("p1", "p2"), "JEAN PIERRE": ("p1",), "jean-pierre": ("p1",), "jeanpierre": ("p1",), "oeuvrard": ("p1",),
    "Œuvrard Jean": ("p1",), "nda": ("p2",), "N'Da": ("p2",), "n da": ("p2",), "etienne": ("p2",), "martin": ("p2",),
    "dangelo": ("p3",), "angelo d’": ("p3",), "strasse oyvind": ("p4",), "jea": (), "jean martin etienne": ("p2",),
    "jean angelo": (), " - ": (), "": (),
}


async def test_each_whole_part_of_a_name_finds_its_person(house: House):
    await peopled(house)
    assert {asked: await house.kept.accounts.names.find(asked, 10) for asked in FOUND} == FOUND


async def test_as_many_as_are_asked_for(house: House):
    await peopled(house)
    assert await house.kept.accounts.names.find("jean", 1) == ("p1",)


async def test_a_name_that_changed_is_found_by_what_it_is_now(house: House):
    await peopled(house)
    await house.kept.accounts.save_person("p1", {"name": "Jean Durand", "first_name": "Jean"})
    names = house.kept.accounts.names
    assert (await names.find("ndiaye", 10), await names.find("durand", 10)) == ((), ("p1",))


@pytest.mark.rule("X1")
async def test_an_erased_person_is_found_by_no_name(house: House):
    await peopled(house)
    await house.kept.accounts.erase_person("p1")
    assert await house.kept.accounts.names.find("jean", 10) == ("p2",)
    async with house.kept.database.reading() as connection:
        left = set(await connection.scalars(select(name_parts.c.person)))
    assert left == {"p2", "p3", "p4"}


@pytest.mark.rule("X1")
async def test_no_part_of_a_name_stands_there_as_it_is_written(house: House):
    await peopled(house)
    async with house.kept.database.reading() as connection:
        kept = repr((await connection.execute(text("SELECT * FROM name_parts"))).all()).lower()
    parts = {part for profile in PEOPLE.values() for part in kept_of(profile) if len(part) > 3}
    assert [part for part in parts if part in kept] == []


def test_what_two_spellings_have_in_common():
    assert [normal(one) for one in ("ÉTIENNE", "étienne", "e\u0301tienne", "Łukasz")] == [
        "etienne", "etienne", "etienne", "lukasz"]
