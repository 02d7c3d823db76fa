"""The file of a deposit: written as XML, and checked against the schema that is set before anybody sends it (X12)."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import xmlschema

from evaluation.deadlines import PARIS
from evaluation.register.terms import DepositAction
from server.config import DepositSettings
from server.deposit.markup import ETREE
from server.deposit.passages import Node, Passage, passage_nodes

NAMESPACE: Final = "urn:cdc:cpf:pc5:schema:1.0.0"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
OURS: Final = Path(__file__).with_name("deposit.xsd")
ACTIONS: Final = {"creation": "CREATION", "suppression": "SUPPRESSION"}


class NotAsTheSchema(ValueError):
    """What would be sent is not as the schema asks: where, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True)
class DepositFile:
    """`at` is ms since 1970 UTC. Passages of one certification stand together."""

    flux: str
    action: DepositAction
    at: int
    passages: Sequence[Passage]


def deposit_xml(file: DepositFile, settings: DepositSettings) -> bytes:
    """NotAsTheSchema for what the schema does not let through."""
    root = ETREE.Element(f"{{{NAMESPACE}}}flux", nsmap={None: NAMESPACE, "xsi": XSI})
    for node in _flux(file, settings):
        _add(root, node)
    made: bytes = ETREE.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    check_schema(made, settings.schema_file)
    return made


def _flux(file: DepositFile, settings: DepositSettings) -> tuple[Node, ...]:
    stamp = datetime.fromtimestamp(file.at // 1000, PARIS).isoformat()
    codes = dict.fromkeys(one.code for one in file.passages)
    certifications = tuple(
        ("certification", _certification(code, [one for one in file.passages if one.code == code], settings))
        for code in codes)
    return (
        ("idFlux", file.flux), ("horodatage", stamp), ("action", ACTIONS[file.action]),
        ("emetteur", (("idClient", settings.sender), ("certificateurs", (("certificateur", (
            ("idClient", settings.certifier or settings.sender), ("idContrat", settings.contract),
            ("certifications", certifications))),)))))


def _certification(code: str, passages: Sequence[Passage], settings: DepositSettings) -> tuple[Node, ...]:
    kind = "".join(one for one in code if one.isalpha()) or "RNCP"
    return (
        ("type", kind), ("code", code),
        ("natureDeposant", "TIERS_CONFIANCE" if settings.by_third_party else "CERTIFICATEUR"),
        ("passageCertifications", tuple(("passageCertification", passage_nodes(one)) for one in passages)))


def _add(parent: Any, node: Node) -> None:
    name, held = node
    child = ETREE.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if held is None:
        child.set(f"{{{XSI}}}nil", "true")
    elif isinstance(held, str):
        child.text = held
    else:
        for one in held:
            _add(child, one)


def check_schema(xml: bytes, official: Path | None) -> None:
    """By the official schema where it is set, else by ours. One that cannot be read lets nothing through."""
    try:
        schema = _schema(official or OURS)
    except (OSError, xmlschema.XMLSchemaException) as problem:
        raise NotAsTheSchema((official or OURS).name, str(problem)) from None
    error = next(iter(schema.iter_errors(xml.decode())), None)
    if error is not None:
        raise NotAsTheSchema(str(error.path or "/"), str(error.reason or error.message))


@cache
def _schema(path: Path) -> Any:
    return cast("Any", xmlschema).XMLSchema(str(path), allow="local")
