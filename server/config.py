"""config.toml as frozen dataclasses. A setting that is unknown or wrong is refused by its name.

Names end in their unit: `_seconds`, `_days`, `_bytes`, `_pixels`, `_per_minute`. Paths are relative to the folder of
config.toml (or to the working folder where there is no file).
"""
from __future__ import annotations

import base64
import hashlib
import hmac
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast, get_type_hints
from urllib.parse import urlsplit

from pydantic import Field, TypeAdapter, ValidationError

from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.media.media_settings import MediaSettings

Port = Annotated[int, Field(ge=0, le=65535)]
Positive = Annotated[int, Field(gt=0)]
NotEmpty = Annotated[str, Field(min_length=1)]
T = TypeVar("T")


class ConfigError(ValueError):
    """`setting` is its full name, as `server.port`."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting, self.problem = setting, problem


@dataclass(frozen=True)
class ServerSettings:
    host: NotEmpty = "127.0.0.1"
    port: Port = 8080
    """0 lets the system choose a free one."""
    public_url: str = ""
    """As browsers and letters write it, without a slash at the end; empty: http://HOST:PORT, "localhost" for this
    machine: a passkey needs a name."""
    locale: Literal["fr", "en"] = "fr"
    """The language of a browser that states none we have, and of letters."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    shutdown_seconds: Positive = 10
    log_addresses: Literal["whole", "network", "none"] = "whole"
    """What security events say of where a request came from: its address, the network it is in (IPv4 /24, IPv6 /48) or
    nothing. How long logs are kept is for whoever collects them."""
    clock_look_seconds: Positive = 10
    """Between two looks at whether the machine's clock was set."""
    clock_step_milliseconds: Positive = 1000
    """By which it must have been set for the log and /healthz to say so."""
    clock_ahead_hours: Positive = 24
    """A start goes on from the newest event of the open sessions. A session dated further ahead of the machine's clock
    than this moves nobody else's time: its own stands still until then."""
    hsts_subdomains: bool = True
    """Over HTTPS browsers are told to stay there, on subdomains of the public address, too (RFC 6797 §6.1.2)."""
    connections: Positive = 2000
    """At once, HTTP; the one idle for longest gives way to a new one."""
    connections_share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    """Of the descriptors this process may have open: never more connections than that."""
    connections_per_address: Positive = 200
    """At once; our own proxies have as many as they like."""
    backlog: Positive = 128
    """Connections that wait to be taken."""
    keep_alive_seconds: Positive = 75
    """How long a connection idles between two requests."""
    header_seconds: Positive = 15
    """From a connection's, or a request's, first byte to the end of its headers."""
    header_lines: Positive = 100
    header_bytes: Positive = 8190
    """Of one header, and of the line with the address."""
    body_silent_seconds: Positive = 20
    """Of a body nothing comes for longer, or nothing of an answer is read: it is given up."""
    body_bytes_per_second: Positive = 500
    """A body that has come more slowly since `body_silent_seconds`, or was read more slowly, is given up."""

    @property
    def https(self) -> bool:
        """Whether browsers reach us by https."""
        return self.public_url.startswith("https://")


@dataclass(frozen=True)
class StorageSettings:
    folder: Path = Path("data")
    database: NotEmpty = "sqlite"
    """`sqlite` (a file in `folder`) or `postgresql://USER@HOST/NAME` (the password from ~/.pgpass or PGPASSWORD)."""
    database_tls: Literal["auto", "off", "require", "verify-full"] = "auto"
    """To PostgreSQL. `verify-full`: with a certificate for the host's name, from an authority that we know; `require`:
    with whatever certificate; `auto`: `verify-full` to another machine, `off` to this one (a socket, the loopback)."""
    database_ca_file: Path | None = None
    """The authorities, in PEM; without it, the system's."""
    vault_folder: Path = Path("vault")
    master_key_file: Path = Path("master.key")
    reserve_bytes: Positive = 67_108_864
    """Less left on the disk of `folder` or `vault_folder`: /healthz says so."""
    reopen_seconds: Annotated[float, Field(gt=0)] = 0.5
    """After a write that failed the room is closed, and what was kept is read again so soon; doubled at each further
    attempt, up to `reopen_at_most_seconds`."""
    reopen_at_most_seconds: Positive = 15
    follow_seconds: Positive = 1
    """What an event leads to in another stream, and was refused there, is tried again so soon; then twice as long after
    each attempt, up to `follow_at_most_seconds`."""
    follow_at_most_seconds: Positive = 3600
    withdraw_seconds: Annotated[float, Field(gt=0)] = 1
    """What a withdrawn consent covers and could not be deleted is tried again so soon; doubled at each further attempt,
    up to `withdraw_at_most_seconds`."""
    withdraw_at_most_seconds: Positive = 300
    forget_seconds: Positive = 2
    """How long after another process erased somebody this one may still remember them."""

    @property
    def url(self) -> str:
        """As SQLAlchemy writes it."""
        if self.database == "sqlite":
            return f"sqlite+aiosqlite:///{self.folder / 'visiojury.sqlite'}"
        return self.database.replace("postgresql://", "postgresql+asyncpg://", 1)


