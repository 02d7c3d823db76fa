"""The receipt that answers a file (X12): which passages were taken, which refused and why. Read from its XML, whose
elements are found by their names, whatever namespace or order they stand in."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from server.deposit.markup import ETREE
from server.documents.document_refusals import DocumentRefusal

OK: Final = frozenset({"passagesOK", "passageOK", "passagesOk", "passageOk"})
KO: Final = frozenset({"passagesKO", "passageKO", "passagesKo", "passageKo"})
ID: Final = "idTechnique"
WHY: Final = frozenset({"motif", "libelle", "libelleErreur", "message", "erreur", "cause", "codeErreur", "code"})
FLUX: Final = "idFlux"
MOST_BYTES, MOST_WHY = 20_000_000, 500
NOT_ONE, SAYS_NOTHING = "receipt", "receipt_says_nothing"
"""Refusals, by their codes."""
NO_REASON: Final = "sans motif"


@dataclass(frozen=True)
class Receipt:
    """`flux` is the file that it answers, empty where it does not say; `refused` says why, by id."""

    flux: str
    accepted: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict[str, str])


def read_receipt(data: bytes) -> Receipt:
    """DocumentRefusal for what is none. Nothing outside the file is read, and no entity is expanded."""
    if len(data) > MOST_BYTES:
        raise DocumentRefusal(NOT_ONE)
    parser = ETREE.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = ETREE.fromstring(data, parser)
    except ETREE.XMLSyntaxError:
        raise DocumentRefusal(NOT_ONE) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefusal(NOT_ONE)
    accepted = tuple(dict.fromkeys(_ids(root, OK)))
    refused = {id: why for id, why in _refused(root) if id}
    if not accepted and not refused:
        raise DocumentRefusal(SAYS_NOTHING)
    flux = next((_text(one) for one in root.iter() if _name(one) == FLUX), "")
    return Receipt(flux, accepted, refused)


def _ids(root: Any, under: frozenset[str]) -> Iterable[str]:
    for one in root.iter():
        if _name(one) == ID and any(_name(above) in under for above in one.iterancestors()) and _text(one):
            yield _text(one)


def _refused(root: Any) -> Iterable[tuple[str, str]]:
    for one in root.iter():
        if _name(one) == ID and any(_name(above) in KO for above in one.iterancestors()):
            said = [_text(each) for each in one.getparent().iter() if _name(each) in WHY and _text(each)]
            yield _text(one), (" – ".join(dict.fromkeys(said)) or NO_REASON)[:MOST_WHY]


def _name(element: Any) -> str:
    """Without its namespace; empty for a comment."""
    return ETREE.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return (element.text or "").strip()
