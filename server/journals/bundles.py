"""Which journals prove what one of them says (X5): with a candidacy, every stream that it quotes."""
from __future__ import annotations

from collections.abc import Iterable

from evaluation.candidacy.kind import CANDIDACY
from evaluation.verify import quoted_streams
from server.journals.write_path import Journals


async def bundled(journals: Journals, streams: Iterable[str]) -> tuple[str, ...]:
    """These streams, each followed by those that it quotes where it is a candidacy, none twice. What is quoted quotes
    others in its turn: those are proved by the quotes as given."""
    found = dict[str, None]()
    for stream in streams:
        found[stream] = None
        if await journals.kind_of(stream) == CANDIDACY:
            found |= dict.fromkeys(quoted_streams(await journals.records(stream), journals.kinds))
    return tuple(found)
