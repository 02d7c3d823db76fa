"""A file of the vault that is spoiled: whoever asks for it is told so, the log says which, and nothing else stops."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from server.http import parts
from server.storage.tables import files, people, words
from tests.server.documents.samples import pdf, picture
from tests.server.http.house import House
from tests.server.http.test_supplied_documents import upload


def lying(home: House, file: str) -> Path:
    return home.app[parts.CONFIG].storage.vault_folder / file[:2] / file


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES = [cut_short, altered, Path.unlink, a_folder, lambda path: path.write_bytes(b"")]
IDS = ["cut short", "altered", "missing", "a folder in its place", "empty"]


async def opened(home: House, address: str) -> tuple[int, str, list[Any]]:
    juror = await home.sit("emp")
    with capture_logs() as lines:
        answer = await juror.get(address, Accept="application/json")
    told = (await answer.json())["refusal"]
    return answer.status, told, [one for one in lines if one["log_level"] == "error"]


@pytest.mark.parametrize("spoil", DAMAGES, ids=IDS)
@pytest.mark.parametrize("what", ["1.webp", "1/text"])
async def test_a_damaged_document_is_said_to_be(home: House, spoil: Callable[[Path], None], what: str):
    told = await (await upload(home, await home.sit("cand"), pdf())).json()
    spoil(lying(home, told["document"]))
    status, said, logged = await opened(home, f"/seat/{home.seat('emp')}/documents/{told['document']}/pages/{what}")
    assert (status, "abîmée sur le serveur" in said, "sauvegarde" in said) == (503, True, True)
    assert [(one["event"], one["document"]) for one in logged] == [("vault.file_damaged", told["document"])]


@pytest.mark.parametrize("spoil", DAMAGES[:3], ids=IDS[:3])
async def test_a_damaged_picture_of_a_page_is_drawn_again(home: House, spoil: Callable[[Path], None]):
    told = await (await upload(home, await home.sit("cand"), pdf())).json()
    juror, at = await home.sit("emp"), f"/seat/{home.seat('emp')}/documents/{told['document']}/pages/1.webp"
    first = await (await juror.get(at)).read()
    folder = home.app[parts.CONFIG].storage.vault_folder
    for path in [one for one in folder.rglob("*") if one.is_file() and one.name != told["document"]]:
        spoil(path)
    again = await juror.get(at)
    assert (again.status, await again.read()) == (200, first)


async def test_a_key_that_is_spoiled_is_a_damaged_file(home: House):
    told = await (await upload(home, await home.sit("cand"), pdf())).json()
    async with home.app[parts.DATABASE].writing() as connection:
        await connection.execute(update(files).values(wrapped_key=b"x" * 60))
    status, _, logged = await opened(home, f"/seat/{home.seat('emp')}/documents/{told['document']}/pages/1.webp")
    assert (status, [one["event"] for one in logged]) == (503, ["vault.file_damaged"])


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize("spoil", DAMAGES[:4], ids=IDS[:4])
async def test_a_damaged_capture_is_not_said_to_have_been_deleted(home: House, spoil: Callable[[Path], None]):
    await home.call_in()
    about = (await home.state()).hearing(home.hearing()).candidate.person
    stored = await home.app[parts.VAULT].put_file(about, home.session, "capture", "image/jpeg", picture())
    await home.act("emp", "TakeCapture", hearing=home.hearing(), seat=home.seat("cand"), source="main",
                   capture=stored.id, digest=stored.digest)
    spoil(lying(home, stored.id))
    status, said, logged = await opened(home, f"/seat/{home.seat('emp')}/captures/{stored.id}.jpg")
    assert (status, "abîmée sur le serveur" in said, len(logged)) == (503, True, 1)


async def test_a_page_that_cannot_be_drawn_is_not_said_to_be_an_upload(home: House, monkeypatch: pytest.MonkeyPatch):
    told = await (await upload(home, await home.sit("cand"), pdf())).json()
    about = (await home.state()).hearing(home.hearing()).candidate.person
    await home.app[parts.VAULT].put_file(about, home.session, "portfolio_a", "application/pdf", b"%PDF-1.7 nothing",
                                         name=told["document"])
    status, said, logged = await opened(home, f"/seat/{home.seat('emp')}/documents/{told['document']}/pages/1.webp")
    assert (status, "enregistré" in said, "dessinée" in said) == (503, False, True)
    assert [one["event"] for one in logged] == ["page.not_drawn"]


async def test_words_and_names_that_are_spoiled_do_not_close_the_day(home: House):
    await home.to_questions()
    await home.act("emp", "SetMark", hearing=home.hearing(), competency="C1.1", mark="NA", words="pas montrée")
    async with home.app[parts.DATABASE].writing() as connection:
        await connection.execute(update(words).values(sealed=b"y" * 60))
        await connection.execute(update(people).values(sealed=b"y" * 60))
    accounts, vault = home.app[parts.ACCOUNTS], home.app[parts.VAULT]
    accounts._profiles.clear()
    vault._texts.clear()
    juror = await home.sit("emp")
    with capture_logs() as lines:
        answer = await juror.get(f"/seat/{home.seat('emp')}/")
    assert answer.status == 200
    assert {one["event"] for one in lines if one["log_level"] == "error"} == {"vault.person_damaged",
                                                                              "vault.words_damaged"}
