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
TO_SEND: Mapping[DepositAction, tuple[DepositStatus, ...]] = {
    "creation": ("to_deposit", "refused"), "suppression": ("to_take_back", "taking_back_refused")}
"""What a file of each action can hold: what was not sent yet, and what was refused, which is sent again."""
SENT: Mapping[DepositAction, DepositStatus] = {"creation": "sent", "suppression": "taking_back"}
"""What waits for the receipt of such a file."""
REFUSED: Mapping[DepositAction, DepositStatus] = {"creation": "refused", "suppression": "taking_back_refused"}
"""What such a receipt refused."""


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
    if status == "listed":
        raise Refusal("X12", N_("{number} est une attestation de blocs : elle ne se dépose pas."), number=one.text)
    if status not in TO_SEND[action]:
        raise Refusal("X12", N_("{number} n’est pas à déposer, ou l’est déjà : rouvrez la page."), number=one.text)


def deposit_status(state: RegisterState, one: Certificate) -> DepositStatus:
    """Of what was sent last. What was never there and holds no more has nothing to be sent."""
    if one.kind == "attestation":
        return "listed"
    files = _files_with(state, one.number)
    last = files[-1] if files else None
    answer = last.answers.get(one.number) if last is not None else None
    if last is not None and answer is None:
        return SENT[last.action]
    wanted: DepositAction = "creation" if one.holds == "valid" else "suppression"
    if last is not None and last.action == wanted and answer is not None and answer.why is not None:
        return REFUSED[wanted]
    there = _is_there(files, one.number)
    if wanted == "creation":
        return "deposited" if there else "to_deposit"
    if there:
        return "to_take_back"
    return "taken_back" if last is not None and last.action == "suppression" else "not_to_deposit"


def _is_there(files: Iterable[Deposit], number: int) -> bool:
    """What the last file asked that was taken: to deposit it, or to take it back."""
    taken = [one.action for one in files if (answer := one.answers.get(number)) is not None and answer.why is None]
    return taken[-1:] == ["creation"]


def _files_with(state: RegisterState, number: int) -> tuple[Deposit, ...]:
    return tuple(one for one in state.deposits.values() if number in one.numbers)


def sent_last(state: RegisterState, number: int) -> Deposit | None:
    """The last file that held a certificate."""
    files = _files_with(state, number)
    return files[-1] if files else None


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

