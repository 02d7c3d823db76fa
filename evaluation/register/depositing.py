"""The awards reach the Caisse des Dépôts within months of the delivery: a file is sent, its receipt is read, what was
refused is sent again (X12). A partial award is listed, and not deposited."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evaluation.kinds import Asked, Happened, Topic
from evaluation.people import Paper, Words
from evaluation.quotes import Quote
from evaluation.register import access
from evaluation.register.state import Answer, Certificate, Deposit, RegisterState
from evaluation.register.terms import DepositAction, DepositStatus
from evaluation.rules import N_, Refusal, rule

DEPOSITING = Topic()
LONGEST_FLUX = 50
"""As the structure of the file has it."""
MOST_NAMED = 10
"""How many unknown ones a refusal names: a receipt can be long."""


@DEPOSITING.command
@dataclass(frozen=True)
class SendDeposit:
    """`flux` names the file among all that are ever sent; `paper` is the file."""

    flux: str
    action: DepositAction
    numbers: tuple[int, ...]
    paper: Paper
    office: Quote


@DEPOSITING.command
@dataclass(frozen=True)
class ReadReceipt:
    """Which passages were taken, and which refused with why, by the ids that the file gave them: the numbers as they
    are printed. `paper` is the receipt."""

    flux: str
    accepted: tuple[str, ...]
    refused: Mapping[str, Words]
    paper: Paper
    office: Quote


@DEPOSITING.event("register.deposit_sent")
@dataclass(frozen=True)
class DepositSent:
    flux: str
    action: DepositAction
    numbers: tuple[int, ...]
    paper: Paper
    office: Quote


@DEPOSITING.event("register.receipt_read")
@dataclass(frozen=True)
class ReceiptRead:
    flux: str
    accepted: tuple[str, ...]
    refused: Mapping[str, Words]
    paper: Paper
    office: Quote


@DEPOSITING.decides(SendDeposit)
def send(state: RegisterState, command: SendDeposit, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_flux(state, command)
    for number in command.numbers:
        check_to_deposit(state, state.certificate(number), command.action)
    return (DepositSent(command.flux, command.action, command.numbers, command.paper, command.office),)


@rule("X12")
def check_flux(state: RegisterState, command: SendDeposit) -> None:
    """A file has a name of its own, and holds something, nothing twice."""
    if not 0 < len(command.flux) <= LONGEST_FLUX or command.flux in state.deposits:
        raise Refusal("X12", N_("Ce fichier de dépôt est déjà enregistré, ou n’a pas de nom."))
    if not command.numbers or len(set(command.numbers)) != len(command.numbers):
        raise Refusal("X12", N_("Un dépôt contient au moins un certificat, et aucun deux fois."))


@rule("X12")
def check_to_deposit(state: RegisterState, one: Certificate, action: DepositAction) -> None:
    """A valid certificate that is not there, and not on its way; taken back is one that is there and holds no more."""
    status = deposit_status(state, one)
    if one.kind == "attestation":
        raise Refusal("X12", N_("{number} est une attestation de blocs : elle ne se dépose pas."), number=one.text)
    wanted = ("to_deposit", "refused") if action == "creation" else ("to_take_back", "taking_back_refused")
    if status not in wanted:
        raise Refusal("X12", N_("{number} n’est pas à déposer, ou l’est déjà : rouvrez la page."), number=one.text)


def deposit_status(state: RegisterState, one: Certificate) -> DepositStatus:
    """Of what was sent last. What was never there and holds no more has nothing to be sent."""
    if one.kind == "attestation":
        return "listed"
    there, last = _history(state, one.number)
    if last is not None and last[1] is None:
        return "sent" if last[0] == "creation" else "taking_back"
    refused = last is not None and last[1] is False
    if one.holds == "valid":
        return "deposited" if there else "refused" if refused else "to_deposit"
    if not there:
        return "taken_back" if last is not None and last[0] == "suppression" else "not_to_deposit"
    return "taking_back_refused" if refused and last is not None and last[0] == "suppression" else "to_take_back"


def _history(state: RegisterState, number: int) -> tuple[bool, tuple[DepositAction, bool | None] | None]:
    """Whether it is there, and the last file with it: what it asked, and whether that was taken (None: no answer)."""
    there, last = False, None
    for one in state.deposits.values():
        if number not in one.numbers:
            continue
        answer = one.answers.get(number)
        taken = None if answer is None else answer.why is None
        if taken:
            there = one.action == "creation"
        last = (one.action, taken)
    return there, last


def sent_last(state: RegisterState, number: int) -> Deposit | None:
    """The last file that held a certificate."""
    found = [one for one in state.deposits.values() if number in one.numbers]
    return found[-1] if found else None


@DEPOSITING.evolves(DepositSent)
def sent(state: RegisterState, event: DepositSent, happened: Happened) -> RegisterState:
    one = Deposit(event.flux, event.action, happened.position, happened.at, event.numbers, event.paper)
    after = state.with_certificates((state.certificates[each] for each in event.numbers), happened.position)
    return replace(after, deposits={**state.deposits, one.flux: one})


# The receipt


@DEPOSITING.decides(ReadReceipt)
def read(state: RegisterState, command: ReadReceipt, asked: Asked) -> tuple[Any, ...]:
    access.check_clerk(state, command.office, asked)
    check_receipt(state, command)
    return (ReceiptRead(command.flux, command.accepted, command.refused, command.paper, command.office),)


@rule("X12")
def check_receipt(state: RegisterState, command: ReadReceipt) -> None:
    """It answers a file that was sent, names nothing else than what was in it, each once, and answers it once."""
    one = state.deposits.get(command.flux)
    if one is None:
        raise Refusal("X12", N_("Cet accusé de réception répond à un fichier que ce registre n’a pas envoyé."))
    named = (*command.accepted, *command.refused)
    unknown = sorted({*named} - {state.text(number) for number in one.numbers})
    if unknown:
        raise Refusal("X12", N_("L’accusé de réception nomme ce qui n’était pas dans le fichier : {ids}."),
                      ids=", ".join((*unknown[:MOST_NAMED], *(("…",) if len(unknown) > MOST_NAMED else ()))))
    if not named or len({*named}) != len(named):
        raise Refusal("X12", N_("L’accusé de réception ne dit rien, ou dit deux choses d’un même certificat."))
    answered = {state.text(number) for number in one.answers}
    if answered & {*named}:
        raise Refusal("X12", N_("Cet accusé de réception est déjà lu."))


@DEPOSITING.evolves(ReceiptRead)
def receipt_read(state: RegisterState, event: ReceiptRead, happened: Happened) -> RegisterState:
    one = state.deposits[event.flux]
    said: dict[int, Answer] = {}
    for number in one.numbers:
        text = state.text(number)
        if text in event.accepted:
            said[number] = Answer(None, happened.at)
        elif text in event.refused:
            said[number] = Answer(event.refused[text], happened.at)
    answered = replace(one, answers={**one.answers, **said}, receipts=(*one.receipts, event.paper))
    after = state.with_certificates(_of(state, said), happened.position)
    return replace(after, deposits={**state.deposits, one.flux: answered})


def _of(state: RegisterState, said: Mapping[int, Answer]) -> Iterable[Certificate]:
    return [state.certificates[number] for number in said]

