"""Every address of the server, and the one function that puts them into an application."""
from __future__ import annotations

import asyncio
import time
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

from server.http import (
    board,
    captures,
    certificate_check,
    closed_devices,
    entry_links,
    event_streams,
    giving_data,
    identity_copy,
    invitation,
    leaving,
    letting_in,
    links,
    media_signalling,
    new_link,
    own_adjustment,
    own_assistant,
    own_attendance,
    own_brief,
    own_case,
    own_case_papers,
    own_cases,
    own_findings,
    own_invited,
    own_notice,
    own_opinion,
    own_papers,
    own_preparation,
    own_results,
    own_security,
    own_sitting,
    own_sitting_files,
    own_sitting_item,
    own_sitting_minutes,
    own_sitting_reading,
    own_sittings,
    own_transcript,
    own_try_out,
    parts,
    phone,
    public,
    records,
    seat,
    seat_commands,
    sign_in,
    sign_in_openid,
    sitting_room,
    space,
    static,
    supplied_documents,
)
from server.http.entry import RATES, check_entries, let_in
from server.http.errors import explain_failures
from server.http.event_streams import RECENT
from server.http.language import choose_language
from server.http.limits import Limiter, Places
from server.http.live import LIVE, LiveRooms
from server.http.office.routes import OFFICE
from server.http.page_pictures import PICTURES, PagePictures
from server.http.requestlog import log_requests
from server.http.security import add_headers
from server.people.space_letters import NewLinks
from server.turns import Turns
from server.views.session.feed import Recent
from server.views.session.mine import Seats
from server.views.space import Space

