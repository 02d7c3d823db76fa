"""A hearing on the way through an identity check, for the topics that meet there."""

from __future__ import annotations

from evaluation.people import SYSTEM
from evaluation.session import commands as c
from evaluation.session.measured import Picture, SignalRow
from tests.evaluation.session.day import Day, begun, words

PORTRAIT = SignalRow("portrait", "far", "far", 312, Picture("p1", "d1"), Picture("p2", "d2"))
MRZ = SignalRow("mrz", "not_measurable", "not_read")
FACE = SignalRow("face", "close", "close", 410, Picture("p3", "d3"), Picture("p4", "d4"))


def supplied() -> Day:
    """The candidate is in the room, a copy was given."""
    day = begun()
    day.do("cand1", c.SupplyDocument("h1", "copy", "identity_front", "dc", 1, "new_card"))
    return day.called()


def checked(*rows: SignalRow) -> Day:
    day = supplied()
    day.do("tra", c.AskIdentityCheck("h1", "front"))
    day.do(SYSTEM, c.RecordSignals("h1", asked(day), day.now, rows, words("expiry")))
    return day


def asked(day: Day) -> int:
    check = day.hearing().check
    assert check is not None
    return check.position


def heard(day: Day, conform: bool = True) -> Day:
    for juror in ("own", "tra"):
        day.do(juror, c.GiveIdentityOpinion("h1", conform))
    return day
