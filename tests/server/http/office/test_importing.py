"""Many candidates from one file: none while a line is wrong; then each line once, whatever stops it."""
from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest
from aiohttp import FormData
from sqlalchemy import delete

from server.http import parts
from server.http.office.import_runs import NO_OFFICE, ImportRuns
from server.people.registration_columns import TITLES
from server.storage.imports import Import, LineDone
from server.storage.tables import import_lines
from tests.pace import patient
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
    """The lines are asked for, and what the page says once they are done."""
    page = where.removeprefix("/space/org1/office/")
    assert await desks.send("org1", f"{page}/go", page) == (303, where)
    await finished(desks)
    return await desks.page("org1", page)


async def finished(desks: Desks) -> None:
    async with asyncio.timeout(patient(30)):
        while await desks.home.app[parts.IMPORTS].waiting():
            await asyncio.sleep(0.02)


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
    assert ("3 sur 3." in await gone_on(desks, where), await registered(desks)) == (True, 3)
    page = await desks.page("org1", "candidacies")
    assert (page.count("inscription enregistrée</span>"), page.count("inscription en cours d’examen</span>")) == (2, 1)
    for person in ("dep1", "org2", "clerk", "none"):
        assert (await desks.get(person, where.removeprefix("/space/org1/office/"))).status == 404


async def test_it_goes_on_where_it_was_killed_and_registers_nobody_twice(desks: Desks, monkeypatch: pytest.MonkeyPatch):
    """When it starts again; after the act and before that was noted; and when the database is away for a moment."""
    await desks.in_force()
    _, where = await handed_in(desks, sheet(listed(*LINES)), "candidats.xlsx")
    imports, name = desks.home.app[parts.IMPORTS], where.rpartition("/")[2]
    await imports.begin(name)  # killed here: nobody is told that it was begun
    shown = await desks.page("org1", where.removeprefix("/space/org1/office/"))
    assert ('data-goes-on="2"' in shown, "0 sur 3. Il en reste 3." in shown, '/go"' in shown) == (
        True, True, False)
    note, failed = imports.note, list[int]()

    async def noted(of: str, done: LineDone) -> None:
        if not failed:
            failed.append(done.line)
            raise OSError
        await note(of, done)

    monkeypatch.setattr(imports, "note", noted)
    again = asyncio.create_task(ImportRuns(desks.home.app, 0.01).run())
    await finished(desks)
    again.cancel()
    done = await imports.done(name)
    assert (failed, await registered(desks), sorted(done)) == ([2], 3, [2, 3, 4])
    async with desks.home.app[parts.DATABASE].writing() as connection:
        await connection.execute(delete(import_lines))
    await runs(desks).register(await one(desks, name))
    assert (await registered(desks), await imports.done(name)) == (3, done)


def runs(desks: Desks) -> ImportRuns:
    return ImportRuns(desks.home.app, 1)


async def one(desks: Desks, name: str) -> Import:
    found = await desks.home.app[parts.IMPORTS].find(name)
    assert found is not None
    return found


async def test_who_is_registered_already_is_said_beside_the_line_and_nobody_twice_in_one_file(desks: Desks):
    """In the language of whoever reads it."""
    await desks.in_force()
    twice = latin(LINES[0], {**LINES[0], "first_names": LINES[0]["first_names"].split()[0]})
    status, page = await handed_in(desks, twice)
    assert (status, "déjà à la ligne 2" in page) == (422, True)
    page, where = "", ""
    for _ in range(2):
        _, where = await handed_in(desks, latin(LINES[0]))
        page = await gone_on(desks, where)
    assert ("0 sur 1. 1 ligne refusée." in page, "déjà inscrite" in page, await registered(desks)) == (
        True, True, 1)
    answer = await (await desks.browser("org1")).get(where, Accept="text/html", **{"Accept-Language": "en"})
    assert "This person is registered for this certification already" in await answer.text()


async def test_whose_office_has_ended_registers_nobody_more(desks: Desks):
    await desks.in_force()
    _, where = await handed_in(desks, latin(LINES[0]))
    await desks.do("clerk", "EndOffice", office="of-org1")
    name = where.rpartition("/")[2]
    await runs(desks).register(await one(desks, name))
    (said,) = (await desks.home.app[parts.IMPORTS].done(name)).values()
    assert (said.candidacy, said.problem[0]["text"], await registered(desks)) == (None, NO_OFFICE, 0)


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
