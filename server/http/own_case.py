"""`/space/{person}/cases/{case}/{candidacy}`: a candidate's part of a case, for the candidate and who assists them:
what is noted, the notice, the answer in writing or the wish to be heard, the decision and its receipt (R6.5, R7.2,
R9.2)."""
from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from aiohttp import web

from evaluation.body.kind import BODY
from evaluation.case.assisting import NameAssistant
from evaluation.case.decision_papers import TakeDecision
from evaluation.case.hearing_out import AnswerCaseNotice, AskToBeHeard
from evaluation.case.kind import CASE
from evaluation.case.stages import number_of
from evaluation.codec import FieldError
from evaluation.people import SOME_WORDS
from evaluation.rules import N_
from server.documents.document_refusals import DocumentRefusal
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Several, Text, Upload
from server.http.forms import Form, Sent, Wrong
from server.http.home import HOME, at_home
from server.http.language import locale_of
from server.http.office.acting import Papers, act, papers
from server.http.own_assistant_forms import ASSISTANT, assistants_shown
from server.http.own_cases import Found, found_in, may, not_here, own_case_path
from server.http.own_invited import invited_page
from server.http.own_opinion import opinion_page
from server.http.pages import form_page
from server.http.space_frame import frame
from server.i18n import say
from server.views.body.own_case import Reader, own_case, persons_in, words_in
from server.views.body.own_case_steps import appeal_day, asked_now, steps
from server.views.form import FormView

NUMBER: Final = Text("number", N_("Notification"), most=6)
FILES: Final = ("paper1", "paper2", "paper3")
MORE_FILES: Final = N_("PDF ou image. Pour en joindre plus de trois, envoyez une autre réponse.")
COMPLETE: Final = Several(
    "complete", N_("Avez-vous tout dit ?"), N_(
        "Ne cochez que si vous en êtes sûr : votre temps pour répondre se termine alors tout de suite, et vous ne "
        "demandez pas à être entendu. Sinon, laissez vide : vous pourrez encore compléter."),
    required=False, choices=(("yes", N_("C’est ma réponse complète, et je ne demande pas à être entendu")),))
WORDS: Final = Text(
    "words", N_("Votre réponse"), N_(
        "Dans vos mots : ce qui s’est passé pour vous, ce avec quoi vous n’êtes pas d’accord. Lue par les personnes "
        "qui suivent ce dossier et par la commission."), lines=10, most=20000)
ANSWER: Final = Form((NUMBER, WORDS, *(
    Upload(name, N_("Joindre un document"), MORE_FILES if name == FILES[0] else "", required=False) for name in FILES),
    COMPLETE), N_("Envoyer ma réponse"))
HEARD: Final = Form((NUMBER, Text(
    "words", N_("Ce dont vous voulez parler, ou ce qui vous arrange pour le jour et l’heure"), required=False, lines=3,
    most=2000)), N_("Demander à être entendu"))
RECEIVED: Final = Form((), N_("J’ai reçu cette décision"))
SOMEBODY: Final = "-"
"""Stands for whoever the candidate would name."""
DONE: Final = {
    "answered": N_("Votre réponse est enregistrée. Elle est au dossier, avec son jour et son heure."),
    "asked": N_("Votre demande d’être entendu est enregistrée. Le jour, l’heure et le lieu vous seront dits ici et par "
                "courriel."),
    "received": N_("C’est noté : vous avez reçu cette décision. Ce n’est pas un accord avec elle."),
    "invited": N_("L’invitation est partie par courriel. Cette personne ne voit rien tant qu’elle n’a pas accepté."),
    "ended": N_("C’est fait : cette personne ne voit plus rien de votre dossier."),
    "accepted": N_("Merci. Vous voyez maintenant le dossier, et pouvez répondre pour la personne que vous assistez."),
}

SENT: Final = {"answered": "answer", "asked": "heard"}
"""Which form's draft is sent by then."""


@dataclass(frozen=True)
class Failed:
    """The form of this name was refused: what was typed."""

    name: str
    sent: Sent


