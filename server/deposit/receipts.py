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
MOST_BYTES, MOST_ID, MOST_WHY = 2_000_000, 100, 500
"""A file of ours holds a page of certificates: what is larger, or names longer things, answers none."""
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
    """DocumentRefusal for what is none. Nothing outside the file is read, and no entity is expanded. It takes a while
    with a large one: not in the event loop."""
    if len(data) > MOST_BYTES:
        raise DocumentRefusal(NOT_ONE)
    parser = ETREE.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = ETREE.fromstring(data, parser)
    except ETREE.XMLSyntaxError:
        raise DocumentRefusal(NOT_ONE) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefusal(NOT_ONE)
    flux, accepted, refused = _read(root)
    if any(len(one) > MOST_ID for one in (*accepted, *refused)):
        raise DocumentRefusal(NOT_ONE)
    if not accepted and not refused:
        raise DocumentRefusal(SAYS_NOTHING)
    return Receipt(flux, tuple(accepted), refused)


@dataclass
class _Element:
    """One that is being read: what it says that was refused, by the ids in it, and why."""

    taken: bool
    refuses: bool
    ids: list[str] = field(default_factory=list[str])
    why: dict[str, None] = field(default_factory=dict[str, None])

    def says(self, why: Iterable[str]) -> None:
        for one in why:
            if sum(map(len, self.why)) < MOST_WHY:
                self.why[one] = None


def _read(root: Any) -> tuple[str, dict[str, None], dict[str, str]]:
    """Each element once. Why something was refused stands in the element of its id, however deep."""
    flux, accepted, refused = "", dict[str, None](), dict[str, str]()
    path = [_Element(False, False)]
    for event, one in ETREE.iterwalk(root, events=("start", "end")):
        name, above = _name(one), path[-1]
        if event == "start":
            path.append(_Element(above.taken or name in OK, above.refuses or name in KO))
            continue
        read, above, text = path.pop(), path[-1], _text(one)
        refused |= dict.fromkeys(read.ids, " – ".join(read.why)[:MOST_WHY] or NO_REASON)
        if not read.ids:
            above.says(read.why)
        if name == FLUX:
            flux = flux or text
        elif name in WHY and text:
            above.says([text])
        elif name == ID and text:
            accepted |= {text: None} if read.taken else {}
            above.ids += [text] if read.refuses else []
    return flux, accepted, refused


def _name(element: Any) -> str:
    """Without its namespace; empty for a comment."""
    return ETREE.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return (element.text or "").strip()
