"""Events are quoted and told by their names: a name that no kind of stream has would be heard by nobody."""

from __future__ import annotations

import re
from pathlib import Path

from evaluation.known import KINDS

ROOT = Path(__file__).parents[2]
TOLD_IN = ("evaluation", "server/views", "server/people")
KNOWN = frozenset(name for kind in KINDS.all for name in kind.events.classes)
NAMED = re.compile(r'"((?:session|body|candidacy|case|sitting|register)\.[a-z_]+)"')


def test_every_event_that_is_named_exists():
    named = {(name, path.name) for part in TOLD_IN for path in (ROOT / part).rglob("*.py")
             for name in NAMED.findall(path.read_text())}
    assert len(named) > len(KNOWN)
    assert [one for one in sorted(named) if one[0] not in KNOWN] == []
