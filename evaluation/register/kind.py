"""A register of certificates as a kind of stream: its topics put together."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from evaluation.kinds import Kind
from evaluation.people import PersonId
from evaluation.register.correcting import (
    CORRECTING,
    CertificateRevoked,
    CorrectCertificate,
    DuplicateIssued,
    IssueDuplicate,
    RevokeCertificate,
)
from evaluation.register.depositing import DEPOSITING, DepositSent, ReadReceipt, ReceiptRead, SendDeposit
from evaluation.register.issuing import (
    ISSUING,
    CertificateIssued,
    IssueCertificate,
    KeepPaper,
    OpenRegister,
    PaperKept,
    RegisterOpened,
)
from evaluation.register.posting import POSTING, CertificatesPosted, FateOfCertificate, NoteFate, PostCertificates
from evaluation.register.register_rows import rows
from evaluation.register.state import RegisterState
from evaluation.register.terms import KIND
from evaluation.rules import N_, Refusal

TOPICS = (ISSUING, POSTING, CORRECTING, DEPOSITING)
BY_THE_SERVER = frozenset({OpenRegister, KeepPaper})
ON_ONE = frozenset({IssueDuplicate, CorrectCertificate, RevokeCertificate, NoteFate})
"""Decided on what the page shows of one certificate."""
BY_FIELDS: Mapping[type, type] = {
    RegisterOpened: OpenRegister, CertificateIssued: IssueCertificate, PaperKept: KeepPaper,
    CertificatesPosted: PostCertificates, FateOfCertificate: NoteFate, DuplicateIssued: IssueDuplicate,
    CertificateRevoked: RevokeCertificate, DepositSent: SendDeposit, ReceiptRead: ReadReceipt,
}
"""Each of these events holds its command's fields under the same names."""


def check(state: RegisterState | None, _actor: PersonId, command: Any) -> None:
    """Raises Refusal for a register that is not there, or that is there already. Each decider asks who may what."""
    if state is None and not isinstance(command, OpenRegister):
        raise Refusal("R8.3", N_("Ce registre n’est pas ouvert."))
    if state is not None and isinstance(command, OpenRegister):
        raise Refusal("R8.3", N_("Ce registre est déjà ouvert."))


def asked_for(event: Any, _following: Any | None) -> Any | None:
    """The command that an event answers."""
    if isinstance(event, CertificateIssued) and event.replaces is not None and event.reason is not None:
        return CorrectCertificate(event.replaces, event.holder, event.code, event.reason, event.award,
                                  event.office, event.paper)
    command = BY_FIELDS.get(event.__class__)
    return command(**{one.name: getattr(event, one.name) for one in fields(command)}) if command else None


def closed(_state: RegisterState) -> bool:
    """A certificate is corrected, duplicated or revoked whenever that is asked for."""
    return False


def must_have_seen(state: RegisterState, command: type, fields: Mapping[str, object]) -> int:
    number = fields.get("number")
    one = state.certificates.get(number) if isinstance(number, int) and command in ON_ONE else None
    return one.changed if one is not None else 0


def results(state: RegisterState) -> Mapping[str, object]:
    """What each number stands for, and whether it holds."""
    return {one.text: f"{one.kind} {one.certification} {' '.join(one.blocks)} {one.holds}"
            for one in state.certificates.values()}


REGISTER: Kind[RegisterState] = Kind(
    KIND, begins=OpenRegister, begun=RegisterOpened, topics=TOPICS, check=check, replay=asked_for,
    from_pages=frozenset(one for topic in TOPICS for one in topic.commands) - BY_THE_SERVER, closed=closed,
    must_have_seen=must_have_seen, rows=rows, results=results)
"""What commands, events and the state of a register share stands in `terms` and `state`."""
