"""What of an offer is of use to us. The rest is dropped unread: our ICE is lite, so nobody's candidates matter, nor do
codecs that we do not take, and nothing that does not matter can get an offer refused.

The parser behind it takes time that grows with the square of what it is given, and everybody would wait for it. Here
each line is looked at once, and what can still be repeated is counted.
"""

from __future__ import annotations

import re
from itertools import pairwise

from server.media.engine import MediaRefusal
from server.media.sfu.feedback import ABS_SEND_TIME, TRANSPORT_CC

MOST_MEDIA = 8
MOST_FORMATS = 128  # there are no more payload types (RFC 3551 §6)
MOST_FINGERPRINTS = 8
LONGEST_LINE = 1000
EXTENSIONS = {TRANSPORT_CC, ABS_SEND_TIME}
PLAIN = {"group", "setup", "ice-ufrag", "ice-pwd", "mid", "rtcp-mux", "sendonly", "recvonly", "sendrecv", "inactive"}
_PAYLOAD_TYPE = re.compile(r"\d{1,3}|\*", re.ASCII)


def sieve(text: str, codecs: dict[str, str], feedback: set[str], most_lines: int) -> str:
    """The offer with what we read alone. `codecs`: the one we take of each kind of media, as `audio/opus`; `feedback`:
    what we answer to. Raises MediaRefusal 400 or 413."""
    lines = text.splitlines()
    if len(lines) > most_lines:
        raise MediaRefusal(413, f"the session description has more than {most_lines} lines")
    starts = [at for at, line in enumerate(lines) if line.startswith("m=")]
    if len(starts) > MOST_MEDIA:
        raise MediaRefusal(413, f"the session description has more than {MOST_MEDIA} m-lines")
    kept = [line for line in lines[: starts[0] if starts else len(lines)] if line[:2] == "v=" or _is_plain(line)]
    for start, end in pairwise([*starts, len(lines)]):
        kind = lines[start][2:].partition(" ")[0]
        if lines[start].count(" ") > 2 + MOST_FORMATS:
            raise MediaRefusal(400, "an m-line has more formats than there are payload types")
        kept.append(lines[start])
        kept += _of_media(lines[start + 1 : end], codecs.get(kind, "").partition("/")[2], feedback)
    if any(len(line) > LONGEST_LINE for line in kept):
        raise MediaRefusal(400, f"a line is longer than {LONGEST_LINE} characters")
    if sum(line.startswith("a=fingerprint:") for line in kept) > MOST_FINGERPRINTS:
        raise MediaRefusal(400, f"more than {MOST_FINGERPRINTS} fingerprints")
    return "\r\n".join(kept) + "\r\n"


def _is_plain(line: str) -> bool:
    name = line[2:].partition(":")[0]
    return line[:2] == "a=" and (name in PLAIN or name == "fingerprint")


def _of_media(lines: list[str], codec: str, feedback: set[str]) -> list[str]:
    """The first `codec` and its retransmission formats, whatever order the lines are in."""
    main: str | None = None
    repair: set[str] = set()
    mapped: set[str] = set()
    kept: list[str] = []
    for payload_type, value, line in _attributes(lines, "rtpmap"):
        name = value.partition("/")[0].lower()
        if name == codec and main is None:
            main = payload_type
        elif name == "rtx" and payload_type not in mapped:
            repair.add(payload_type)
        else:
            continue
        mapped.add(payload_type)
        kept.append(line)
    for payload_type, value, line in _attributes(lines, "fmtp"):
        if payload_type in repair and value.startswith("apt="):
            repair.remove(payload_type)
            kept.append(line)
    said = {line: None for payload_type, value, line in _attributes(lines, "rtcp-fb")
            if payload_type in ("*", main) and value in feedback}
    extensions = {line: None for _, uri, line in _attributes(lines, "extmap", re.compile(r"\d{1,3}(/\w+)?", re.ASCII))
                  if uri.strip() in EXTENSIONS}
    return [*filter(_is_plain, lines), *kept, *said, *extensions]


def _attributes(lines: list[str], name: str, number: re.Pattern[str] = _PAYLOAD_TYPE) -> list[tuple[str, str, str]]:
    """Each `a=NAME:NUMBER VALUE`: the number, the value, the line."""
    found: list[tuple[str, str, str]] = []
    for line in lines:
        if line.startswith(f"a={name}:"):
            said, _, value = line[len(name) + 3 :].partition(" ")
            found += [(said, value, line)] if number.fullmatch(said) else []
    return found
