"""What is kept of a candidate goes when its time has come, all of it, and says so; nothing goes while the outcome, an
appeal or an incident is open."""
from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from evaluation.candidacy.kind import CANDIDACY
from evaluation.deadlines import end_of, start_of
from evaluation.people import SYSTEM
from evaluation.session.retention_periods import documents_due, evidence_due
from server.storage.imports import Import
from tests.evaluation.frameworks import POLISHING
from tests.server import bodies
from tests.server.kept import SESSION, House

RULED_ON = date(2026, 4, 30)
DUE = end_of(evidence_due(POLISHING, RULED_ON))
PAPERS_DUE = end_of(documents_due(POLISHING, RULED_ON, 365))
CANDIDACIES = {"h1": "c-p-cand1", "h2": "c-p-cand2"}
ROW = {"name": "portrait", "band": "far", "code": "far", "value": 312}


async def with_evidence(house: House) -> House:
    """A copy, a check with two crops and a printed date; the hearing is over, the other goes on another day."""
    await house.plan()
    vault = house.kept.vault
    copy = await vault.put_file("p-cand1", SESSION, "identity_front", "image/png", b"a card")
    await house.do("cand1", "SupplyDocument", hearing="h1", document=copy.id, kind="identity_front",
                   digest=copy.digest, pages=1)
    await house.call_in()
    await house.do("tra", "AskIdentityCheck", hearing="h1", side="front")
    crops = [await vault.put_file("p-cand1", SESSION, "capture", "image/jpeg", b"a face") for _ in range(2)]
    row = {**ROW, **{name: {"id": one.id, "digest": one.digest} for name, one in zip(("copy", "live"), crops,
                                                                                     strict=True)}}
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    assert state.hearing("h1").check is not None
    await house.do(SYSTEM, "RecordSignals", hearing="h1", check=state.hearing("h1").check.position,  # type: ignore[union-attr]
                   taken_at=house.clock.now, rows=[row], expiry="04/08/2031")
    await vault.put_file("p-cand1", SESSION, "portfolio_a", "application/pdf", b"a paper")
    await vault.put_file("p-cand2", SESSION, "identity_front", "image/png", b"another card")
    return house


async def kinds(house: House) -> list[str]:
    async with house.kept.database.reading() as connection:
        found = await connection.execute(text("SELECT kind FROM files ORDER BY kind"))
        return [row.kind for row in found]


async def ended(house: House) -> None:
    for juror in ("own", "tra"):
        await house.do(juror, "GiveIdentityOpinion", hearing="h1", conform=True)
    await house.do("emp", "DecideIdentity", hearing="h1", finding="conform", course="proceed")
    await house.stop()


async def ruled(house: House, hearing: str = "h1") -> None:
    house.clock.now = max(house.clock.now, start_of(RULED_ON))
    await bodies.ruled(house.kept.journals, CANDIDACIES[hearing], RULED_ON)


@pytest.mark.rule("X1")
async def test_evidence_goes_with_the_frameworks_delay_from_the_jury_that_ruled(house: House):
    await ended(await with_evidence(house))
    await ruled(house)
    house.clock.now = DUE - 1
    assert (await house.kept.purge()).files == 0
    house.clock.now = DUE
    done = await house.kept.purge()
    assert (dict(done.kinds), done.held) == ({"identity_front": 1, "capture": 2}, ())
    assert await kinds(house) == ["identity_front", "portfolio_a"]  # the other candidate's is not over
    assert (await house.kept.purge()).files == 0


@pytest.mark.rule("X1")
async def test_the_papers_of_an_awarding_body_are_no_sessions(house: House):
    await house.plan()
    await house.kept.vault.put_file("stream:b1", bodies.STREAM, "agreement", "application/pdf", b"an agreement")
    house.clock.now = PAPERS_DUE
    assert (await house.kept.purge()).files == 0
    assert await kinds(house) == ["agreement"]


