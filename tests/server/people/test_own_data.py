"""All that is held on one person: theirs, and nothing that others wrote."""
from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from server.people.own_data import OwnData
from tests.server.kept import House
from tests.server.test_case_edges import incident


async def given(house: House, person: str) -> dict[str, Any]:
    kept = house.kept
    data = OwnData(kept.accounts, kept.journals, kept.rows, kept.vault)
    whole = b"".join([piece async for piece in data.zipped(person)])
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.rule("X1")
async def test_everybody_gets_their_own_words_and_papers_and_nobody_elses(house: House):
    await house.plan()
    for person in ("p-cand1", "p-org"):
        await house.kept.accounts.save_person(person, {"name": f"Lina {person}", "email": f"{person}@example.org"})
    vault = house.kept.vault
    file = await vault.put_file("p-cand1", "s1", "portfolio_a", "application/pdf", b"%PDF own")
    await vault.put_file("p-cand1", "s1", "portfolio_a", "image/webp", b"drawn of it")
    await vault.put_file("p-cand2", "s1", "portfolio_a", "application/pdf", b"%PDF another's")
    await house.do("cand1", "ReportProblem", words="Mon micro est muet.")
    await house.do("org", "WriteToRoom", words="On vous rappelle.")
    await incident(house)
    found = await given(house, "p-cand1")
    name = f"fichiers/portfolio_a-{file.id[:8]}.pdf"
    assert list(found) == ["index.html", "donnees.json", name]
    told = json.loads(found["donnees.json"])
    assert (found[name], [one["texte"] for one in told["ecrits"]]) == (b"%PDF own", ["Mon micro est muet."])
    assert [(one["place"], one["role"]) for one in told["places"]] == [("cand1", "candidate")]
    assert [one["certification"] for one in told["candidatures"]] == ["RNCP26850"]
    assert [(one["nature"], one["etape"]) for one in told["dossiers"]] == [
        ("Panne : connexion, son, image, matériel", "facts")]
    assert "constaté" not in str(told)
    page = found["index.html"].decode()
    assert "Lina p-cand1" in page
    assert ("Mon micro est muet." in page, "On vous rappelle." in page) == (True, False)
    others = json.loads((await given(house, "p-org"))["donnees.json"])
    assert "Mon micro est muet." not in str(others)
    assert "On vous rappelle." in str(others)
    with pytest.raises(LookupError):
        await given(house, "p-nobody")
