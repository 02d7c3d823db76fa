"""A setting that nothing reads is a defect: somebody sets it, and nothing becomes of it."""
from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from server.config import Config

SETTINGS = {f"{section.name}.{one.name}": type(getattr(Config(), section.name)).__name__
            for section in fields(Config) for one in fields(getattr(Config(), section.name))}
"""By full name, with the class of the section."""
SHARED = {name for name, times in Counter(one.partition(".")[2] for one in SETTINGS).items() if times > 1}
"""Names that stand in more than one section."""
RATE = "_per_minute"


def unread(settings: Mapping[str, str], modules: Mapping[str, str]) -> list[str]:
    """The settings that none of these modules, by path and text, names."""
    named = [(text, *_named(text)) for text in modules.values()]
    return sorted(setting for setting, section in settings.items()
                  if not any(_reads(*one, setting, section) for one in named))


def _named(text: str) -> tuple[set[str], set[object]]:
    """Attributes that a module reads, and what stands in it as a text."""
    nodes = list(ast.walk(ast.parse(text)))
    return ({one.attr for one in nodes if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Load)},
            {one.value for one in nodes if isinstance(one, ast.Constant)})


def _reads(text: str, attributes: set[str], texts: set[object], setting: str, section: str) -> bool:
    """As an attribute, which for a name of several sections counts where this section is spoken of; or as a text, as
    `most="limits.command_bytes"` and the rates of routes are."""
    place, _, name = setting.partition(".")
    written = {setting, name, name.removesuffix(RATE)} if place == "limits" else {setting}
    spoken_of = name not in SHARED or f".{place}" in text or section in text
    return bool(written & texts) or (spoken_of and name in attributes)


def ours() -> dict[str, str]:
    return {str(path): path.read_text("utf-8") for path in Path("server").rglob("*.py")}


def test_every_setting_is_read() -> None:
    assert unread(SETTINGS, ours()) == []


@pytest.mark.parametrize("module", [
    "class MailSettings:\n    reply_to: str = ''\n", "settings.reply_to = 1\n", "# settings.reply_to\n",
    "reply_to = 2\n"])
def test_a_setting_that_is_only_declared_or_written_is_noticed(module: str) -> None:
    assert unread({"mail.reply_to": "MailSettings"}, {"m": module}) == ["mail.reply_to"]


def test_a_name_of_two_sections_is_read_in_each() -> None:
    both = {one: SETTINGS[one] for one in ("mail.folder", "storage.folder")}
    assert unread(both, {"m": "def f(settings: StorageSettings): return settings.folder\n"}) == ["mail.folder"]
    assert unread(both, {"m": "def f(config: C): return config.mail.folder, config.storage.folder\n"}) == []


def test_a_rate_is_read_by_its_route() -> None:
    rate = {"limits.uploads_per_minute": "LimitSettings"}
    assert unread(rate, {"m": 'ROUTES = (("POST", "/", put, "uploads"),)\n'}) == []
    assert unread(rate, {"m": 'ROUTES = (("POST", "/", put, "pages"),)\n'}) == sorted(rate)
