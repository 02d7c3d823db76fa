"""The only place where the parts meet: what is built from what, who listens to whom, what starts and stops when."""
from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast

from aiohttp import web
from sqlalchemy.exc import DBAPIError

from evaluation.kinds import Kinds
from evaluation.known import KINDS
from evaluation.session import access
from evaluation.session import events as e
from evaluation.session.kind import SESSION, UNFINISHED
from evaluation.session.state import SessionState
from server import logs
from server.addresses import named, parse_address
from server.checking.checks import IdentityChecks
from server.checking.watching import Watching
from server.clock import MS_PER_HOUR, Clock, Now, calendar_of
from server.config import Config, MailSettings, ServerSettings, StorageSettings, address_of
from server.descriptors import raise_descriptors
from server.durable import private_folder
from server.ending import end
from server.followup_edges import EDGES
from server.http import connections, parts, routes
from server.identity.worker import IdentityWorkers
from server.journals.arrivals import Presence
from server.journals.clockwork import Clockwork
from server.journals.edges import Edges
from server.journals.following import Following
from server.journals.ledger import Commit
from server.journals.of_kind import OfKind, Sessions
from server.journals.streams import Streams
from server.journals.write_path import Journals
from server.keeping.retention import Retention
from server.keeping.withdrawing import Withdrawals
from server.mail.delivery import Delivery, Retries
from server.mail.transports import FolderTransport, SmtpTransport, Transport
from server.media.engine import MediaEngine, RoomRights, SourceName
from server.media.sfu.built_in_engine import Sfu
from server.people.ways_in import WaysIn, open_ways_in
from server.security_events import SecurityEvent
from server.storage import connecting
from server.storage.accounts import Accounts
from server.storage.closed_devices import ClosedDevices
from server.storage.connecting import tls_of
from server.storage.database import Database, is_damaged, open_database
from server.storage.disk_space import NoSpace, free_bytes
from server.storage.followups import FollowUps
from server.storage.holds import Holds
from server.storage.keys import Unreadable
from server.storage.letters import Outbox
from server.storage.logins import Ended, Logins
from server.storage.master import ANOTHER_KEY, Master
from server.storage.notices import listening
from server.storage.openings import Openings
from server.storage.outcomes import Outcomes
from server.storage.purge import Purge
from server.storage.rows import Rows
from server.storage.serving import serving_alone
from server.storage.vault import Vault

log = logs.logger(__name__)
Sources = Mapping[str, frozenset[SourceName]]
Told = Callable[[Commit[SessionState]], None]
PURGE_SECONDS = 86_400
LOGINS_SECONDS = 1
"""A login that is over is found so soon: what was opened with it does not outlive it for longer."""


@dataclass(frozen=True)
class Kept:
    """What lies on disk, ready to be used: for the server, and for commands that need no server."""

    database: Database
    master: Master
    vault: Vault
    accounts: Accounts
    outbox: Outbox
    journals: Journals
    sessions: Sessions
    rows: Rows
    followups: FollowUps
    openings: Openings
    holds: Holds
    outcomes: Outcomes
    purge: Retention
    ways: WaysIn


def open_kept(config: Config, now: Now, kinds: Kinds = KINDS, edges: Edges = EDGES) -> Kept:
    """`now` may be a `Clock`, whose calendar the delays in days then follow. ValueError or OSError when the master key
    cannot be used. `prepare` comes before anything else."""
    private_folder(config.storage.folder)
    private_folder(config.storage.vault_folder)
    database = open_database(config.storage.url, tls_of(config.storage))
    master = Master(database, config.storage.master_key_file, config.storage.vault_folder, now)
    vault = Vault(database, master, config.storage.vault_folder, now)
    accounts = Accounts(database, vault, now, config.limits)
    outbox = Outbox(database, vault, now)
    journals = Journals(database, vault, outbox, now, config.limits.words_characters, config.storage, kinds, edges)
    sessions = OfKind(journals, SESSION, vault, accounts)
    openings, holds, outcomes = Openings(database, now), Holds(database, now), Outcomes(database, now)
    calendar = calendar_of(now)
    by_age = Purge(database, vault, config.retention, calendar)
    purge = Retention(sessions, by_age, vault, holds, outcomes, config.retention, calendar)
    ways = open_ways_in(config, database, vault, journals, now)
    return Kept(database, master, vault, accounts, outbox, journals, sessions, Rows(database), FollowUps(database),
                openings, holds, outcomes, purge, ways)


