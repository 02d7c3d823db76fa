"""What happens in a room reaches its case, what a case decides reaches the candidacy and the bars."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from evaluation.candidacy.kind import CANDIDACY as CANDIDACIES
from evaluation.case.kind import CASE
from evaluation.case.state import CaseState
from evaluation.case.terms import bar_id, case_id
from evaluation.codec import encode
from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from server.journals.following import Following
from server.keeping.open_cases import OpenCases
from server.storage.name_variants import Called
from server.storage.rows import Entry
from tests.server import bodies
from tests.server.kept import SESSION, House

CANDIDACY = "c-p-cand1"
PAPER = {"file": "paper", "digest": "d" * 64}


async def incident(house: House, kind: str = "technical", suspected_fraud: bool = False) -> str:
    """Recorded by the organizer; its case."""
    done = await house.do("org", "RecordIncident", hearing="h1", kind=kind, suspected_fraud=suspected_fraud,
                          words="constaté", evidence=[])
    await house.carried_out()
    return case_id("session", SESSION, done.position)


async def candidacy(house: House) -> Entry:
    row = await house.kept.rows.one("candidacies", CANDIDACY)
    assert row is not None
    return row


async def case_of(house: House, case: str) -> CaseState:
    state = await house.kept.journals.state(CASE, case)
    assert isinstance(state, CaseState)
    return state


async def act(house: House, case: str, actor: str, command: str, fields: Mapping[str, Any]) -> None:
    await house.kept.journals.execute(CASE, case, actor, command, fields, by_server=actor == SYSTEM)
    await house.carried_out()


@pytest.mark.rule("R7.1")
async def test_an_incident_opens_its_case_once_and_the_award_is_withheld(house: House):
    await house.plan()
    case = await incident(house)
    state, row = await case_of(house, case), await candidacy(house)
    assert ([*state.parts], state.provider, state.kind.code) == ([CANDIDACY], "of1", "technical")
    assert (row.status, row.data["held_under"], row.data["cases"]) == ("held", "planned", [case])
    (listed,) = await house.kept.rows.page("cases", about=CANDIDACY)
    assert (listed.status, listed.body, listed.scope, listed.person) == ("facts", "b1", "of1", "p-cand1")
    await house.carried_out()
    assert len(await house.kept.journals.records(case)) == 1


async def granted(house: House, office: str) -> dict[str, object]:
    """The quote of an office's grant."""
    held = await bodies.offices_at(house.kept.journals)
    return await bodies.quote(house.kept.journals, bodies.STREAM, held[office].position)


@pytest.mark.rule("R7.1")
async def test_killed_at_each_step_it_happens_once(house: House):
    """Each follow-up is carried out, and before that is noted another process carries it out anew."""
    await house.plan()
    await house.carried_out()
    done = await house.do("org", "RecordIncident", hearing="h1", kind="technical", suspected_fraud=False, words="vu")
    other = (await house.again()).kept
    while waiting := await house.kept.followups.waiting():
        for kept in (house.kept, other):
            following = Following(kept.journals, kept.followups, house.clock, house.config.storage)
            assert [await following.again(one) for one in waiting] == [True] * len(waiting)
    case = case_id("session", SESSION, done.position)
    assert [one.event for one in await house.kept.journals.records(case)] == ["case.opened"]
    told = [one.event for one in await house.kept.journals.records(CANDIDACY)]
    assert told.count("candidacy.withheld") == 1


