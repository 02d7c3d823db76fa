"""The confined process: what it may not do, and what happens when it is killed, lies or never starts."""
from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from server.documents import confined, confined_child
from server.documents.document_refusals import DocumentRefusal
from server.documents.intake import intake
from server.ending import end_process
from server.turns import asking
from tests.pace import patient
from tests.server.documents.samples import LIMITS, WORKER, pdf


async def start(script: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdin=pipe, stdout=pipe)


def behaving(monkeypatch: pytest.MonkeyPatch, script: str) -> list[asyncio.subprocess.Process]:
    """Put another child in the worker's place."""
    children: list[asyncio.subprocess.Process] = []

    async def other(*_: object) -> asyncio.subprocess.Process:
        children.append(await start(script))
        return children[-1]

    monkeypatch.setattr(confined, "_start", other)
    return children


SAY = "import sys, os, time; w = sys.stdout.buffer.write; w(b'R'); sys.stdout.flush(); "


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(SAY + "time.sleep(60)", id="hangs"),
        pytest.param(SAY + "os.kill(os.getpid(), 9)", id="is killed"),
        pytest.param(SAY + "w(b'xx')", id="answers nonsense"),
        pytest.param(SAY + "[w(bytes(1 << 20)) for _ in range(99)]", id="answers without end"),
        pytest.param(SAY + 'h=b\'{"refused":"own words","values":{}}\'; w(len(h).to_bytes(4,"big")+h)', id="own words"),
        pytest.param(SAY + 'h=b\'{"pages":99,"format":"pdf"}\'; w(len(h).to_bytes(4,"big")+h+b"x")', id="99 pages"),
    ],
)
async def test_a_child_that_misbehaves_is_ended_and_the_file_refused(
    monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    children = behaving(monkeypatch, script)
    limits = replace(LIMITS, worker=replace(WORKER, wall_seconds=1.5, reply_bytes=2 << 20))
    began = time.monotonic()
    with pytest.raises(DocumentRefusal) as caught:
        await intake(pdf(), "a.pdf", limits)
    assert caught.value.code == "too_complex"
    assert time.monotonic() - began < patient(5)
    assert all(child.returncode is not None for child in children)


async def test_a_child_that_never_starts_is_not_the_files_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    behaving(monkeypatch, "raise SystemExit(3)")
    with pytest.raises(confined.WorkerBroken, match="exit 3"):
        await intake(pdf(), "a.pdf", LIMITS)


async def test_giving_up_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    children = behaving(monkeypatch, SAY + "time.sleep(60)")
    task = asyncio.ensure_future(intake(pdf(), "a.pdf", LIMITS))
    while not children:
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert children[0].returncode == -signal.SIGKILL


async def test_no_more_children_than_allowed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    alive, most, original = 0, 0, confined._start

    async def counted(*arguments: object) -> asyncio.subprocess.Process:
        nonlocal alive, most
        alive += 1
        most = max(most, alive)
        child = await original(*arguments)  # type: ignore[arg-type]

        async def gone() -> None:
            nonlocal alive
            await child.wait()
            alive -= 1

        waiting.append(asyncio.ensure_future(gone()))
        return child

    waiting: list[asyncio.Future[None]] = []
    monkeypatch.setattr(confined, "_start", counted)
    taken = await asyncio.gather(*(intake(pdf(), "a.pdf", LIMITS) for _ in range(5)))
    assert [one.pages for one in taken] == [1] * 5
    assert most <= WORKER.parallel + 1  # the next may start before the last one's end is noticed


async def test_another_seat_waits_behind_one_job_of_eleven(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order in which the files are read: every seat in turn, and none has both places."""
    read: list[str] = []
    original = confined._start

    async def noted(*arguments: object) -> asyncio.subprocess.Process:
        task = asyncio.current_task()
        assert task is not None
        read.append(task.get_name())
        return await original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(confined, "_start", noted)
    tasks: list[asyncio.Task[object]] = []
    for seat, jobs in (("one", 5), ("two", 1), ("three", 1)):
        with asking(seat):
            tasks += [asyncio.create_task(intake(pdf(), "a.pdf", LIMITS), name=seat) for _ in range(jobs)]
    await asyncio.gather(*tasks)
    assert (len(read), set(read[:2])) == (7, {"one", "two"})
    assert "three" in read[2:4]


async def test_the_child_knows_nothing_of_the_servers_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISIOJURY_SECRET", "hush")
    child = await confined._start("clean_pdf", WORKER)
    assert await child.stdout.read(1) == b"R"  # type: ignore[union-attr]
    told = Path(f"/proc/{child.pid}/environ").read_bytes()
    limits = Path(f"/proc/{child.pid}/limits").read_text()
    await end_process(child)
    assert b"hush" not in told
    rows = {line[:25].strip(): line[25:].split()[:2] for line in limits.splitlines()[1:]}
    assert rows["Max file size"] == ["0", "0"]
    assert rows["Max processes"] == ["0", "0"]
    assert rows["Max core file size"] == ["0", "0"]
    assert rows["Max cpu time"] == ["8", "8"]
    assert rows["Max address space"] == [str(1 << 30)] * 2


def test_the_limits_hold(tmp_path: Path) -> None:
    """In a child of our own: after `_confine` a file cannot be written, nor memory taken."""
    pid = os.fork()
    if pid == 0:  # pragma: no cover
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        confined_child._confine(5, 1 << 30)
        code = 0
        try:
            (tmp_path / "out").write_bytes(b"x" * 10)
            code += 1
        except OSError:
            pass
        try:
            bytearray(2 << 30)
            code += 2
        except MemoryError:
            pass
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))
            code += 0 if os.getuid() == 0 else 4
        except (ValueError, OSError):
            pass
        os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