@dataclass(frozen=True)
class IceSettings:
    """What browsers use to reach the media port where a direct way is blocked."""

    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret_file: Path | None = None
    """The secret shared with the TURN server (coturn: `use-auth-secret`, `static-auth-secret`)."""
    ttl_seconds: Positive = 12 * 3600


@dataclass(frozen=True)
class MailSettings:
    kind: Literal["folder", "smtp"] = "folder"
    folder: Path = Path("mails")
    """One .eml file per letter."""
    sender: NotEmpty = "Visiojury <ne-pas-repondre@localhost>"
    reply_to: str = ""
    """Who gets the answers to letters; empty: the sender."""
    smtp_host: str = "localhost"
    smtp_port: Port = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password_file: Path | None = None
    smtp_timeout_seconds: Positive = 30
    retry_seconds: Positive = 60
    """Before the second attempt; doubled at each further one, up to `retry_at_most_seconds`."""
    retry_at_most_seconds: Positive = 3600
    attempts: Positive = 24
    """Then the letter is given up."""
    poll_seconds: Positive = 30
    """How long a letter written by another process may wait for this one."""


@dataclass(frozen=True)
class LimitSettings:
    upload_bytes: Positive = 25 << 20
    upload_pages: Positive = 200
    upload_pixels: Positive = 40_000_000
    upload_stalled_seconds: Positive = 20
    """A page gives up an upload that has not moved for as long, and tries again: `upload_tries` in all."""
    upload_answer_seconds: Positive = 120
    """How long a page waits for the answer once the whole file has left: others may be read before it."""
    upload_tries: Positive = 3
    uploads_per_minute: Positive = 12
    links_per_minute: Positive = 60
    """Pages of links shown, per address."""
    logins_per_minute: Positive = 20
    """Ways in through a link, per address; seats entered, per person."""
    codes_per_minute: Positive = 6
    """Codes and new links asked for, codes tried: per address, and in a space per person."""
    seat_codes_per_hour: Positive = 20
    """The same for one seat, person or e-mail address, wherever it is asked from."""
    visits_per_minute: Positive = 300
    """Pages open to anybody, per address."""
    signs_per_minute: Positive = 1200
    """The clock and the sign of life, per address."""
    files_per_minute: Positive = 6000
    """Scripts, styles and pictures, per address: a page has dozens, and a whole jury may sit behind one address."""
    strangers_per_minute: Positive = 120
    """What is not there, or not theirs, per address."""
    commands_per_minute: Positive = 600
    marks_per_minute: Positive = 240
    """Among the commands, as the next two."""
    calls_per_minute: Positive = 6
    """Calls for help."""
    messages_per_minute: Positive = 20
    """Written to everybody in the room."""
    captures_per_minute: Positive = 20
    media_per_minute: Positive = 240
    """WHIP and WHEP requests of one seat: a full room is opened again with a dozen."""
    streams_per_minute: Positive = 60
    """Event streams opened: a page opens one, and again when the line was cut."""
    pages_per_minute: Positive = 60
    """Pages of a seat or of a space."""
    pictures_per_minute: Positive = 600
    """Pictures of documents' pages, their words, and images taken."""
    papers_per_minute: Positive = 30
    """Papers and journals made for one reader."""
    burst_seconds: Positive = 6
    """So many seconds' worth of a rate may come at once; at least `burst_at_least`, never more than a minute's."""
    burst_at_least: Positive = 20
    refused_seconds: Annotated[float, Field(ge=0)] = 1.0
    """How long the answer to what came too often is held back."""
    requests_at_once: Positive = 4
    """Of one kind and one seat; the next wait for an answer to one of them."""
    uploads_at_once: Positive = 2
    address_requests_at_once: Positive = 24
    """The same before there is a seat: a jury behind one address opens its pages together."""
    documents_bytes: Positive = 500 << 20
    """All that is kept of one candidate's documents: what was replaced and the pictures of the pages too."""
    captures_bytes: Positive = 1 << 30
    """All images taken of one candidate."""
    login_days: Positive = 30
    """How long a browser keeps a space or a seat without coming back."""
    login_most_days: Positive = 90
    """How long it keeps it at the most: until the night that follows. Then the link's button is pressed again."""
    command_bytes: Positive = 256 << 10
    form_bytes: Positive = 1000
    """A form of our own pages: a code, a button."""
    words_characters: Positive = 20_000
    takeover_seconds: Annotated[int, Field(gt=0, le=600)] = 600
    """How long a mailed code is good for (X11): ten minutes at the most (ASVS 5.0, 6.5.5)."""
    takeover_attempts: Positive = 5
    """Wrong codes before it is good for nothing."""
    phone_seconds: Positive = 300
    """How long the code by which a phone joins as a second camera is good for."""