@entry(at_home)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET …/{candidacy}`: the page of whoever asks, by the part that they have in it."""
    found = await found_in(request)
    if found.role == "invited":
        return await invited_page(request, found)
    if found.role in ("juror", "raised"):
        return await opinion_page(request, found)
    return await case_page(request, found, None, 200)


async def own(request: web.Request, *, alone: bool = False) -> Found:
    """The candidate's part, asked for by the candidate, or by who assists them unless `alone`. Problem 404."""
    found = await found_in(request)
    if found.role not in (("candidate",) if alone else ("candidate", "assistant")):
        raise not_here()
    return found


async def case_page(request: web.Request, found: Found, failed: Failed | None, status: int) -> web.Response:
    state, part, now, locale = found.state, found.part, parts.now(request), locale_of(request)
    profiles = await parts.accounts(request).profiles(persons_in(state, part))
    written = await parts.vault(request).read_words([one.ref for one in words_in(state, part)])
    reader = Reader({person: str(profile.get("name", "")) for person, profile in profiles.items()}, written, locale,
                    reads=request[HOME].person)
    body = await parts.journals(request).state(BODY, state.body)
    done = DONE.get(request.query.get("done", "")) if request.method == "GET" else None
    return form_page(
        request, "space/case.html", status=status, case=own_case(state, part, reader), role=found.role,
        whose=reader.names.get(part.person, ""), opened=found.opened, here=_here(request),
        asked=asked_now(state, part, reader, now), steps=steps(state, part, reader),
        decision=part.handed.paper.file if part.handed is not None else "", appeal=appeal_day(state, part, reader),
        taken=reader.at(part.handed.taken_at) if part.handed is not None and part.handed.taken_at else "",
        body=body.name if body is not None else "", done=say(locale, done, {}) if done else "",
        sent=SENT.get(request.query.get("done", ""), ""),
        failed=failed is not None, forms_of=_forms(request, found, failed),
        assistants=assistants_shown(request, found, reader, _here(request)), **await frame(request))


def _here(request: web.Request) -> str:
    return own_case_path(request[HOME].person, request.match_info["case"], request.match_info["candidacy"])


def _forms(request: web.Request, found: Found, failed: Failed | None) -> Mapping[str, FormView | None]:
    """Those that this reader may send now; the refused one with what was typed, and the notice as it is now."""
    here, number, part = _here(request), str(number_of(found.part)), found.part

    def drawn(form: Form, name: str) -> FormView:
        sent = failed.sent if failed is not None and failed.name == name else None
        if sent is not None and "number" in sent.typed:
            sent = replace(sent, typed={**sent.typed, "number": (number,)})
        return forms.view(request, form, f"{here}/{name}", sent, prefix=f"{name}-", number=number)

    answers = may(request, found, AnswerCaseNotice(part.candidacy, number_of(part), SOME_WORDS))
    offered = {"answer": _answer(request, found)} if answers else {}
    if may(request, found, AskToBeHeard(part.candidacy, number_of(part))):
        offered["heard"] = HEARD
    if may(request, found, NameAssistant(part.candidacy, SOMEBODY)):
        offered["assistant"] = ASSISTANT
    if found.role == "candidate" and may(request, found, TakeDecision(part.candidacy)):
        offered["received"] = RECEIVED
    if failed is not None and failed.name in BY_NAME:  # what was typed stays, whatever the case has become meanwhile
        offered.setdefault(failed.name, BY_NAME[failed.name])
    return {name: drawn(offered[name], name) if name in offered else None for name in BY_NAME}


WITHOUT_COMPLETE: Final = replace(ANSWER, fields=tuple(one for one in ANSWER.fields if one is not COMPLETE))
# Of an incident nothing is asked: the candidate tells it, and answers nobody.
TELLING: Final = replace(WITHOUT_COMPLETE, send=N_("Envoyer"), fields=tuple(
    replace(one, label=N_("Ce que vous avez vécu"),
            hint=N_("Dans vos mots. Lu par les personnes qui suivent ce dossier et par la commission."))
    if one is WORDS else one for one in WITHOUT_COMPLETE.fields))
BY_NAME: Final = {"answer": WITHOUT_COMPLETE, "heard": HEARD, "assistant": ASSISTANT, "received": RECEIVED}


def _answer(request: web.Request, found: Found) -> Form:
    """With the question whether it is the whole answer, for who may say so."""
    if found.state.kind.door == "malfunction":
        return TELLING
    whole = AnswerCaseNotice(found.part.candidacy, number_of(found.part), SOME_WORDS, complete=True)
    return ANSWER if may(request, found, whole) else WITHOUT_COMPLETE


# What they send


def _number(sent: Sent) -> int:
    """The notice that the page showed; 0 before any."""
    typed = str(sent.values["number"])
    if not typed.isdecimal():
        raise FieldError("number", N_("ce champ n’a pas la forme attendue"))
    return int(typed)


async def answered(request: web.Request, found: Found, form: tuple[str, Form], do: Callable[[Sent], Awaitable[None]],
                   done: str) -> web.Response:
    """Post, redirect, get; the page again with what was typed, in the state that the case is in by then."""
    async def act_then(sent: Sent) -> str:
        await do(sent)
        return f"{_here(request)}?done={done}"

    async def again(sent: Sent, status: int) -> web.Response:
        now = await found_in(request)
        return await case_page(request, now if now.role == found.role else found, Failed(form[0], sent), status)

    return await forms.answer(request, form[1], act_then, again)


@entry(at_home, takes=ANSWER.types, most=ANSWER.most)
async def answer(request: web.Request) -> web.StreamResponse:
    """`POST …/answer`."""
    found = await own(request)
    form = _answer(request, found)

    async def do(sent: Sent) -> None:
        fields: dict[str, Any] = {
            "candidacy": found.part.candidacy, "number": _number(sent), "words": sent.values["words"],
            "complete": bool(sent.values.get("complete"))}
        async with papers(request, found.part.person, found.state.id, sent) as kept:
            fields["papers"] = [one for one in [await _kept(kept, sent, name) for name in FILES] if one is not None]
            await act(request, CASE, found.state.id, "AnswerCaseNotice", fields, sent, final=False)

    return await answered(request, found, ("answer", form), do, "answered")


async def _kept(kept: Papers, sent: Sent, name: str) -> dict[str, str] | None:
    """What is wrong with a file stands beside that file."""
    try:
        return await kept.keep(name)
    except DocumentRefusal as error:
        sent.refuse(name, error.text, error.values)
        raise Wrong from None


@entry(at_home, takes=HEARD.types, most=HEARD.most)
async def ask_to_be_heard(request: web.Request) -> web.StreamResponse:
    """`POST …/heard`."""
    found = await own(request)

    async def do(sent: Sent) -> None:
        words = {"words": sent.values["words"]} if sent.values["words"] else {}
        await act(request, CASE, found.state.id, "AskToBeHeard",
                  {"candidacy": found.part.candidacy, "number": _number(sent), **words}, sent, final=False)

    return await answered(request, found, ("heard", HEARD), do, "asked")


@entry(at_home, takes=RECEIVED.types, most=RECEIVED.most)
async def receive(request: web.Request) -> web.StreamResponse:
    """`POST …/received`."""
    found = await own(request, alone=True)

    async def do(sent: Sent) -> None:
        await act(request, CASE, found.state.id, "TakeDecision", {"candidacy": found.part.candidacy}, sent)

    return await answered(request, found, ("received", RECEIVED), do, "received")