async def prepare(kept: Kept, config: Config) -> None:
    """The tables as they should be, and the master key in force; at the first start it is made here. OSError when the
    database does not answer or refuses, ValueError when the key is missing or another than the one that sealed what is
    kept."""
    try:
        await kept.database.migrate()
        await kept.master.unlock()
    except (DBAPIError, NoSpace) as problem:
        raise OSError(in_words(problem, config.storage)) from None
    except (ConnectionError, ssl.SSLError) as problem:
        raise OSError(f"database: {connecting.in_words(problem)}") from None
    except Unreadable:
        raise ValueError(f"{config.storage.master_key_file}: {ANOTHER_KEY}") from None


def in_words(problem: DBAPIError | NoSpace, settings: StorageSettings) -> str:
    """For whoever starts the server: what is wrong with what is kept, and what to do."""
    left = free_bytes(settings.folder)
    if isinstance(problem, NoSpace) or left < settings.reserve_bytes:
        return f"{settings.folder}: the disk is full ({left} bytes left): make room there and start again"
    if is_damaged(problem):
        return f"{settings.url}: damaged ({problem.orig}); nothing was changed: put a copy of it back"
    return f"database: {problem.orig}"


def create_app(config: Config, now: Now | None = None) -> web.Application:
    """Everything, connected; it starts when the application does."""
    now = now or Clock(tolerance=config.server.clock_step_milliseconds,
                       most_ahead=config.server.clock_ahead_hours * MS_PER_HOUR)
    kept, engine, streams = open_kept(config, now), Sfu(config.media), Streams(config.streams)
    presence = Presence(kept.sessions, config.presence)
    clockwork = Clockwork(kept.journals, now)
    following = Following(kept.journals, kept.followups, now, config.storage)
    delivery = build_delivery(config.mail, kept, now)
    workers = IdentityWorkers(config.identity)
    checks = IdentityChecks(kept.sessions, engine, workers, kept.vault, kept.accounts, kept.openings, config, now)
    withdrawals = Withdrawals(kept.sessions, kept.vault, config.storage)
    watching = Watching(engine, workers, config.watch, now)
    app = web.Application()
    app[parts.CONFIG], app[parts.NOW], app[parts.DATABASE] = config, now, kept.database
    app[parts.VAULT], app[parts.ACCOUNTS], app[parts.OUTBOX] = kept.vault, kept.accounts, kept.outbox
    app[parts.CLOSED], app[parts.WAYS_IN] = ClosedDevices(kept.database), kept.ways
    app[parts.JOURNALS], app[parts.ROWS] = kept.journals, kept.rows
    app[parts.SESSIONS], app[parts.STREAMS], app[parts.PRESENCE] = kept.sessions, streams, presence
    app[parts.ENGINE], app[parts.DELIVERY] = engine, delivery
    app[parts.OPENINGS], app[parts.WORKERS], app[parts.CHECKS] = kept.openings, workers, checks
    app[parts.WATCHING] = watching

    connect(kept.sessions, engine, streams, presence, delivery)
    kept.journals.on_commit += [clockwork.watch, following.wake]
    look_at_cameras(kept.sessions, streams, checks, watching)
    kept.sessions.on_commit.append(withdrawals.committed)
    put_out_the_erased(kept, engine, streams)
    kept.accounts.logins.on_ended.append(put_out_the_ended(engine, streams))
    clockwork.every(LOGINS_SECONDS, tend_logins(kept.accounts.logins, streams))
    clockwork.every(config.storage.forget_seconds, kept.vault.forget_erased)
    clockwork.every(PURGE_SECONDS, kept.purge)
    if isinstance(now, Clock):
        clockwork.every(config.server.clock_look_seconds, now.look)
    clockwork.every(PURGE_SECONDS, let_go_of_the_closed(kept.sessions, streams))
    clockwork.every(config.quality.refresh_seconds, streams.nudge_all)

    app.on_shutdown.append(presence.close)
    app.on_shutdown.append(checks.close)
    app.on_shutdown.append(watching.close)
    app.on_shutdown.append(withdrawals.close)
    app.on_shutdown.append(streams.shutdown)
    app.cleanup_ctx.append(_storage(kept, config, now))
    app.cleanup_ctx.append(_media(engine))
    app.cleanup_ctx.append(_workers(workers))
    app.cleanup_ctx.append(_journals(config, kept, clockwork))
    app.cleanup_ctx.append(_task(clockwork.run))
    app.cleanup_ctx.append(_task(following.run))
    app.cleanup_ctx.append(_task(delivery.run))
    routes.setup(app)
    return app


