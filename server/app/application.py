"""The whole application: what is built from what, and who listens to whom."""
from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from evaluation.body.delay_reminding import Reminding
from evaluation.session.state import SessionState
from evaluation.sitting.kind import SITTING
from evaluation.sitting.state import SittingState
from server.app import lifecycle
from server.app.case_filling import letter_filling
from server.app.certificate_printing import CertificatePrinting
from server.app.kept_data import Kept, open_kept
from server.app.mail_delivery import build_delivery, return_addresses, returned_to
from server.app.mass_acts import build_mass_acts
from server.checking.checks import IdentityChecks
from server.checking.watching import Watching
from server.clock import MS_PER_HOUR, Clock, Now
from server.config import Config
from server.cutting.media_rights import media_rights
from server.cutting.seats_put_out import end_the_other_browser, put_out_the_ended, put_out_the_erased
from server.cutting.sitting_rights import out_of_sittings, sitting_rights
from server.cutting.try_out_rooms import TryOutRooms
from server.documents.seals import Seals
from server.http import parts, routes
from server.http.office.import_runs import ImportRuns
from server.http.office.sealing_minutes import MinutesSealing
from server.http.result_reading import ResultPapers
from server.identity.worker import IdentityWorkers
from server.journals.arrivals import Presence
from server.journals.clockwork import Clockwork
from server.journals.following import Following
from server.journals.ledger import Commit
from server.journals.of_kind import Sessions
from server.journals.streams import Streams
from server.keeping.withdrawing import Withdrawals
from server.mail.delivery import Delivery
from server.media.engine import MediaEngine
from server.media.sfu.built_in_engine import Sfu
from server.people.case_letters import case_letters
from server.people.convening import Convening
from server.people.day_letters import day_letters
from server.people.letter_outcomes import LetterOutcomes
from server.people.mass import Runner
from server.people.reminding_of_delays import RemindingOfDelays
from server.people.result_letters import result_letters
from server.people.sitting_notices import sitting_letters
from server.storage.closed_devices import ClosedDevices
from server.storage.delay_reminders import DelayReminders
from server.storage.logins import Logins

PURGE_SECONDS = 86_400
REMIND_SECONDS = 3600
LOGINS_SECONDS = 1
"""A login that is over is found so soon: what was opened with it does not outlive it for longer."""


@dataclass(frozen=True)
class Live:
    """What runs while the server does, beside what lies on disk."""

    engine: MediaEngine
    try_outs: TryOutRooms
    streams: Streams
    presence: Presence
    clockwork: Clockwork
    following: Following
    delivery: Delivery
    convening: Convening
    mass: Runner
    workers: IdentityWorkers
    checks: IdentityChecks
    watching: Watching
    withdrawals: Withdrawals
    printing: CertificatePrinting
    result_papers: ResultPapers


def create_app(config: Config, now: Now | None = None, url: str = "") -> web.Application:
    """Everything, connected; it starts when the application does. `url` is where browsers find it, where the settings
    do not say."""
    now = now or Clock(tolerance=config.server.clock_step_milliseconds,
                       most_ahead=config.server.clock_ahead_hours * MS_PER_HOUR)
    kept = open_kept(config, now)
    seals = Seals(config.seal, config.storage.folder)
    live = build_live(config, kept, now, config.server.public_url or url, seals)
    app = web.Application()
    hand_out(app, config, now, kept, live, seals)
    connect(kept.sessions, live.engine, live.streams, live.presence, live.delivery)
    kept.sessions.writes(day_letters)
    kept.journals.letters += [case_letters, result_letters, sitting_letters]
    kept.journals.on_commit += [live.clockwork.watch, live.following.wake, kept.bar_matches.wake,
                               live.printing.wake,
                               wake_mail(live.delivery)]
    look_at_cameras(kept.sessions, live.streams, live.checks, live.watching)
    kept.sessions.on_commit.append(live.withdrawals.committed)
    put_out_the_erased(kept.sessions, kept.vault, live.engine, live.streams)
    leaves_sittings = out_of_sittings(kept.journals, live.engine, live.streams)
    kept.accounts.spaces.on_ended.append(leaves_sittings)
    kept.vault.on_erased.append(leaves_sittings)
    kept.accounts.logins.on_ended.append(put_out_the_ended(live.engine, live.streams))
    keep_time(config, now, kept, live)
    start_and_stop(app, config, now, kept, live)
    register_lists(app, config)
    seal_minutes(app, config, kept)
    routes.setup(app)
    return app


