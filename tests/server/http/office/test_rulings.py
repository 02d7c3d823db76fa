"""What juries ruled and the certificates that followed, as the clerk records and corrects them (R1.6, R8.3, X8)."""
from __future__ import annotations

from typing import Any

import pytest

from evaluation.candidacy.kind import CANDIDACY
from server.http import parts
from tests.server.http.office.desks import Desks, paper
from tests.server.http.office.test_candidacies import words

RECORD = "candidacies/k1/outcomes/record"
NOTE = "candidacies/k1/certificates/note"
DAY = "2025-06-01"


async def prepared(desks: Desks, *outcome: str) -> None:
    await desks.in_force()
    await desks.candidacy("k1", "none", DAY, "b1", *(outcome or ("partial", "BC1")))


async def record(desks: Desks, page: str = RECORD, /, **changes: Any) -> tuple[int, str]:
    fields: dict[str, Any] = {"ruled_on": "2025-09-01", "award": "full", "blocks": ["BC2"], "paper": paper()}
    return await desks.send("clerk", page, **{**fields, **changes})


async def kept_files(desks: Desks) -> int:
    async with desks.home.app[parts.DATABASE].reading() as connection:
        return len((await connection.exec_driver_sql("SELECT id FROM files WHERE kind = 'paper'")).all())


@pytest.mark.rule("R1.6", "R5.4", "X8")
@pytest.mark.parametrize(("field", "given", "said"), [
    ("blocks", ["BC9"], "Choisissez dans la liste."),
    ("award", "all", "Choisissez dans la liste."),
    ("award", "", "Choisissez une réponse."),
    ("blocks", ["BC1"], "Il manque BC2 : l’attribution n’est pas totale."),
    ("blocks", [], "Une attribution totale ou partielle dit ses blocs ; un refus n’en a pas."),
    ("ruled_on", "2099-01-01", "Le jury qui a statué ne s’est pas encore réuni."),
    ("ruled_on", "2019-12-31", "n’était pas encore en vigueur à cette date."),
    ("ruled_on", DAY, "Le résultat du jury de ce jour est déjà enregistré : s’il est faux, corrigez-le."),
    ("paper", b"not a paper", "PDF"),
    ("paper", b"", "Ce fichier est vide : choisissez-le de nouveau."),
    ("seen", "x" * 20, "ce champ n’a pas la forme attendue"),
])
async def test_an_outcome_that_cannot_be(desks: Desks, field: str, given: Any, said: str):
    await prepared(desks)
    if field == "seen":
        status, page = await record(desks, key="k" * 22, seen=given)
        assert (status, said in words(page)) == (400, True)
    else:
        status, page = await record(desks, **{field: given})
        assert (status, said in words(page), "Rien n’a été enregistré." in page) == (422, True, True)
    assert (await desks.of_candidacy("k1")).position == 2
    assert await kept_files(desks) == 0


@pytest.mark.rule("X8", "R5.4")
async def test_an_award_is_completed_by_what_is_kept_and_nobody_types_it(desks: Desks):
    await prepared(desks, "none")
    assert (await record(desks))[0] == 422  # BC1 is held by nobody yet
    await desks.candidacy("k0", "none", "2024-03-01", "b2", "partial", "BC1")
    await desks.candidacy("kx", "obs", "2024-03-01", "b2", "partial", "BC1")  # another person
    page = words(await desks.page("clerk", RECORD))
    assert "Blocs déjà acquis : BC1" in page
    assert (await record(desks))[0] == 303
    outcome = (await desks.of_candidacy("k1")).standing()[-1]
    assert (outcome.awarded.award, outcome.awarded.blocks) == ("full", ("BC2",))
    (found,) = await desks.home.app[parts.JOURNALS].records("k1", 2, 3)
    assert [(one["stream"], one["position"]) for one in found.data["kept"]] == [("k0", 2)]  # pyright: ignore
    seen = words(await desks.page("org1", "candidacies/k1"))
    assert ("jury du 1er mars 2024, version 1, dans une autre candidature" in seen, "Marais" in seen) == (True, False)


@pytest.mark.rule("X8")
async def test_an_outcome_is_corrected_once_and_both_stay_to_be_read(desks: Desks):
    await prepared(desks)
    correct = "candidacies/k1/outcomes/2/correct"
    page = await desks.page("clerk", correct)
    assert "Blocs déjà acquis" in await desks.page("clerk", RECORD)
    assert "Blocs déjà acquis" not in page  # they are by what is being corrected alone
    assert (f'value="{DAY}"' in page, 'value="partial" checked' in page, 'value="BC1" checked' in page) == (True,) * 3
    late = await desks.key("clerk", correct)
    status, where = await record(desks, correct, ruled_on=DAY, award="full", blocks=["BC1", "BC2"])
    assert (status, where) == (303, "/space/clerk/office/candidacies/k1?done=outcome")
    shown = words(await desks.page("clerk", "candidacies/k1"))
    assert (shown.count("Jury du 1er juin 2025"), shown.count("corrigé depuis")) == (2, 1)
    assert "attribuée en partie. Blocs attribués : BC1" in shown
    status, page = await record(desks, correct, key=late, ruled_on="2025-06-02", award="none", blocks=[])
    assert (status, "Le résultat à corriger n’est pas connu, ou a déjà été corrigé." in page) == (422, True)
    assert 'value="2025-06-02"' in page
    assert [one.position for one in (await desks.of_candidacy("k1")).standing()] == [3]
    for wrong in ("1", "9"):
        assert (await desks.get("clerk", f"candidacies/k1/outcomes/{wrong}/correct")).status == 404