@dataclass(frozen=True)
class PresenceSettings:
    grace_seconds: Positive = 8
    """A page closed for longer counts as left; a reload does not."""
    restart_seconds: Positive = 20
    """The same after a restart of the server, when every browser has to come back."""


@dataclass(frozen=True)
class StreamSettings:
    """Event streams (Server-Sent Events)."""

    heartbeat_seconds: Positive = 12
    """Between two signs of life on an idle stream; proxies cut silent ones."""
    reconnect_milliseconds: Positive = 1000
    """How long a browser waits before it comes back."""
    stalled_seconds: Positive = 20
    """A reader that takes nothing for longer is cut; it comes back and resumes."""
    per_seat: Positive = 4
    """Streams of one kind (a room, a board) one seat may hold (tabs); a further one ends the oldest."""


@dataclass(frozen=True)
class PageSettings:
    """Uploaded documents: the confined process that reads them, and the pictures that jurors see of their pages."""

    cpu_seconds: Positive = 10
    wall_seconds: Positive = 20
    address_space_bytes: Positive = 1 << 30
    reply_bytes: Positive = 64 << 20
    parallel: Positive = 2
    """Documents read at once; the others wait their turn."""
    width_pixels: Positive = 1600
    """Of a page's picture."""


@dataclass(frozen=True)
class ListSettings:
    """Tables of the office."""

    page_rows: Positive = 50
    sorted_by_name: Positive = 200
    """More rows than this are not sorted by people's names: they are sealed, and each would be opened."""
    found_people: Positive = 1000
    """Who is found by a name, at most."""
    file_rows: Positive = 20_000
    """Of one CSV file."""


@dataclass(frozen=True)
class QualitySettings:
    """When a connection is called fair or poor: loss as a share 0 to 1, round trip in milliseconds."""

    fair_loss: Annotated[float, Field(ge=0, le=1)] = 0.02
    poor_loss: Annotated[float, Field(ge=0, le=1)] = 0.06
    fair_round_trip_milliseconds: Positive = 250
    poor_round_trip_milliseconds: Positive = 500
    refresh_seconds: Positive = 1
    """Pages are told of a change at most this often."""


@dataclass(frozen=True)
class RetentionSettings:
    """How long what lies encrypted beside the journal is kept, in days (X1). Copies of identity documents and images
    of the camera go by the framework's delay instead."""

    document_days: Positive = 365
    """Portfolios, formative evaluations, briefs, from the end of the appeal's delay."""
    answer_days: Positive = 30
    """Answers remembered by idempotency key, after they were given."""
    opening_days: Positive = 1095
    """Who opened what, after it was opened."""
    sign_in_days: Positive = 365
    """The log of sign-ins."""


@dataclass(frozen=True)
class CheckSettings:
    """How an identity check takes its pictures (R6.3)."""

    batch_frames: Positive = 2
    """Frames compared at once."""
    lines_frames: Positive = 3
    """The same where machine-readable lines are shown: two must agree on them."""
    frame_milliseconds: Positive = 300
    """Between two frames of a batch."""
    wait_seconds: Positive = 40
    """How long the document is waited for, from the asking; then the jury is told what was not found."""
    back_batches: Positive = 3
    """Batches after which a side without anything to recognise it by is taken as shown."""


