"""The awards are deposited; what was refused is sent again (X12)."""

from __future__ import annotations

from typing import get_args

import pytest

from evaluation.deadlines import end_of
from evaluation.known import KINDS
from evaluation.register.depositing import TO_SEND, deposit_status
from evaluation.register.kind import REGISTER
from evaluation.register.terms import DepositStatus
from evaluation.rules import Refusal
from evaluation.verify import verify
from tests.evaluation.register.shelf import CLERK, MEMBER, Shelf, correction, receipt, revocation, sending, shelf

FIRST, SECOND = "CQP-2026-00001", "CQP-2026-00002"


def status(register: Shelf, number: int = 1) -> DepositStatus:
    return deposit_status(register.state, register.one(number))


def test_what_was_refused_is_sent_again():
    register = shelf().issued("k1", "k2").sent(1, 2)
    assert (status(register, 1), status(register, 2)) == ("sent", "sent")
    register.do(CLERK, receipt(FIRST, n2="code commune inconnu"))
    assert (status(register, 1), status(register, 2)) == ("deposited", "refused")
    register.sent(2, flux="f2")
    register.do(CLERK, receipt(SECOND, flux="f2"))
    assert status(register, 2) == "deposited"
    assert register.rows("deposit_files")["f1"].data["refused"] == 1
    assert verify(register.lines(), KINDS)


def test_the_delay_runs_from_the_delivery():
    register = shelf().issued("k1")
    assert register.rows("deposits")[FIRST].due_at == end_of(register.one().deposit_by)
    assert register.one().deposit_by.isoformat() == "2026-06-16"
    register.sent(1)
    assert register.rows("deposits")[FIRST].due_at is None


@pytest.mark.rule("X12")
def test_a_partial_award_is_listed_and_not_deposited():
    register = shelf().issued("k1", kind="partial")
    assert status(register) == "listed"
    assert register.refused(CLERK, sending(1)) == "X12"


@pytest.mark.rule("X12")
def test_nothing_is_sent_twice():
    register = shelf().issued("k1", "k2").sent(1)
    for wrong in (sending(1, flux="f2"), sending(2), sending(2, 2, flux="f2"), sending(flux="f2"),
                  sending(2, flux="f" * 51), sending(2, flux="f2", action="suppression")):
        assert register.refused(CLERK, wrong) == "X12"


@pytest.mark.rule("X12")
def test_a_file_of_each_action_holds_what_is_to_be_sent_for_it_and_nothing_else():
    """One of each status, tried with both."""
    register = shelf().issued("k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9").issued("k10", kind="partial")
    register.sent(2, 3, 4, 6, 7, 8, 9)
    number = register.state.text
    register.do(CLERK, receipt(number(4), *map(number, (6, 7, 8, 9)), n3="code commune inconnu"))
    for one in (5, 6, 7, 8, 9):
        register.do(MEMBER, revocation(one))
    register.sent(7, 8, 9, flux="f2", action="suppression")
    register.do(CLERK, receipt(number(9), flux="f2", n8="inconnu"))
    found = {status(register, one): one for one in range(1, 11)}
    assert list(found) == ["to_deposit", "sent", "refused", "deposited", "not_to_deposit", "to_take_back",
                           "taking_back", "taking_back_refused", "taken_back", "listed"]
    assert set(found) == set(get_args(DepositStatus))
    for action in TO_SEND:
        taken = {name for name, one in found.items()
                 if REGISTER.allows(register.state, sending(one, flux="f3", action=action), CLERK, register.now)}
        assert taken == set(TO_SEND[action]), action


@pytest.mark.rule("X12")
def test_what_was_refused_as_a_deposit_and_holds_no_more_is_not_sent():
    register = shelf().issued("k1").sent(1)
    register.do(CLERK, receipt(n1="code commune inconnu"))
    register.do(MEMBER, revocation(1))
    assert status(register) == "not_to_deposit"


@pytest.mark.rule("X12")
def test_a_receipt_for_what_is_not_known_is_refused():
    register = shelf().issued("k1", "k2").sent(1)
    for wrong in (receipt(FIRST, flux="f9"), receipt(SECOND), receipt(FIRST, "CQP-2026-09999"), receipt(n2="x"),
                  receipt(), receipt(FIRST, n1="both")):
        assert register.refused(CLERK, wrong) == "X12"
    register.do(CLERK, receipt(FIRST))
    assert register.refused(CLERK, receipt(FIRST)) == "X12"


def test_a_refusal_names_a_few_of_many_unknown_ones():
    register = shelf().issued("k1").sent(1)
    many = [f"CQP-2026-{number}" for number in range(10_001, 10_040)]
    with pytest.raises(Refusal) as refused:
        register.do(CLERK, receipt(*many))
    assert refused.value.values["ids"] == ", ".join((*many[:10], "…"))
    with pytest.raises(Refusal) as refused:
        register.do(CLERK, receipt(*many[:10]))
    assert refused.value.values["ids"] == ", ".join(many[:10])


def test_a_receipt_may_come_in_parts():
    register = shelf().issued("k1", "k2").sent(1, 2)
    register.do(CLERK, receipt(FIRST))
    assert (status(register, 1), status(register, 2)) == ("deposited", "sent")
    register.do(CLERK, receipt(SECOND))
    assert status(register, 2) == "deposited"
    assert register.rows("deposit_files")["f1"].status == "answered"


def test_what_holds_no_more_is_taken_back():
    register = shelf().issued("k1", "k2", "k3").sent(1)
    register.do(CLERK, receipt(FIRST), correction(1))
    register.do(MEMBER, revocation(2))
    assert [status(register, number) for number in (1, 2, 3, 4)] == [
        "to_take_back", "not_to_deposit", "to_deposit", "to_deposit"]
    register.sent(1, flux="f2", action="suppression")
    assert status(register, 1) == "taking_back"
    register.do(CLERK, receipt(flux="f2", n1="inconnu"))
    assert status(register, 1) == "taking_back_refused"
    register.sent(1, flux="f3", action="suppression")
    register.do(CLERK, receipt(FIRST, flux="f3"))
    assert status(register, 1) == "taken_back"
