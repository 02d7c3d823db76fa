"""File descriptors: each connection, file and confined process takes some, and without any left nobody is answered."""
from __future__ import annotations

import contextlib
import resource

UNLIMITED = 1 << 30


def descriptors() -> int:
    """How many this process may have open."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return UNLIMITED if most == resource.RLIM_INFINITY else most


def raise_descriptors() -> int:
    """Takes as many as the system grants without asking (the hard limit); how many that is."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    with contextlib.suppress(OSError, ValueError):  # what cannot be raised stays as it is
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return descriptors()