@dataclass(frozen=True)
class SignInSettings:
    """How people of the offices sign in (X15)."""

    password_characters: Annotated[int, Field(ge=12)] = 12
    """At the least. NIST SP 800-63B asks for 8 beside a second factor; ANSSI for 12."""
    password_most_characters: Annotated[int, Field(ge=64)] = 256
    password_own_characters: Positive = 6
    """So many must be left once common words, names and rows are taken out."""
    guesses_at_least: Positive = 1_000_000_000
    """A password is refused that is found in fewer, starting from those of known breaches."""
    argon2_memory_kibibytes: Annotated[int, Field(ge=8)] = 65_536
    """RFC 9106, 4: its second recommendation, with `argon2_passes` and `argon2_lanes`."""
    argon2_passes: Positive = 3
    argon2_lanes: Positive = 4
    argon2_at_once: Positive = 2
    """Computed at the same time: each takes its memory."""
    code_told_seconds: Positive = 300
    """A telephone's clock that is no further from ours is told how far; beyond, its codes are wrong ones."""
    tries_per_hour: Positive = 20
    """With one address of a person, from wherever."""
    ceremony_seconds: Positive = 600
    """How long a challenge, a password that is being set up, or a journey to a provider is good for."""
    link_seconds: Positive = 86_400
    """How long a link to the first account, or back in, is good for: it opens once."""
    fresh_seconds: Positive = 900
    """Who signed in longer ago signs in again before changing what they sign in with."""
    form_bytes: Positive = 32_768
    """A form, or a browser's answer for a passkey."""
    shown_lines: Positive = 20
    """Of the log of sign-ins, on a person's own page."""


@dataclass(frozen=True)
class OpenIdSettings:
    """An identity provider (OpenID Connect Core 1.0); none while `issuer` is empty."""

    issuer: str = ""
    """As the provider writes it."""
    name: NotEmpty = "OpenID Connect"
    """On the button: who the provider is."""
    client_id: str = ""
    client_secret_file: Path | None = None
    """Without it, PKCE alone proves who asks (RFC 7636)."""
    acr_values: tuple[str, ...] = ()
    """The strengths of a sign-in that are asked for, and of which one must be told; none: the provider's own rules."""
    timeout_seconds: Positive = 10
    answer_bytes: Positive = 262_144
    """The longest answer of the provider."""
    keys_seconds: Positive = 3600
    """How long the provider's description and keys are believed."""
    clock_seconds: Annotated[int, Field(ge=0)] = 30
    """By which the provider's clock may differ from ours."""