def connect(sessions: Sessions, engine: MediaEngine, streams: Streams, presence: Presence, delivery: Delivery) -> None:
    """Who is told of a commit, in order: tracks are cut before anybody hears why."""
    def tell_readers(commit: Commit[SessionState]) -> None:
        streams.publish(commit.stream, commit.state.position)

    def wake_mail(commit: Commit[SessionState]) -> None:
        if commit.letters:
            delivery.wake()

    sessions.on_commit += [media_rights(engine), tell_readers, wake_mail, presence.loaded]
    sessions.on_commit.append(end_the_other_browser(engine, streams))
    sessions.on_failure.append(engine.close_room)
    sessions.on_reopening.append(media_rights(engine))
    engine.on_change(lambda change: streams.nudge(change.room))


def look_at_cameras(sessions: Sessions, streams: Streams, checks: IdentityChecks, watching: Watching) -> None:
    """Identity checks and presence follow the journal; their words go to the open pages, and nowhere else."""
    sessions.on_commit += [checks.committed, watching.committed]
    checks.on_progress.append(streams.nudge)
    watching.on_change.append(streams.nudge)


def put_out_the_erased(kept: Kept, engine: MediaEngine, streams: Streams) -> None:
    """X1. Whoever was erased, here or by another process, has no seat any more, and nobody's page names them."""
    def erased(subject: str) -> None:
        for state in kept.sessions.all_known():
            mine = [seat.id for seat in state.seats() if seat.person == subject]
            for seat in mine:
                put_out(engine, streams, state.id, seat)
            if mine:
                streams.refresh(state.id)

    kept.vault.on_erased.append(erased)


def let_go_of_the_closed(sessions: Sessions, streams: Streams) -> Callable[[], Coroutine[Any, Any, None]]:
    async def let_go() -> None:
        sessions.let_go(lambda session: streams.count(session) > 0)

    return let_go


def end_the_other_browser(engine: MediaEngine, streams: Streams) -> Told:
    """X11. Once a seat was taken over or its link renewed, here or by another process, what the old browser sends and
    receives ends."""
    def told(commit: Commit[SessionState]) -> None:
        if commit.before is None:  # long ago, and just read
            return
        for event in commit.events:
            if isinstance(event, e.SeatTakenOver | e.LinkRenewed):
                put_out(engine, streams, commit.stream, event.seat)

    return told


def put_out(engine: MediaEngine, streams: Streams, session: str, seat: str) -> None:
    streams.close_seat(session, seat)
    engine.cut(session, seat)


BY_TIME = frozenset({Ended.IDLE, Ended.OLD, Ended.CLOSED})
"""Endings that follow from no request, whose handler would have told of it."""


def put_out_the_ended(engine: MediaEngine, streams: Streams) -> Callable[[str, str, Ended], None]:
    """A login that ended beside the journal: somebody logged out, or its time was over."""
    def ended(session: str, seat: str, why: Ended) -> None:
        put_out(engine, streams, session, seat)
        if why in BY_TIME:
            log.info(SecurityEvent.ENDED.value, seat=seat, session=session, kind=why.value)

    return ended


def tend_logins(logins: Logins, streams: Streams) -> Callable[[], Coroutine[Any, Any, None]]:
    """Whoever has a page open has not been away."""
    async def tend() -> None:
        await logins.tend(streams.seats())

    return tend


