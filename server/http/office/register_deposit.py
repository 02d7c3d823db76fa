"""`certificates/deposit`: the awards at the Caisse des Dépôts: what is due, the files that were made, their receipts
(X12)."""
from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from aiohttp import web

from evaluation.deadlines import day_of
from evaluation.kinds import Row
from evaluation.register.depositing import REFUSED, TO_SEND
from evaluation.register.kind import REGISTER
from evaluation.register.state import Deposit, RegisterState
from evaluation.register.terms import DepositAction, DepositStatus, register_id
from evaluation.rules import N_, Refusal
from server.deposit.collecting import passage_of
from server.deposit.passages import Passage
from server.documents.document_refusals import DocumentRefusal
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Several, Upload
from server.http.forms import Form, Sent, Wrong
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office.acting import Papers, act, made_id, papers
from server.http.office.citing import office_of
from server.http.office.door import DESK, base, keeps, not_there, show
from server.http.office.office_papers import given_out
from server.http.office.register_list import HERE, door, names_of
from server.i18n import say
from server.views.body.periods import short_day
from server.views.register.deposit_list import DEPOSITS, DepositLine

XML: Final = "application/xml"
FLUX_KEY: Final = 16
SEND: Final = Form((Several("numbers", N_("Ce que contient le fichier")),), N_("Préparer le fichier"))
RECEIPT: Final = Form((Upload(
    "receipt", N_("Accusé de réception"), N_("Le fichier XML que donne la Caisse des Dépôts."), accept=".xml"),),
    N_("Lire l’accusé de réception"))
ABOUT: Final = N_("{number} : {why}")
NOT_SO: Final = N_("Le fichier n’est pas comme le schéma le demande, et n’a pas été gardé. {path} : {why}")


@dataclass(frozen=True)
class ToSend:
    """What one file can hold: of one register, to be deposited or taken back."""

    href: str
    year: int
    action: DepositAction
    count: int