def build_live(config: Config, kept: Kept, now: Now, url: str, seals: Seals) -> Live:
    engine, streams, workers = Sfu(config.media), Streams(config.streams), IdentityWorkers(config.identity)
    papers = ResultPapers(kept.journals, kept.accounts, kept.vault, seals)
    outcomes = LetterOutcomes(kept.journals, kept.letter_reports, papers.kept)
    delivery = build_delivery(config.mail, kept, now, complete=letter_filling(config, kept, url, papers),
                              tell=outcomes.tell, returns=return_addresses(config.mail_returns, kept))
    convening = Convening(kept.journals, kept.outbox, now, delivery.wake)
    return Live(
        engine, TryOutRooms(engine, config.try_out), streams, Presence(kept.sessions, config.presence, now),
        Clockwork(kept.journals, now),
        Following(kept.journals, kept.followups, now, config.storage), delivery,
        convening, build_mass_acts(kept, convening, now, config), workers,
        IdentityChecks(kept.sessions, engine, workers, kept.vault, kept.accounts, kept.openings, config, now),
        Watching(engine, workers, config.watch, now), Withdrawals(kept.sessions, kept.vault, config.storage),
        CertificatePrinting(kept.journals, kept.rows, kept.vault, seals, now, url, config.storage.follow_seconds),
        papers,
    )  # fmt: skip


def hand_out(app: web.Application, config: Config, now: Now, kept: Kept, live: Live, seals: Seals) -> None:
    """The parts that handlers reach for."""
    app[parts.CONFIG], app[parts.NOW], app[parts.DATABASE] = config, now, kept.database
    app[parts.VAULT], app[parts.ACCOUNTS], app[parts.OUTBOX] = kept.vault, kept.accounts, kept.outbox
    app[parts.SEALS], app[parts.RESULT_PAPERS] = seals, live.result_papers
    app[parts.CLOSED], app[parts.WAYS_IN] = ClosedDevices(kept.database), kept.ways
    app[parts.JOURNALS], app[parts.ROWS] = kept.journals, kept.rows
    app[parts.FOLLOW_UPS], app[parts.FOLLOWING] = kept.followups, live.following
    app[parts.BAR_MATCHES], app[parts.IMPORTS] = kept.bar_matches, kept.imports
    app[parts.SESSIONS], app[parts.STREAMS], app[parts.PRESENCE] = kept.sessions, live.streams, live.presence
    app[parts.ENGINE], app[parts.DELIVERY], app[parts.TRY_OUTS] = live.engine, live.delivery, live.try_outs
    app[parts.CONVENING], app[parts.MASS_ACTS], app[parts.MASS] = live.convening, kept.mass_acts, live.mass
    app[parts.OPENINGS], app[parts.WORKERS], app[parts.CHECKS] = kept.openings, live.workers, live.checks
    app[parts.WATCHING] = live.watching


def connect(sessions: Sessions, engine: MediaEngine, streams: Streams, presence: Presence, delivery: Delivery) -> None:
    """Who is told of a commit, in order: tracks are cut before anybody hears why."""
    def tell_readers(commit: Commit[SessionState]) -> None:
        streams.publish(commit.stream, commit.state.position)

    sessions.on_commit += [media_rights(engine), tell_readers, wake_mail(delivery), presence.loaded]
    sessions.on_commit.append(end_the_other_browser(engine, streams))
    sessions.journals.before_all(SITTING, [sitting_rights(engine), tell_of_sitting(streams)], [sitting_rights(engine)])
    sessions.on_failure.append(engine.close_room)
    sessions.on_reopening.append(media_rights(engine))
    engine.on_change(lambda change: streams.nudge(change.room))


def tell_of_sitting(streams: Streams) -> Callable[[Commit[SittingState]], None]:
    """The open pages of a sitting hear that it has moved on."""
    def tell(commit: Commit[SittingState]) -> None:
        streams.publish(commit.stream, commit.state.position)

    return tell


def wake_mail(delivery: Delivery) -> Callable[[Commit[Any]], None]:
    """The letters that a commit has made leave now."""
    def wake(commit: Commit[Any]) -> None:
        if commit.letters:
            delivery.wake()

    return wake


