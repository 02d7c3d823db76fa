"""The deposit in the pages: the file made, its receipt read, what was refused shown with why and sent again (X12)."""
from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest

from evaluation.register.depositing import deposit_status
from evaluation.register.state import RegisterState
from server.config import DepositSettings
from server.http import parts
from server.people.birth_place import BirthPlace
from server.people.civil_identity import CivilIdentity
from tests.server.awarded import put_award
from tests.server.http.office.desks import Desks
from tests.server.http.office.test_certificates import issued, register, seen

LINA = CivilIdentity("Morel", None, ("Lina",), "F", date(1999, 3, 14), BirthPlace("99100", "69123", "Lyon"),
                     "lina@example.org", None, "Lyon", None, None)
FIRST, SECOND = "CQP-2026-00001", "CQP-2026-00002"


async def registered(desks: Desks, name: str, civil: CivilIdentity, award: str = "full") -> None:
    vault, database = desks.home.app[parts.VAULT], desks.home.app[parts.DATABASE]
    await desks.home.app[parts.ACCOUNTS].save_person(name, civil.as_profile())
    await vault.key(name)
    sealed = await vault.seal_words(name, f"k-{name}", civil.as_text())
    async with database.writing() as connection:
        await vault.keep_words(connection, [sealed])
    await put_award(database, f"k-{name}", name, "cnhbjo", award, civil=sealed.reference)


def receipt(flux: str, accepted: str = "", refused: str = "") -> bytes:
    def passage(kind: str, number: str, more: str = "") -> str:
        said = f"<passage{kind}><idTechnique>{number}</idTechnique>{more}</passage{kind}>" if number else ""
        return f"<passages{kind}>{said}</passages{kind}>"

    why = "<libelle>Commune de naissance inconnue</libelle>"
    return (f"<accuse><idFlux>{flux}</idFlux>{passage('OK', accepted)}{passage('KO', refused, why)}</accuse>").encode()


def statuses(state: RegisterState) -> list[str]:
    return [deposit_status(state, one) for one in state.certificates.values()]


async def sent(desks: Desks, *numbers: str) -> str:
    """The name of the file."""
    status, where = await desks.send("clerk", "certificates/deposit/send/2026/creation", numbers=list(numbers))
    assert status == 303, where
    return where.rpartition("/")[2].partition("?")[0]


@pytest.fixture
async def contracted(desks: Desks) -> AsyncIterator[Desks]:
    """A contract with the Caisse des Dépôts is set."""
    config = desks.home.app[parts.CONFIG]
    before = config.deposit
    object.__setattr__(config, "deposit", DepositSettings(sender="12345678", contract="MCFCER000000"))
    await desks.in_force()
    yield desks
    object.__setattr__(config, "deposit", before)


@pytest.mark.rule("X12")
async def test_what_was_refused_is_shown_with_why_and_sent_again(contracted: Desks):
    desks = contracted
    await registered(desks, "lina", LINA)
    await registered(desks, "ines", replace(LINA, first_names=("Inès",)))
    await registered(desks, "partial", replace(LINA, first_names=("Noé",)), "partial")
    await issued(desks, "lina", "ines", "partial")
    page = await seen(desks, "clerk", "certificates/deposit")
    assert ("2 certificats à déposer" in page, "ne se dépose pas" in page, "n’est pas l’officiel" in page) == (
        True, True, True)
    flux = await sent(desks, FIRST, SECOND)
    assert statuses(await register(desks)) == ["sent", "sent", "listed"]
    answer = await desks.get("clerk", f"certificates/deposit/files/{flux}/file")
    xml = await answer.text()
    assert (answer.content_type, "<nomNaissance>Morel</nomNaissance>" in xml, "CQP-2026-00003" in xml) == (
        "application/xml", True, False)

    here = f"certificates/deposit/files/{flux}"
    for wrong in (receipt(flux, "CQP-2026-00999"), receipt("2026-other", FIRST), receipt(flux), b"no xml"):
        status, page = await desks.send("clerk", f"{here}/receipt", here, receipt=wrong)
        assert (status, "Rien n’a été enregistré" in page) == (422, True)
    status, _ = await desks.send("clerk", f"{here}/receipt", here, receipt=receipt(flux, FIRST, SECOND))
    assert status == 303
    assert statuses(await register(desks)) == ["deposited", "refused", "listed"]
    assert "Commune de naissance inconnue" in await seen(desks, "clerk", "certificates/deposit")
    page = await seen(desks, "clerk", "certificates/deposit/send/2026/creation")
    assert ("Commune de naissance inconnue" in page, FIRST in page) == (True, False)

    again = await sent(desks, SECOND)
    here = f"certificates/deposit/files/{again}"
    status, _ = await desks.send("clerk", f"{here}/receipt", here, receipt=receipt(again, SECOND))
    assert (status, statuses(await register(desks))) == (303, ["deposited", "deposited", "listed"])


async def test_who_lacks_what_the_deposit_needs_is_told(contracted: Desks):
    desks = contracted
    await registered(desks, "lina", LINA)
    await issued(desks, "lina")
    await desks.home.app[parts.VAULT].erase("lina")
    status, page = await desks.send("clerk", "certificates/deposit/send/2026/creation", numbers=FIRST)
    assert (status, f"{FIRST}\u00a0: les données de cette personne sont effacées" in page) == (422, True)
    assert (await register(desks)).deposits == {}


async def test_without_a_contract_nothing_is_made(desks: Desks):
    await desks.in_force()
    await registered(desks, "lina", LINA)
    await issued(desks, "lina")
    page = await seen(desks, "clerk", "certificates/deposit")
    assert ("Aucun fichier ne peut être préparé" in page, FIRST in page) == (True, True)
    assert (await desks.get("clerk", "certificates/deposit/send/2026/creation")).status == 404
    assert (await desks.get("member", "certificates/deposit")).status == 404


async def test_a_file_that_is_asked_for_twice_is_made_once(contracted: Desks):
    desks, address = contracted, "certificates/deposit/send/2026/creation"
    await registered(desks, "lina", LINA)
    await issued(desks, "lina")
    key = await desks.key("clerk", address)
    first = await desks.send("clerk", address, key=key, numbers=FIRST)
    assert (first[0], await desks.send("clerk", address, key=key, numbers=FIRST)) == (303, first)
    assert (await desks.send("clerk", address, key=key, numbers=SECOND))[0] == 404
    assert len((await register(desks)).deposits) == 1
