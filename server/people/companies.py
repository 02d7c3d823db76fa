"""Companies, told apart without their names: a candidate's employer and a juror's are compared by keyed digests."""
from __future__ import annotations

from typing import Final

from server.storage.names import parts_of
from server.storage.vault import Vault

LEGAL_FORMS: Final = frozenset({
    "sa", "sarl", "sas", "sasu", "eurl", "ei", "eirl", "snc", "sci", "scop", "selarl", "gmbh", "ltd", "srl", "spa",
    "ets", "etablissements", "societe", "ste", "maison"})
"""Left out: the same house is written with them and without."""


async def company_digest(vault: Vault, body: str, name: str | None) -> str | None:
    """Of a company's name, with the key of an awarding body's stream; None without a name."""
    words = plain_company(name or "")
    return (await vault.key(f"stream:{body}")).digest("company", words.encode()) if words else None


def plain_company(name: str) -> str:
    """What two ways to write one company's name have in common."""
    parts = parts_of(name.replace(".", ""))
    return " ".join(one for one in parts if one not in LEGAL_FORMS) or " ".join(parts)
