"""`…/sittings/{sitting}/{candidacy}`: one candidate for the three who decide: the record, the grids, the checklist, and
the decision, which the president proposes and the others answer (R1.6, R3.9)."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from evaluation.people import SOME_WORDS
from evaluation.rules import N_
from evaluation.sitting.deciding_items import AnswerDecision
from evaluation.sitting.impartiality import RecuseMember
from evaluation.sitting.kind import SITTING
from evaluation.sitting.questioning import CloseQuestions, OpenQuestions, SummonJury
from evaluation.sitting.state import Item
from evaluation.sitting.turning import TurnTo
from evaluation.sitting.who_sits import three_on
from evaluation.slots import hour_on
from server.http import forms, parts
from server.http.entry import entry
from server.http.forms import Form, Sent, Wrong
from server.http.home import HOME
from server.http.language import locale_of
from server.http.office.acting import act
from server.http.own_sitting import around, may, reader_of
from server.http.own_sitting_forms import (
    AGREE,
    ANSWERS,
    CLOSE,
    DISAGREE,
    FORMS,
    OPEN,
    RECUSE,
    SUMMON,
    TURN,
    proposing,
)
from server.http.own_sittings import AT, decides, here, item_of
from server.http.pages import form_page
from server.views.form import FormView
from server.views.sitting.candidacy_record import HandedOn, handed_on
from server.views.sitting.cases_on_item import CaseOnItem, case_on_item
from server.views.sitting.item_shown import item_shown
from server.views.sitting.sitting_reader import candidate


@entry(decides)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET …/{candidacy}`."""
    return await _page(request, None, 200)


Failed = tuple[str, Form, Sent]


async def _page(request: web.Request, failed: Failed | None, status: int) -> web.Response:
    at, item = request[AT], item_of(request)
    reader = await reader_of(request, at.state)
    return form_page(
        request, "sitting/item.html", status=status, of=item_shown(at.state, item, at.person, reader),
        name_of=candidate(reader, item), item=item, handed=await record_for(request, item),
        cases=await _cases(request, item), seat=f"{here(request)}{item.candidacy}/",
        forms_of=_forms(request, item, failed), failed=failed is not None, **await around(request, item.candidacy))


async def _cases(request: web.Request, item: Item) -> list[CaseOnItem]:
    """Those of the candidacy, each with its state; nothing of what stands in them."""
    rows = await parts.rows(request).page("cases", person=item.recommended.person, order="at")
    return [case_on_item(one, locale_of(request)) for one in rows if one.about == item.candidacy]


async def record_for(request: web.Request, item: Item) -> HandedOn | None:
    """What the evaluation jury handed on; None where no jury's session has it any more."""
    sessions = parts.sessions(request)
    state = await sessions.state(item.recommended.session)
    if state is None:
        return None
    return await handed_on(sessions, state, item.recommended.hearing, request[HOME].person, locale_of(request),
                           parts.now(request))


def _forms(request: web.Request, item: Item, failed: Failed | None) -> Mapping[str, Any]:
    """Those that this member may send now; the refused one with what was typed."""
    of, number = item.candidacy, item.proposal.number if item.proposal is not None else 0
    state, now = request[AT].state, parts.now(request)
    offered = {name: form for name, form, command in (
        ("recuse", RECUSE, RecuseMember(of, SOME_WORDS)), ("turn", TURN, TurnTo(of)),
        ("summon", SUMMON, SummonJury(of, now + 60_000)), ("questions", OPEN, OpenQuestions(of)),
        ("close", CLOSE, CloseQuestions(of)), ("agree", AGREE, AnswerDecision(of, number, True)),
        ("disagree", DISAGREE, AnswerDecision(of, number, False)),
    ) if may(request, command)}
    if state.current == of or item.decided is not None:
        offered.pop("turn", None)
    if _proposes(request, item):
        offered["propose"] = proposing(item, now)
    if failed is not None:  # what was typed stays, whatever the sitting has become meanwhile
        offered.setdefault(failed[0], failed[1])
    drawn = {name: _drawn(request, name, form, item, failed) for name, form in offered.items()}
    return {**dict.fromkeys(FORMS), **drawn}


def _drawn(request: web.Request, name: str, form: Form, item: Item, failed: Failed | None) -> FormView:
    number = item.proposal.number if item.proposal is not None else 0
    action = f"{here(request)}{item.candidacy}/{name}" + (f"?number={number}" if name in ANSWERS else "")
    sent = failed[2] if failed is not None and failed[0] == name else None
    return forms.view(request, form, action, sent, prefix=f"{name}-", seen=request[AT].state.position,
                      course="withhold" if item.held else "award")


def _proposes(request: web.Request, item: Item) -> bool:
    """Whether it is this member's turn to propose: they preside on this candidate, and nothing stands in the way."""
    at = request[AT]
    open_now = at.state.opened_at is not None and at.state.presented is None and at.state.sealed is None
    return open_now and item.questioning is None and three_on(at.state, item)["president"] == at.person


async def _send(request: web.Request, command: str, fields: Mapping[str, Any], sent: Sent) -> None:
    await act(request, SITTING, request[AT].state.id, command,
              {"candidacy": request.match_info["candidacy"], **fields}, sent, final=False, expected=sent.seen)


