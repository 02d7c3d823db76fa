"""The link to the first account: printed while there is none, and made anew when nobody is left."""
from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.pace import patient
from tests.server.http.staff import nothing_more
from tests.server.kept import HandClock, House, config_in
from tests.serving import ROOT, visiojury

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


async def with_a_clerk(folder: Path) -> None:
    house = await House.open(config_in(folder / "kept", "sqlite"), HandClock(time.time_ns() // 1_000_000))
    await house.kept.accounts.save_person("p", {"name": "Claire Fabre", "email": "claire@example.org"})
    await house.kept.ways.holders.begin("p", "CNHBJO", nothing_more)
    await house.close()


async def test_serve_prints_a_link_to_the_first_account_while_there_is_none(tmp_path: Path):
    (tmp_path / "config.toml").write_text(CONFIG)
    server, url = served(tmp_path)
    assert server.stdout is not None
    found = LINK.fullmatch(server.stdout.readline().strip())
    assert (url.startswith("http://localhost:"), found is not None and status(found[1])) == (True, 200)
    beside = visiojury("office", "--first", cwd=tmp_path)
    token = re.search(r"/first/([\w-]{43})\n", beside.stdout)
    assert (beside.returncode, token is not None) == (0, True)
    assert (token and status(f"{url}/first/{token[1]}"), found and status(found[1])) == (200, 404)
    stop(server)
    await with_a_clerk(tmp_path)
    server, _ = served(tmp_path)
    assert stop(server) == ""


async def test_office_first_lets_a_clerk_back_in_who_is_shut_out(tmp_path: Path):
    (tmp_path / "config.toml").write_text(CONFIG)
    await with_a_clerk(tmp_path)
    made = visiojury("office", "--first", cwd=tmp_path)
    found = re.fullmatch(r"Claire Fabre: http://localhost:0/recover/([\w-]{43})\n", made.stdout)
    assert (made.returncode, found is not None) == (0, True)
    house = await House.open(config_in(tmp_path / "kept", "sqlite"), HandClock(time.time_ns() // 1_000_000))
    link = await house.kept.ways.links.find(found[1] if found else "")
    assert (link and link.person, [one.letter.template for one in await house.kept.outbox.due()]) == (
        "p", ["access_given"])
    await house.close()
    assert visiojury("office", cwd=tmp_path).returncode == 2
