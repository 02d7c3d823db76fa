"""The receipt of the deposit: who was taken, who refused and why (X12)."""
from __future__ import annotations

import pytest

from server.deposit.receipts import read_receipt
from server.documents.document_refusals import DocumentRefusal

RECEIPT = """<?xml version="1.0" encoding="UTF-8"?>
<cpf:accuse xmlns:cpf="urn:cdc:cpf:pc5:schema:1.0.0">
  <cpf:idFlux>2026-f1</cpf:idFlux><!-- a comment -->
  <cpf:passagesOK><cpf:passageOK><cpf:idTechnique>CQP-2026-00001</cpf:idTechnique></cpf:passageOK></cpf:passagesOK>
  <cpf:passagesKO>
    <cpf:passageKO><cpf:idTechnique> CQP-2026-00002 </cpf:idTechnique><cpf:erreurs><cpf:code>TIT-12</cpf:code>
      <cpf:libelle>Titulaire non identifié</cpf:libelle></cpf:erreurs></cpf:passageKO>
    <cpf:passageKO><cpf:idTechnique>CQP-2026-00003</cpf:idTechnique></cpf:passageKO>
  </cpf:passagesKO>
</cpf:accuse>"""


@pytest.mark.rule("X12")
def test_it_is_read_whatever_its_prefix():
    for text in (RECEIPT, RECEIPT.replace("cpf:", "").replace("xmlns:cpf", "xmlns")):
        read = read_receipt(text.encode())
        assert (read.flux, read.accepted) == ("2026-f1", ("CQP-2026-00001",))
        assert read.refused == {"CQP-2026-00002": "TIT-12 – Titulaire non identifié", "CQP-2026-00003": "sans motif"}


@pytest.mark.parametrize("data", [
    b"", b"%PDF-1.7", b"<a/>", b"<a><idTechnique>x</idTechnique></a>", RECEIPT.encode()[:-20],
    b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><passagesOK><idTechnique>&e;</idTechnique></passagesOK></a>',
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><a><passagesOK><idTechnique>&b;</idTechnique>'
    b"</passagesOK></a>"])
def test_what_is_no_receipt_is_refused(data: bytes):
    with pytest.raises(DocumentRefusal):
        read_receipt(data)
