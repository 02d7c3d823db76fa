"""config.toml: complete, and strict about names and values."""
import re
import tomllib
from dataclasses import asdict, fields
from pathlib import Path

import pytest

from server.config import Config, ConfigError, read_config

SHIPPED = Path(__file__).parents[3] / "config.toml"
NOT_SHIPPED = {"storage.database_ca_file",
               "identity.face_model", "ice.turn_secret_file", "mail.smtp_password_file", "seal.authorities_file",
               "deposit.schema_file", "seal.certificate_file", "seal.password_file",
               "openid.client_secret_file"}  # None has no TOML


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_file_names_every_setting():
    shipped = tomllib.loads(SHIPPED.read_text("utf-8"))
    there = {f"{section}.{name}" for section, table in shipped.items() for name in table}
    known = {f"{section.name}.{one.name}" for section in fields(Config)
             for one in fields(getattr(Config(), section.name))}
    assert there | NOT_SHIPPED == known


def test_the_shipped_file_is_the_defaults(tmp_path):
    copy = written(tmp_path / "config.toml", SHIPPED.read_text("utf-8"))
    assert asdict(read_config(copy)) == asdict(read_config(written(tmp_path / "empty.toml", "")))


def test_paths_are_relative_to_the_file(tmp_path):
    (tmp_path / "etc").mkdir()
    config = read_config(written(tmp_path / "etc" / "config.toml", '[storage]\nfolder = "kept"\n'))
    assert config.storage.vault_folder == tmp_path / "etc" / "kept" / "vault"
    assert config.storage.master_key_file == tmp_path / "etc" / "kept" / "master.key"
    assert config.mail.folder == tmp_path / "etc" / "kept" / "mails"
    assert config.storage.url == f"sqlite+aiosqlite:///{tmp_path}/etc/kept/visiojury.sqlite"


def test_postgresql_url(tmp_path):
    config = read_config(written(tmp_path / "c.toml", '[storage]\ndatabase = "postgresql://u@h/n"\n'))
    assert config.storage.url == "postgresql+asyncpg://u@h/n"


def test_overrides_win(tmp_path):
    path = written(tmp_path / "c.toml", "[server]\nport = 1\n")
    assert read_config(path, {"server.port": 2}).server.port == 2


@pytest.mark.parametrize(("text", "setting"), [
    ("[server]\nprot = 1\n", "server.prot"),
    ("[serveur]\nport = 1\n", "serveur"),
    ("server = 3\n", "server"),
    ('[server]\nport = "8080"\n', "server.port"),
    ("[server]\nport = true\n", "server.port"),
    ("[server]\nport = 70000\n", "server.port"),
    ("[presence]\ngrace_seconds = 0\n", "presence.grace_seconds"),
    ("[presence]\ngrace_seconds = 1.5\n", "presence.grace_seconds"),
    ('[server]\nlocale = "de"\n', "server.locale"),
    ('[media]\naddresses = "127.0.0.1"\n', "media.addresses"),
    ('[storage]\ndatabase = "mysql://h/n"\n', "storage.database"),
    ('[server]\npublic_url = "jury.example.org"\n', "server.public_url"),
    ('[server]\npublic_url = "https://jury.example.org/"\n', "server.public_url"),
    ('[deposit]\nsender = "123"\n', "deposit.sender"),
    ('[certificates]\nprefix = "cqp 1"\n', "certificates.prefix"),
    ('[ice]\nturn_urls = ["turn:t"]\n', "ice.turn_secret_file"),
    ("[media]\nring_packets = 1000\n", "media.ring_packets"),
    ("[media]\nring_packets = 0\n", "media.ring_packets"),
    ("[limits]\ntakeover_seconds = 601\n", "limits.takeover_seconds"),
    ('[mail]\nsender = "Visiojury"\n', "mail.sender"),
    ('[mail]\nreply_to = "jury at example.org"\n', "mail.reply_to"),
    ("[server\n", "c.toml"),
])
def test_a_wrong_setting_is_refused_by_name(tmp_path, text, setting):
    with pytest.raises(ConfigError) as refused:
        read_config(written(tmp_path / "c.toml", text))
    assert refused.value.setting == setting


def test_no_secret_comes_with_the_software():
    """Nor an account that one could guess."""
    known = {name: value for section in asdict(Config()).values() for name, value in section.items()}
    secrets = {name: value for name, value in known.items()
               if re.search("secret|password|token|user|credential", name) and not name.endswith("_characters")}
    assert secrets == {
        "turn_secret_file": None, "smtp_password_file": None, "smtp_user": "", "client_secret_file": None,
        "password_file": None}
    assert "@" not in known["database"]