async def test_a_form_sent_twice_records_once(desks: Desks):
    await prepared(desks)
    key, one = await desks.key("clerk", RECORD), paper()
    answers = [await record(desks, key=key, paper=one, seen="2") for _ in range(2)]
    assert answers[0] == answers[1] == (303, "/space/clerk/office/candidacies/k1?done=outcome")
    status, page = await record(desks, key=key, paper=one, ruled_on="2025-10-01")
    assert (status, "a déjà été envoyé, avec d’autres réponses" in page) == (409, True)
    assert ((await desks.of_candidacy("k1")).position, await kept_files(desks)) == (3, 1)


async def test_two_clerks_at_once(desks: Desks):
    """The second is told to look, and what was written is kept."""
    await prepared(desks)
    await desks.do("clerk", "GrantOffice", office={
        "id": "of-second", "person": "none", "role": "clerk", "since": "2026-01-01"})
    page, key = await desks.page("none", RECORD), await desks.key("none", RECORD)
    assert 'name="seen" value="2"' in page
    assert (await record(desks, award="none", blocks=[]))[0] == 303
    given: dict[str, Any] = {"ruled_on": "2025-10-01", "award": "full", "blocks": ["BC2"], "paper": paper()}
    status, page = await desks.send("none", RECORD, key=key, seen="2", **given)
    assert (status, "Quelqu’un d’autre a agi juste avant vous" in page) == (409, True)
    assert ('value="2025-10-01"' in page, 'name="seen" value="3"' in page) == (True, True)
    assert ((await desks.of_candidacy("k1")).position, await kept_files(desks)) == (3, 1)
    assert (await desks.send("none", RECORD, **given))[0] == 303


@pytest.mark.rule("R1.6")
async def test_what_is_not_registered_by_blocks_is_not_awarded_in_part(desks: Desks):
    await desks.in_force(registered=False)
    await desks.candidacy("k1", "none", DAY)
    assert 'value="partial"' not in await desks.page("clerk", RECORD)
    status, page = await record(desks, award="partial")
    assert (status, "Choisissez dans la liste." in page) == (422, True)


@pytest.mark.rule("R8.3")
async def test_a_certificate_is_noted_and_corrected(desks: Desks):
    await prepared(desks, "none")
    given: dict[str, Any] = {"number": "2025-001", "dated": "2025-07-01", "paper": paper()}
    assert "certificates/note" not in await desks.page("clerk", "candidacies/k1")
    status, page = await desks.send("clerk", NOTE, **given)
    assert (status, "Aucune attribution n’est enregistrée" in page) == (422, True)
    await record(desks, award="full", blocks=["BC1", "BC2"])
    wrong: tuple[tuple[str, Any, str], ...] = (
        ("dated", "2025-07-01", "Un certificat est daté du jour de l’attribution ou d’après"),
        ("dated", "2099-01-01", "Un certificat est daté du jour de l’attribution ou d’après"),
        ("number", " ", "Ce champ manque."), ("paper", b"%PDF-", "PDF"))
    for field, value, said in wrong:
        changed: dict[str, Any] = {**given, "dated": "2025-09-02", field: value}
        status, page = await desks.send("clerk", NOTE, **changed)
        assert (status, said in words(page)) == (422, True)
    assert (await desks.send("clerk", NOTE, **{**given, "dated": "2025-09-02"}))[0] == 303
    correct = "candidacies/k1/certificates/4/correct"
    assert 'value="2025-001"' in await desks.page("clerk", correct)
    assert (await desks.send("clerk", correct, **{**given, "dated": "2025-09-03"}))[0] == 303
    status, page = await desks.send("clerk", correct, **{**given, "dated": "2025-09-04"})
    assert (status, "Le certificat à corriger n’est pas connu, ou a déjà été corrigé." in page) == (422, True)
    assert [one.dated.isoformat() for one in (await desks.of_candidacy("k1")).certified()] == ["2025-09-03"]


@pytest.mark.rule("R8.3")
async def test_a_candidacy_that_was_over_is_open_again_once_its_outcome_is_corrected(desks: Desks):
    async def still_open() -> set[str]:
        return {*await desks.home.app[parts.JOURNALS].stream_ids(CANDIDACY, open_only=True)}

    others = await still_open()
    await prepared(desks, "full", "BC1", "BC2")
    await desks.send("clerk", NOTE, number="2025-001", dated=DAY, paper=paper())
    assert await still_open() == others
    await record(desks, "candidacies/k1/outcomes/2/correct", ruled_on=DAY, award="partial", blocks=["BC1"])
    assert await still_open() == {*others, "k1"}
