"""What a day plans reaches its candidates' candidacies, and holds there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.codec import FieldError, encode
from evaluation.people import Role, Seat
from server.journals.following import Following
from server.storage.journal import StaleVersion
from tests.evaluation.session import day
from tests.evaluation.streams import at
from tests.server import bodies
from tests.server.kept import SESSION, House


async def carried_out(house: House) -> None:
    following = Following(house.kept.journals, house.kept.followups, house.clock, house.config.storage)
    assert await following.carry_out() is None


async def planned(house: House) -> list[tuple[str, str, str]]:
    state = await house.kept.journals.state(CANDIDACY, "c-p-cand1")
    assert isinstance(state, CandidacyState)
    return [(one.session, one.hearing, one.date.isoformat()) for one in state.planned]


@pytest.mark.rule("R4.4")
async def test_a_candidacy_follows_its_hearing_from_day_to_day(house: House):
    await house.plan()
    await carried_out(house)
    assert await planned(house) == [(SESSION, "h1", "2026-03-16")]
    agreement = await bodies.found(house.kept.journals)
    await house.do("org", "MoveDay", date="2026-04-20", agreement=agreement)
    await carried_out(house)
    assert await planned(house) == [(SESSION, "h1", "2026-04-20")]
    row = await house.kept.rows.one("candidacies", "c-p-cand1")
    assert row is not None
    assert row.status == "planned"
    with pytest.raises(FieldError, match="ne vaut plus"):  # nowhere a second time
        await second(house)
    await house.do("org", "CancelHearing", hearing="h1")
    await carried_out(house)
    assert await planned(house) == []
    await second(house)
    await carried_out(house)
    assert await planned(house) == [("s2", "s2-h", "2026-05-11")]


@pytest.mark.rule("R4.4", "X7")
async def test_two_who_organize_one_day_do_not_undo_each_other(house: House):
    """The deputy's page shows an hour that the organizer has changed since: told so, and the hour stays."""
    await house.plan()
    deputy = Seat("dep", "p-dep", Role.ORGANIZER)
    office = await bodies.office(house.kept.journals, deputy.person)
    await house.do("org", "NameDeputy", deputy=encode(deputy), office=office)
    (shown,) = (await house.positions())[-1:]
    await house.do("org", "MoveHearing", hearing="h1", starts_at=at("2026-03-16", 14))
    with pytest.raises(StaleVersion):
        await house.do("dep", "MoveHearing", expected=shown, hearing="h1", starts_at=at("2026-03-16", 15))
    await house.do("dep", "MoveHearing", expected=shown, hearing="h2", starts_at=at("2026-03-16", 16))
    row = await house.kept.rows.one("hearings", f"{SESSION}/h1")
    assert row is not None
    assert row.at == at("2026-03-16", 14)


async def second(house: House) -> None:
    """The same candidate on another session's day."""
    seat, candidate = replace(day.ORGANIZER, id="org-s2"), replace(day.CANDIDATES["h1"], id="cand-s2", hearing="s2-h")
    if "s2" not in await house.kept.sessions.ids():
        command = day.plan(session="s2", on="2026-05-11", organizer=seat, observers=())
        fields = {**encode(command), **await bodies.planned_under(house.kept.journals, seat.person)}
        await house.kept.sessions.execute("s2", seat.id, "PlanSession", fields, by_server=True)
    fields = {"hearing": "s2-h", "candidate": encode(candidate), "starts_at": at("2026-05-11", 10),
              "candidacy": await bodies.registered(house.kept.journals, candidate.person, seat.person)}
    await house.kept.sessions.execute("s2", seat.id, "AddHearing", fields, by_server=True)
