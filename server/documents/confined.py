"""One job on one untrusted file, in a process of its own that can do little harm.

The child (`confined_child.py`) gets none of the server's environment, lowers its own limits before it reads a byte of
the file, and is killed when it takes too long. What it answers is bounded and treated as untrusted too.
"""
from __future__ import annotations

import asyncio
import json
import struct
import sys
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from weakref import WeakKeyDictionary

from evaluation.rules import Value
from server.documents.document_refusals import REFUSALS, DocumentRefusal
from server.ending import end_process
from server.turns import Turns

READY = b"R"
CHUNK = 1 << 16
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class WorkerLimits:
    """What one job may use.

    `cpu_seconds` of processor, `wall_seconds` until it is killed, `address_space_bytes` of memory,
    `reply_bytes` of answer; `parallel` jobs run at once in this server, the others wait their turn.
    """

    cpu_seconds: int
    wall_seconds: float
    address_space_bytes: int
    reply_bytes: int
    parallel: int


class WorkerBroken(RuntimeError):
    """The worker did not even start: a fault of this installation, never of the file."""


class _Died(Exception):
    """The worker was killed, crashed, or answered nonsense while it had the file."""


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()


def turn(parallel: int) -> AbstractAsyncContextManager[None]:
    """Uploads and pages of one seat wait behind themselves, and let everybody else's through."""
    loop = asyncio.get_running_loop()
    if loop not in _turns:
        _turns[loop] = Turns(parallel)
    return _turns[loop].turn()


async def run(
    job: str, data: bytes, options: Mapping[str, Value], limits: WorkerLimits
) -> tuple[dict[str, object], bytes]:
    """Do `job` on `data`; the answer is a small dictionary and bytes.

    Raises `DocumentRefusal` (the file's fault, or too much for the limits) or `WorkerBroken` (ours).
    """
    async with turn(limits.parallel):
        child = await _start(job, limits)
        try:
            async with asyncio.timeout(limits.wall_seconds):
                if await child.stdout.read(1) != READY:  # type: ignore[union-attr]
                    raise WorkerBroken(f"the document worker did not start (exit {await child.wait()})")
                reply = await _converse(child, _pack(options, data), limits.reply_bytes)
            return _unpack(reply)
        except (TimeoutError, _Died):
            raise DocumentRefusal("too_complex") from None
        finally:
            await end_process(child)


async def _start(job: str, limits: WorkerLimits) -> asyncio.subprocess.Process:
    arguments = [job, str(limits.cpu_seconds), str(limits.address_space_bytes)]
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-B", "-m", "server.documents.confined_child", *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}, cwd="/",
    )  # fmt: skip


async def _converse(child: asyncio.subprocess.Process, message: bytes, most: int) -> bytes:
    assert child.stdin is not None
    assert child.stdout is not None
    reading = asyncio.ensure_future(_read(child.stdout, most))
    try:
        child.stdin.write(message)
        await child.stdin.drain()
        child.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        pass  # a child that died early has still perhaps answered
    try:
        return await reading
    finally:
        reading.cancel()


async def _read(stream: asyncio.StreamReader, most: int) -> bytes:
    parts = bytearray()
    while chunk := await stream.read(CHUNK):
        parts += chunk
        if len(parts) > most:
            raise _Died
    return bytes(parts)


def _pack(header: Mapping[str, object], payload: bytes) -> bytes:
    head = json.dumps(header).encode()
    return struct.pack(">I", len(head)) + head + payload


def _unpack(reply: bytes) -> tuple[dict[str, object], bytes]:
    """The child's answer: 4 bytes of header length, a JSON header, the payload."""
    try:
        (length,) = struct.unpack_from(">I", reply)
        header: object = json.loads(reply[4 : 4 + length])
    except (struct.error, ValueError):
        raise _Died from None
    if not isinstance(header, dict):
        raise _Died
    answer = cast("dict[str, object]", header)
    if "refused" in answer:
        raise _refusal(answer)
    return answer, reply[4 + length :]


def _refusal(answer: dict[str, object]) -> Exception:
    code, values = answer["refused"], answer.get("values")
    if not isinstance(code, str) or code not in REFUSALS or not isinstance(values, dict):
        return _Died()
    numbers = {str(k): v for k, v in cast("dict[object, object]", values).items() if isinstance(v, int)}
    try:
        return DocumentRefusal(code, **numbers)
    except KeyError:
        return _Died()