def media_rights(engine: MediaEngine) -> Told:
    """The listener that applies the rules' rights to the room, and shuts it when it cannot, or for good."""
    def apply(commit: Commit[SessionState]) -> None:
        if commit.state.closed:
            engine.close_room(commit.stream)
            return
        try:
            publish, view = access.room_rights(commit.state)
            engine.set_rights(commit.stream, RoomRights(cast("Sources", publish), view))
        except BaseException:
            engine.close_room(commit.stream)
            raise

    return apply


def build_delivery(settings: MailSettings, kept: Kept, now: Now) -> Delivery:
    retries = Retries(settings.retry_seconds, settings.retry_at_most_seconds, settings.attempts)
    return Delivery(kept.outbox, _transport(settings), kept.accounts.profile, sender=address_of(settings.sender),
                    reply_to=address_of(settings.reply_to) if settings.reply_to else None, retries=retries, now=now,
                    poll_seconds=settings.poll_seconds)


def _transport(settings: MailSettings) -> Transport:
    if settings.kind == "folder":
        return FolderTransport(settings.folder)
    password = settings.smtp_password_file.read_text("utf-8").strip() if settings.smtp_password_file else None
    return SmtpTransport(settings.smtp_host, settings.smtp_port, settings.smtp_security, settings.smtp_user or None,
                         password, settings.smtp_timeout_seconds)


# Starting and stopping: in this order, and back -------------------------------------------------------------------

Context = Callable[[web.Application], AsyncIterator[None]]


def _storage(kept: Kept, config: Config, now: Now) -> Context:
    async def context(_app: web.Application) -> AsyncIterator[None]:
        try:
            await prepare(kept, config)
            async with serving_alone(config.storage.url, tls_of(config.storage)):
                if isinstance(now, Clock):
                    now.not_before(await kept.journals.last_at())
                yield
        finally:
            await kept.database.close()

    return context


def _media(engine: MediaEngine) -> Context:
    async def context(_app: web.Application) -> AsyncIterator[None]:
        await engine.start()
        yield
        await engine.stop()

    return context


def _workers(workers: IdentityWorkers) -> Context:
    """Processes start with the first question."""
    async def context(_app: web.Application) -> AsyncIterator[None]:
        yield
        await workers.stop()

    return context


def _journals(config: Config, kept: Kept, clockwork: Clockwork) -> Context:
    """What is due is read, and where the server may have something to finish; everything else when somebody asks."""
    async def context(_app: web.Application) -> AsyncIterator[None]:
        await clockwork.load()
        await kept.sessions.load({one.stream for one in await kept.rows.page(UNFINISHED)})
        async with listening(config.storage.url, kept.journals.look, kept.journals.look_at_all, tls_of(config.storage)):
            yield
        await kept.journals.close()

    return context


def _task(run: Callable[[], Coroutine[Any, Any, None]]) -> Context:
    async def context(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(run())
        yield
        await end(task)

    return context


# Serving ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Running:
    app: web.Application
    url: str
    """Where browsers find it, without a slash at the end."""


@asynccontextmanager
async def running(config: Config, now: Now | None = None) -> AsyncIterator[Running]:
    """Serve while inside. OSError when a port is taken, or (AlreadyServed) what is kept there is served already."""
    raise_descriptors()
    listener = _listen(config.server.host, config.server.port)
    app = create_app(config, now)
    warn_of_plain_http(config.server)
    runner, server = web.AppRunner(app, shutdown_timeout=config.server.shutdown_seconds), None
    try:
        await runner.setup()
        server = await connections.serve(runner, listener, config.server)
        yield Running(app, config.server.public_url or f"http://{named(config.server.host)}:{listener.getsockname()[1]}")
    finally:
        if server is not None:
            server.close()
        await runner.cleanup()
        listener.close()


def warn_of_plain_http(settings: ServerSettings) -> None:
    """Cookies and marks would travel in the clear where neither this machine nor a proxy with HTTPS is all that hears
    them."""
    address = parse_address(settings.host)
    alone = settings.host == "localhost" or (address is not None and address.is_loopback)
    if not settings.https and not alone:
        log.warning("server.plain_http", setting="server.public_url")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    return listener
