"""What a case says it was opened from is what is quoted; a changed journal is refused where it was changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from evaluation.case.letter_fates import CaseLetterArrived
from evaluation.codec import encode
from evaluation.journal import GENESIS, BrokenJournal, Record, chain, export, read_bundle
from evaluation.known import KINDS
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.verify import verify
from tests.evaluation.case.docket import (
    CASE,
    CLERK,
    TODAY,
    Docket,
    appeal,
    decision,
    given,
    incident,
    letter,
    notice,
    of_appeal,
    office,
    opened,
    opening,
    outcome_of_jury,
    terms,
    words,
)


@pytest.mark.rule("R7.1", "X5")
@pytest.mark.parametrize("changed", [{"session": "s2"}, {"hearing": "h2"}, {"session": None}, {"hearing": None}])
def test_an_incident_opens_the_case_of_its_own_hearing(changed: dict[str, Any]):
    docket = Docket(CASE, opening().case, TODAY)
    assert docket.refused(SYSTEM, opening(source=incident(), given=given(**changed))) == "R7.1"


@pytest.mark.rule("R7.1", "X5")
@pytest.mark.parametrize("changed", [
    {"candidacy": "k2"}, {"body": "b2"}, {"certification": "RNCP1"}, {"session": "s1"}, {"hearing": "h1"},
    {"jurors": ("p-emp",)}, {"organizers": ("p-organizer",)}, {"person": "p-else"},
])  # fmt: skip
@pytest.mark.parametrize("sanction", [False, True])
def test_an_appeal_opens_the_case_of_what_it_is_about(changed: dict[str, Any], sanction: bool):
    kind, against = ("sanction", decision()) if sanction else ("award", outcome_of_jury())
    right = replace(opening(source=letter(against), given=of_appeal(), door="appeal", kind=kind),
                    case=terms.case_id("candidacy", "k1", 9))
    docket = Docket(CASE, right.case, TODAY)
    told = of_appeal(**changed)
    assert docket.refused(SYSTEM, replace(right, given=told, person=told.person)) == "R7.1"
    assert docket.refused(SYSTEM, replace(right, kind="award" if sanction else "sanction")) == "R7.1"
    docket.do(SYSTEM, right)


# An exported journal that somebody changed


def told() -> Docket:
    docket = opened("fraud", "outside_help", "picture-1").reported().told()
    docket.passes()
    return docket


def altered(docket: Docket, position: int, change: Callable[[dict[str, Any]], None], *, anew: bool) -> list[bytes]:
    """With the data at a position changed; `anew`: and every hash after it made again."""
    ((*records,),) = read_bundle(docket.lines())
    result: list[Record] = []
    for one in records:
        data = json.loads(json.dumps(one.data))
        if one.position == position:
            change(data)
        prev = result[-1].hash if result else GENESIS
        result.append(chain(prev, one.position, one.stream, one.kind, one.at, one.actor, one.event, data) if anew
                      else replace(one, data=data))
    return list(export(result))


def broken_at(lines: list[bytes]) -> int:
    with pytest.raises(BrokenJournal) as found:
        verify(lines, KINDS)
    return found.value.position


def changing(*path: str, to: object) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for one in path[:-1]:
            data = data[one]
        assert data[path[-1]] != to
        data[path[-1]] = to
    return change


@pytest.mark.rule("X5")
@pytest.mark.parametrize("field", sorted(encode(given())))
def test_whatever_is_changed_of_what_was_given_is_refused_there(field: str):
    docket = told()
    verify(docket.lines(), KINDS)
    assert broken_at(altered(docket, 1, changing("given", field, to="other"), anew=False)) == 1


@pytest.mark.rule("X5", "R7.1")
@pytest.mark.parametrize(("path", "to"), [
    (("given", "session"), "s2"), (("given", "hearing"), "h2"), (("given", "person"), "p-else"),
    (("person",), "p-else"), (("source", "stream"), "s2"), (("source", "position"), 41), (("door",), "malfunction"),
    (("kind",), "identity"), (("case",), "c9"),
])  # fmt: skip
def test_a_forged_opening_is_refused_though_every_hash_is_made_again(path: tuple[str, ...], to: object):
    assert broken_at(altered(told(), 1, changing(*path, to=to), anew=True)) == 1


@pytest.mark.rule("X5", "R9.2")
@pytest.mark.parametrize(("field", "to"), [
    ("candidacy", "k2"), ("body", "b2"), ("certification", "RNCP1"), ("session", "s1"), ("person", "p-else")])
def test_a_forged_appeal_is_refused_though_every_hash_is_made_again(field: str, to: object):
    assert broken_at(altered(appeal(), 1, changing("given", field, to=to), anew=True)) == 1


@pytest.mark.rule("X5", "R7.2")
@pytest.mark.parametrize(("field", "to"), [
    ("number", 2), ("sanctions", []), ("sanctions", ["none"]), ("evidence", []), ("evidence", ["picture-2"]),
    ("candidacy", "k2"),
])  # fmt: skip
def test_a_forged_notice_is_refused_though_every_hash_is_made_again(field: str, to: object):
    docket = told()
    position = [name for name, *_ in docket.journal].index("case.notice_given") + 1
    assert broken_at(altered(docket, position, changing(field, to=to), anew=True)) == position
    assert broken_at(altered(docket, position, changing(field, to=to), anew=False)) == position


@pytest.mark.rule("X5")
@pytest.mark.parametrize("field", ["words", "paper", "office"])
def test_what_no_rule_knows_of_a_notice_its_hash_knows(field: str):
    docket = told()
    position = [name for name, *_ in docket.journal].index("case.notice_given") + 1
    other = {"words": encode(words("other")), "paper": {"file": "x", "digest": "0" * 64},
             "office": encode(office("o-member"))}[field]
    assert broken_at(altered(docket, position, changing(field, to=other), anew=False)) == position


@pytest.mark.rule("X5", "R7.2")
def test_a_delay_that_was_made_shorter_is_refused_where_it_is_over():
    """The notice is said to have arrived later than it did: the clockwork wrote its end too early then."""
    docket = opened().reported()
    docket.do(CLERK, notice())
    sent = docket.now
    docket.on("2026-03-18")
    docket.do(SYSTEM, CaseLetterArrived("k1", "notice", 1, sent))
    docket.passes()
    verify(docket.lines(), KINDS)
    names = [name for name, *_ in docket.journal]
    arrived, over = names.index("case.letter_arrived") + 1, names.index("case.no_answer_recorded") + 1
    later = sent + 24 * 3600 * 1000
    assert broken_at(altered(docket, arrived, changing("at", to=later), anew=True)) == over


def test_the_journal_as_it_was_is_true():
    for docket in (told(), appeal(), appeal("sanction", decision("o-clerk"))):
        verify(docket.lines(), KINDS)
    with pytest.raises(Refusal):
        appeal("award", decision())
