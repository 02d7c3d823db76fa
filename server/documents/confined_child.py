"""The confined child: reads one file from stdin, answers on stdout, and ends. Started only by `confined.py`."""
from __future__ import annotations

import json
import os
import resource
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO, cast

from server.documents.document_refusals import DocumentRefusal

# One way to say "do this to these bytes": (bytes, options) -> (header, bytes).
Job = Callable[[bytes, dict[str, int]], tuple[dict[str, object], bytes]]
JOBS = {
    "clean_pdf": "server.documents.clean_pdf:clean",
    "clean_image": "server.documents.clean_image:clean",
    "draw_pdf": "server.documents.draw_page:draw_pdf",
    "draw_image": "server.documents.draw_page:draw_image",
    "read_table": "server.documents.read_table:read",
}


def main(job: str, cpu_seconds: int, address_space: int) -> None:
    module, name = JOBS[job].split(":")
    work = cast(Job, getattr(import_module(module), name))
    _confine(cpu_seconds, address_space)
    out = _own_stdout()
    out.write(b"R")
    out.flush()
    header, payload = _answer(work, sys.stdin.buffer.read())
    head = json.dumps(header).encode()
    out.write(struct.pack(">I", len(head)) + head + payload)
    out.flush()


def _answer(work: Job, message: bytes) -> tuple[dict[str, object], bytes]:
    (length,) = struct.unpack_from(">I", message)
    options = cast("dict[str, int]", json.loads(message[4 : 4 + length]))
    try:
        return work(message[4 + length :], options)
    except DocumentRefusal as refusal:
        return {"refused": refusal.code, "values": refusal.values}, b""
    except (MemoryError, RecursionError):
        return {"refused": "too_complex", "values": {}}, b""


def _confine(cpu_seconds: int, address_space: int) -> None:
    """Limits that the process cannot raise again: no file written, no process started, no core left behind."""
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(5)  # live video goes before documents


def _own_stdout() -> BinaryIO:
    """Keep stdout for the answer: what a library prints goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
