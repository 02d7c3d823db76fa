"""A juror's page of a case of a hearing of theirs: the facts, what is proposed, and whether they agree (R7.2). What the
candidate answers and what is decided are not theirs to see. Who raised a suspicion withdraws it here (R6.5)."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from evaluation.case.consequences import AnswerProposal
from evaluation.case.dropping import WithdrawAccusation
from evaluation.case.kind import CASE
from evaluation.people import SOME_WORDS
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Choice, Text
from server.http.forms import Form, Sent
from server.http.home import HOME, at_home, space_path
from server.http.language import locale_of
from server.http.office.acting import act
from server.http.own_cases import Found, found_in, may, not_here, own_case_path
from server.http.pages import form_page
from server.http.space_frame import frame
from server.i18n import say
from server.views.body.own_case import Reader
from server.views.body.own_opinion_view import juror_persons, juror_words, opinion_view
from server.views.form import FormView

NUMBER: Final = Text("number", N_("Proposition"), most=6)
OPINION: Final = Form((
    NUMBER, Choice("agrees", N_("Votre avis"), choices=(
        ("yes", N_("Je suis d’accord avec la suite proposée")), ("no", N_("Je ne suis pas d’accord")))),
    Text("words", N_("Pourquoi, si vous n’êtes pas d’accord"),
         N_("Lu par les personnes qui suivent ce dossier, la commission et le candidat."), required=False, lines=5,
         most=5000)), N_("Envoyer mon avis"))
WITHDRAW: Final = Form((
    NUMBER, Text("words", N_("Pourquoi vous le retirez"),
                 N_("Lu par l’organisme certificateur. Le candidat apprend que le soupçon est retiré."), lines=4,
                 most=5000)),
    N_("Retirer mon signalement"), sure=True)
FORMS: Final = {"opinion": OPINION, "withdraw": WITHDRAW}
DONE: Final = {"opinion": N_("Votre avis est enregistré. Vous pouvez le changer tant que rien n’est décidé.")}


async def opinion_page(request: web.Request, found: Found, refused: tuple[str, Sent] | None = None, status: int = 200
                       ) -> web.Response:
    state, part, locale = found.state, found.part, locale_of(request)
    profiles = await parts.accounts(request).profiles(juror_persons(state, part))
    written = await parts.vault(request).read_words([one.ref for one in juror_words(state, part)])
    reader = Reader({person: str(one.get("name", "")) for person, one in profiles.items()}, written, locale,
                    reads=request[HOME].person)
    done = DONE.get(request.query.get("done", "")) if request.method == "GET" else None
    return form_page(
        request, "space/case_juror.html", status=status, of=opinion_view(state, part, reader),
        forms_of=_forms(request, found, refused), failed=refused is not None,
        done=say(locale, done, {}) if done else "",
        sent=request.query.get("done", "") if done else "", **await frame(request))


def _forms(request: web.Request, found: Found, refused: tuple[str, Sent] | None) -> Mapping[str, FormView | None]:
    """Those that this juror may send now; the refused one with what was typed, about what stands now."""
    here = own_case_path(request[HOME].person, found.state.id, found.part.candidacy)
    numbers = _offered(request, found)
    if refused is not None:
        numbers.setdefault(refused[0], 0)
    drawn: dict[str, FormView | None] = dict.fromkeys(FORMS)
    for name, number in numbers.items():
        sent = refused[1] if refused is not None and refused[0] == name else None
        if sent is not None:
            sent.typed["number"] = (str(number),)
        drawn[name] = forms.view(request, FORMS[name], f"{here}/{name}", sent, prefix=f"{name}-", number=str(number))
    return drawn


def _offered(request: web.Request, found: Found) -> dict[str, int]:
    """By the name of the form, what it is about: the proposal that stands; the first suspicion of theirs that does."""
    numbers, part = dict[str, int](), found.part
    if part.proposal is not None and may(request, found, AnswerProposal(part.candidacy, part.proposal.number, True)):
        numbers["opinion"] = part.proposal.number
    for one in reversed(part.standing):
        if may(request, found, WithdrawAccusation(part.candidacy, one.number, SOME_WORDS)):
            numbers["withdraw"] = one.number
    return numbers


def _number(sent: Sent) -> int:
    typed = str(sent.values["number"])
    return int(typed) if typed.isdecimal() else 0


async def _juror(request: web.Request) -> Found:
    found = await found_in(request)
    if found.role not in ("juror", "raised"):
        raise not_here()
    return found


async def _sent(request: web.Request, found: Found, command: str, fields: Mapping[str, Any], sent: Sent
                ) -> None:
    await act(request, CASE, found.state.id, command, {"candidacy": found.part.candidacy, **fields}, sent, final=False)


@entry(at_home, takes=OPINION.types, most=OPINION.most)
async def give_opinion(request: web.Request) -> web.StreamResponse:
    """`POST …/opinion`."""
    found = await _juror(request)

    async def do(sent: Sent) -> str:
        values = sent.values
        words = {"words": values["words"]} if values["words"] else {}
        await _sent(request, found, "AnswerProposal",
                    {"number": _number(sent), "agrees": values["agrees"] == "yes", **words}, sent)
        return f"{own_case_path(request[HOME].person, found.state.id, found.part.candidacy)}?done=opinion"

    return await forms.answer(request, OPINION, do,
                              lambda sent, status: _again(request, found, "opinion", sent, status))


@entry(at_home, takes=WITHDRAW.types, most=WITHDRAW.most)
async def withdraw(request: web.Request) -> web.StreamResponse:
    """`POST …/withdraw`."""
    found = await _juror(request)

    async def do(sent: Sent) -> str:
        await _sent(request, found, "WithdrawAccusation",
                    {"number": _number(sent), "words": sent.values["words"]}, sent)
        return f"{space_path(request[HOME].person)}cases?done=withdrawn"

    return await forms.answer(request, WITHDRAW, do,
                              lambda sent, status: _again(request, found, "withdraw", sent, status))


async def _again(request: web.Request, found: Found, name: str, sent: Sent, status: int) -> web.Response:
    """As the case is by then."""
    now = await found_in(request)
    return await opinion_page(request, now if now.role in ("juror", "raised") else found, (name, sent), status)