async def test_without_an_outcome_nothing_of_a_candidate_is_ever_due(house: House):
    await ended(await with_evidence(house))
    await house.do("org", "PostponeHearing", hearing="h2", words="un autre jour")
    await house.do("emp", "CloseSession")
    house.clock.now = end_of(date(2046, 1, 1))
    done = await house.kept.purge()
    assert (done.files, done.held) == (0, (("h1", ("outcome",)), ("h2", ("outcome",))))


@pytest.mark.rule("X1")
async def test_a_corrected_outcome_counts_from_its_own_day(house: House):
    await ended(await with_evidence(house))
    await ruled(house)
    candidacy = await house.kept.journals.state(CANDIDACY, CANDIDACIES["h1"])
    assert candidacy is not None
    (recorded,) = candidacy.standing()
    house.clock.now = start_of(date(2026, 5, 2))
    await bodies.ruled(house.kept.journals, CANDIDACIES["h1"], date(2026, 5, 2), recorded.position)
    house.clock.now = DUE
    assert (await house.kept.purge()).files == 0
    house.clock.now = end_of(evidence_due(POLISHING, date(2026, 5, 2)))
    assert (await house.kept.purge()).files == 3


@pytest.mark.rule("X1")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_after_the_purge_nothing_is_left(house: House):
    await ended(await with_evidence(house))
    async with house.kept.database.reading() as connection:
        rows = (await connection.execute(text("SELECT wrapped_key FROM files WHERE subject = 'p-cand1' "
                                              "AND kind IN ('identity_front', 'capture')"))).all()
    await ruled(house)
    house.clock.now = DUE
    await house.kept.purge()
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    expiry = state.hearing("h1").signals[-1].expiry
    assert expiry is not None
    assert await (await house.again()).kept.sessions.words([expiry.ref]) == {}
    on_disk = {path.name for path in house.config.storage.vault_folder.rglob("*") if path.is_file()}
    gone = {one.id for one in state.hearing("h1").documents} | set(state.hearing("h1").pictures)
    assert (on_disk & gone, len(on_disk)) == (set(), 2)
    for path in house.config.storage.folder.rglob("*"):
        assert not path.is_file() or not any(row.wrapped_key in path.read_bytes() for row in rows), path.name


@pytest.mark.rule("X1")
@pytest.mark.parametrize("kind", ["identity", "technical"])
async def test_an_incident_holds_everything_until_a_person_releases_it(house: House, kind: str):
    await with_evidence(house)
    await house.do("tra", "RecordIncident", hearing="h1", kind=kind, suspected_fraud=False, words="un doute")
    await ended(house)
    await ruled(house)
    house.clock.now = PAPERS_DUE
    done = await house.kept.purge()
    assert (done.files, done.held) == (0, (("h1", ("incident",)),))
    assert await house.kept.purge.against_erasing("p-cand1") == (("h1", ("incident",)),)
    await house.kept.holds.release(SESSION, "h1")
    assert (await house.kept.purge()).files == 4
    assert await house.kept.purge.against_erasing("p-cand1") == ()


@pytest.mark.rule("X1")
async def test_what_was_released_is_held_again_by_what_came_since(house: House):
    await with_evidence(house)
    await house.kept.holds.release(SESSION, "h1")
    house.clock.now += 1000
    await house.do("tra", "RecordIncident", hearing="h1", kind="technical", suspected_fraud=False, words="un bruit")
    await ended(house)
    await ruled(house)
    house.clock.now = DUE
    assert (await house.kept.purge()).held == (("h1", ("incident",)),)


@pytest.mark.rule("X1")
async def test_an_appeal_holds_it_whatever_was_released_before(house: House):
    await ended(await with_evidence(house))
    await ruled(house)
    await house.kept.holds.release(SESSION, "h1")
    await house.kept.holds.place(SESSION, "h1", "appeal")
    house.clock.now = DUE
    assert (await house.kept.purge()).held == (("h1", ("appeal",)),)
    await house.kept.holds.release(SESSION, "h1")
    assert (await house.kept.purge()).files == 3