@pytest.mark.rule("R6.6")
async def test_a_decision_sets_the_bar_and_disqualifies(house: House):
    """Told and heard, every party silent; then an appeal lifts it."""
    await house.plan()
    case = await incident(house, "outside_help", suspected_fraud=True)
    clerk, member = await granted(house, "o-clerk"), await granted(house, "o-member")
    of = {"candidacy": CANDIDACY}
    told: list[tuple[str, str, dict[str, Any]]] = [
        (bodies.CLERK, "HandReport", {"paper": PAPER, "office": clerk}),
        (bodies.CLERK, "GiveCaseNotice",
         {**of, "sanctions": ["bar"], "evidence": [], "words": "faits", "paper": PAPER, "office": clerk}),
        ("p-cand1", "AnswerCaseNotice", {**of, "number": 1, "words": "réponse", "complete": True}),
        (bodies.CLERK, "ProposeConsequence", {**of, "consequence": "bar", "words": "motif", "office": clerk}),
    ]  # fmt: skip
    for actor, command, fields in told:
        await act(house, case, actor, command, fields)
    await silent(house, case)
    await act(house, case, bodies.CLERK, "SubmitCase", {**of, "office": clerk})
    await act(house, case, bodies.MEMBER, "ValidateCase", {**of, "number": 1, "consequence": "bar", "office": member})
    (bar,) = await house.kept.rows.page("bars")
    assert (bar.key, bar.person, bar.status) == (bar_id(case, CANDIDACY), "p-cand1", "set")
    assert (await candidacy(house)).status == "disqualified"
    matches = house.kept.bar_matches
    await matches.names.add(bodies.STREAM, bar.key, (Called(("Martin",), ("Camille",), date(1990, 1, 2)),))
    await matches.look_again()
    assert await matches.names.named() == {bar.key}
    await appealed(house, case)
    await matches.look_again()
    assert await matches.names.named() == frozenset()
    (bar,) = await house.kept.rows.page("bars")
    assert (bar.status, (await candidacy(house)).status) == ("ended", "planned")


async def silent(house: House, case: str) -> None:
    """Every party, until each is recorded so."""
    while (due := CASE.next_due(await case_of(house, case), house.clock())) is not None:
        house.clock.now = max(due, house.clock())
        command = CASE.due_commands(await case_of(house, case), house.clock())[0]
        await act(house, case, SYSTEM, type(command).__name__, encode(command))


async def appealed(house: House, case: str) -> None:
    """Against the case's decision, which is its last event; lifted by the commission in a meeting, as the clerk records
    it: the member who decided the case decides nothing of it any more."""
    decided, journals = len(await house.kept.journals.records(case)), house.kept.journals
    today = day_of(house.clock()).isoformat()
    clerk = await granted(house, "o-clerk")
    done = await journals.execute(CANDIDACIES, CANDIDACY, bodies.CLERK, "RecordAppeal", {
        "appeal": "a1", "against": await bodies.quote(journals, case, decided), "posted_on": today,
        "received_on": today, "means": "registered_letter", "number": "1A", "reasoned": True, "scan": PAPER,
        "office": clerk, "reasons": "injuste"})
    await house.carried_out()
    assert (await candidacy(house)).status == "held"
    appeal, of = case_id("candidacy", CANDIDACY, done.position), {"candidacy": CANDIDACY}
    met = {"office": clerk, "meeting": {"day": today, "extract": PAPER}}
    await act(house, appeal, bodies.CLERK, "RuleAdmissibility", {
        **of, "admissible": True, "words": "recevable", **met})
    await act(house, appeal, bodies.CLERK, "SubmitCase", {**of, "office": clerk})
    await act(house, appeal, bodies.CLERK, "ValidateCase", {**of, "number": 1, "consequence": "lift", **met})


@pytest.mark.rule("R6.5")
async def test_an_accusation_withdrawn_is_hidden_in_the_room(house: House):
    await house.plan()
    case = await incident(house, "own_work", suspected_fraud=True)
    await act(house, case, "p-org", "WithdrawAccusation", {"candidacy": CANDIDACY, "number": 1, "words": "erreur"})
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    hearing = state.hearing("h1")
    assert (hearing.noted, len(hearing.incidents)) == ((), 1)
    assert (await candidacy(house)).status == "planned"


@pytest.mark.rule("R7.1")
async def test_one_cause_is_one_case(house: House):
    await house.plan()
    first, second = await incident(house), await incident(house)
    quote, organizer = await bodies.quote(house.kept.journals, first, 1), await granted(house, "o-p-org")
    await act(house, second, "p-org", "JoinCase", {"into": quote, "words": "même coupure", "office": organizer})
    assert (await candidacy(house)).data["cases"] == [first]
    rows = await house.kept.rows.page("cases")
    assert {one.stream: (one.status, one.data["into"]) for one in rows} == {
        first: ("facts", None), second: ("joined", first)}


