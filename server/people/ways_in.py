"""How people of the offices sign in, put together: what is kept of it, and what judges it."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from server.clock import calendar_of
from server.config import Config, SignInSettings
from server.journals.write_path import Journals
from server.people.holders import Holders
from server.people.openid import Provider
from server.people.passkeys import Passkeys
from server.people.passwords import Passwords
from server.storage.ceremonies import Ceremonies
from server.storage.credentials import Credentials
from server.storage.database import Database
from server.storage.entry_links import EntryLinks
from server.storage.rows import Rows
from server.storage.sign_ins import SignIns
from server.storage.spaces import How, SpaceLogin
from server.storage.tries import Tries
from server.storage.vault import Vault

STRONG: Final = frozenset({How.PASSKEY, How.PASSWORD, How.OIDC})
"""What proves more than that somebody reads a person's letters: two factors, or what the provider asks for."""


@dataclass(frozen=True)
class WaysIn:
    credentials: Credentials
    ceremonies: Ceremonies
    links: EntryLinks
    log: SignIns
    tries: Tries
    passwords: Passwords
    passkeys: Passkeys
    provider: Provider | None
    holders: Holders


def open_ways_in(config: Config, database: Database, vault: Vault, journals: Journals, now: Callable[[], int]
                 ) -> WaysIn:
    calendar, settings = calendar_of(now), config.sign_in
    credentials = Credentials(database, vault, calendar)
    ceremonies = Ceremonies(database, vault, calendar, settings.ceremony_seconds)
    provider = Provider(config.openid, calendar) if config.openid.issuer else None
    return WaysIn(
        credentials, ceremonies, EntryLinks(database, vault, calendar, settings.link_seconds),
        SignIns(database, calendar), Tries(database, calendar), Passwords(credentials, settings, calendar),
        Passkeys(credentials, ceremonies, vault, settings),
        provider, Holders(journals, Rows(database), calendar))


def is_strong(login: SpaceLogin) -> bool:
    """Whether a browser's hold of a space was proven by more than a mailed link: an office is held by such a one."""
    return login.how in STRONG


def is_fresh(login: SpaceLogin, calendar: int, settings: SignInSettings) -> bool:
    """Whether the person signed in just now: what they sign in with is changed by nobody else."""
    return is_strong(login) and calendar - login.since <= settings.fresh_seconds * 1000
