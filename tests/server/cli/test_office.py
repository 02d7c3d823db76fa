"""The link to the first account: printed while there is none, and made anew when nobody is left."""
from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from server.storage.credentials import Password
from tests.pace import patient
from tests.server.kept import House, config_in
from tests.serving import ROOT, visiojury

pytestmark = pytest.mark.rule("X15")
CONFIG = '[storage]\nfolder = "kept"\n[server]\nport = 0\n[media]\n'
LINK = re.compile(r"first account, good once and for 24 h: (http://localhost:\d+/first/[\w-]{43})")


def served(folder: Path) -> tuple[subprocess.Popen[str], str]:
    server = subprocess.Popen([sys.executable, "-m", "server", "serve"], cwd=folder, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert server.stdout is not None
    return server, server.stdout.readline().strip()


def stop(server: subprocess.Popen[str]) -> str:
    """What else it printed."""
    server.send_signal(signal.SIGTERM)
    return server.communicate(timeout=patient(20))[0]


def status(url: str) -> int:
    try:
        return urllib.request.urlopen(url, timeout=patient(10)).status
    except urllib.error.HTTPError as answer:
        return answer.code


async def somebody_can_sign_in(folder: Path) -> None:
    house = await House.open(config_in(folder / "kept", "sqlite"))
    await house.kept.accounts.save_person("p", {"name": "Claire"})
    async with house.kept.database.writing() as connection:
        await house.kept.ways.credentials.set_password(connection, "p", Password("x", "x", 0))
    await house.close()


async def test_serve_prints_a_link_to_the_first_account_while_there_is_none(tmp_path: Path):
    (tmp_path / "config.toml").write_text(CONFIG)
    server, url = served(tmp_path)
    assert server.stdout is not None
    found = LINK.fullmatch(server.stdout.readline().strip())
    assert (url.startswith("http://localhost:"), found is not None and status(found[1])) == (True, 200)
    beside = visiojury("office", "--first", cwd=tmp_path)
    token = re.search(r"/first/([\w-]{43})\n", beside.stdout)
    assert (beside.returncode, beside.stderr.count("another account"), token is not None) == (0, 0, True)
    assert (token and status(f"{url}/first/{token[1]}"), found and status(found[1])) == (200, 404)
    stop(server)
    await somebody_can_sign_in(tmp_path)
    server, _ = served(tmp_path)
    assert stop(server) == ""


async def test_office_first_says_when_somebody_is_left_and_makes_a_link_all_the_same(tmp_path: Path):
    (tmp_path / "config.toml").write_text(CONFIG)
    await somebody_can_sign_in(tmp_path)
    made = visiojury("office", "--first", cwd=tmp_path)
    assert (made.returncode, "somebody can still sign in" in made.stderr, "/first/" in made.stdout) == (0, True, True)
    assert visiojury("office", cwd=tmp_path).returncode == 2
