"""The candidate of a case asks somebody to assist them, and may end it (R7.2). Whoever is asked is found by name and
address together; else a way in of their own is made for them: nothing here tells the candidate who is known already."""
from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from evaluation.case.kind import CASE
from server.http import parts
from server.http.entry import entry
from server.http.forms import Sent
from server.http.home import HOME, at_home
from server.http.office.acting import act, made_for
from server.http.office.persons import Named, kept_with
from server.http.own_assistant_forms import ASSISTANT, END
from server.http.own_case import answered, own
from server.http.own_cases import Found
from server.storage.accounts import plain_address
from server.storage.names import parts_of


@asynccontextmanager
async def _naming(request: web.Request, found: Found, sent: Sent) -> AsyncIterator[Named]:
    """Until the act is done: of two forms sent at once that name somebody new, the second finds what the first made.
    """
    async with request.app[parts.PLACES].place("naming", plain_address(sent.values["email"]), 1):
        yield await _named(request, found, sent)


async def _named(request: web.Request, found: Found, sent: Sent) -> Named:
    """Somebody known under this name at this address, or who has the address and judges this candidate or organized
    their day, so that the rules see them; else somebody new."""
    values, part = sent.values, found.part
    whole = f"{values['first_name']} {values['name']}".strip()
    judging = {*part.jurors, *found.state.organizers, part.person}
    for person in await parts.accounts(request).people_at(values["email"]):
        profile = await parts.accounts(request).profile(person) or {}
        if person in judging or set(parts_of(str(profile.get("name", "")))) == set(parts_of(whole)):
            return Named(person)
    made = made_for(parts.vault(request), request[HOME].person, sent, f"person {plain_address(values['email'])}")
    return Named(made, {"name": whole, "first_name": values["first_name"], "email": values["email"]})


@entry(at_home, takes=ASSISTANT.types, most=ASSISTANT.most)
async def invite(request: web.Request) -> web.StreamResponse:
    """`POST …/assistant`."""
    found = await own(request, alone=True)

    async def do(sent: Sent) -> None:
        async with _naming(request, found, sent) as named:
            await act(request, CASE, found.state.id, "NameAssistant",
                      {"candidacy": found.part.candidacy, "person": named.person}, sent,
                      together=kept_with(request, named), final=False)

    return await answered(request, found, ("assistant", ASSISTANT), do, "invited")


@entry(at_home, takes=END.types, most=END.most)
async def end(request: web.Request) -> web.StreamResponse:
    """`POST …/assistant/end`."""
    found = await own(request, alone=True)

    async def do(sent: Sent) -> None:
        await act(request, CASE, found.state.id, "DismissAssistant",
                  {"candidacy": found.part.candidacy, "person": sent.values["person"]}, sent)

    return await answered(request, found, ("end", END), do, "ended")
