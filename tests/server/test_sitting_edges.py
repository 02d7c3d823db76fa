"""What an evaluation jury hands on reaches the candidacy, and what a sitting puts on its agenda; each once."""

from __future__ import annotations

import pytest

from evaluation.candidacy.kind import CANDIDACY as CANDIDACIES
from evaluation.deadlines import day_of
from evaluation.framework_file import framework_to_data
from evaluation.people import SYSTEM
from evaluation.sitting.kind import SITTING
from evaluation.sitting.settling import kept_on
from server.journals.following import Following
from tests.evaluation.frameworks import POLISHING
from tests.server import bodies
from tests.server.kept import House
from tests.server.test_case_edges import CANDIDACY, granted, incident


async def absent(house: House, *, held: bool = False) -> None:
    """The first candidate does not come: a certification jury rules on it. `held`: with a case that is open."""
    await house.plan(h1={"starts_at": house.clock()})
    if held:
        await incident(house)
    await house.do(SYSTEM, "Leave", seat="cand1")
    house.clock.now += 60_000
    await house.do("org", "RecordNoShow", hearing="h1", words=None)


@pytest.mark.rule("R3.8", "R4.5")
async def test_killed_at_each_step_it_is_handed_on_once(house: House):
    await absent(house)
    other = (await house.again()).kept
    while waiting := await house.kept.followups.waiting():
        for kept in (house.kept, other):
            following = Following(kept.journals, kept.followups, house.clock, house.config.storage)
            assert [await following.again(one) for one in waiting] == [True] * len(waiting)
    told = [one.event for one in await house.kept.journals.records(CANDIDACY)]
    assert told.count("candidacy.recommended") == 1
    row = await house.kept.rows.one("to_award", CANDIDACY)
    assert row is not None
    assert (row.status, row.data["ending"], row.body, row.scope) == ("waiting", "absent", "b1", "of1")


@pytest.mark.rule("R3.9", "R7.2")
async def test_a_sitting_and_a_candidacy_know_of_each_other(house: House):
    """On its agenda, withheld there by the case that is open; and taken off."""
    await absent(house, held=True)
    await house.carried_out()
    clerk = await granted(house, "o-clerk")
    journals = house.kept.journals
    await journals.execute(SITTING, "t1", bodies.CLERK, "ConveneSitting", {
        "sitting": "t1", "body": "b1", "at": house.clock() + 5 * 86_400_000, "mode": "remote",
        "hold_by": "2099-01-01", "office": clerk})
    state = await journals.state(CANDIDACIES, CANDIDACY)
    assert state is not None
    said = await bodies.quote(journals, CANDIDACY, state.recommendations[-1].position)
    await journals.execute(SITTING, "t1", bodies.CLERK, "PutOnAgenda", {
        "candidacy": CANDIDACY, "said": said, "framework": framework_to_data(POLISHING), "office": clerk, "kept": []})
    await house.carried_out()
    row = await house.kept.rows.one("to_award", CANDIDACY)
    assert row is not None
    assert (row.status, row.data["sitting"]) == ("on_agenda", "t1")
    sitting = await journals.state(SITTING, "t1")
    assert sitting is not None
    assert sitting.agenda[CANDIDACY].held
    await journals.execute(SITTING, "t1", bodies.CLERK, "TakeOffAgenda", {
        "candidacy": CANDIDACY, "words": "plus tard", "office": clerk})
    await house.carried_out()
    row = await house.kept.rows.one("to_award", CANDIDACY)
    assert row is not None
    assert (row.status, row.data["sitting"]) == ("withheld", None)


@pytest.mark.rule("X8")
async def test_a_sitting_learns_that_what_gave_a_kept_block_holds_no_more(house: House):
    """An outcome of another candidacy of the person, which the clerk corrects after it was put on the agenda."""
    await absent(house)
    await house.carried_out()
    clerk = await granted(house, "o-clerk")
    journals, person = house.kept.journals, CANDIDACY.removeprefix("c-")
    paper = {"file": "paper", "digest": "d" * 64}
    await journals.execute(CANDIDACIES, "k0", bodies.CLERK, "OpenCandidacy", {
        "candidacy": "k0", "person": person, "office": clerk, "provider": "of1", "first_jury": "2024-03-01",
        "framework": await bodies.quote(journals, bodies.STREAM, bodies.FRAMEWORK)}, by_server=True)
    given = {"ruled_on": "2024-03-01", "award": "partial", "blocks": ["BC1"], "paper": paper, "office": clerk}
    earlier = await journals.execute(CANDIDACIES, "k0", bodies.CLERK, "RecordOutcome", given)
    await journals.execute(SITTING, "t1", bodies.CLERK, "ConveneSitting", {
        "sitting": "t1", "body": "b1", "at": house.clock() + 5 * 86_400_000, "mode": "remote",
        "hold_by": "2099-01-01", "office": clerk})
    state = await journals.state(CANDIDACIES, CANDIDACY)
    assert state is not None
    await journals.execute(SITTING, "t1", bodies.CLERK, "PutOnAgenda", {
        "candidacy": CANDIDACY, "said": await bodies.quote(journals, CANDIDACY, state.recommendations[-1].position),
        "framework": framework_to_data(POLISHING), "office": clerk,
        "kept": [await bodies.quote(journals, "k0", earlier.position)]})
    await house.carried_out()
    today = day_of(house.clock())
    sitting = await journals.state(SITTING, "t1")
    assert sitting is not None
    assert [one.block for one in kept_on(sitting.agenda[CANDIDACY], today)] == ["BC1"]
    await journals.execute(CANDIDACIES, "k0", bodies.CLERK, "RecordOutcome", {
        **given, "award": "none", "blocks": [], "corrects": earlier.position})
    await house.carried_out()
    sitting = await journals.state(SITTING, "t1")
    assert sitting is not None
    assert kept_on(sitting.agenda[CANDIDACY], today) == ()


@pytest.mark.rule("R3.9")
async def test_put_on_two_agendas_at_once_a_candidacy_joins_the_first_and_the_second_says_so(house: House):
    """Nothing waits to be tried again."""
    await absent(house)
    await house.carried_out()
    clerk = await granted(house, "o-clerk")
    journals = house.kept.journals
    state = await journals.state(CANDIDACIES, CANDIDACY)
    assert state is not None
    said = await bodies.quote(journals, CANDIDACY, state.recommendations[-1].position)
    for sitting in ("t1", "t2"):
        await journals.execute(SITTING, sitting, bodies.CLERK, "ConveneSitting", {
            "sitting": sitting, "body": "b1", "at": house.clock() + 5 * 86_400_000, "mode": "remote",
            "hold_by": "2099-01-01", "office": clerk})
        await journals.execute(SITTING, sitting, bodies.CLERK, "PutOnAgenda", {
            "candidacy": CANDIDACY, "said": said, "framework": framework_to_data(POLISHING), "office": clerk})
    await house.carried_out()
    first, second = await journals.state(SITTING, "t1"), await journals.state(SITTING, "t2")
    assert first is not None
    assert second is not None
    assert (list(first.agenda), list(second.agenda)) == ([CANDIDACY], [])
    assert [one.why for one in second.declined.values()] == ["elsewhere"]
    row = await house.kept.rows.one("to_award", CANDIDACY)
    assert row is not None
    assert row.data["sitting"] == "t1"
