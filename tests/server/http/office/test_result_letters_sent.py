"""The letter of a result is made once: what its mail carries is what is read years later."""
from __future__ import annotations

import asyncio

import pytest

from evaluation.codec import encode
from server.app.result_filling import ResultFilling
from server.documents.seal_check import find_seal
from server.http import parts
from server.storage.disk_space import NoSpace
from server.storage.letters import Letter
from tests.pace import patient
from tests.server.documents.samples import ARCHIVABLE, claimed
from tests.server.http.office.awards import ruled
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_batches import WHY, carried_out, presented
from tests.serving import eventually


async def mailed(desks: Desks, position: int) -> bytes:
    """What the mail to Lina carries, each time that it is put together."""
    app = desks.home.app
    filling = ResultFilling(app[parts.JOURNALS], app[parts.ACCOUNTS], app[parts.RESULT_PAPERS],
                            "https://jury.example.org", "fr")
    letter = Letter("lina", "result", {"candidacy": "lina", "position": position})
    _, (paper,) = await filling.complete(letter, {"first_name": "Lina"})
    return paper.data


async def read(desks: Desks, position: int) -> bytes:
    answer = await (await desks.browser("lina")).get(f"/space/lina/candidacies/lina/letters/{position}")
    assert answer.status == 200
    return await answer.read()


@pytest.mark.rule("R8.1")
async def test_what_is_read_is_what_was_sent(desks: Desks):
    """Also where the person's name and address changed since."""
    await desks.in_force()
    await ruled(desks, "lina", "partial")
    (letter,) = (await desks.of_candidacy("lina")).letters
    sent, own = await asyncio.gather(mailed(desks, letter.position), read(desks, letter.position))
    accounts = desks.home.app[parts.ACCOUNTS]
    await accounts.save_person("lina", {**(await accounts.profile("lina") or {}), "name": "Lina Autrement"})
    again = await mailed(desks, letter.position)
    clerk = await desks.get("clerk", f"candidacies/lina/letters/{letter.position}")
    assert {own, again, await clerk.read()} == {sent}
    seal = await find_seal(sent, ())
    assert seal is not None
    assert seal.unchanged
    assert claimed(sent) == ARCHIVABLE


@pytest.mark.rule("R8.1", "X5")
async def test_what_was_sent_and_what_was_handed_over_stand_in_the_journal(desks: Desks):
    """By the digest of their bytes, as other sealed papers do."""
    await desks.in_force()
    await ruled(desks, "lina", "partial")
    (letter,) = (await desks.of_candidacy("lina")).letters
    sent, vault = await read(desks, letter.position), desks.home.app[parts.VAULT]

    async def arrived() -> bool:
        return (await desks.of_candidacy("lina")).letters[0].arrived_at is not None

    await eventually(arrived, patient(10))
    (letter,) = (await desks.of_candidacy("lina")).letters
    assert letter.paper is not None
    assert letter.paper.digest == (await vault.key("lina")).digest(letter.paper.file, sent)
    await desks.send("clerk", f"candidacies/lina/letters/{letter.position}/hand", on=desks.today, means="by_hand")
    told = [one for one in await desks.home.app[parts.JOURNALS].records("lina")
            if one.event in ("candidacy.result_arrived", "candidacy.result_handed")]
    assert [one.data["paper"] for one in told] == [encode(letter.paper)] * 2


@pytest.mark.rule("R8.1")
async def test_one_that_could_not_be_kept_does_not_leave_and_is_made_again(
        desks: Desks, monkeypatch: pytest.MonkeyPatch):
    await desks.in_force()
    await ruled(desks, "lina", "partial")
    (letter,) = (await desks.of_candidacy("lina")).letters

    async def full(*_: object, **__: object) -> None:
        raise NoSpace("vault")

    with monkeypatch.context() as no_room:
        no_room.setattr(desks.home.app[parts.VAULT], "put_file", full)
        with pytest.raises(NoSpace):
            await mailed(desks, letter.position)
    assert await mailed(desks, letter.position) == await read(desks, letter.position)


@pytest.mark.rule("R8.1")
async def test_what_the_commission_changes_is_another_letter_beside_the_first(desks: Desks):
    page = await presented(desks, "lina")
    (first,) = (await desks.of_candidacy("lina")).letters
    before = await read(desks, first.position)
    await desks.send("member", f"{page}/validate", page, **{"why-0": WHY})
    await carried_out(desks)
    one, other = (await desks.of_candidacy("lina")).letters
    assert await read(desks, other.position) != before
    assert await read(desks, one.position) == before


@pytest.mark.rule("X1")
async def test_nobody_reads_the_letter_of_who_was_erased(desks: Desks):
    await desks.in_force()
    await ruled(desks, "lina", "partial")
    (letter,) = (await desks.of_candidacy("lina")).letters
    page = f"candidacies/lina/letters/{letter.position}"
    assert (await desks.get("clerk", page)).status == 200
    await desks.home.app[parts.ACCOUNTS].erase_person("lina")
    gone = await desks.get("clerk", page)
    assert (gone.status, (await gone.read())[:5] == b"%PDF-") == (410, False)