@pytest.mark.rule("X1")
async def test_an_open_case_holds_everything_whatever_is_released(house: House):
    """An erasure asked while it stands is refused; its decision releases."""
    await house.plan()
    case = await incident(house)
    await house.do("emp", "StopHearing", hearing="h1", words="panne")
    await bodies.ruled(house.kept.journals, CANDIDACY, day_of(house.clock()))
    await house.kept.holds.release(SESSION, "h1")
    house.clock.now += 400 * 24 * 3600 * 1000
    key = f"{case}/{CANDIDACY}"
    assert await house.kept.purge.against_erasing("p-cand1") == (("h1", ("case",)), (key, ("case",)))
    await act(house, case, bodies.MEMBER, "CloseCase", {
        "candidacy": CANDIDACY, "office": await granted(house, "o-member"), "words": None})
    assert await house.kept.purge.against_erasing("p-cand1") == ()


@pytest.mark.rule("X1")
async def test_a_case_of_somebody_whose_key_was_destroyed_can_be_closed(house: House):
    """Nothing can be written about them any more."""
    await house.plan()
    case = await incident(house)
    await house.kept.vault.erase("p-cand1")
    office = await granted(house, "o-p-org")
    with pytest.raises(Refusal) as refused:
        await act(house, case, "p-org", "CompleteFacts", {"candidacy": CANDIDACY, "words": "faits", "office": office})
    assert refused.value.rule == "X1"
    await act(house, case, bodies.MEMBER, "CloseCase", {
        "candidacy": CANDIDACY, "office": await granted(house, "o-member"), "words": None})
    assert (await candidacy(house)).status == "planned"


@pytest.mark.rule("R7.1", "X15")
async def test_that_a_case_is_open_is_known_to_the_organizer_unless_its_facts_concern_them(house: House):
    await house.plan()
    cases, candidacies = OpenCases(house.kept.rows), ("", CANDIDACY, "c-p-cand2")
    assert await cases.known_to("p-org", candidacies) == frozenset()
    case = await incident(house)
    assert await cases.known_to("p-org", candidacies) == {CANDIDACY}
    await act(house, case, bodies.CLERK, "NameSubject", {
        "person": "p-org", "words": "concerne", "office": await granted(house, "o-clerk")})
    assert [await cases.known_to(one, candidacies) for one in ("p-org", "p-deputy")] == [frozenset(), {CANDIDACY}]
    await act(house, case, bodies.MEMBER, "CloseCase", {
        "candidacy": CANDIDACY, "office": await granted(house, "o-member"), "words": None})
    assert await cases.known_to("p-deputy", candidacies) == frozenset()


@pytest.mark.rule("R7.1")
async def test_joined_and_killed_at_each_step_the_award_is_withheld_throughout(house: House):
    """After each follow-up of the joining, whatever row is read says that a case is open."""
    await house.plan()
    first, second = await incident(house), await incident(house)
    quote, organizer = await bodies.quote(house.kept.journals, first, 1), await granted(house, "o-p-org")
    await house.kept.journals.execute(CASE, second, "p-org", "JoinCase", {
        "into": quote, "words": "même coupure", "office": organizer})
    following = Following(house.kept.journals, house.kept.followups, house.clock, house.config.storage)
    steps = 0
    while waiting := await house.kept.followups.waiting():
        assert await following.again(waiting[0])
        steps += 1
        open_rows = [one for one in await house.kept.rows.page("cases", about=CANDIDACY) if one.data["open"]]
        assert ((await candidacy(house)).status, bool(open_rows)) == ("held", True)
    assert steps == 3
    state = await case_of(house, second)
    assert (state.joined_into, state.taken_in) == (first, True)


@pytest.mark.rule("R6.5")
@pytest.mark.parametrize("ends", ["CloseCase", "Requalify"])
async def test_what_accuses_nobody_any_more_is_hidden_in_the_room(house: House, ends: str):
    await house.plan()
    case = await incident(house, "own_work", suspected_fraud=True)
    if ends == "CloseCase":
        await act(house, case, bodies.MEMBER, ends, {
            "candidacy": CANDIDACY, "office": await granted(house, "o-member"), "words": None})
    else:
        await act(house, case, bodies.CLERK, ends, {
            "door": "malfunction", "kind": "technical", "words": "pas une fraude",
            "office": await granted(house, "o-clerk")})
    state = await house.kept.sessions.state(SESSION)
    assert state is not None
    assert state.hearing("h1").noted == ()


