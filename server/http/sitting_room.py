"""The room of a sitting: what its pages are told as it happens, and picture and sound over WHIP and WHEP. A person has
there what `sitting_media` gives them, and nothing else."""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

from aiohttp import web

from evaluation.people import PersonId, Role
from evaluation.rules import N_
from evaluation.sitting.kind import SITTING
from evaluation.sitting.seeing import is_member
from evaluation.sitting.sitting_media import in_room, room_rights
from evaluation.sitting.state import SittingState
from evaluation.sitting.terms import Place
from evaluation.sitting.who_sits import holder, on_whole_sitting, three_on
from server.http import parts
from server.http.bodies import SDP, SDP_FRAGMENT, read_text
from server.http.entry import entry
from server.http.event_streams import last_event_id, written
from server.http.home import HOME, AtHome, Home, home_of, not_at_home, space_cookie
from server.http.language import locale_of
from server.http.live import WORDS, levels
from server.http.media_signalling import created, restarted, takes_offers
from server.http.own_sittings import AT, AtSitting, here, in_sitting
from server.i18n import Locale, say
from server.journals.streams import Message
from server.media.engine import Negotiated, SourceChange
from server.views.sitting.sitting_reader import PLACES

MAIN: Final[Literal["main"]] = "main"
JURY: Final = N_("Jury d’évaluation")


async def _publishes(_home: Home, request: web.Request) -> bool:
    await in_sitting.allows(_home, request)
    return bool(room_rights(request[AT].state)[0].get(request[HOME].person))


async def _views(_home: Home, request: web.Request) -> bool:
    await in_sitting.allows(_home, request)
    return request.match_info["peer"] in room_rights(request[AT].state)[1].get(request[HOME].person, frozenset())


async def _inside(_home: Home, request: web.Request) -> bool:
    await in_sitting.allows(_home, request)
    return request[HOME].person in in_room(request[AT].state)


publishing: Final = AtHome(_publishes)
viewing: Final = AtHome(_views)
inside: Final = AtHome(_inside)


# Told as it happens -------------------------------------------------------------------------------------------------


async def media_of(request: web.Request) -> dict[str, Any]:
    """Where the reader's room stands, as the pages' script reads a view of a session: people, and what media."""
    at = request[AT]
    return await _view(request, at.state, at.person, locale_of(request))


async def _view(request: web.Request, state: SittingState, person: PersonId, locale: Locale) -> dict[str, Any]:
    publish, view = room_rights(state)
    there = sorted(in_room(state) | {person}) if person in in_room(state) else [person]
    profiles = await parts.accounts(request).profiles(there)
    online = request.app[parts.STREAMS].seats_in(state.id)
    return {
        "position": state.position, "seat": {"seat": person},
        "media": {"publish": sorted(publish.get(person, ())), "view": sorted(view.get(person, ()))},
        "people": [_person(state, one, profiles.get(one, {}), locale, you=one == person, present=one in online)
                   for one in there],
    }


def _person(state: SittingState, person: PersonId, profile: Any, locale: Locale, *, you: bool, present: bool
            ) -> dict[str, Any]:
    """As `Person` of view.d.ts."""
    name = str(profile.get("name", ""))
    several: list[Mapping[Place, PersonId | None]] = [
        *(three_on(state, item) for item in state.agenda.values()), on_whole_sitting(state)]
    places: dict[PersonId | None, Place] = {who: place for three in several for place, who in three.items()}
    place = places.get(person)
    return {
        "seat": person, "role": Role.JUROR, "name": name,
        "first_name": str(profile.get("first_name") or name.split(" ")[0]),
        "initials": "".join(part[0] for part in name.replace("-", " ").split() if part)[:2].upper(), "category": None,
        "role_words": say(locale, PLACES[place] if place is not None else JURY, {}),
        "president": holder(state, "president") == person, "present": present, "recused": False, "you": you,
    }


