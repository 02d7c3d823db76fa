"""A test that hangs is ended, and what it started with it; so is what a passed one forgot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import pace

ROOT = Path(__file__).parents[2]
INI = "[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\ntimeout = 2\n"
ORPHAN = "subprocess.run(['sh', '-c', f'setsid sleep 1000 & echo $! > {PIDS}/{name}; sleep {seconds}'], check=True)"
"""A browser's way: the process that is left behind is nobody's child any more."""
TESTS = f'''
import subprocess
PIDS = __file__.rpartition("/")[0]
def start(name, seconds):
    {ORPHAN}
def test_forgets():
    start("forgotten", 0)
def test_hangs():
    start("hung", 1000)
async def test_hangs_in_a_step():
    import asyncio
    child = await asyncio.create_subprocess_exec("sleep", "1000")
    open(f"{{PIDS}}/step", "w").write(str(child.pid))
    await child.wait()
'''


@pytest.mark.parametrize("name", ["forgotten", "hung", "step"])
def test_nothing_is_left(name: str, left: Path) -> None:
    assert not Path("/proc", (left / name).read_text().strip()).exists()


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The numbers of the processes that an inner run's three tests started, in files of those names."""
    folder = tmp_path_factory.mktemp("inner")
    (folder / "test_inner.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.leftovers",
               "-c", str(folder / "pytest.ini"), "--rootdir", str(folder), str(folder)]
    (folder / "pytest.ini").write_text(INI)
    quick = os.environ | {pace.VARIABLE: "0.1"}  # what is left would never go by itself
    inner = subprocess.run(command, cwd=ROOT, env=quick, capture_output=True, text=True, check=False)
    assert "2 failed, 1 passed" in inner.stdout, inner.stdout + inner.stderr
    return folder
