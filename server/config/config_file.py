"""config.toml read into `Config`. A setting that is unknown or wrong is refused by its name."""
from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass, replace
from email.errors import HeaderParseError
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from server.config.check_settings import CheckSettings
from server.config.ice_settings import IceSettings
from server.config.limit_settings import LimitSettings
from server.config.mail_settings import MailSettings, ReturnSettings, address_of
from server.config.page_settings import (
    ListSettings,
    PageSettings,
    PresenceSettings,
    QualitySettings,
    RegistrationSettings,
    StreamSettings,
)
from server.config.register_settings import CertificateSettings, DepositSettings
from server.config.server_settings import ServerSettings
from server.config.sign_in_settings import OpenIdSettings, SignInSettings
from server.config.storage_settings import RetentionSettings, StorageSettings
from server.config.try_out_settings import TryOutSettings
from server.documents.seal_settings import SealSettings
from server.identity.identity_settings import IdentitySettings, WatchSettings
from server.media.media_settings import MediaSettings

T = TypeVar("T")


class ConfigError(ValueError):
    """`setting` is its full name, as `server.port`."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting, self.problem = setting, problem


@dataclass(frozen=True)
class Config:
    server: ServerSettings = field(default_factory=ServerSettings)
    storage: StorageSettings = field(default_factory=StorageSettings)
    media: MediaSettings = field(default_factory=MediaSettings)
    ice: IceSettings = field(default_factory=IceSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    mail_returns: ReturnSettings = field(default_factory=ReturnSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    pages: PageSettings = field(default_factory=PageSettings)
    lists: ListSettings = field(default_factory=ListSettings)
    registration: RegistrationSettings = field(default_factory=RegistrationSettings)
    quality: QualitySettings = field(default_factory=QualitySettings)
    presence: PresenceSettings = field(default_factory=PresenceSettings)
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    watch: WatchSettings = field(default_factory=WatchSettings)
    streams: StreamSettings = field(default_factory=StreamSettings)
    check: CheckSettings = field(default_factory=CheckSettings)
    try_out: TryOutSettings = field(default_factory=TryOutSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    sign_in: SignInSettings = field(default_factory=SignInSettings)
    openid: OpenIdSettings = field(default_factory=OpenIdSettings)
    seal: SealSettings = field(default_factory=SealSettings)
    certificates: CertificateSettings = field(default_factory=CertificateSettings)
    deposit: DepositSettings = field(default_factory=DepositSettings)


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
    seal = replace(config.seal, certificate_file=_beside(base, config.seal.certificate_file),
                   password_file=_beside(base, config.seal.password_file),
                   authorities_file=_beside(base, config.seal.authorities_file))
    return replace(config, storage=storage, mail=mail, ice=ice, identity=identity, openid=openid, seal=seal)


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
