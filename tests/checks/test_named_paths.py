"""What the README, SECURITY.md and the docstrings name is there: files, folders and commands."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.cli.main import main

NAMED = re.compile(r"`([\w./-]+)`")
TOP = ("server/", "evaluation/", "web/", "tests/")


def missing(text: str) -> list[str]:
    """Paths between backticks that are not there: those that begin with a top folder, and bare names of modules."""
    return [name for name in NAMED.findall(text)
            if (name.startswith(TOP) and not Path(name).exists())
            or (name.endswith(".py") and "/" not in name and not any(found(name)))]


def found(name: str) -> list[Path]:
    return [one for top in TOP for one in Path(top).rglob(name)]


def test_a_path_that_is_not_there_is_found():
    assert missing("`server/http`, `server/nowhere/x.py`, `access.py`, `gone.py`, `session.mark_set`") == [
        "server/nowhere/x.py", "gone.py"]


@pytest.mark.parametrize("file", ["README.md", "server/SECURITY.md"])
def test_the_guides_name_what_is_there(file: str):
    assert missing(Path(file).read_text(encoding="utf-8")) == []


def test_sources_name_what_is_there():
    sources = (one for top in ("server", "evaluation", "web/static/js") for ending in ("*.py", "*.js", "*.ts")
               for one in Path(top).rglob(ending))
    assert {str(one): gone for one in sources if (gone := missing(one.read_text(encoding="utf-8")))} == {}


def test_every_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--help"])
    told = set(re.findall(r"`visiojury ([\w-]+)", Path("README.md").read_text(encoding="utf-8")))
    assert told == set(re.findall(r"^    ([a-z-]+)(?: |$)", capsys.readouterr().out, re.M))
