"""The confined start of LibreOffice: cuts off the network, the server's folders and all other processes, lowers its
limits, then becomes it.

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
NEW_MOUNTS, NEW_USER, NEW_PROCESSES, NEW_NETWORK = 0x00020000, 0x10000000, 0x20000000, 0x40000000
PRIVATE, RECURSIVE, BIND = 1 << 18, 1 << 14, 1 << 12


def main(cpu_seconds: int, address_space: int, written: int, hidden: list[str], command: list[str]) -> None:
    try:
        libc = _cut_off(hidden)
        _in_a_process()  # the first among the new ones, which ends with the second and takes all others with it
        _hide_others(libc)
    except OSError:
        sys.exit(NOT_CONFINED)
    _in_a_process()
    for what, most in ((resource.RLIMIT_CPU, cpu_seconds), (resource.RLIMIT_AS, address_space),
                       (resource.RLIMIT_FSIZE, written), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    os.nice(5)  # live video goes before documents
    if command:
        os.execv(command[0], command)


def _cut_off(hidden: list[str]) -> ctypes.CDLL:
    """Namespaces of its own: a network without a way out, nothing in each folder or file that is hidden; and for the
    processes that it starts from now on, none but these."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    _done(libc.unshare(NEW_USER | NEW_NETWORK | NEW_MOUNTS | NEW_PROCESSES))
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    _done(libc.mount(b"none", b"/", None, PRIVATE | RECURSIVE, None))
    for folder in hidden:
        if Path(folder).is_dir():
            _done(libc.mount(b"none", os.fsencode(folder), b"tmpfs", 0, b"size=4k"))
        elif Path(folder).exists():
            _done(libc.mount(b"/dev/null", os.fsencode(folder), None, BIND, None))
    return libc


def _in_a_process() -> None:
    """Go on in a process of its own; this one waits for it, and ends as it does."""
    child = os.fork()
    if child:
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os._exit(code if code >= 0 else 128 - code)


def _hide_others(libc: ctypes.CDLL) -> None:
    """Of all processes `/proc` shows those of this namespace; nothing, where the machine does not let it be mounted
    anew: through another's a way would lead round everything that is hidden."""
    if libc.mount(b"proc", b"/proc", b"proc", 0, None) != 0:
        _done(libc.mount(b"none", b"/proc", b"tmpfs", 0, b"size=4k"))


def _done(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


if __name__ == "__main__":
    cpu, space, most = (int(one) for one in sys.argv[1:4])
    main(cpu, space, most, [one for one in sys.argv[4].split(os.pathsep) if one], sys.argv[6:])
