"""The command line as people use it: real processes, exit codes, one clear line for what is wrong."""
from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import urllib.error
import urllib.request
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from evaluation.deadlines import day_of, start_of
from server.clock import wall_clock
from server.storage import follow_ups
from server.storage.follow_ups import FollowUp
from server.storage.key_file import make_key_file
from tests.pace import patient
from tests.server import bodies
from tests.server.kept import SESSION, HandClock, House, config_in
from tests.serving import ROOT, visiojury

CONFIG = """[server]
port = 0
[storage]
folder = "kept"
"""


@pytest.fixture
async def day(tmp_path: Path) -> Path:
    """A folder with a config.toml and a day that has begun."""
    (tmp_path / "config.toml").write_text(CONFIG)
    house = await House.open(config_in(tmp_path / "kept", "sqlite"))
    await (await house.plan()).present()
    await house.kept.accounts.save_person("p-cand1", {"name": "Martin"})
    await house.close()
    return tmp_path


def test_serve_answers_until_it_is_told_to_stop(tmp_path: Path):
    (tmp_path / "config.toml").write_text(CONFIG)
    server = subprocess.Popen([sys.executable, "-m", "server", "serve"], cwd=tmp_path, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert server.stdout is not None
    url = server.stdout.readline().strip()
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(f"{url}/no-such-page", timeout=patient(10))
    seconds = [visiojury("serve", cwd=tmp_path), visiojury("demo", "--data", "kept", cwd=tmp_path)]
    assert [(one.returncode, one.stderr.splitlines()[-1], "Traceback" in one.stderr) for one in seconds] == [
        (2, "visiojury: another process serves what is kept here, and one serves at a time; stop it first", False)] * 2
    server.send_signal(signal.SIGTERM)
    _, errors = server.communicate(timeout=patient(20))
    assert (answer.value.code, server.returncode) == (404, 0)
    assert "Traceback" not in errors
    assert stat.S_IMODE((tmp_path / "kept" / "master.key").stat().st_mode) == 0o600


@pytest.mark.rule("X5")
def test_an_exported_journal_verifies_and_a_changed_one_does_not(day: Path):
    exported = visiojury("export", SESSION, cwd=day)
    assert exported.returncode == 0
    (day / "journal").write_text(exported.stdout)
    verified = visiojury("verify", "journal", cwd=day)
    assert (verified.returncode, verified.stderr) == (0, "")
    assert verified.stdout.endswith(f"; what it quotes of {bodies.STREAM}, c-p-cand1, c-p-cand2 is taken as given: "
                                    "not here\n")
    (day / "changed").write_text(exported.stdout.replace('"actor":"emp"', '"actor":"own"', 1))
    refused = visiojury("verify", "changed", cwd=day)
    first = next(number for number, line in enumerate(exported.stdout.splitlines(), 1) if '"actor":"emp"' in line)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{SESSION}, position {first}: ")


@pytest.mark.rule("X5")
def test_a_candidacy_is_exported_with_every_stream_that_it_quotes(day: Path):
    exported = visiojury("export", "c-p-cand1", cwd=day)
    streams = dict.fromkeys(json.loads(line)["stream"] for line in exported.stdout.splitlines() if '"stream"' in line)
    assert list(streams) == ["c-p-cand1", bodies.STREAM]  # nobody has told it yet what was planned
    (day / "bundle").write_text(exported.stdout)
    verified = visiojury("verify", "bundle", cwd=day)
    assert (verified.returncode, len(verified.stdout.splitlines()), verified.stderr) == (0, 2, "")


@pytest.fixture
async def over(day: Path) -> Path:
    """The same, the first candidate's hearing stopped."""
    house = await House.open(config_in(day / "kept", "sqlite"))
    house.clock.now += 60_000
    await house.stop()
    await house.close()
    return day


@pytest.mark.rule("X1")
async def test_erase_says_why_it_cannot_and_then_leaves_a_journal_that_verifies(over: Path):
    before = visiojury("export", SESSION, cwd=over).stdout
    for code in (0, 2):  # what is there already is left as it is
        assert visiojury("person", "p-cand1", cwd=over).returncode == code
    with zipfile.ZipFile(over / "p-cand1.zip") as archive:
        assert {"index.html", "donnees.json"} <= set(archive.namelist())
    refused = visiojury("erase", "p-cand1", cwd=over)
    assert (refused.returncode, refused.stdout, refused.stderr) == (
        1, "", "visiojury: p-cand1: nothing was erased: h1: no certification jury has ruled\n")
    house = await House.open(config_in(over / "kept", "sqlite"))
    house.clock.now = start_of(date(2026, 3, 20))
    await bodies.ruled(house.kept.journals, "c-p-cand1", date(2026, 3, 20))
    await house.close()
    assert visiojury("erase", "p-cand1", cwd=over).returncode == 0
    assert visiojury("export", SESSION, cwd=over).stdout == before
    again = visiojury("erase", "p-cand1", cwd=over)
    assert (again.returncode, again.stderr) == (2, "visiojury: p-cand1: no such person, or erased already\n")


def test_purge_says_what_it_deleted(day: Path):
    assert visiojury("purge", cwd=day).stdout == "deleted: 0 files, 1 answers, 0 letters, 0 openings\n"


def test_doctor_finds_what_works_and_what_does_not(tmp_path: Path):
    (tmp_path / "config.toml").write_text(CONFIG)
    well = visiojury("doctor", cwd=tmp_path)
    assert well.returncode == 0
    assert {line[:4] for line in well.stdout.splitlines()} == {"ok  "}
    assert [line[6:].split(": ")[0] for line in well.stdout.splitlines()] == [
        "database", "master key", "clock", "follow-ups", "vault", "web port", "media UDP port", "media TCP port",
        "file descriptors", "media receive buffer", "fonts of papers", "office files", "seal",
        *["identity"] * 4, "mail folder",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml"]
    bad = CONFIG + 'database = "postgresql://nobody@127.0.0.1:1/none"\n[mail]\nkind = "smtp"\nsmtp_port = 1\n'
    (tmp_path / "config.toml").write_text(bad)
    ill = visiojury("doctor", cwd=tmp_path)
    assert ill.returncode == 1
    failing = [line.split(":")[0] for line in ill.stdout.splitlines() if line.startswith("FAIL")]
    assert failing == ["FAIL  database", "FAIL  mail server"]


async def test_doctor_tells_of_what_could_not_be_carried_out(day: Path):
    house = await House.open(config_in(day / "kept", "sqlite"))
    stuck = FollowUp(SESSION, "session", 1, "told", "candidacy", "c1", "RecordOutcome", attempts=3)
    async with house.kept.database.writing() as connection:
        await follow_ups.add(connection, [stuck], 1)
    assert _follow_ups(day) == "ok    follow-ups: 3 wait to be carried out, none was refused"
    await house.kept.followups.put_off(stuck, 2, {"rule": "R1.1", "text": "Non."})
    await house.close()
    assert _follow_ups(day) == ("FAIL  follow-ups: refused, and tried again by themselves: "
                                f"session/{SESSION}/1/told: RecordOutcome on candidacy c1, 4 times")


def _follow_ups(folder: Path) -> str:
    return next(line for line in visiojury("doctor", cwd=folder).stdout.splitlines() if line[6:].startswith("follow"))


async def test_the_indexes_are_made_anew_and_whether_they_differed_is_said(day: Path):
    same = visiojury("reindex", cwd=day)
    assert (same.returncode, same.stdout) == (0, "4 streams read; rows missing: 0, wrong: 0, of nothing: 0\n")
    house = await House.open(config_in(day / "kept", "sqlite"))
    async with house.kept.database.writing() as connection:
        await connection.execute(text("DELETE FROM rows WHERE key = 'emp'"))
    await house.close()
    mended = visiojury("reindex", cwd=day)
    assert (mended.returncode, mended.stdout) == (1, "4 streams read; rows missing: 1, wrong: 0, of nothing: 0\n")
    assert visiojury("reindex", cwd=day).returncode == 0


@pytest.mark.parametrize(("hours", "well", "told"), [(2, True, False), (72, False, True)])
async def test_a_day_written_by_a_clock_far_ahead_is_told_and_moves_no_time(
        tmp_path: Path, hours: int, well: bool, told: bool):
    (tmp_path / "config.toml").write_text(CONFIG)
    ahead = HandClock(wall_clock() + hours * 3_600_000)
    house = await House.open(config_in(tmp_path / "kept", "sqlite"), ahead)
    await (await house.plan(day_of(ahead.now))).present()
    await house.close()
    looked = visiojury("doctor", cwd=tmp_path).stdout.splitlines()
    (line,) = [line for line in looked if line[6:].startswith("clock: ")]
    assert (line.startswith("ok"), SESSION in line) == (well, True)
    server = subprocess.Popen([sys.executable, "-m", "server", "serve"], cwd=tmp_path, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert server.stdout is not None
    url = server.stdout.readline().strip()
    health = urllib.request.urlopen(f"{url}/healthz", timeout=patient(10)).read().decode()
    now = json.load(urllib.request.urlopen(f"{url}/clock", timeout=patient(10)))["now"]
    server.send_signal(signal.SIGTERM)
    server.communicate(timeout=patient(20))
    assert ("server.clock_ahead_hours" in health, now >= ahead.now) == (told, not told)


def test_doctor_finds_secrets_that_others_may_read(tmp_path: Path):
    for name, mode in (("smtp.password", 0o600), ("turn.secret", 0o640)):
        (tmp_path / name).write_text("secret")
        (tmp_path / name).chmod(mode)
    (tmp_path / "config.toml").write_text(
        CONFIG + '[mail]\nsmtp_password_file = "smtp.password"\n[ice]\nturn_secret_file = "turn.secret"\n')
    lines = [line for line in visiojury("doctor", cwd=tmp_path).stdout.splitlines() if line[6:].startswith("secret")]
    assert lines == [f"ok    secret: {tmp_path / 'smtp.password'}",
                     f"FAIL  secret: {tmp_path / 'turn.secret'}: others may read this secret; chmod 600 it"]


@pytest.mark.parametrize(("arguments", "says"), [
    (("export", "nowhere"), "visiojury: nowhere: no such stream"),
    (("verify", "nothing"), "visiojury: [Errno 2] No such file or directory: 'nothing'"),
    (("serve", "--config", "nothing.toml"), "visiojury: [Errno 2] No such file or directory: 'nothing.toml'"),
])
def test_bad_input_is_one_line(day: Path, arguments: tuple[str, ...], says: str):
    refused = visiojury(*arguments, cwd=day)
    assert (refused.returncode, refused.stdout, refused.stderr.strip()) == (2, "", says)


@pytest.mark.parametrize("odd", [b"\xff\xfe", b"two\nlines", b""])
@pytest.mark.parametrize("arguments", [
    ("export", "ODD"), ("erase", "ODD"), ("hold", "s1", "ODD")])
def test_a_name_that_cannot_be_is_told_in_one_line(tmp_path: Path, arguments: tuple[str, ...], odd: bytes):
    refused = visiojury(*(os.fsdecode(odd) if one == "ODD" else one for one in arguments), cwd=tmp_path)
    assert (refused.returncode, refused.stdout, "Traceback" in refused.stderr) == (2, "", False)
    assert "invalid name value" in refused.stderr.splitlines()[-1]


def test_a_wrong_setting_is_named(tmp_path: Path):
    (tmp_path / "config.toml").write_text("[server]\nprot = 1\n")
    refused = visiojury("serve", cwd=tmp_path)
    assert (refused.returncode, refused.stderr) == (2, "visiojury: server.prot: no such setting\n")


def test_export_makes_nothing_where_nothing_is(tmp_path: Path):
    refused = visiojury("export", SESSION, cwd=tmp_path)
    assert refused.returncode == 2
    assert list(tmp_path.iterdir()) == []


def test_nothing_starts_without_its_master_key_and_none_is_made(day: Path):
    path = day / "kept" / "master.key"
    right = path.read_bytes()
    path.unlink()
    for command in (("serve",), ("demo", "--data", "kept"), ("doctor",), ("export", SESSION), ("rotate-key",)):
        refused = visiojury(*command, cwd=day)
        assert (command, refused.returncode) == (command, 1 if command == ("doctor",) else 2)
        assert "master.key: " + {
            "export": "not found; nothing that is kept can be read without it",
            "rotate-key": "not found; nothing that is kept can be read without it",
        }.get(command[0], "missing, and what is kept here was sealed with it; put it back") in (
            refused.stdout + refused.stderr)
        assert not path.exists()
    make_key_file(path)  # another
    for command in (("serve",), ("export", SESSION), ("rotate-key",)):
        refused = visiojury(*command, cwd=day)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert "master.key: not the key that sealed what is kept here; put that one back" in refused.stderr
    path.write_bytes(right)
    assert visiojury("export", SESSION, cwd=day).returncode == 0


def test_rotate_key_says_what_it_did_and_not_while_a_server_runs(day: Path):
    exported = visiojury("export", SESSION, cwd=day).stdout
    before = (day / "kept" / "master.key").read_bytes()
    done = visiojury("rotate-key", cwd=day)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{day / 'kept' / 'master.key'}: a new key, and ")
    assert visiojury("export", SESSION, cwd=day).stdout == exported
    server = subprocess.Popen([sys.executable, "-m", "server", "serve"], cwd=day, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert server.stdout is not None
    assert server.stdout.readline() != b""
    refused = visiojury("rotate-key", cwd=day)
    server.terminate()
    server.wait(patient(20))
    assert (refused.returncode, refused.stderr) == (
        2, "visiojury: another process serves what is kept here, and one serves at a time; stop it first\n")
    (day / "kept" / "master.key").write_bytes(before)
    assert visiojury("export", SESSION, cwd=day).returncode == 2


@pytest.mark.parametrize("umask", [0, 0o022])
def test_what_is_kept_is_the_owners_alone_whatever_the_umask(tmp_path: Path, umask: int):
    server = subprocess.Popen([sys.executable, "-m", "server", "demo", "--json", "--today", "--data", "a/kept"],
                              cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, umask=umask,
                              env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert server.stdout is not None
    assert server.stdout.readline().startswith(b"{")
    paths = [path for path in (tmp_path / "a").rglob("*") if path.exists()]
    modes = {path: oct(stat.S_IMODE(path.stat().st_mode)) for path in (tmp_path / "a", *paths)}
    server.terminate()
    server.wait(timeout=patient(20))
    assert {path.name for path in paths} >= {"visiojury.sqlite", "visiojury.sqlite-wal", "visiojury.sqlite-shm",
                                             "visiojury.sqlite.serving", "vault", "master.key"}
    assert modes == {path: "0o700" if path.is_dir() else "0o600" for path in modes}