@pytest.mark.rule("R7.2")
async def test_a_case_that_is_told_late_is_withheld_all_the_same(house: House):
    """What its opening leads to follows, whatever was done in it since, and however often it was tried."""
    await house.plan()
    done = await house.do("org", "RecordIncident", hearing="h1", kind="technical", suspected_fraud=False, words="vu")
    case = case_id("session", SESSION, done.position)
    following = Following(house.kept.journals, house.kept.followups, house.clock, house.config.storage)
    for one in await house.kept.followups.waiting():
        assert await following.again(one)
    (waits,) = [one for one in await house.kept.followups.waiting() if one.edge == "case-opened"]
    await house.kept.followups.put_off(waits, house.clock(), {"text": "StaleVersion"})
    await house.kept.journals.execute(CASE, case, bodies.CLERK, "HandReport", {
        "paper": PAPER, "office": await granted(house, "o-clerk")})
    await house.kept.journals.execute(CASE, case, bodies.CLERK, "ProposeConsequence", {
        "candidacy": CANDIDACY, "consequence": "none", "words": "rien", "office": await granted(house, "o-clerk")})
    await house.carried_out()
    assert (await candidacy(house)).data["cases"] == [case]


@pytest.mark.rule("R4.4")
async def test_the_organizers_measures_open_one_case_and_go_into_it(house: House):
    await house.plan()
    warned = await house.do("org", "WarnCandidate", hearing="h1", words="parle à une autre personne")
    await house.do("org", "WarnCandidate", hearing="h1", words="encore")
    await house.carried_out()
    state = await case_of(house, case_id("session", SESSION, warned.position))
    assert (state.kind.code, [one.said.event for one in state.parts[CANDIDACY].from_day]) == (
        "conduct", ["session.candidate_warned"])
    assert len(await house.kept.rows.page("cases", about=CANDIDACY)) == 1


@pytest.mark.rule("R6.5")
async def test_each_step_of_the_script_is_told_to_the_case(house: House):
    """The president tells, the candidate answers, the president decides: the case has it all."""
    await (await house.plan()).present()
    done = await house.do("tra", "RecordIncident", hearing="h1", kind="own_work", suspected_fraud=True, words="vu",
                          evidence=[], answers={"0": "page 3"})
    of: dict[str, Any] = {"hearing": "h1", "incident": done.position}
    await house.do("emp", "TellSanctions", **of)
    await house.do("cand1", "DeclineAnswer", **of)
    await house.do("cand1", "AnswerSuspicion", **of, words="le mien", signature="Camille Martin")
    await house.do("emp", "DecideSuspicion", **of, course="go_on")
    await house.carried_out()
    state = await case_of(house, case_id("session", SESSION, done.position))
    assert [one.said.event for one in state.parts[CANDIDACY].from_day] == [
        "session.sanctions_told", "session.answer_declined", "session.suspicion_answered", "session.suspicion_decided"]
    assert list(state.facts[0].answers) == ["Quel passage, quelle pièce ?"]


@pytest.mark.rule("R9.2")
async def test_an_appeal_is_recorded_against_an_outcome_that_nothing_else_may_quote(house: House):
    """While a suspected fraud is open: its letter is here, whatever becomes of the candidate."""
    await house.plan()
    journals, today = house.kept.journals, day_of(house.clock()).isoformat()
    clerk = await granted(house, "o-clerk")
    ruled = await journals.execute(CANDIDACIES, CANDIDACY, bodies.CLERK, "RecordOutcome", {
        "ruled_on": today, "award": "none", "blocks": [], "paper": PAPER, "office": clerk})
    await incident(house, "outside_help", suspected_fraud=True)
    against = await bodies.quote(journals, CANDIDACY, ruled.position)
    state = await journals.state(CANDIDACIES, CANDIDACY)
    assert state is not None
    assert not CANDIDACIES.stands(state, ruled.position)
    done = await journals.execute(CANDIDACIES, CANDIDACY, bodies.CLERK, "RecordAppeal", {
        "appeal": "a1", "against": against, "posted_on": today, "received_on": today, "means": "registered_letter",
        "number": "1A", "reasoned": True, "scan": PAPER, "office": clerk})
    await house.carried_out()
    opened = case_id("candidacy", CANDIDACY, done.position)
    assert opened in {row.stream for row in await house.kept.rows.page("cases", about=CANDIDACY)}