def _back(request: web.Request, place: str) -> str:
    return f"{here(request)}{request.match_info['candidacy']}#{place}"


async def _answered(request: web.Request, name: str, form: Form, do: Callable[[Sent], Awaitable[str]]
                    ) -> web.StreamResponse:
    """Post, redirect, get; the page again with what was typed, in the state that the sitting is in by then."""
    async def again(sent: Sent, status: int) -> web.Response:
        await decides.allows(request[HOME], request)
        return await _page(request, (name, form, sent), status)

    return await forms.answer(request, form, do, again)


async def _acted(request: web.Request, name: str, form: Form, command: str, fields: Mapping[str, Any],
                 done: str = "") -> web.StreamResponse:
    async def do(sent: Sent) -> str:
        await _send(request, command, {**fields, **_typed(form, sent)}, sent)
        return done or _back(request, "decision")

    return await _answered(request, name, form, do)


def _typed(form: Form, sent: Sent) -> dict[str, Any]:
    """The words of the form, where it has some."""
    return {one.name: sent.values[one.name] for one in form.fields
            if one.name in ("words", "dissent") and sent.values.get(one.name)}


# Who decides, on whom -------------------------------------------------------------------------------------------------


@entry(decides, takes=RECUSE.types, most=RECUSE.most)
async def recuse(request: web.Request) -> web.StreamResponse:
    """`POST …/recuse`: back to the sitting, for nothing of the candidate is theirs to see any more."""
    return await _acted(request, "recuse", RECUSE, "RecuseMember", {}, f"{here(request)}?done=recused")


@entry(decides, takes=TURN.types, most=TURN.most)
async def turn(request: web.Request) -> web.StreamResponse:
    """`POST …/turn`."""
    return await _acted(request, "turn", TURN, "TurnTo", {})


# The evaluation jury --------------------------------------------------------------------------------------------------


@entry(decides, takes=SUMMON.types, most=SUMMON.most)
async def summon(request: web.Request) -> web.StreamResponse:
    """`POST …/summon`."""
    async def do(sent: Sent) -> str:
        at = hour_on(sent.values["day"], sent.values["hour"])
        await _send(request, "SummonJury", {"at": at, **_typed(SUMMON, sent)}, sent)
        return _back(request, "questions")

    return await _answered(request, "summon", SUMMON, do)


@entry(decides, takes=OPEN.types, most=OPEN.most)
async def open_questions(request: web.Request) -> web.StreamResponse:
    """`POST …/questions`."""
    return await _acted(request, "questions", OPEN, "OpenQuestions", {})


@entry(decides, takes=CLOSE.types, most=CLOSE.most)
async def close_questions(request: web.Request) -> web.StreamResponse:
    """`POST …/close`."""
    return await _acted(request, "close", CLOSE, "CloseQuestions", {})


# The decision ---------------------------------------------------------------------------------------------------------


@entry(decides, takes=AGREE.types, most="limits.upload_bytes")
async def propose(request: web.Request) -> web.StreamResponse:
    """`POST …/propose`."""
    form = proposing(item_of(request), parts.now(request))

    async def do(sent: Sent) -> str:
        marks = {code: str(mark) for code, mark in _by_code(sent, "mark-").items()}
        why = _by_code(sent, "why-")
        _refuse_unsaid(sent, marks, why)
        fields = {"course": sent.values["course"], **_typed(form, sent)}
        if sent.values["course"] == "award":
            fields |= {"marks": marks, "why": {code: why[code] for code in marks}, "reasons": _by_code(sent, "letter-")}
        await _send(request, "ProposeDecision", fields, sent)
        return _back(request, "decision")

    return await _answered(request, "propose", form, do)


def _by_code(sent: Sent, begins: str) -> dict[str, Any]:
    """By competency, what was typed in its field."""
    return {name.removeprefix(begins): value for name, value in sent.values.items()
            if name.startswith(begins) and value}


def _refuse_unsaid(sent: Sent, marks: Mapping[str, str], why: Mapping[str, str]) -> None:
    """A competency is settled with its reason, and a reason is of one that is settled (R1.6). Raises Wrong."""
    if sent.values["course"] != "award":
        return
    for code in marks:
        if code not in why:
            sent.refuse(f"why-{code}", N_("dites pourquoi"))
    for code in why:
        if code not in marks:
            sent.refuse(f"mark-{code}", N_("choisissez"))
    if sent.wrong:
        raise Wrong


def _number(request: web.Request) -> int:
    """The proposal that the page showed; 0 for none."""
    typed = request.query.get("number", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 0


@entry(decides, takes=AGREE.types, most=AGREE.most)
async def agree(request: web.Request) -> web.StreamResponse:
    """`POST …/agree?number=N`."""
    return await _acted(request, "agree", AGREE, "AnswerDecision", {"number": _number(request), "agrees": True})


@entry(decides, takes=DISAGREE.types, most=DISAGREE.most)
async def disagree(request: web.Request) -> web.StreamResponse:
    """`POST …/disagree?number=N`."""
    return await _acted(request, "disagree", DISAGREE, "AnswerDecision",
                        {"number": _number(request), "agrees": False})
