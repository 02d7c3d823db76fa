"""Publishing and viewing, with real ICE, DTLS and RTP."""

from __future__ import annotations

from server.media.engine import SourceChange
from tests.server.media.peers import ROOM, publish, until, view


async def test_three_viewers_decode_what_one_publishes(sfu, changes, closing):
    closing(await publish(sfu, "candidate", colour=200))
    viewers = [closing(await view(sfu, f"juror{i}", "candidate")) for i in (1, 2, 3)]
    await until(lambda: all(v.frames["video"] >= 10 and v.frames["audio"] >= 10 for v in viewers))
    assert [abs(v.luma - 200) < 10 for v in viewers] == [True] * 3
    assert changes == [SourceChange(ROOM, "candidate", "main", "live")]