@pytest.mark.rule("X1")
async def test_papers_go_when_their_own_delay_is_over(house: House):
    await ended(await with_evidence(house))
    await ruled(house)
    await house.kept.vault.put_file("session:s1", SESSION, "brief", "application/pdf", b"for everybody")
    house.clock.now = PAPERS_DUE - 1
    assert set((await house.kept.purge()).kinds) == {"identity_front", "capture"}
    house.clock.now = PAPERS_DUE
    assert set((await house.kept.purge()).kinds) == {"portfolio_a"}
    await house.do("org", "PostponeHearing", hearing="h2", words="un autre jour")
    await house.do("emp", "CloseSession")
    await ruled(house, "h2")
    assert set((await house.kept.purge()).kinds) == {"identity_front", "brief"}
    assert await kinds(house) == []


@pytest.mark.rule("X1")
async def test_nobody_is_erased_while_a_candidacy_needs_them(house: House):
    """The candidate for their own, a juror for those of their day; one year later nobody is needed."""
    await ended(await with_evidence(house))
    both = (("h1", ("outcome",)), ("h2", ("outcome",)))
    assert [await house.kept.purge.against_erasing(one) for one in ("p-cand1", "p-tra", "p-nobody")] == [
        both[:1], both, ()]
    await ruled(house)
    assert await house.kept.purge.against_erasing("p-cand1") == (("h1", ("appeal_delay",)),)
    house.clock.now = end_of(date(2026, 6, 30))
    assert [await house.kept.purge.against_erasing(one) for one in ("p-cand1", "p-tra")] == [(), both[1:]]


async def test_who_opened_what_outlives_the_file_and_goes_in_its_turn(house: House):
    stored = await house.kept.vault.put_file("p-cand1", SESSION, "capture", "image/jpeg", b"x")
    await house.kept.openings.note(stored, "emp", "picture")
    await house.kept.vault.discard(stored.id)
    (one,) = await house.kept.openings.about(SESSION, "p-cand1")
    assert (one.file, one.seat, one.why, one.kind, one.at) == (stored.id, "emp", "picture", "capture",
                                                               house.clock.now)
    house.clock.now += house.config.retention.opening_days * 86_400_000 + 1
    assert (await house.kept.purge()).openings == 1
    assert await house.kept.openings.about(SESSION, "p-cand1") == ()


async def test_lists_and_acts_for_many_go_by_their_age_but_not_while_they_wait(house: House):
    acts, lists, settings = house.kept.mass_acts, house.kept.imports, house.config.retention
    for act in ("done", "waiting"):
        await acts.begin(act, "convene", SESSION, "org", ["cand1", "cand2"])
        await acts.settle(act, 0)
    await acts.settle("done", 1)
    await lists.keep(Import("list", "p-org", "b1", "of1", "CQP", 1, 0), ())
    house.clock.now += settings.import_days * 86_400_000 + 1
    assert (await house.kept.purge()).kinds == {"import": 1}
    assert (await lists.find("list"), len(await acts.items("done"))) == (None, 2)
    house.clock.now += settings.mass_act_days * 86_400_000
    await house.kept.purge()
    assert [len(await acts.items(act)) for act in ("done", "waiting")] == [0, 2]
    last = await acts.last(SESSION, "convene")
    assert last is not None
    assert last.id == "waiting"


async def test_a_deleted_files_key_is_gone_with_it(house: House):
    """The bytes may linger on a disk: without the row there is no key that opens them."""
    vault = house.kept.vault
    stored = await vault.put_file("p", SESSION, "capture", "image/jpeg", b"a face")
    path = next(one for one in house.config.storage.vault_folder.rglob("*") if one.is_file())
    left = path.read_bytes()
    await vault.discard(stored.id)
    key = await vault.key("p")
    with pytest.raises(Exception, match=stored.id):
        key.open(stored.id, left)
