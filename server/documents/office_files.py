"""Files of word processors and slides, turned into PDF by LibreOffice where it is installed, in a process that can do
little harm: no network, none of the server's folders, no other process, limits of its own, and a profile that is thrown
away.

What comes out is a PDF like any other, read and rebuilt by `intake` in its turn.
"""
from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.documents.confined import turn
from server.documents.document_refusals import DocumentRefusal
from server.documents.foreign import COMPOUND, ZIP

EXTENSIONS: Final = frozenset({"docx", "odt", "doc", "pptx"})
BEGINS: Final = {"docx": ZIP, "odt": ZIP, "pptx": ZIP, "doc": COMPOUND}
ROOT = Path(__file__).resolve().parents[2]
PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}</oor:items>
"""
ITEM: Final = (
    '<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
    "</item>\n"
)
SET: Final = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
)
"""No macro runs, and nothing that a document refers to is fetched."""


@dataclass(frozen=True)
class Converter:
    """`program` is LibreOffice's own, by its whole path; `hidden` are folders and files that it must not see;
    `parallel` is how many documents are read at once."""

    program: str
    cpu_seconds: int
    wall_seconds: float
    address_space_bytes: int
    written_bytes: int
    parallel: int = 1
    hidden: tuple[Path, ...] = ()


def found(program: str) -> str | None:
    """The whole path of a program that is installed; None for none."""
    return shutil.which(program) if program else None


def office_extension(data: bytes, filename: str) -> str | None:
    """The file's extension where it and the first bytes are those of an office file."""
    extension = filename.rpartition(".")[2].strip().lower() if "." in filename else ""
    return extension if extension in EXTENSIONS and data.startswith(BEGINS[extension]) else None


async def as_pdf(data: bytes, extension: str, converter: Converter) -> bytes:
    """Raises DocumentRefusal for what cannot be converted within the limits."""
    async with turn(converter.parallel):
        with tempfile.TemporaryDirectory(prefix="visiojury-office-", ignore_cleanup_errors=True) as folder:
            place = Path(folder)
            await asyncio.to_thread(_lay_out, place, data, extension)
            if await _run(place, f"in.{extension}", converter) != 0:
                raise DocumentRefusal("not_converted")
            return await asyncio.to_thread(_made, place / "out" / "in.pdf", converter.written_bytes)


async def confines(converter: Converter) -> bool:
    """Whether this machine lets a program be cut off: where it does not, nothing is converted."""
    with tempfile.TemporaryDirectory(prefix="visiojury-office-") as folder:
        return await _child(Path(folder), converter, ()) == 0


def _lay_out(place: Path, data: bytes, extension: str) -> None:
    (place / f"in.{extension}").write_bytes(data)
    (place / "out").mkdir()
    (place / "profile" / "user").mkdir(parents=True)
    items = "".join(ITEM.format(path=path, name=name, value=value) for path, name, value in SET)
    (place / "profile" / "user" / "registrymodifications.xcu").write_text(
        PROFILE.format(items=items), encoding="utf-8")


def _made(path: Path, most: int) -> bytes:
    if not path.is_file() or path.is_symlink() or not 0 < path.stat().st_size <= most:
        raise DocumentRefusal("not_converted")
    return path.read_bytes()


async def _run(place: Path, name: str, converter: Converter) -> int | None:
    return await _child(place, converter, (
        converter.program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(place / "out"), str(place / name)))


def _ways_out() -> tuple[Path, ...]:
    """Sockets of the machine's services, those of a database in any case, and a database's password."""
    password = os.environ.get("PGPASSFILE")
    return Path("/run"), Path("/run/postgresql"), Path(password).resolve() if password else Path.home() / ".pgpass"


async def _child(place: Path, converter: Converter, command: tuple[str, ...]) -> int | None:
    """How it ended; None where it was not done in time. Everything it started ends with it."""
    limits = [str(one) for one in (converter.cpu_seconds, converter.address_space_bytes, converter.written_bytes)]
    hidden = [str(one) for one in (*converter.hidden, *_ways_out())
              if not any(Path(path).is_relative_to(one) for path in (place, converter.program))]
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-B", "-m", "server.documents.office_child", *limits,
        os.pathsep.join(hidden), "--", *command,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "HOME": str(place), "TMPDIR": str(place), "LANG": "C.UTF-8",
             "PATH": os.defpath}, cwd=str(place), start_new_session=True)
    try:
        async with asyncio.timeout(converter.wall_seconds):
            return await child.wait()
    except TimeoutError:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
