"""What lies on disk, opened and put together: for the server, and for commands that need no server."""
from __future__ import annotations

import ssl
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from evaluation.kinds import Kinds
from evaluation.known import KINDS
from evaluation.session.kind import SESSION
from server.clock import Now, calendar_of
from server.config import Config, StorageSettings
from server.durable import private_folder
from server.follow_up_edges import EDGES
from server.journals.edges import Edges
from server.journals.of_kind import OfKind, Sessions
from server.journals.write_path import Journals
from server.keeping.joint_papers import JointPapers
from server.keeping.open_cases import OpenCases
from server.keeping.opinions import Opinions
from server.keeping.register_papers import RegisterPapers
from server.keeping.retention import Retention
from server.keeping.ruling_days import RulingDays
from server.people.bar_matches import BarMatches
from server.people.ways_in import WaysIn, open_ways_in
from server.storage import connecting
from server.storage.accounts import Accounts
from server.storage.bar_names import BarNames
from server.storage.connecting import tls_of
from server.storage.database import Database, is_damaged, open_database
from server.storage.disk_space import NoSpace, free_bytes
from server.storage.follow_ups import FollowUps
from server.storage.holds import Holds
from server.storage.imports import Imports
from server.storage.keys import Unreadable
from server.storage.letter_reports import LetterReports
from server.storage.letters import Outbox
from server.storage.mass_acts import MassActs
from server.storage.master import ANOTHER_KEY, Master
from server.storage.openings import Openings
from server.storage.purge import Purge
from server.storage.rows import Rows
from server.storage.vault import Vault


@dataclass(frozen=True)
class Kept:
    """What lies on disk, ready to be used: for the server, and for commands that need no server."""

    database: Database
    master: Master
    vault: Vault
    accounts: Accounts
    outbox: Outbox
    letter_reports: LetterReports
    mass_acts: MassActs
    journals: Journals
    sessions: Sessions
    rows: Rows
    followups: FollowUps
    openings: Openings
    holds: Holds
    purge: Retention
    ways: WaysIn
    bar_matches: BarMatches
    imports: Imports


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
    openings, holds = Openings(database, now), Holds(database, now)
    calendar = calendar_of(now)
    by_age = Purge(database, vault, config.retention, calendar)
    rows = Rows(database)
    purge = Retention(sessions, by_age, vault, holds, RulingDays(rows), Opinions(journals, by_age, vault, calendar),
                      JointPapers(journals, by_age, rows, config.retention.paper_years, calendar),
                      RegisterPapers(journals, by_age, vault, config.retention, calendar),
                      OpenCases(rows), config.retention, calendar)
    ways = open_ways_in(config, database, vault, journals, now)
    matches = BarMatches(BarNames(database, vault), accounts, rows, journals, now, config.storage.follow_seconds)
    return Kept(database, master, vault, accounts, outbox, LetterReports(database, now), MassActs(database, now),
                journals, sessions, rows, FollowUps(database), openings, holds, purge, ways, matches,
                Imports(database, vault, now))


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