@entry(in_sitting)
async def events(request: web.Request) -> web.StreamResponse:
    """`GET …/events`: that the sitting has moved on, and what is live of it."""
    at, since, locale = request[AT], last_event_id(request), locale_of(request)
    journals, spaces, cookie = parts.journals(request), parts.spaces(request), space_cookie(request, at.person)

    async def render(_person: str, since: int) -> list[Message] | None:
        state = await journals.state(SITTING, at.state.id)
        held = await spaces.of(cookie, at.person) if cookie else None
        if state is None or held is None or not _open_to(AtSitting(state, at.person, is_member(state, at.person))):
            return None
        if state.position <= since:
            return []
        return [Message("view", state.position, written(await _view(request, state, at.person, locale)))]

    return await request.app[parts.STREAMS].serve(
        request, at.state.id, at.person, since, render, lambda _person: _live(request, at, locale))


def _live(request: web.Request, at: AtSitting, locale: Locale) -> str | None:
    """As `Live` of view.d.ts: who is seen and heard, and how good each line is; beside it, to members, who has a page
    of the sitting open."""
    state: SittingState | None = parts.journals(request).known(SITTING, at.state.id)
    if state is None:
        return None
    engine, shown = parts.engine(request), room_rights(state)[1].get(at.person, frozenset()) | {at.person}
    lines = levels(engine.quality(state.id), parts.config(request).quality)
    return json.dumps({
        "sources": _sources(engine.sources(state.id), shown),
        "quality": {one: {"words": say(locale, WORDS[level], {}), "level": level}
                    for one, level in lines.items() if one in shown},
        "here": sorted(request.app[parts.STREAMS].seats_in(state.id)) if at.member else [],
    }, ensure_ascii=False, sort_keys=True)


def _open_to(at: AtSitting) -> bool:
    return at.member or bool(at.asked)


def _sources(sources: Iterable[SourceChange], shown: frozenset[PersonId]) -> list[dict[str, str]]:
    """As `LiveSource` of view.d.ts."""
    return [{"seat": one.seat, "source": one.source, "state": one.state} for one in sources
            if one.seat in shown and one.state != "ended"]


# Picture and sound --------------------------------------------------------------------------------------------------


@entry(publishing, takes=(SDP,), most="media.offer_limit_bytes")
async def publish(request: web.Request) -> web.StreamResponse:
    """`POST …/whip/main` (WHIP)."""
    at, offer = request[AT], await read_text(request)
    return await _created(request, await parts.engine(request).publish(at.state.id, at.person, MAIN, offer))


@entry(viewing, takes=(SDP,), most="media.offer_limit_bytes")
async def view(request: web.Request) -> web.StreamResponse:
    """`POST …/whep/{peer}/main` (WHEP)."""
    at, offer, peer = request[AT], await read_text(request), request.match_info["peer"]
    return await _created(request, await parts.engine(request).view(at.state.id, at.person, peer, MAIN, offer))


async def _created(request: web.Request, negotiated: Negotiated) -> web.Response:
    """Asked once more now that an end of the hold finds what it has to close: one that came in between closes it here.
    """
    if await home_of(request) is None:
        at = request[AT]
        await parts.engine(request).close(at.state.id, at.person, negotiated.resource)
        raise await not_at_home(request)
    return created(negotiated, f"{here(request)}media/")


@entry(inside)
async def options(_request: web.Request) -> web.StreamResponse:
    return takes_offers()


@entry(inside, takes=(SDP_FRAGMENT,), most="media.offer_limit_bytes")
async def restart(request: web.Request) -> web.StreamResponse:
    """`PATCH …/media/{resource}`."""
    at, fragment = request[AT], await read_text(request)
    return restarted(await parts.engine(request).restart(
        at.state.id, at.person, request.match_info["resource"], request.headers.get("If-Match"), fragment))


@entry(in_sitting)
async def close(request: web.Request) -> web.StreamResponse:
    """`DELETE …/media/{resource}`: whoever has a page of the sitting may end what they send and receive."""
    at = request[AT]
    await parts.engine(request).close(at.state.id, at.person, request.match_info["resource"])
    return web.Response(status=200)
