"""The index rows of a register: one for each certificate, one for each file that was deposited."""
from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from evaluation.candidacy.delay_rows import DelayKind, WaitsFor
from evaluation.deadlines import end_of, start_of
from evaluation.kinds import Row
from evaluation.register.depositing import SENT, TO_SEND, deposit_status, sent_last
from evaluation.register.state import Certificate, Deposit, RegisterState
from evaluation.register.terms import DepositStatus, Fate

ARRIVED: frozenset[Fate] = frozenset({"received", "passed_on"})
"""Nothing is due any more."""
OWED: frozenset[DepositStatus] = frozenset(TO_SEND["creation"])
"""Due at the Caisse, until it was sent."""
OWED_BACK: frozenset[DepositStatus] = frozenset(TO_SEND["suppression"])
"""At the Caisse still, and holds no more. No delay is set for it."""


def rows(state: RegisterState) -> Iterable[Row]:
    for one in state.certificates.values():
        yield _certificate(state, one)
        yield _deposited(state, one)
        yield from _prints(state, one)
        yield from _delays(state, one)
    for one in state.deposits.values():
        yield _deposit(state, one)


def _certificate(state: RegisterState, one: Certificate) -> Row:
    """By the number as it is printed; `due_at` until it has reached the company, or the holder."""
    arrived = one.fate in ARRIVED or one.holds != "valid"
    status = one.fate if one.holds == "valid" else one.holds
    return Row(
        "issued_certificates", one.text, person=one.person, body=state.body, status=status, about=one.certification,
        at=one.at, due_at=None if arrived else end_of(one.due_on),
        data={"number": one.number, "register": state.id, "candidacy": one.candidacy, "kind": one.kind,
              "title": one.title, "version": one.version, "blocks": list(one.blocks), "holds": one.holds,
              "ruled_on": one.ruled_on.isoformat(), "to": one.goes_to, "company": one.company,
              "holder": one.holder.ref, "due": one.due_on.isoformat(), "year": state.year,
              "paper": one.printed,
              "code": sha256(one.code.encode()).hexdigest(), "replaced_by": one.replaced_by,
              "tracking": one.postings[-1].tracking if one.postings else ""})


def _prints(state: RegisterState, one: Certificate) -> Iterable[Row]:
    """What is still to be made: the paper, its duplicates."""
    waiting = [0] if one.paper is None else [copy.number for copy in one.duplicates if copy.paper is None]
    for copy in waiting if one.holds == "valid" else ():
        yield Row("certificate_prints", f"{one.text}/{copy}", body=state.body, at=one.at,
                  data={"register": state.id, "number": one.number, "duplicate": copy})


def _delays(state: RegisterState, one: Certificate) -> Iterable[Row]:
    """For the board of delays: the paper until it has arrived, the deposit until it was taken, or taken back. `at` is
    since when whoever is to act next is waited for: whom it was posted to, the Caisse for its receipt, else the
    clerk."""
    def row(kind: DelayKind, due: int | None, waits_for: WaitsFor, at: int = one.at) -> Row:
        return Row("delays", f"{kind}/{one.text}", person=one.person, body=state.body, status=kind,
                   about=one.certification, at=at, due_at=due,
                   data={"stream": state.id, "number": one.text, "candidacy": one.candidacy, "waits_for": waits_for})

    if one.holds == "valid" and one.fate not in ARRIVED:
        last = end_of(one.due_on)
        if one.fate == "posted":
            yield row("posting", last, one.goes_to, start_of(one.postings[-1].on))
        else:
            yield row("returned" if one.fate == "undeliverable" else "posting", last, "clerk")
    status, file = deposit_status(state, one), sent_last(state, one.number)
    if status == SENT["creation"] and file is not None:
        yield row("deposit", end_of(one.deposit_by), "deposit", file.at)
    elif status in OWED:
        yield row("deposit", end_of(one.deposit_by), "clerk")
    elif status == SENT["suppression"] and file is not None:
        yield row("deposit_back", None, "deposit", file.at)
    elif status in OWED_BACK:
        yield row("deposit_back", None, "clerk", _ended(state, one))


def _ended(state: RegisterState, one: Certificate) -> int:
    """Since when a certificate holds no more."""
    if one.revoked is not None:
        return one.revoked.at
    return state.certificates[one.replaced_by].at if one.replaced_by is not None else one.at


def _deposited(state: RegisterState, one: Certificate) -> Row:
    status = deposit_status(state, one)
    return Row(
        "deposits", one.text, person=one.person, body=state.body, status=status, about=one.certification,
        at=one.at, due_at=end_of(one.deposit_by) if status in OWED else None,
        data={"number": one.number, "register": state.id, "candidacy": one.candidacy, "title": one.title,
              "due": one.deposit_by.isoformat(), "ruled_on": one.ruled_on.isoformat(), "kind": one.kind,
              "blocks": list(one.blocks), "holder": one.holder.ref, "year": state.year})


def _deposit(state: RegisterState, one: Deposit) -> Row:
    """`waiting` until every certificate in it is answered."""
    refused = sum(answer.why is not None for answer in one.answers.values())
    return Row(
        "deposit_files", one.flux, body=state.body,
        status="answered" if len(one.answers) == len(one.numbers) else "waiting", about=one.action, at=one.at,
        data={"register": state.id, "numbers": len(one.numbers), "refused": refused,
              "taken": len(one.answers) - refused})
