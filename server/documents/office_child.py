"""The confined start of LibreOffice: cuts off the network and the server's folders, lowers its limits, then becomes it.

`python -m server.documents.office_child CPU_SECONDS ADDRESS_SPACE WRITTEN HIDDEN -- PROGRAM…`. It ends with
NOT_CONFINED where this machine does not let it be confined: then nothing is converted.
"""
from __future__ import annotations

import ctypes
import os
import resource
import sys
from pathlib import Path

NOT_CONFINED = 97
NEW_MOUNTS, NEW_USER, NEW_NETWORK = 0x00020000, 0x10000000, 0x40000000
PRIVATE, RECURSIVE, BIND = 1 << 18, 1 << 14, 1 << 12


def main(cpu_seconds: int, address_space: int, written: int, hidden: list[str], command: list[str]) -> None:
    try:
        _cut_off(hidden)
    except OSError:
        sys.exit(NOT_CONFINED)
    for what, most in ((resource.RLIMIT_CPU, cpu_seconds), (resource.RLIMIT_AS, address_space),
                       (resource.RLIMIT_FSIZE, written), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    os.nice(5)  # live video goes before documents
    if command:
        os.execv(command[0], command)


def _cut_off(hidden: list[str]) -> None:
    """Namespaces of its own: a network without a way out, and nothing in each folder or file that is hidden."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    _done(libc.unshare(NEW_USER | NEW_NETWORK | NEW_MOUNTS))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    _done(libc.mount(b"none", b"/", None, PRIVATE | RECURSIVE, None))
    for folder in hidden:
        if Path(folder).is_dir():
            _done(libc.mount(b"none", os.fsencode(folder), b"tmpfs", 0, b"size=4k"))
        elif Path(folder).exists():
            _done(libc.mount(b"/dev/null", os.fsencode(folder), None, BIND, None))


def _done(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    cpu, space, most = (int(one) for one in sys.argv[1:4])
    main(cpu, space, most, [one for one in sys.argv[4].split(os.pathsep) if one], sys.argv[6:])