ENTRY_LINKS: Final = ("first", "recover")
IN_SPACE: Final = "/space/{person}/seats/{seat}/"
ADJUSTMENT: Final = "/space/{person}/candidacies/{candidacy}/adjustment"
PAPERS: Final[tuple[tuple[str, str, Handler, str], ...]] = (
    ("GET", IN_SPACE + "papers", own_papers.show_list, "pages"),
    ("GET", IN_SPACE + "papers/{kind}", own_papers.show_paper, "pages"),
    ("POST", IN_SPACE + "papers/{kind}", own_papers.supply, "uploads"),
    ("POST", IN_SPACE + "papers/{kind}/remove", own_papers.remove, "commands"),
    ("GET", IN_SPACE + "notice", own_notice.show_notice, "pages"),
    ("POST", IN_SPACE + "notice", own_notice.acknowledge, "commands"),
    ("GET", IN_SPACE + "brief", own_brief.show_brief, "pages"),
    ("POST", IN_SPACE + "brief", own_brief.answer_brief, "commands"),
    ("GET", IN_SPACE + "transcripts/{hearing}", own_transcript.show_transcript, "pages"),
    ("POST", IN_SPACE + "transcripts/{hearing}/confirm", own_transcript.confirm, "commands"),
    ("POST", IN_SPACE + "transcripts/{hearing}/refuse", own_transcript.refuse, "commands"),
    ("GET", IN_SPACE + "findings", own_findings.show_findings, "pages"),
    ("POST", IN_SPACE + "findings", own_findings.find, "commands"),
    ("GET", IN_SPACE + "attendance.pdf", own_attendance.attendance, "pages"),
    ("GET", IN_SPACE + "preparation", own_preparation.show_preparation, "pages"),
    ("POST", IN_SPACE + "answer/accept", own_preparation.accept, "commands"),
    ("POST", IN_SPACE + "answer/decline", own_preparation.decline, "commands"),
    ("POST", IN_SPACE + "impartial/{hearing}", own_preparation.declare_impartial, "commands"),
    ("POST", IN_SPACE + "recuse/{hearing}", own_preparation.recuse, "commands"),
    ("GET", IN_SPACE + "preparation/{what}", own_preparation.show_reading, "pages"),
    ("POST", IN_SPACE + "preparation/{what}", own_preparation.confirm, "commands"),
    ("POST", IN_SPACE + "preparation/{what}/{document}", own_preparation.confirm, "commands"),
    ("GET", IN_SPACE + "try-out", own_try_out.show_try_out, "pages"),
    ("POST", IN_SPACE + "try-out", own_try_out.record, "commands"),
    ("POST", IN_SPACE + "try-out/room", own_try_out.open_room, "media"),
    ("POST", IN_SPACE + "try-out/whip/main", own_try_out.publish, "media"),
    ("OPTIONS", IN_SPACE + "try-out/whip/main", own_try_out.options, "media"),
    ("POST", IN_SPACE + "try-out/whep/{peer}/main", own_try_out.view, "media"),
    ("OPTIONS", IN_SPACE + "try-out/whep/{peer}/main", own_try_out.options, "media"),
    ("PATCH", IN_SPACE + "try-out/media/{resource}", own_try_out.restart, "media"),
    ("DELETE", IN_SPACE + "try-out/media/{resource}", own_try_out.close, "media"),
    ("GET", IN_SPACE + r"documents/{document:\w+}", own_papers.show_document, "pages"),
    ("GET", IN_SPACE + r"documents/{document:\w+}/pages/{page:\d{1,4}}.webp", own_papers.picture, "pictures"),
)
"""Of a seat, in the space of its person: before the day, without entering."""
OWN_CASE: Final = "/space/{person}/cases/{case}/{candidacy}"
CASES: Final[tuple[tuple[str, str, Handler, str], ...]] = (
    ("GET", "/space/{person}/cases", own_cases.show_list, "pages"),
    ("GET", OWN_CASE, own_case.show, "pages"),
    ("POST", OWN_CASE + "/answer", own_case.answer, "uploads"),
    ("POST", OWN_CASE + "/heard", own_case.ask_to_be_heard, "commands"),
    ("POST", OWN_CASE + "/received", own_case.receive, "commands"),
    ("POST", OWN_CASE + "/assistant", own_assistant.invite, "logins"),
    ("POST", OWN_CASE + "/assistant/end", own_assistant.end, "commands"),
    ("POST", OWN_CASE + "/accept", own_invited.accept, "commands"),
    ("POST", OWN_CASE + "/decline", own_invited.decline, "commands"),
    ("POST", OWN_CASE + "/opinion", own_opinion.give_opinion, "commands"),
    ("POST", OWN_CASE + "/withdraw", own_opinion.withdraw, "commands"),
    ("GET", OWN_CASE + r"/papers/{file:\w+}", own_case_papers.paper, "papers"),
    ("GET", OWN_CASE + r"/pictures/{picture:\w+}.jpg", own_case_papers.picture, "pictures"),
)
"""Of a case, in the space of somebody who has a part in it without an office."""
SITTING: Final = "/space/{person}/sittings/{sitting}/"
ITEM: Final = SITTING + r"{candidacy:\w[\w-]*}"
ASKED: Final = SITTING + "records/{candidacy}"
SIGNED: Final = SITTING + r"minutes/{number:\d{1,6}}"
SITTINGS: Final[tuple[tuple[str, str, Handler, str], ...]] = (
    ("GET", SITTING, own_sitting.show, "pages"),
    ("GET", SITTING + "events", sitting_room.events, "streams"),
    ("POST", SITTING + "open", own_sitting.open_sitting, "commands"),
    ("POST", SITTING + "turn", own_sitting.turn_to_none, "commands"),
    ("POST", SITTING + "impartial", own_sitting.declare_impartial, "commands"),
    ("POST", SITTING + "complete", own_sitting.complete, "commands"),
    ("POST", SITTING + "on-site", own_sitting.sit_on_site, "commands"),
    ("POST", SITTING + "apart", own_sitting.sit_apart, "commands"),
    ("GET", SITTING + "read/{what}", own_sitting_reading.show_reading, "pages"),
    ("POST", SITTING + "read/{what}", own_sitting_reading.confirm_reading, "commands"),
    ("POST", SITTING + "whip/main", sitting_room.publish, "media"),
    ("OPTIONS", SITTING + "whip/main", sitting_room.options, "media"),
    ("POST", SITTING + "whep/{peer}/main", sitting_room.view, "media"),
    ("OPTIONS", SITTING + "whep/{peer}/main", sitting_room.options, "media"),
    ("PATCH", SITTING + "media/{resource}", sitting_room.restart, "media"),
    ("DELETE", SITTING + "media/{resource}", sitting_room.close, "media"),
    ("GET", SITTING + "minutes", own_sitting_minutes.show, "pages"),
    ("GET", SIGNED + ".pdf", own_sitting_minutes.paper, "papers"),
    ("GET", SIGNED + r"/pages/{page:\d{1,4}}.webp", own_sitting_minutes.picture, "pictures"),
    ("POST", SIGNED + "/passkey/options", own_sitting_minutes.ask_passkey, "logins"),
    ("POST", SIGNED + "/passkey", own_sitting_minutes.use_passkey, "logins"),
    ("POST", SIGNED + "/one-time-code", own_sitting_minutes.use_one_time_code, "logins"),
    ("POST", SIGNED + "/ask-code", own_sitting_minutes.ask_code, "codes"),
    ("POST", SIGNED + "/code", own_sitting_minutes.use_code, "codes"),
    ("POST", SIGNED + "/not-signing", own_sitting_minutes.note_not_signing, "commands"),
    ("GET", ASKED, own_sitting_files.juror_record, "pages"),
    ("GET", ASKED + r"/documents/{document:\w+}/pages/{page:\d{1,4}}.webp", own_sitting_files.juror_document,
     "pictures"),
    ("GET", ASKED + r"/captures/{capture:\w+}.jpg", own_sitting_files.juror_picture, "pictures"),
    ("GET", ITEM, own_sitting_item.show, "pages"),
    ("POST", ITEM + "/recuse", own_sitting_item.recuse, "commands"),
    ("POST", ITEM + "/turn", own_sitting_item.turn, "commands"),
    ("POST", ITEM + "/summon", own_sitting_item.summon, "commands"),
    ("POST", ITEM + "/questions", own_sitting_item.open_questions, "commands"),
    ("POST", ITEM + "/close", own_sitting_item.close_questions, "commands"),
    ("POST", ITEM + "/propose", own_sitting_item.propose, "commands"),
    ("POST", ITEM + "/agree", own_sitting_item.agree, "commands"),
    ("POST", ITEM + "/disagree", own_sitting_item.disagree, "commands"),
    ("GET", ITEM + r"/documents/{document:\w+}/pages/{page:\d{1,4}}.webp", own_sitting_files.document, "pictures"),
    ("GET", ITEM + r"/captures/{capture:\w+}.jpg", own_sitting_files.picture, "pictures"),
    ("GET", ITEM + "/grid.pdf", own_sitting_files.grid, "papers"),
)
"""Of a sitting of the certification jury, in the space of a member, or of a juror whom it questions."""
ROUTES: Final[tuple[tuple[str, str, Handler, str], ...]] = (
    # method, path, who answers, and the rate of `[limits]` (NAME_per_minute) that says how often
    ("GET", "/", public.front, "visits"),
    ("GET", "/healthz", public.health, "signs"),
    ("GET", "/clock", public.clock, "signs"),
    ("GET", "/static/{path:.+}", static.serve, "files"),
    ("GET", "/certificate", certificate_check.form, "visits"),
    ("POST", "/certificate", certificate_check.look, "links"),
    ("GET", "/certificate/{number}/{code}", certificate_check.show, "links"),
    ("GET", "/i/{token}", invitation.show, "links"),
    ("POST", "/i/{token}", invitation.enter, "logins"),
    ("POST", "/i/{token}/ask-code", invitation.ask_code, "codes"),
    ("POST", "/i/{token}/code", invitation.type_code, "codes"),
    ("GET", "/link", new_link.show, "visits"),
    ("POST", "/link", new_link.ask, "codes"),
    ("GET", "/space/{person}/", space.show, "pages"),
    ("POST", "/space/{person}/seats/{seat}", space.enter, "logins"),
    ("POST", "/space/{person}/seats/{seat}/ask-code", space.ask_code, "codes"),
    ("POST", "/space/{person}/seats/{seat}/code", space.take_over, "codes"),
    *PAPERS,
    *CASES,
    *SITTINGS,
    ("GET", r"/space/{person}/candidacies/{candidacy}/letters/{position:\d{1,9}}", own_results.letter, "papers"),
    ("GET", ADJUSTMENT, own_adjustment.show, "pages"),
    ("POST", ADJUSTMENT, own_adjustment.ask, "commands"),
    ("POST", ADJUSTMENT + "/opinion", own_adjustment.hand, "uploads"),
    ("GET", "/space/{person}/data.zip", giving_data.give, "papers"),
    ("POST", "/space/{person}/leave", space.leave, "logins"),
    ("GET", "/sign-in", sign_in.show, "visits"),
    ("POST", "/sign-in", sign_in.enter, "logins"),
    ("POST", "/sign-in/passkey/options", sign_in.ask_passkey, "logins"),
    ("POST", "/sign-in/passkey", sign_in.use_passkey, "logins"),
    ("GET", "/sign-in/openid", sign_in_openid.leave, "logins"),
    ("GET", "/sign-in/openid/answer", sign_in_openid.come_back, "logins"),
    ("GET", "/first/{token}", entry_links.show, "links"),
    ("POST", "/first/{token}", entry_links.name, "logins"),
    *(("POST", f"/{kind}/{{token}}/passkey/options", entry_links.ask_passkey, "logins") for kind in ENTRY_LINKS),
    *(("POST", f"/{kind}/{{token}}/passkey", entry_links.add_passkey, "logins") for kind in ENTRY_LINKS),
    *(("POST", f"/{kind}/{{token}}/password", entry_links.choose_password, "logins") for kind in ENTRY_LINKS),
    *(("GET", f"/{kind}/{{token}}/code", entry_links.show_code, "links") for kind in ENTRY_LINKS),
    *(("POST", f"/{kind}/{{token}}/code", entry_links.prove_code, "codes") for kind in ENTRY_LINKS),
    ("GET", "/recover/{token}", entry_links.show, "links"),
    ("GET", "/space/{person}/security", own_security.show, "pages"),
    ("POST", "/space/{person}/security/passkey/options", own_security.ask_passkey, "logins"),
    ("POST", "/space/{person}/security/passkey", own_security.add_passkey, "logins"),
    ("POST", "/space/{person}/security/passkey/remove", own_security.remove_passkey, "logins"),
    ("POST", "/space/{person}/security/password", own_security.choose_password, "logins"),
    ("GET", "/space/{person}/security/code", own_security.show_code, "pages"),
    ("POST", "/space/{person}/security/code", own_security.prove_code, "codes"),
    ("POST", "/space/{person}/security/browsers", own_security.end_browsers, "logins"),
    ("GET", "/space/{person}/let-in", letting_in.show, "pages"),
    ("POST", "/space/{person}/let-in", letting_in.give, "logins"),
    ("GET", "/space/{person}/sign-ins", letting_in.log, "pages"),
    *OFFICE,
    ("GET", "/seat/{seat}/", seat.show, "pages"),
    ("GET", "/seat/{seat}/events", event_streams.events, "streams"),
    ("GET", "/seat/{seat}/board/events", board.events, "streams"),
    ("POST", "/seat/{seat}/commands", seat_commands.command, "commands"),
    ("POST", "/seat/{seat}/closed", closed_devices.change, "commands"),
    ("POST", "/seat/{seat}/links", links.send_again, "logins"),
    ("POST", "/seat/{seat}/links/renewed", links.renew, "logins"),
    ("GET", "/seat/{seat}/leave", leaving.ask, "pages"),
    ("POST", "/seat/{seat}/leave", leaving.leave, "logins"),
    ("POST", "/seat/{seat}/whip/{source}", media_signalling.publish, "media"),
    ("OPTIONS", "/seat/{seat}/whip/{source}", media_signalling.options, "media"),
    ("POST", "/seat/{seat}/whep/{peer}/{source}", media_signalling.view, "media"),
    ("OPTIONS", "/seat/{seat}/whep/{peer}/{source}", media_signalling.options, "media"),
    ("PATCH", "/seat/{seat}/media/{resource}", media_signalling.restart, "media"),
    ("DELETE", "/seat/{seat}/media/{resource}", media_signalling.close, "media"),
    ("POST", "/seat/{seat}/captures", captures.take, "captures"),
    ("GET", r"/seat/{seat}/captures/{capture:\w+}.jpg", captures.show, "pictures"),
    ("POST", "/seat/{seat}/documents", supplied_documents.upload, "uploads"),
    ("GET", r"/seat/{seat}/documents/{document:\w+}/pages/{page:\d{1,4}}.webp", supplied_documents.picture, "pictures"),
    ("GET", r"/seat/{seat}/documents/{document:\w+}/pages/{page:\d{1,4}}/text", supplied_documents.text, "pictures"),
    ("GET", "/seat/{seat}/records/{hearing}", records.show, "pages"),
    ("GET", "/seat/{seat}/records/{hearing}/grid.pdf", records.grid, "papers"),
    ("GET", "/seat/{seat}/records/{hearing}/accesses.jsonl", records.accesses, "papers"),
    ("GET", "/seat/{seat}/journal.jsonl", records.journal, "papers"),
    ("POST", "/seat/{seat}/identity/try", identity_copy.try_out, "captures"),
    ("POST", "/seat/{seat}/phone", phone.offer, "logins"),
    ("DELETE", "/seat/{seat}/phone", phone.end, "media"),
    ("GET", "/phone-link/{token}", phone.show_link, "links"),
    ("POST", "/phone-link/{token}", phone.pair, "logins"),
    ("GET", "/phone/{seat}/", phone.show, "pages"),
    ("DELETE", "/phone/{seat}/", phone.end, "media"),
    ("POST", "/phone/{seat}/whip/{source}", media_signalling.publish, "media"),
    ("OPTIONS", "/phone/{seat}/whip/{source}", media_signalling.options, "media"),
    ("PATCH", "/phone/{seat}/media/{resource}", media_signalling.restart, "media"),
    ("DELETE", "/phone/{seat}/media/{resource}", media_signalling.close, "media"),
)


