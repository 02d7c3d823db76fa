"""SECURITY.md says what is so: its tables are held against the code (ASVS 5.0 asks for each of them)."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from server.documents.intake import sniff
from server.security_events import SecurityEvent
from server.storage.tables import metadata

SECTIONS = {
    part.partition("\n")[0]: part for part in Path("server/SECURITY.md").read_text(encoding="utf-8").split("\n## ")[1:]
}
CRYPTOGRAPHY = frozenset({
    "hashlib", "hmac", "cryptography", "ssl", "OpenSSL", "argon2", "webauthn", "pyotp", "joserfc", "pyhanko"})


def named(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def rows(section: str) -> list[list[str]]:
    """The cells of its tables, without their heads."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row, following in zip(cells, [*cells[1:], [""]], strict=True)
            if not row[0].startswith("---") and not following[0].startswith("---")]


def settings() -> set[str]:
    """Every setting of config.toml, as NAME and SECTION.NAME; those that stand there as an example, too."""
    text = re.sub(r"(?m)^# (\w+ = \")", r"\1", Path("config.toml").read_text(encoding="utf-8"))
    found = {(section, name) for section, values in tomllib.loads(text).items() for name in values}
    return {name for _, name in found} | {f"{section}.{name}" for section, name in found}


def test_every_table_has_a_level_of_protection():
    levelled = [row for row in rows("What is kept") if len(row) == 3]
    assert sorted(name for row in levelled for name in named(row[2])) == sorted(metadata.tables)
    levels = [row[0] for row in levelled]
    assert [level for level in levels if f"- **{level}**: " not in SECTIONS["What is kept"]] == []


def test_every_security_event_is_named():
    told = [name for name in named(SECTIONS["Logs"]) if name.startswith("security.") and name != "security.*"]
    assert sorted(told) == sorted(one.value for one in SecurityEvent)


def test_the_sources_of_log_lines_are_there():
    assert [row[2] for row in rows("Logs") if not Path(row[2].strip("`")).is_file()] == []
    assert {row[0] for row in rows("Logs")} == {"`http.request`", "`security.*`", "others of ours", "`library.said`"}


def test_the_types_of_uploads_are_those_that_are_taken():
    firsts = {"pdf": b"%PDF-1.7\n", "jpeg": b"\xff\xd8\xff\xe0", "png": b"\x89PNG\r\n\x1a\n",
              "webp": b"RIFF\0\0\0\0WEBP", "svg": b"<svg/>", "zip": b"PK\3\4", "exe": b"MZ", "gif": b"GIF89a"}
    (papers,) = rows("What people send")
    assert named(papers[1]) == [name for name, first in firsts.items() if sniff(first) == name]
    assert len(named(papers[2])) == 6


@pytest.mark.parametrize("section", ["Ways in", "What people send", "What takes long", "Connections"])
def test_every_setting_that_is_named_is_one(section: str):
    known = settings()
    words = [name for row in rows(section) for cell in row for name in named(cell)]
    written = [name for name in named(SECTIONS[section]) if re.fullmatch(r"[a-z]+(_[a-z]+)+", name)]
    wrong = [name for name in {*words, *written} if re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", name) and name not in known
             and name not in {"pdf", "jpeg", "png", "webp", "cryptography", "secrets"}]
    assert wrong == []


def test_every_place_with_cryptography_is_in_the_inventory():
    told = {name for row in rows("Keys and algorithms") for name in named(row[-1]) if name.endswith(".py")}
    found = {path.as_posix() for package in ("evaluation", "server", "web") for path in Path(package).rglob("*.py")
             if CRYPTOGRAPHY & imported(path.read_text(encoding="utf-8"))}
    assert told == found


def imported(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level]
    return {name.partition(".")[0] for name in names}


def test_what_is_asked_of_the_guide_is_there():
    assert list(SECTIONS) == [
        "Reporting a fault", "Components", "Ways in", "What people send", "What takes long", "Connections",
        "What is kept", "Logs", "Keys and algorithms", "Secrets of an installation"]
    lengths = [len(rows(name)) for name in ("Reporting a fault", "Ways in", "What takes long", "Connections")]
    assert lengths == [4, 7, 6, 7]
    assert "brought up to date every three months" in SECTIONS["Reporting a fault"]
    for setting in ("login_days", "login_most_days", "takeover_attempts", "seat_codes_per_hour", "link_seconds",
                    "tries_per_hour", "fresh_seconds"):
        assert f"`{setting}`" in SECTIONS["Ways in"]


def test_every_package_comes_from_one_place_with_its_hash():
    packages = tomllib.loads(Path("uv.lock").read_text(encoding="utf-8"))["package"]
    others = [one for one in packages if one["source"] != {"editable": "."}]
    assert {one["source"].get("registry") for one in others} == {"https://pypi.org/simple"}
    files = [file for one in others for file in [*one.get("wheels", []), *([one["sdist"]] if "sdist" in one else [])]]
    assert [file["url"] for file in files if not file["hash"].startswith("sha256:")] == []
    bare = [one["name"] for one in others if not one.get("wheels") and "sdist" not in one]
    assert bare == ["tensorflow"]  # which pyproject.toml keeps from being installed at all
