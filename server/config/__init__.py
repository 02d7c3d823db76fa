"""config.toml as frozen dataclasses, one file for each part that reads them.

Names end in their unit: `_seconds`, `_days`, `_bytes`, `_pixels`, `_per_minute`. Paths are relative to the folder of
config.toml (or to the working folder where there is no file).
"""
from __future__ import annotations

from server.config.check_settings import CheckSettings
from server.config.config_file import Config, ConfigError, read_config
from server.config.ice_settings import IceSettings, ice_servers
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

__all__ = [
    "CertificateSettings",
    "CheckSettings",
    "Config",
    "ConfigError",
    "DepositSettings",
    "IceSettings",
    "LimitSettings",
    "ListSettings",
    "MailSettings",
    "OpenIdSettings",
    "PageSettings",
    "PresenceSettings",
    "QualitySettings",
    "RegistrationSettings",
    "RetentionSettings",
    "ReturnSettings",
    "ServerSettings",
    "SignInSettings",
    "StorageSettings",
    "StreamSettings",
    "TryOutSettings",
    "address_of",
    "ice_servers",
    "read_config",
]
