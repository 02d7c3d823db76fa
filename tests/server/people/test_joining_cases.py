"""One failure over several hearings is one case, joined as the organizer would, once each is open."""

from __future__ import annotations

import pytest

from evaluation.body.granting import EndOffice
from server.people.joining_cases import JOIN_CASES, JoiningCases, cases_to_join
from server.people.mass import Runner
from tests.server import bodies
from tests.server.kept import SESSION, House


async def noted(house: House) -> Runner:
    """A power cut over two hearings, and who joins its cases."""
    await house.plan()
    await house.do("org", "RecordCommonIncident", hearings=["h1", "h2"], kind="technical", words="coupure",
                   postpone=True)
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    items = cases_to_join(state, ["h1", "h2"])
    await house.kept.mass_acts.begin("joined", JOIN_CASES, SESSION, "org", items)
    joining = JoiningCases(house.kept.journals, house.clock)
    return Runner(house.kept.mass_acts, {JOIN_CASES: joining.join}, 1)


@pytest.mark.rule("R7.1")
async def test_a_power_cut_over_two_hearings_is_one_case(house: House):
    runner = await noted(house)
    assert await runner.carry_out() is True  # no case is open yet
    assert [one.status for one in await house.kept.mass_acts.items("joined")] == ["waiting"]
    await house.carried_out()
    assert await runner.carry_out() is False
    await house.carried_out()
    assert [one.status for one in await house.kept.mass_acts.items("joined")] == ["done"]
    standing = [one for one in await house.kept.rows.page("cases") if one.data["into"] is None]
    assert {one.about for one in standing} == {"c-p-cand1", "c-p-cand2"}
    assert len({one.stream for one in standing}) == 1


@pytest.mark.rule("R7.1")
async def test_without_an_office_any_more_the_cases_stay_apart(house: House):
    runner = await noted(house)
    await house.carried_out()
    await bodies.do(house.kept.journals, bodies.CLERK, EndOffice("o-p-org"))
    assert await runner.carry_out() is False
    assert [one.status for one in await house.kept.mass_acts.items("joined")] == ["refused"]
    assert len({one.stream for one in await house.kept.rows.page("cases") if one.data["into"] is None}) == 2
