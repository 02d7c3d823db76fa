"""`candidacies`: every candidacy that somebody may see, and each one's page: what juries ruled, certificates, blocks
that are kept (X8). A past candidacy is opened here by the clerk."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from evaluation.body.certifications import version_on
from evaluation.body.reading_rights import ALL_OF_IT, Register
from evaluation.candidacy.kept import keeping_of, kept_blocks
from evaluation.candidacy.kind import CANDIDACY, HELD, beneath, status
from evaluation.candidacy.state import CandidacyState
from evaluation.deadlines import day_of, start_of
from evaluation.kinds import Row
from evaluation.rules import N_
from server.http import forms, parts
from server.http.entry import entry
from server.http.form_fields import Day, Listed
from server.http.forms import Form, Sent
from server.http.language import locale_of
from server.http.listing import Listing, listed
from server.http.office import citing
from server.http.office.acting import act, made_id
from server.http.office.adjustment_shown import adjustment_section
from server.http.office.case_marks import marks_of
from server.http.office.case_openers import opens
from server.http.office.door import DESK, base, desk_for, keeps, not_there, show
from server.http.office.enrolling import registrable
from server.http.office.persons import PERSON, kept_with, naming
from server.http.office.registered_before import AGAIN, presents_again
from server.http.office.registration_shown import registration_shown
from server.http.office.since_hearing import since_hearing
from server.views.body.periods import short_day
from server.views.candidacy import result_lines, ruled
from server.views.candidacy.candidacies import CandidacyLine, narrowed_by, status_cell
from server.views.case_mark import CaseMark

HERE: Final = "candidacies"
door: Final = desk_for(Register.CANDIDACIES)
OPEN: Final = Form((
    *PERSON, Listed("certification", N_("Certification")),
    Day("first_jury", N_("Jour du jury qui a statué"),
        N_("Le premier, s’il y en a eu plusieurs. La version du référentiel est celle de ce jour-là.")),
    Listed("provider", N_("Organisme de formation"),
           N_("Il verra cette candidature. Laissez vide s’il n’est pas dans la liste."), required=False)),
    N_("Enregistrer la candidature"))


def require_clerk(request: web.Request) -> None:
    if not keeps(request[DESK]):
        raise not_there()


async def candidacy_of(request: web.Request) -> CandidacyState:
    """The candidacy that the address names. Problem 404 for one that is not theirs to see."""
    at = request[DESK]
    row = await parts.rows(request).one("candidacies", request.match_info["candidacy"])
    if row is None or row.body != at.body.id or not at.sees_of(Register.CANDIDACIES, row.scope):
        raise not_there()
    state = await parts.journals(request).state(CANDIDACY, row.stream)
    if state is None:
        raise not_there()
    return state


# The list


@entry(door)
async def show_list(request: web.Request) -> web.StreamResponse:
    """`GET candidacies`."""
    at = request[DESK]

    async def opened(rows: Sequence[Row]) -> Sequence[CandidacyLine]:
        known = await parts.accounts(request).profiles(row.person for row in rows)
        marked = await marks_of(request, [row.key for row in rows])
        return [_line(request, row, known.get(row.person or ""), marked.get(row.key)) for row in rows]

    whole = at.sees(Register.CANDIDACIES) is ALL_OF_IT
    table = narrowed_by({one.certification.code for one in at.body.in_force},
                        at.body.providers.values() if whole else ())
    view = await listed(request, Listing(
        table, parts.rows(request), opened, at.where(Register.CANDIDACIES), parts.accounts(request).names.find))
    if isinstance(view, web.StreamResponse):
        return view
    return await show(request, "office/candidacies.html", here=HERE, list=view, clerk=keeps(at),
                      registers=bool(registrable(at)))


def _line(request: web.Request, row: Row, profile: Mapping[str, Any] | None, mark: CaseMark | None) -> CandidacyLine:
    provider = request[DESK].body.providers.get(row.scope or "")
    return CandidacyLine(
        f"{base(request)}candidacies/{row.key}", str((profile or {}).get("name", "")), row.about or "",
        str(row.data["version"]), provider.name if provider else "", row.status, day_of(row.at or 0),
        bool(row.data["past"]), str(row.data.get("held_under", "")), mark)


# One candidacy


@entry(door)
async def show_candidacy(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/{candidacy}`."""
    at, locale, state = request[DESK], locale_of(request), await candidacy_of(request)
    profile = await parts.accounts(request).profile(state.person)
    # What is recorded of somebody is kept with their key: of somebody erased nothing is, any more.
    clerk = keeps(at) and profile is not None
    here, of = f"{base(request)}candidacies/{state.id}", state.certification
    kept = kept_blocks(keeping_of(of), state.person, await citing.outcomes(request, state), at.today)
    provider = at.body.providers.get(state.provider or "")
    return await show(
        request, "office/candidacy.html", here=HERE, name=str((profile or {}).get("name", "")), certification=of,
        provider=provider.name if provider else "", opened=short_day(state.opened_on, locale),
        first_jury=short_day(state.first_jury, locale) if state.first_jury else "",
        state=status_cell(status(state), locale, beneath(state) if status(state) == HELD else ""),
        kept=ruled.kept(kept, state.id, locale), clerk=clerk,
        outcomes=ruled.outcomes(state, here, locale, clerk=clerk), path=here,
        certificates=ruled.certificates(state, here, locale, clerk=clerk),
        registration=await registration_shown(request, state),
        letters=result_lines.letters(state, here, locale, clerk=clerk),
        awaited=result_lines.awaited(state, locale),
        again=f"{base(request)}candidacies/register?{AGAIN}={state.id}" if profile is not None and (
            presents_again(request, state)) else "",
        opens_case=profile is not None and opens(request, state) is not None,
        adjusting=adjustment_section(request, state), **await since_hearing(request, state),
        awarded=any(one.awarded.award != "none" for one in state.standing()))


