"""Many candidates from one file: none while a line is wrong; then each line once, whatever stops it."""
from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import Any

import pytest
from aiohttp import FormData
from sqlalchemy import delete

from server.http import parts
from server.http.office import importing
from server.people.registration_columns import TITLES
from server.storage.tables import import_lines
from tests.server.documents.sheets import sheet
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_examinations import LINA as BARRED
from tests.server.http.office.test_examinations import set_bar
from tests.server.people.test_registration_check import LINA

LINES: tuple[dict[str, str], ...] = (
    {**LINA, "trained_by": "", "company_email": ""},
    {**LINA, "trained_by": "", "birth_name": "Çelik", "used_name": "", "first_names": "Noëlle",
     "email": "noelle@exemple.fr"},
    {**LINA, "trained_by": "", "birth_name": "Roux", "used_name": "", "first_names": "Zoé", "email": "zoe@exemple.fr"},
)


def listed(*lines: Mapping[str, str]) -> list[list[str]]:
    return [list(TITLES.values()), *([one.get(name, "").replace("\r\n", ", ") for name in TITLES] for one in lines)]


def latin(*lines: Mapping[str, str]) -> bytes:
    return "".join(";".join(row) + "\r\n" for row in listed(*lines)).replace("’", "'").encode("latin-1")


async def handed_in(desks: Desks, data: bytes, name: str = "candidats.csv", **more: str) -> tuple[int, str]:
    key = await desks.key("org1", "candidacies/import")
    form = FormData(default_to_multipart=True)
    for field, value in {"key": key, "provider": "b1", "certification": "RNCP26850", **more}.items():
        form.add_field(field, value)
    form.add_field("file", data, filename=name, content_type="application/octet-stream")
    answer = await (await desks.browser("org1")).send(
        "POST", "/space/org1/office/candidacies/import", form, Accept="text/html")
    return answer.status, answer.headers.get("Location") or await answer.text()


async def gone_on(desks: Desks, where: str) -> str:
    page = where.removeprefix("/space/org1/office/")
    status, location = await desks.send("org1", f"{page}/go", page)
    assert status == 303
    return location


async def registered(desks: Desks) -> int:
    return await desks.home.app[parts.ROWS].count("candidacies", body="cnhbjo")


async def test_a_file_with_a_wrong_line_registers_nobody_and_the_same_without_it_everybody(desks: Desks):
    await desks.in_force()
    await set_bar(desks, email="barred@example.org", birth_name="", name="Celik", first_name="Noelle")
    status, page = await handed_in(desks, latin(LINES[0], {**LINES[1], "email": "x", "sex": "=A1"}))
    assert (status, await registered(desks)) == (422, 0)
    said = ("Ligne 3", "2 lignes lues, 1 à corriger", "formule", "nom@exemple.fr")
    assert [words in page for words in (*said, "Ligne 2,")] == [True, True, True, True, False]
    status, where = await handed_in(desks, latin(*LINES))
    assert (status, await registered(desks)) == (303, 0)
    assert "3 lignes sont prêtes" in await desks.page("org1", where.removeprefix("/space/org1/office/"))
    assert (await gone_on(desks, where), await registered(desks)) == (f"{where}?done=imported", 3)
    page = await desks.page("org1", "candidacies")
    assert (page.count("inscription enregistrée</span>"), page.count("inscription en cours d’examen</span>")) == (2, 1)
    for person in ("dep1", "org2", "clerk", "none"):
        assert (await desks.get(person, where.removeprefix("/space/org1/office/"))).status == 404


async def test_it_goes_on_where_it_was_killed_and_registers_nobody_twice(desks: Desks, monkeypatch: pytest.MonkeyPatch):
    """After the act and before it was noted; and when the time of one request is over."""
    await desks.in_force()
    _, where = await handed_in(desks, sheet(listed(*LINES)), "candidats.xlsx")
    imports = desks.home.app[parts.IMPORTS]
    monkeypatch.setattr(importing, "monotonic", count(0, 60).__next__)
    assert await gone_on(desks, where) == f"{where}?run=1"
    name = where.rpartition("/")[2]
    (first,) = (await imports.done(name)).values()
    shown = await desks.page("org1", f"{where.removeprefix('/space/org1/office/')}?run=1")
    assert ("data-goes-on" in shown, "1 sur 3. Il en reste 2." in shown) == (True, True)
    async with desks.home.app[parts.DATABASE].writing() as connection:
        await connection.execute(delete(import_lines))
    for _ in range(3):
        await gone_on(desks, where)
    done = await imports.done(name)
    assert (await registered(desks), done[first.line].candidacy, sorted(done)) == (3, first.candidacy, [2, 3, 4])


async def test_who_is_registered_already_is_said_beside_the_line(desks: Desks):
    await desks.in_force()
    where = ""
    for _ in range(2):
        _, where = await handed_in(desks, latin(LINES[0]))
        await gone_on(desks, where)
    page = await desks.page("org1", where.removeprefix("/space/org1/office/"))
    assert ("0 sur 1. 1 ligne refusée." in page, "déjà inscrite" in page, await registered(desks)) == (
        True, True, 1)


@pytest.mark.parametrize(("data", "name", "words"), [
    (b"%PDF-1.7\nx", "candidats.xlsx", "ni un classeur"), (b"", "vide.csv", "Ce fichier est vide"),
    (b"a;b\r\nc;d\r\n", "x.csv", "n’ont pas été reconnus"),
    ("Nom;Prénoms;E-mail\r\nMorel;Lina;l@e.fr\r\n".encode(), "x.csv", "Il manque ces colonnes"),
    (("Nom;Nom de famille;E-mail\r\n" + "x;y;z\r\n").encode(), "x.csv", "Deux colonnes disent la même chose"),
    ("\r\n".join(["Nom;E-mail"] + ["a;b"] * 5001).encode(), "x.csv", "plus de 5001 lignes"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "x.xlsx",
     "mot de passe"),
])
async def test_a_file_that_is_no_list_of_candidates(desks: Desks, data: bytes, name: str, words: str):
    await desks.in_force()
    status, page = await handed_in(desks, data, name)
    assert (status, words in page, await registered(desks)) == (422, True, 0)


async def test_what_is_unlikely_is_asked_about_once_more(desks: Desks):
    await desks.in_force()
    old = latin({**LINES[0], "birth_date": "14/07/1918"})
    status, page = await handed_in(desks, old)
    assert (status, "À vérifier" in page, 'name="sure"' in page) == (422, True, True)
    assert (await handed_in(desks, old, sure="yes"))[0] == 303


async def test_the_template_is_a_file_that_is_read(desks: Desks):
    await desks.in_force()
    answer = await desks.get("org1", "candidacies/import/template")
    titles = (await answer.read()).decode("utf-8-sig").strip().split(";")
    assert titles == list(TITLES.values())
    assert re.search("candidats.csv", answer.headers["Content-Disposition"])
    assert {(await desks.get(person, "candidacies/import")).status for person in ("obs", "none")} == {404}


async def test_a_list_is_kept_for_some_days_only(desks: Desks):
    await desks.in_force()
    _, where = await handed_in(desks, latin(LINES[0]))
    imports: Any = desks.home.app[parts.IMPORTS]
    await imports.forget_older(desks.home.clock() + 1)
    assert (await desks.get("org1", where.removeprefix("/space/org1/office/"))).status == 404
    assert BARRED["name"] == "Lina Morel"
