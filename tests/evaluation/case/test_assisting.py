"""Who assists a candidate: asked by them, and in it only once they have accepted."""

from __future__ import annotations

import pytest

from evaluation.case.access import Viewer, seen
from evaluation.case.assisting import AcceptAssisting, DeclineAssisting, DismissAssistant, NameAssistant
from evaluation.case.hearing_out import AnswerCaseNotice
from evaluation.case.people_rows import INDEX
from tests.evaluation.case.docket import (
    CANDIDATE,
    CLERK,
    JURORS,
    MEMBER,
    ORGANIZER,
    PAPER,
    Docket,
    notice,
    opened,
    words,
)
from tests.evaluation.case.test_merging import joined

FRIEND = "p-friend"


def assisted(*people: str) -> Docket:
    """Who was asked and has accepted."""
    docket = opened().reported().told()
    for person in people:
        docket.do(CANDIDATE, NameAssistant("k1", person))
        docket.do(person, AcceptAssisting("k1"))
    return docket


def known(docket: Docket) -> dict[str | None, str]:
    return {one.person: str(one.status) for one in docket.kind.rows(docket.state) if one.index == INDEX}


@pytest.mark.rule("R7.2")
def test_who_is_asked_sees_nothing_and_does_nothing_before_they_accept():
    docket = opened().reported().told()
    docket.do(CANDIDATE, NameAssistant("k1", FRIEND))
    assert docket.do(CANDIDATE, NameAssistant("k1", FRIEND)) == []
    assert (docket.part().invited, docket.part().assistants, known(docket)[FRIEND]) == ((FRIEND,), (), "invited")
    assert seen(docket.state, Viewer(FRIEND)).parts == frozenset()
    assert docket.refused(FRIEND, AnswerCaseNotice("k1", 1, words())) == "R7.2"
    docket.do(FRIEND, AcceptAssisting("k1"))
    assert docket.do(FRIEND, AcceptAssisting("k1")) == []
    assert (docket.part().invited, docket.part().assistants, known(docket)[FRIEND]) == ((), (FRIEND,), "assists")
    assert seen(docket.state, Viewer(FRIEND)).parts == frozenset({"k1"})
    docket.do(FRIEND, AnswerCaseNotice("k1", 1, words("for them"), (PAPER,)))
    assert docket.part().answers[0].by == FRIEND
    assert docket.refused(FRIEND, NameAssistant("k1", "p-mate")) == "R7.2"


@pytest.mark.rule("R7.2")
def test_nobody_assists_unasked_and_either_may_end_it():
    docket = assisted(FRIEND)
    for asked in (AcceptAssisting("k1"), DeclineAssisting("k1")):
        assert docket.refused("p-nobody", asked) == "R7.2"
    docket.do(CANDIDATE, DismissAssistant("k1", FRIEND))
    assert docket.do(CANDIDATE, DismissAssistant("k1", FRIEND)) == []
    assert docket.refused(FRIEND, AcceptAssisting("k1")) == "R7.2"
    assert (docket.refused(FRIEND, AnswerCaseNotice("k1", 1, words())), FRIEND in known(docket)) == ("R7.2", False)
    docket = assisted(FRIEND)
    docket.do(FRIEND, DeclineAssisting("k1"))
    docket.do(CANDIDATE, NameAssistant("k1", "p-mate"))
    docket.do("p-mate", DeclineAssisting("k1"))
    assert (docket.part().assistants, docket.part().invited) == ((), ())


@pytest.mark.rule("R7.2")
def test_who_judges_the_candidate_is_not_asked():
    docket = opened().reported().told()
    for person in (CANDIDATE, JURORS[0], ORGANIZER):
        assert docket.refused(CANDIDATE, NameAssistant("k1", person)) == "R7.2"


@pytest.mark.rule("R7.2")
def test_another_candidate_of_the_case_is_asked_in_vain_and_nobody_is_told_why():
    docket, _other = joined()
    other = docket.part("k2").person
    docket.do(CANDIDATE, NameAssistant("k1", other))
    refused = docket.refusal(other, AcceptAssisting("k1"))
    assert refused.text == "Vous ne pouvez pas assister cette personne dans ce dossier."


@pytest.mark.rule("X15", "R7.2")
def test_who_assists_holds_no_office_here_and_who_is_only_asked_does():
    docket = opened().reported().told()
    docket.do(CANDIDATE, NameAssistant("k1", CLERK))
    docket.do(CLERK, notice())
    docket.do(CLERK, AcceptAssisting("k1"))
    assert docket.refused(CLERK, notice()) == "X15"
    assert MEMBER not in known(docket)
