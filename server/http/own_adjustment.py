"""`/space/{person}/candidacies/{candidacy}/adjustment`: the candidate asks for an adjustment, hands the medical opinion
to the disability officer alone, and reads what was decided (R10.1)."""
from __future__ import annotations

from typing import Any, Final

from aiohttp import web

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Several, Upload
from server.http.forms import Form, Sent
from server.http.home import HOME, at_home, space_path
from server.http.language import locale_of
from server.http.office.acting import act, papers
from server.http.pages import form_page
from server.http.problem import Problem
from server.http.space_frame import frame
from server.i18n import say
from server.keeping.opinions import OPINION
from server.views.candidacy.adjustment_words import WISHES, arranged, opinion_words, wish_words

ASK: Final = Form((Several("wishes", N_("Ce que vous demandez"), N_(
    "Sans dire pourquoi : l’avis médical est pour le référent handicap, et pour personne d’autre."),
    choices=tuple((one.value, words) for one, words in WISHES.items())),), N_("Demander cet aménagement"))
HAND: Final = Form((Upload("opinion", N_("Avis médical"), N_(
    "PDF ou image. Seul le référent handicap peut l’ouvrir.")),), N_("Remettre au référent handicap"))
DONE: Final = {
    "asked": N_("Votre demande est transmise au référent handicap. Remettez-lui maintenant l’avis médical."),
    "handed": N_("Votre avis médical est remis. Vous recevrez un courriel dès que la décision est prise."),
}


async def _own(request: web.Request) -> CandidacyState:
    """Problem 404 for somebody else's candidacy, a past one, and one that the candidate withdrew from."""
    row = await parts.rows(request).one("candidacies", request.match_info["candidacy"])
    state = await parts.journals(request).state(CANDIDACY, row.stream) if row is not None else None
    if state is None or state.person != request[HOME].person or not awaits_jury(state):
        raise Problem(404, N_("Cette candidature n’est pas dans votre espace."),
                      N_("Revenez à votre espace : il montre ce qui est ouvert à votre nom."))
    return state


def awaits_jury(state: CandidacyState) -> bool:
    return state.registration is not None and state.withdrawn is None and not state.standing()


def adjustment_path(person: str, candidacy: str) -> str:
    return f"{space_path(person)}candidacies/{candidacy}/adjustment"


@entry(at_home)
async def show(request: web.Request) -> web.StreamResponse:
    """`GET …/adjustment`."""
    return await _page(request, await _own(request), 200)


async def _page(request: web.Request, state: CandidacyState, status: int, asked: Sent | None = None,
                handed: Sent | None = None) -> web.Response:
    known, locale, here = state.adjusting, locale_of(request), adjustment_path(state.person, state.id)
    done = DONE.get(request.query.get("done", "")) if request.method == "GET" else None
    ask = forms.view(request, ASK, here, asked, prefix="ask-", wishes=tuple(
        one.value for one in known.pending.wishes) if known.pending is not None else ())
    hand = forms.view(request, HAND, f"{here}/opinion", handed, prefix="hand-") if known.pending is not None else None
    return form_page(
        request, "space/adjustment.html", status=status, certification=state.certification, ask=ask, hand=hand,
        wishes=wish_words(known.pending.wishes, locale) if known.pending is not None else "",
        opinions=[opinion_words(one, locale) for one in known.opinions],
        decided=arranged(known.stands.adjustment, locale) if known.stands is not None else None,
        months=state.certification.opinion_months, done=say(locale, done, {}) if done else "",
        **await frame(request))


@entry(at_home, takes=ASK.types, most=ASK.most)
async def ask(request: web.Request) -> web.StreamResponse:
    """`POST …/adjustment`."""
    state = await _own(request)

    async def do(sent: Sent) -> str:
        await act(request, CANDIDACY, state.id, "AskAdjustment", {"wishes": list(sent.values["wishes"])}, sent)
        return f"{adjustment_path(state.person, state.id)}?done=asked"

    return await forms.answer(request, ASK, do, lambda sent, status: _page(request, state, status, asked=sent))


@entry(at_home, takes=HAND.types, most=HAND.most)
async def hand(request: web.Request) -> web.StreamResponse:
    """`POST …/adjustment/opinion`."""
    state = await _own(request)

    async def do(sent: Sent) -> str:
        async with papers(request, state.person, state.id, sent) as kept:
            paper: Any = await kept.keep("opinion", OPINION)
            await act(request, CANDIDACY, state.id, "HandOpinion", {"paper": paper}, sent)
        return f"{adjustment_path(state.person, state.id)}?done=handed"

    return await forms.answer(request, HAND, do, lambda sent, status: _page(request, state, status, handed=sent))