@dataclass(frozen=True)
class Config:
    server: ServerSettings = field(default_factory=ServerSettings)
    storage: StorageSettings = field(default_factory=StorageSettings)
    media: MediaSettings = field(default_factory=MediaSettings)
    ice: IceSettings = field(default_factory=IceSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    pages: PageSettings = field(default_factory=PageSettings)
    lists: ListSettings = field(default_factory=ListSettings)
    quality: QualitySettings = field(default_factory=QualitySettings)
    presence: PresenceSettings = field(default_factory=PresenceSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    watch: WatchSettings = field(default_factory=WatchSettings)
    streams: StreamSettings = field(default_factory=StreamSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    sign_in: SignInSettings = field(default_factory=SignInSettings)
    openid: OpenIdSettings = field(default_factory=OpenIdSettings)


def read_config(path: Path | None = None, overrides: Mapping[str, object] | None = None) -> Config:
    """The settings of a file (None: the defaults), then `overrides` by full name (`{"server.port": 0}`).

    ConfigError names the first setting that is wrong; FileNotFoundError where there is no such file."""
    given: dict[str, Any] = {}
    if path is not None:
        try:
            given = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(path.name, str(error)) from None
    for name, value in (overrides or {}).items():
        section, _, setting = name.partition(".")
        given.setdefault(section, {})[setting] = value
    config = _build(Config(), given, "")
    base = path.resolve().parent if path is not None else Path.cwd()
    return _check(_resolved(config, base))


def _build(default: T, given: object, name: str) -> T:
    """A settings dataclass with what a TOML table says instead of the default."""
    if not isinstance(given, Mapping):
        raise ConfigError(name, "a table [section] is expected")
    table = cast("Mapping[str, object]", given)
    hints = get_type_hints(type(default), include_extras=True)
    values: dict[str, Any] = {}
    for key, value in table.items():
        full = f"{name}.{key}" if name else key
        if key not in hints:
            raise ConfigError(full, "no such setting")
        own = getattr(default, key)
        values[key] = _build(own, value, full) if is_dataclass(own) else _value(hints[key], value, full)
    return replace(cast("Any", default), **values)


def _value(hint: Any, value: object, name: str) -> Any:
    try:
        # Strict JSON rules: no text for a number, no true for 1, yet a list for a tuple and a text for a path.
        return TypeAdapter(hint).validate_json(json.dumps(value, default=str), strict=True)
    except ValidationError as error:
        raise ConfigError(name, error.errors(include_url=False)[0]["msg"]) from None


def _resolved(config: Config, base: Path) -> Config:
    folder = base / config.storage.folder
    storage = replace(config.storage, folder=folder, vault_folder=folder / config.storage.vault_folder,
                      master_key_file=folder / config.storage.master_key_file,
                      database_ca_file=_beside(base, config.storage.database_ca_file))
    mail = replace(config.mail, folder=folder / config.mail.folder,
                   smtp_password_file=_beside(base, config.mail.smtp_password_file))
    ice = replace(config.ice, turn_secret_file=_beside(base, config.ice.turn_secret_file))
    identity = replace(config.identity, face_model=_beside(base, config.identity.face_model))
    openid = replace(config.openid, client_secret_file=_beside(base, config.openid.client_secret_file))
    return replace(config, storage=storage, mail=mail, ice=ice, identity=identity, openid=openid)


def _beside(base: Path, path: Path | None) -> Path | None:
    return None if path is None else base / path


def _check(config: Config) -> Config:
    """What no single setting shows."""
    if config.storage.database != "sqlite" and not config.storage.url.startswith("postgresql+asyncpg://"):
        raise ConfigError("storage.database", "expected \"sqlite\" or \"postgresql://…\"")
    if "ssl" in config.storage.database.partition("?")[2]:
        raise ConfigError("storage.database", "TLS is said by storage.database_tls")
    if config.storage.database_ca_file is not None and config.storage.database_tls in ("off", "require"):
        raise ConfigError("storage.database_ca_file", "looked at with verify-full alone")
    if config.server.public_url and not config.server.public_url.startswith(("http://", "https://")):
        raise ConfigError("server.public_url", "expected http:// or https://")
    if config.server.public_url.endswith("/"):
        raise ConfigError("server.public_url", "no slash at the end")
    if config.media.ring_packets.bit_count() != 1 or config.media.ring_packets < 0:
        raise ConfigError("media.ring_packets", "expected a power of two")
    if config.ice.turn_urls and config.ice.turn_secret_file is None:
        raise ConfigError("ice.turn_secret_file", "needed with ice.turn_urls")
    _check_mail(config.mail)
    _check_openid(config.openid)
    return config


def address_of(written: str) -> Address:
    """`Name <name@example.org>`, or the address alone. Raises ValueError."""
    name, address = parseaddr(written)
    if "@" not in address:
        raise ValueError(written)
    return Address(name, addr_spec=address)


def _check_mail(mail: MailSettings) -> None:
    for name, written in (("sender", mail.sender), ("reply_to", mail.reply_to or mail.sender)):
        try:
            address_of(written)
        except (ValueError, HeaderParseError):
            raise ConfigError(f"mail.{name}", 'expected "Name <name@example.org>"') from None


def _check_openid(openid: OpenIdSettings) -> None:
    if openid.issuer and not openid.client_id:
        raise ConfigError("openid.client_id", "needed with openid.issuer")
    parsed = urlsplit(openid.issuer)
    if openid.issuer and parsed.scheme != "https" and parsed.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise ConfigError("openid.issuer", "expected https://")


def ice_servers(settings: IceSettings, seat: str, now: int) -> list[dict[str, Any]]:
    """`RTCConfiguration.iceServers` for one seat. TURN credentials end after `ttl_seconds` (the TURN REST API:
    username `EXPIRY:ID`, credential base64 of its HMAC-SHA1). `now` is in ms since the epoch."""
    servers: list[dict[str, Any]] = []
    if settings.stun_urls:
        servers.append({"urls": list(settings.stun_urls)})
    if settings.turn_urls and settings.turn_secret_file is not None:
        secret = settings.turn_secret_file.read_bytes().strip()
        username = f"{now // 1000 + settings.ttl_seconds}:{seat}"
        credential = base64.b64encode(hmac.new(secret, username.encode(), hashlib.sha1).digest()).decode()
        servers.append({"urls": list(settings.turn_urls), "username": username, "credential": credential})
    return servers
