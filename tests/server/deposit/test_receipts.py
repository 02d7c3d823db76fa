"""The receipt of the deposit: who was taken, who refused and why (X12)."""
from __future__ import annotations

import time

import pytest

from server.deposit.receipts import MOST_WHY, read_receipt
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


def test_one_that_is_long_or_deep_is_read_in_a_moment():
    many = b"".join(b"<idTechnique>%d</idTechnique><motif>%d</motif>" % (number, number) for number in range(20_000))
    deep = b"<a>" * 200 + many + b"</a>" * 200
    began = time.process_time()
    read = read_receipt(b"<accuse><passagesKO>" + deep + b"</passagesKO></accuse>")
    assert (len(read.refused), len(read.refused["0"]) <= MOST_WHY) == (20_000, True)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("data", [
    b"<a><passagesOK>" + b"<idTechnique>x</idTechnique>" * 100_000 + b"</passagesOK></a>",
    b"<a><passagesOK><idTechnique>" + b"9" * 1000 + b"</idTechnique></passagesOK></a>",
    b"<a>" * 100_000])
def test_what_is_longer_than_any_answer_to_a_file_of_ours_is_none(data: bytes):
    with pytest.raises(DocumentRefusal):
        read_receipt(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_its_encoding_is_its_own(encoding: str):
    assert read_receipt(RECEIPT.replace("UTF-8", encoding).encode(encoding)).refused["CQP-2026-00002"] == (
        "TIT-12 – Titulaire non identifié")