def setup(app: web.Application) -> None:
    """Routes, middlewares and headers. The parts under `parts.*` must be in `app` before. RuntimeError for a route that
    does not say who it is open to, or how often."""
    config = app[parts.CONFIG]
    app[parts.LIMITER] = Limiter(time.monotonic)
    app[parts.PLACES], app[parts.PAPERS] = Places(), Turns(config.pages.parallel)
    app[parts.STOPPING] = asyncio.Event()
    app.on_shutdown.append(_stopping)
    app[parts.SPACE] = Space(Seats(app[parts.SESSIONS], app[parts.ACCOUNTS]),
                             own_cases.Cases(app[parts.ROWS], app[parts.JOURNALS]),
                             own_sittings.Sittings(app[parts.ROWS], app[parts.JOURNALS], app[parts.NOW]),
                             own_results.Results(app[parts.ROWS]))
    app[parts.NEW_LINKS] = links_asked = NewLinks(app[parts.ACCOUNTS], app[parts.OUTBOX], app[parts.SPACE].any_open,
                                                  app[parts.DELIVERY].wake)
    app.on_shutdown.append(links_asked.close)
    app[RECENT] = Recent(app[parts.SESSIONS])
    app[PICTURES] = PagePictures(app[parts.VAULT], config)
    app[LIVE] = live = LiveRooms(app[parts.ENGINE], app[parts.SESSIONS], app[parts.CHECKS], app[parts.WATCHING],
                                config.quality, time.monotonic)
    app[parts.ENGINE].on_change(lambda change: live.changed(change.room))
    app.middlewares.extend((log_requests, explain_failures, choose_language, let_in))
    app.on_response_prepare.append(add_headers(config.server))
    app[RATES] = {}
    for method, path, handler, rate in ROUTES:
        # No HEAD beside GET: it would open a stream, or write a line into the record of who looked.
        app[RATES][app.router.add_route(method, path, handler)] = rate
    check_entries(app)
    app.on_startup.append(_check_again)


async def _stopping(app: web.Application) -> None:
    app[parts.STOPPING].set()


async def _check_again(app: web.Application) -> None:
    """Whatever was added after `setup` declares its door too."""
    check_entries(app)