@dataclass(frozen=True)
class FileShown:
    href: str
    flux: str
    action: DepositAction
    day: str
    numbers: int
    taken: int
    refused: int
    waiting: bool


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET certificates/deposit`."""
    at, rows = request[DESK], parts.rows(request)
    if not keeps(at):
        raise not_there()

    async def opened(found: Sequence[Row]) -> Sequence[DepositLine]:
        names, why = await names_of(request, found), await _reasons(request, found)
        return [_line(request, row, names.get(row.key, ""), why.get(row.key, "")) for row in found]

    view = await listed(request, Listing(
        DEPOSITS, rows, opened, {"body": at.body.id}, parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    settings = parts.config(request).deposit
    return await show(
        request, "office/deposit.html", here=HERE, list=view, to_send=await _to_send(request),
        files=await _files(request), ready=bool(settings.sender and settings.contract),
        official=settings.schema_file is not None)


def _line(request: web.Request, row: Row, name: str, why: str) -> DepositLine:
    return DepositLine(
        f"{base(request)}certificates/{row.key}", row.key, name, str(row.about),
        date.fromisoformat(str(row.data["ruled_on"])), cast("DepositStatus", row.status), why,
        day_of(row.due_at - 1) if row.due_at is not None else None, request[DESK].today)


async def _reasons(request: web.Request, rows: Iterable[Row]) -> Mapping[str, str]:
    """Why each was refused last."""
    refs = dict[str, str]()
    for row in rows:
        if row.status in REFUSED.values():
            state = await parts.journals(request).state(REGISTER, str(row.data["register"]))
            said = [one.answers.get(int(str(row.data["number"]))) for one in state.deposits.values()] if state else []
            reasons = [one.why.ref for one in said if one is not None and one.why is not None]
            refs[row.key] = reasons[-1] if reasons else ""
    texts = await parts.vault(request).read_words(refs.values())
    return {key: texts.get(ref, "") for key, ref in refs.items()}


async def _to_send(request: web.Request) -> list[ToSend]:
    found = dict[tuple[int, DepositAction], int]()
    for action, wanted in TO_SEND.items():
        rows = await parts.rows(request).page("deposits", body=request[DESK].body.id, status=wanted)
        for row in rows:
            place = int(str(row.data["year"])), action
            found[place] = found.get(place, 0) + 1
    return [ToSend(f"{base(request)}certificates/deposit/send/{year}/{action}", year, action, count)
            for (year, action), count in sorted(found.items())]


async def _files(request: web.Request) -> list[FileShown]:
    """The last ones."""
    rows = await parts.rows(request).page(
        "deposit_files", body=request[DESK].body.id, order="at", descending=True,
        limit=parts.config(request).lists.page_rows)
    return [FileShown(
        f"{base(request)}certificates/deposit/files/{row.key}", row.key, cast("DepositAction", row.about),
        short_day(day_of(row.at or 0), locale_of(request)), int(str(row.data["numbers"])),
        int(str(row.data["taken"])), int(str(row.data["refused"])), row.status == "waiting") for row in rows]


# A file is made


async def _wanted(request: web.Request) -> tuple[RegisterState, DepositAction, Sequence[Row]]:
    """The register, what is asked, and the rows that a file can hold. Problem 404 where there is nothing to send, or no
    contract is set."""
    state, action, rows = await _left_to_send(request)
    if not rows:
        raise not_there()
    return state, action, rows


async def _left_to_send(request: web.Request) -> tuple[RegisterState, DepositAction, Sequence[Row]]:
    """As `_wanted`, without rows where nothing is to be sent any more: a form of its page may have been sent before."""
    at, settings = request[DESK], parts.config(request).deposit
    action = cast("DepositAction", request.match_info["action"])
    if action not in TO_SEND:
        raise not_there()
    register = register_id(at.body.id, int(request.match_info["year"]))
    state = await parts.journals(request).state(REGISTER, register)
    if state is None or not keeps(at) or not (settings.sender and settings.contract):
        raise not_there()
    rows = await parts.rows(request).page("deposits", body=at.body.id, status=TO_SEND[action], order="due_at")
    mine = [row for row in rows if row.data["register"] == register]
    return state, action, mine[:parts.config(request).lists.page_rows]


async def _form(request: web.Request, rows: Sequence[Row]) -> Form:
    names, why = await names_of(request, rows), await _reasons(request, rows)
    return SEND.choosing(numbers=tuple(
        (row.key, " – ".join(one for one in (row.key, names.get(row.key, ""), why.get(row.key, "")) if one))
        for row in rows))


@entry(door)
async def show_send(request: web.Request) -> web.StreamResponse:
    """`GET certificates/deposit/send/{year}/{action}`."""
    _state, action, rows = await _wanted(request)
    return await _send_page(request, action, rows, None, 200)


async def _send_page(request: web.Request, action: DepositAction, rows: Sequence[Row], sent: Sent | None, status: int
                     ) -> web.Response:
    form = forms.view(request, await _form(request, rows), request.path, sent,
                      numbers=tuple(row.key for row in rows))
    return await show(request, "office/deposit_send.html", status=status, here=HERE, action=action, form=form)


@entry(door, takes=SEND.types, most=SEND.most)
async def send(request: web.Request) -> web.StreamResponse:
    """`POST certificates/deposit/send/{year}/{action}`."""
    state, action, rows = await _left_to_send(request)

    def flux_of(sent: Sent) -> str:
        return f"{int(request.match_info['year'])}-{made_id(request, sent, 'flux')[:FLUX_KEY]}"

    async def do(sent: Sent) -> str:
        if not rows:
            raise not_there()
        flux = flux_of(sent)
        numbers = [int(str(row.data["number"])) for row in rows if row.key in sent.values["numbers"]]
        async with papers(request, f"stream:{state.id}", state.id, sent) as kept:
            file = await _made(request, sent, kept, flux, action, await _passages(request, state, numbers, sent))
            await act(request, REGISTER, state.id, "SendDeposit", {
                "flux": flux, "action": action, "numbers": numbers, "paper": file,
                "office": await office_of(request)}, sent)
        return f"{base(request)}certificates/deposit/files/{flux}?done=deposit-made"

    async def again(sent: Sent, status: int) -> web.Response:
        if not rows:
            raise not_there()
        return await _send_page(request, action, rows, sent, status)

    return await forms.answer(request, await _form(request, rows), do, again,
                              lambda sent: _made_so(request, flux_of(sent), sent))


async def _made_so(request: web.Request, flux: str, sent: Sent) -> str | None:
    """The page of a file that this form has made, of what it names."""
    row = await parts.rows(request).one("deposit_files", flux)
    state = await parts.journals(request).state(REGISTER, row.stream) if row is not None else None
    if row is None or state is None or row.body != request[DESK].body.id or not keeps(request[DESK]):
        return None
    same = {state.text(one) for one in state.deposits[flux].numbers} == {*sent.typed.get("numbers", ())}
    return f"{base(request)}certificates/deposit/files/{flux}?done=deposit-made" if same else None


async def _passages(request: web.Request, state: RegisterState, numbers: Iterable[int], sent: Sent) -> list[Passage]:
    """Wrong where something is missing for one: all of them are told at once."""
    found, problems = list[Passage](), list[str]()
    for number in numbers:
        one = state.certificates[number]
        try:
            found.append(await passage_of(parts.journals(request), parts.vault(request), one))
        except Refusal as refusal:
            why = say(sent.locale, refusal.text, refusal.values)
            problems.append(say(sent.locale, ABOUT, {"number": one.text, "why": why}))
    if problems:
        sent.refuse("numbers", " ".join(problems))
        raise Wrong
    return found


async def _made(request: web.Request, sent: Sent, kept: Papers, flux: str, action: DepositAction,
                passages: Sequence[Passage]) -> dict[str, str]:
    from server.deposit.deposit_file import DepositFile, NotAsTheSchema, deposit_xml  # slow to load, and seldom wanted

    async def draw() -> bytes:
        file = DepositFile(flux, action, parts.now(request), passages)
        try:
            return deposit_xml(file, parts.config(request).deposit)
        except NotAsTheSchema as problem:
            sent.top = say(sent.locale, NOT_SO, {"path": problem.path, "why": problem.reason})
            raise Wrong from None

    return await kept.keep_drawn(f"deposit {flux}", draw, XML)


# One file, and its receipts


async def _file(request: web.Request) -> tuple[RegisterState, Deposit]:
    row = await parts.rows(request).one("deposit_files", request.match_info["flux"])
    if row is None or row.body != request[DESK].body.id or not keeps(request[DESK]):
        raise not_there()
    state = await parts.journals(request).state(REGISTER, row.stream)
    if state is None:
        raise not_there()
    return state, state.deposits[row.key]


@entry(door)
async def show_file(request: web.Request) -> web.StreamResponse:
    """`GET certificates/deposit/files/{flux}`."""
    return await _file_page(request, *await _file(request), None, 200)


async def _file_page(request: web.Request, state: RegisterState, one: Deposit, sent: Sent | None, status: int
                     ) -> web.Response:
    refs = [answer.why.ref for answer in one.answers.values() if answer.why is not None]
    texts = await parts.vault(request).read_words(refs)
    lines: list[dict[str, Any]] = []
    for number in one.numbers:
        answer = one.answers.get(number)
        why = texts.get(answer.why.ref, "") if answer is not None and answer.why is not None else ""
        state_of = "waiting" if answer is None else "refused" if answer.why is not None else "taken"
        lines.append({"number": state.text(number), "state": state_of, "why": why,
                      "href": f"{base(request)}certificates/{state.text(number)}"})
    here = f"{base(request)}certificates/deposit/files/{one.flux}"
    form = forms.view(request, RECEIPT, f"{here}/receipt", sent) if len(one.answers) < len(one.numbers) else None
    return await show(
        request, "office/deposit_file.html", status=status, here=HERE, flux=one.flux, action=one.action, lines=lines,
        day=short_day(day_of(one.at), locale_of(request)), file=f"{here}/file", form=form,
        receipts=[f"{here}/receipts/{number}" for number in range(1, len(one.receipts) + 1)])


@entry(door)
async def give_file(request: web.Request) -> web.StreamResponse:
    """`GET certificates/deposit/files/{flux}/file`."""
    return await given_out(request, (await _file(request))[1].paper)


@entry(door)
async def give_receipt(request: web.Request) -> web.StreamResponse:
    """`GET certificates/deposit/files/{flux}/receipts/{number}`: counted from one, in the order of their reading."""
    receipts, number = (await _file(request))[1].receipts, int(request.match_info["number"])
    return await given_out(request, receipts[number - 1] if 1 <= number <= len(receipts) else None)


@entry(door, takes=RECEIPT.types, most=RECEIPT.most)
async def receive(request: web.Request) -> web.StreamResponse:
    """`POST certificates/deposit/files/{flux}/receipt`."""
    state, one = await _file(request)

    async def do(sent: Sent) -> str:
        from server.deposit.receipts import read_receipt

        data = sent.values["receipt"].data
        receipt = await asyncio.to_thread(read_receipt, data)
        if receipt.flux not in ("", one.flux):
            raise DocumentRefusal("receipt_of_another", flux=receipt.flux[:50])

        async def as_it_came() -> bytes:
            return data

        async with papers(request, f"stream:{state.id}", state.id, sent) as kept:
            digest = parts.vault(request).digest("receipt", data)
            file = await kept.keep_drawn(f"receipt {digest}", as_it_came, XML)
            await act(request, REGISTER, state.id, "ReadReceipt", {
                "flux": one.flux, "accepted": list(receipt.accepted), "refused": dict(receipt.refused), "paper": file,
                "office": await office_of(request)}, sent)
        return f"{base(request)}certificates/deposit/files/{one.flux}?done=receipt-read"

    return await forms.answer(request, RECEIPT, do,
                              lambda sent, status: _file_page(request, state, one, sent, status))
