"""The floor: SRTP protect and sendto in a loop, nothing else.

`python -m tests.bench.floor HOST PORT COUNT PROFILE`, with the payloads' sizes as JSON on standard input; prints the
microseconds of CPU a packet takes.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import struct
import sys

from aiortc.rtcdtlstransport import SRTP_PROFILES
from pylibsrtp import Policy, Session

from server.media.sfu.shim import MAX_RTP, _in_place, _libsrtp
from tests.bench.processes import cpu_seconds

_HEADER = struct.Struct("!BBHLL")


def main(host: str, port: int, count: int, cipher: str, sizes: list[int]) -> float:
    """Microseconds a packet."""
    profile = next(one for one in SRTP_PROFILES if one.openssl_profile.decode() == cipher)
    key = secrets.token_bytes(profile.key_length + profile.salt_length)
    policy = Policy(key=key, ssrc_type=Policy.SSRC_ANY_OUTBOUND, srtp_profile=profile.libsrtp_profile)
    session = Session(policy=policy)
    protect = _in_place(session, _libsrtp.lib.srtp_protect, MAX_RTP)
    payloads = [secrets.token_bytes(size) for size in sizes]
    to = (host, port)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        sendto, pack, before = out.sendto, _HEADER.pack, cpu_seconds(os.getpid())
        for i in range(count):
            sendto(protect(pack(0x80, 96, i & 0xFFFF, i, 1) + payloads[i % len(payloads)]), to)
    return (cpu_seconds(os.getpid()) - before) * 1e6 / count


if __name__ == "__main__":
    where, port, count, cipher = sys.argv[1:]
    print(json.dumps(main(where, int(port), int(count), cipher, json.load(sys.stdin))))