def look_at_cameras(sessions: Sessions, streams: Streams, checks: IdentityChecks, watching: Watching) -> None:
    """Identity checks and presence follow the journal; their words go to the open pages, and nowhere else."""
    sessions.on_commit += [checks.committed, watching.committed]
    checks.on_progress.append(streams.nudge)
    watching.on_change.append(streams.nudge)


def let_go_of_the_closed(sessions: Sessions, streams: Streams, engine: MediaEngine
                         ) -> Callable[[], Coroutine[Any, Any, None]]:
    """A room in which something runs stays in memory: whoever is put out is looked for there."""
    async def let_go() -> None:
        sessions.let_go(lambda session: streams.count(session) > 0 or bool(engine.sources(session)))

    return let_go


def tend_logins(logins: Logins, streams: Streams) -> Callable[[], Coroutine[Any, Any, None]]:
    """Whoever has a page open has not been away."""
    async def tend() -> None:
        await logins.tend(streams.seats())

    return tend


def keep_time(config: Config, now: Now, kept: Kept, live: Live) -> None:
    """What is done again and again, and how often."""
    clockwork = live.clockwork
    clockwork.every(LOGINS_SECONDS, tend_logins(kept.accounts.logins, live.streams))
    clockwork.every(LOGINS_SECONDS, kept.accounts.spaces.tend)
    clockwork.every(config.storage.forget_seconds, kept.vault.forget_erased)
    clockwork.every(PURGE_SECONDS, kept.purge)
    clockwork.every(PURGE_SECONDS, kept.bar_matches.name_older)
    reminding = Reminding(config.mail.delay_soon_days, config.mail.delay_waits_days)
    reminders = DelayReminders(kept.database, kept.outbox)
    clockwork.every(REMIND_SECONDS, RemindingOfDelays(
        kept.journals, kept.rows, reminders, now, reminding, live.delivery.wake).remind)
    if isinstance(now, Clock):
        clockwork.every(config.server.clock_look_seconds, now.look)
    clockwork.every(PURGE_SECONDS, let_go_of_the_closed(kept.sessions, live.streams, live.engine))
    clockwork.every(config.quality.refresh_seconds, live.streams.nudge_all)


def register_lists(app: web.Application, config: Config) -> None:
    """Lists of candidates, beside requests."""
    runs = ImportRuns(app, config.storage.follow_seconds)
    app[parts.IMPORT_BEGUN] = runs.wake
    app.cleanup_ctx.append(lifecycle.task(runs.run))


def seal_minutes(app: web.Application, config: Config, kept: Kept) -> None:
    """Those that everybody has signed, beside requests."""
    sealing = MinutesSealing(app, config.storage.follow_seconds, config.storage.follow_at_most_seconds)
    kept.journals.on_commit.append(sealing.committed)
    app.cleanup_ctx.append(lifecycle.task(sealing.run))


def start_and_stop(app: web.Application, config: Config, now: Now, kept: Kept, live: Live) -> None:
    """What starts and stops with the application, in order."""
    app.on_shutdown.append(live.presence.close)
    app.on_shutdown.append(live.watching.close)
    app.on_shutdown.append(live.checks.close)
    app.on_shutdown.append(live.withdrawals.close)
    app.on_shutdown.append(live.streams.shutdown)
    app.cleanup_ctx.append(lifecycle.storage(kept, config, now))
    app.cleanup_ctx.append(lifecycle.media(live.engine))
    app.cleanup_ctx.append(lifecycle.workers(live.workers))
    app.cleanup_ctx.append(lifecycle.journals(config, kept, live.clockwork))
    app.cleanup_ctx.append(lifecycle.task(live.clockwork.run))
    app.cleanup_ctx.append(lifecycle.task(live.following.run))
    app.cleanup_ctx.append(lifecycle.task(kept.bar_matches.run))
    app.cleanup_ctx.append(lifecycle.task(live.delivery.run))
    app.cleanup_ctx.append(lifecycle.task(live.mass.run))
    app.cleanup_ctx.append(lifecycle.task(live.printing.run))
    addresses = return_addresses(config.mail_returns, kept)
    if addresses is not None:
        app.cleanup_ctx.append(lifecycle.returns(
            config.mail_returns, returned_to(addresses, kept, live.delivery.wake)))