# A past candidacy


def _open_form(request: web.Request) -> Form:
    require_clerk(request)
    body = request[DESK].body
    titles = {one.certification.code: one.certification.title for one in body.in_force}
    return OPEN.choosing(
        certification=tuple((code, f"{code} : {title}") for code, title in sorted(titles.items())),
        provider=tuple((one.id, one.name) for one in sorted(body.providers.values(), key=lambda one: one.name)))


@entry(door)
async def show_open(request: web.Request) -> web.StreamResponse:
    """`GET candidacies/open`."""
    return await _open_page(request, _open_form(request), None, 200)


async def _open_page(request: web.Request, form: Form, sent: Sent | None, status: int) -> web.Response:
    return await show(request, "office/candidacy_open.html", status=status, here=HERE,
                      form=forms.view(request, form, f"{base(request)}candidacies/open", sent),
                      closed=not request[DESK].body.in_force)


@entry(door, takes=OPEN.types, most=OPEN.most)
async def open_past(request: web.Request) -> web.StreamResponse:
    """`POST candidacies/open`."""
    form = _open_form(request)

    async def do(sent: Sent) -> str:
        candidacy = made_id(request, sent, "candidacy")
        framework = await _framework(request, sent)
        async with naming(request, sent) as named:
            await _check_new(request, sent, candidacy, named.person)
            await act(request, CANDIDACY, candidacy, "OpenCandidacy", {
                "candidacy": candidacy, "person": named.person, "framework": framework,
                "office": await citing.office_of(request), "provider": sent.values["provider"],
                "first_jury": sent.values["first_jury"].isoformat()}, sent, together=kept_with(request, named))
        return f"{base(request)}candidacies/{candidacy}?done=candidacy-opened"

    return await forms.answer(request, form, do, lambda sent, status: _open_page(request, form, sent, status))


async def _framework(request: web.Request, sent: Sent) -> dict[str, object]:
    """The quote of the version that was in force on the jury's day (X8). Wrong where none is known."""
    version = version_on(request[DESK].body, sent.values["certification"], sent.values["first_jury"])
    if version is None:
        sent.refuse("first_jury", N_("Aucune version de ce référentiel n’était en vigueur à cette date. Vérifiez le "
                                     "jour, ou mettez d’abord en vigueur la version d’alors, sur la page des "
                                     "référentiels."))
        raise forms.Wrong
    return await citing.of_body(request, version.position)


async def _check_new(request: web.Request, sent: Sent, candidacy: str, person: str) -> None:
    """Wrong where another form has recorded the same."""
    day = start_of(sent.values["first_jury"])
    for row in await parts.rows(request).page(
            "candidacies", body=request[DESK].body.id, person=person, about=sent.values["certification"]):
        if row.at == day and row.data["past"] and row.key != candidacy:
            sent.refuse("first_jury", N_("La candidature de cette personne, pour cette certification et ce jury, est "
                                         "déjà enregistrée : cherchez son nom dans la liste."))
            raise forms.Wrong
