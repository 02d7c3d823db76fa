"""The papers of a case, drawn and kept as the forms of its acts do: numbered, sealed, under the candidate's key."""
from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from aiohttp.test_utils import make_mocked_request

from evaluation.case.kind import CASE
from evaluation.deadlines import day_of
from evaluation.rules import Refusal
from server.documents.seal_check import find_seal
from server.http import parts
from server.http.forms import Sent
from server.http.home import HOME
from server.http.office.acting import Papers
from server.http.office.case_papers import drawn, kept
from server.http.office.door import DESK, AtDesk
from server.storage.vault import Erased
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_cases import LONG, opened


class _Holding:
    def __init__(self, person: str) -> None:
        self.person = person


async def at_desk(desks: Desks, person: str) -> Any:
    body = await desks.body()
    request = make_mocked_request("POST", "/", app=desks.home.app)
    offices = tuple(one for one in body.all_offices() if one.person == person)
    request[DESK] = AtDesk(person, body, offices, day_of(desks.home.clock()))
    request[HOME] = _Holding(person)  # type: ignore[assignment]
    return request


def text(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)).split())


@pytest.mark.rule("R7.1", "X1", "X5")
async def test_a_report_is_seen_then_sealed_once_and_goes_with_its_candidates_data(desks: Desks):
    case = await opened(desks)
    request, vault = await at_desk(desks, "org1"), desks.home.app[parts.VAULT]
    state: Any = await desks.home.app[parts.JOURNALS].state(CASE, case)
    part, typed = state.parts["c-lina"], {"words": "Le courant est revenu à 10 h."}
    draft = await drawn(request, state, part, "report", typed)
    assert ("Aperçu" in text(draft), await find_seal(draft, ())) == (True, None)
    assert await vault.files_of("lina", case, "paper") == []
    sent = Sent("f" * 32, {})
    papers = Papers(request, part.person, case, sent)
    once, again = [await kept(request, state, part, "report", typed, papers) for _ in range(2)]
    assert (once, papers.new) == (again, [once["file"]])
    assert (await kept(request, state, part, "report", {"words": "Autre"}, papers))["file"] != once["file"]
    sealed = await vault.read_file(once["file"])
    said, seal = text(sealed), await find_seal(sealed, ())
    for one in (LONG.split()[0], "Coupure de courant", "Le courant est revenu à 10 h.", "BJO Formation", "Claire Fabre",
                "Cachet de démonstration", "58, rue du Louvre"):
        assert one in said, one
    assert seal is not None
    assert (seal.unchanged, seal.trusted) == (True, False)
    await vault.erase("lina")
    with pytest.raises((Erased, FileNotFoundError)):
        await vault.read_file(once["file"])
    with pytest.raises(Refusal):
        await kept(request, state, part, "report", {"words": "Après"}, papers)
