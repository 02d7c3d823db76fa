"""What stands between the door and the presentation, in this order."""

from __future__ import annotations

import pytest

from evaluation.session import commands as c
from evaluation.session.phases import Phase
from tests.evaluation.session.day import Day, begun, words


@pytest.mark.rule("R6.3")
@pytest.mark.parametrize(
    ("actor", "command"),
    [
        ("emp", c.CheckReminder("h1", 0, True)),
        ("cand1", c.SignSheet("h1", words())),
        ("cand1", c.RefuseSheet("h1")),
        ("emp", c.StartPresentation("h1")),
    ],
)
def test_nothing_goes_on_while_the_identity_is_undecided(actor: str, command: c.Command):
    assert begun().called().refused(actor, command) == "R6.3"


@pytest.mark.rule("R3.2", "R6.3")
def test_a_hearing_that_goes_on_another_day_begins_again_at_the_door():
    """Identity, reminder and sheet anew; what the candidate acknowledged, and what was reserved, stays."""
    day = begun().called().leave("own", "tra")
    day.do("emp", c.DecideIdentity("h1", "no_copy", "reserve", words()))
    day.welcome().do("emp", c.AdjournHearing("h1", words()))
    assert (day.phase(), day.state.current) == (Phase.ADJOURNED, None)
    assert day.refused("emp", c.CallIn("h1")) == "R3.6"
    day.join("own", "tra")
    assert day.refused("emp", c.CallIn("h1")) == "R3.2"
    day.do("cand1", c.EnterWaitingRoom("h1"))
    day.do("emp", c.CallIn("h1"))
    hearing = day.hearing()
    assert (hearing.identity, dict(hearing.opinions), hearing.reminder) == (None, {}, frozenset())
    assert (hearing.sheet, hearing.sheet_at, hearing.sheet_words) == ("not_signed", None, None)
    assert (hearing.prevention, hearing.reservations) == ("acknowledged", {"identity"})
    assert day.refused("emp", c.StartPresentation("h1")) == "R6.3"
    assert isinstance(day.identify().welcome(), Day)
    day.do("emp", c.StartPresentation("h1"))
