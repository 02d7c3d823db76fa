"""What the certification jury settles by itself, competency by competency, and what the rules compute then: blocks and
outcome are never overridden (R1.6, R5.4)."""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from evaluation.candidacy import kept as keeping
from evaluation.candidacy.kept import KeptBlock, kept_blocks
from evaluation.candidacy.terms import HearingEnding
from evaluation.framework import Mark
from evaluation.grading import Result, compile_result
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_, Reason, Refusal, rule
from evaluation.sitting.agenda import keeping_of
from evaluation.sitting.state import Item
from evaluation.sitting.terms import Awards, Kept, Settled


@rule("R4.5", permits=())
def missing_part(item: Item) -> tuple[Reason, ...]:
    """A hearing that was not held to its end: taking part in every part is compulsory, and nothing is awarded."""
    if item.recommended.ending is HearingEnding.HEARD:
        return ()
    return (Reason("R4.5", N_("Le candidat n’a pas pris part à toute l’évaluation : la participation à chaque épreuve "
                              "est obligatoire.")),)


def kept_on(item: Item, day: date) -> tuple[Kept, ...]:
    """The blocks that the candidate keeps from earlier juries on a day, by outcomes that hold, each with the version it
    was gained under and its last day; what an outcome under re-examination awarded stays, whatever comes of it."""
    found = kept_blocks(keeping_of(item.framework), item.recommended.person, _holding(item), day)
    again = awarded_before(item)
    return tuple(_kept(one) for one in found if one.block not in again)


@rule("X8", permits=())
def gone(item: Item) -> tuple[Quote, ...]:
    """The outcomes put on the agenda for blocks kept that hold no more."""
    return tuple(one for one in item.kept if (one.stream, one.position) in item.lost)


def _holding(item: Item) -> tuple[Quote, ...]:
    return tuple(one for one in item.kept if one not in gone(item))


def _kept(one: KeptBlock) -> Kept:
    return Kept(one.block, one.candidacy, one.version, one.ruled_on, one.until)


@rule("R9.2", permits=())
def awarded_before(item: Item) -> tuple[str, ...]:
    """What the outcome under re-examination awarded: it is not taken away, nor marked again."""
    return keeping.quoted(item.reexamines).blocks if item.reexamines is not None else ()


def to_mark(item: Item, day: date) -> tuple[str, ...]:
    """The blocks on which this sitting rules."""
    held = {*(one.block for one in kept_on(item, day)), *awarded_before(item)}
    return tuple(block for block in item.recommended.sought if block not in held)


def open_disputes(item: Item, settled: Collection[Settled], day: date) -> tuple[str, ...]:
    """The competencies without a mark, of what was examined to its end: each is to be settled (R3.9)."""
    if missing_part(item):
        return ()
    marked = {*item.recommended.marks, *(one.competency for one in settled)}
    return tuple(one.code for one in item.framework.competencies(to_mark(item, day))
                 if one.code not in marked or one.code in undecided(item, settled))


def undecided(item: Item, settled: Collection[Settled]) -> frozenset[str]:
    """What the evaluation jury handed on as disputed, and is not settled."""
    return frozenset(item.recommended.disputed) - {one.competency for one in settled}


def settled_of(marks: Mapping[str, Mark], why: Mapping[str, Words]) -> tuple[Settled, ...]:
    """In the order of the competencies' codes."""
    return tuple(Settled(code, marks[code], why[code]) for code in sorted(marks))


@rule("R1.6")
def check_why(marks: Mapping[str, Mark], why: Mapping[str, Words]) -> None:
    """Each competency that is settled with its reason, and no reason without one."""
    if set(marks) != set(why):
        raise Refusal("R1.6", N_("Chaque compétence tranchée l’est avec ses raisons, par écrit."))


@rule("R1.6")
def check_settles(item: Item, settled: Sequence[Settled], day: date) -> None:
    """Each of a block that is ruled on; and one that is in dispute, or of marks that a juror refused to sign, or
    after the evaluation jury was questioned."""
    codes = [one.competency for one in settled]
    ruled = {one.code for one in item.framework.competencies(to_mark(item, day))}
    disputed = {*item.recommended.disputed, *open_disputes(item, (), day)}
    for code in codes:
        if code not in ruled or missing_part(item):
            raise Refusal("R1.6", N_("{code} n’est pas d’un bloc sur lequel ce jury statue."), code=code)
        if code not in disputed and not item.questioned and not item.recommended.contested:
            raise Refusal("R1.6", N_("{code} n’est pas en litige : interrogez d’abord le jury d’évaluation."),
                          code=code)


@rule("R3.9")
def check_all_settled(item: Item, settled: Collection[Settled], day: date) -> None:
    left = open_disputes(item, settled, day)
    if left:
        raise Refusal("R3.9", N_("Restent en litige : {codes}. Tranchez chaque compétence, avec vos raisons."),
                      codes=", ".join(left))


@rule("R1.6")
def check_reasons(item: Item, reasons: Mapping[str, Words], day: date) -> None:
    """What the letter says of competencies: of those that are ruled on."""
    ruled = {one.code for one in item.framework.competencies(to_mark(item, day))}
    for code in reasons:
        if code not in ruled:
            raise Refusal("R1.6", N_("{code} n’est pas d’un bloc sur lequel ce jury statue."), code=code)


def marks_of(item: Item, settled: Collection[Settled], day: date) -> dict[str, Mark]:
    """Those that the evaluation jury agreed on and the certification jury settled, of the blocks that are ruled on."""
    if missing_part(item):
        return {}
    codes = {one.code for one in item.framework.competencies(to_mark(item, day))}
    marks = {**item.recommended.marks, **{one.competency: one.mark for one in settled}}
    return {code: mark for code, mark in marks.items() if code in codes and code not in undecided(item, settled)}


def result_of(item: Item, settled: Collection[Settled], day: date) -> Result:
    """What the marks compute, of the blocks that are ruled on and those that the candidate has. Of who did not take
    part in everything, that nothing is presented, and why."""
    has = (*(one.block for one in kept_on(item, day)), *awarded_before(item))
    missing = missing_part(item)
    presented = () if missing else to_mark(item, day)
    result = compile_result(item.framework, marks_of(item, settled, day), has, presented)
    return replace(result, reasons=missing + lapsed(item, day) + result.reasons)


@rule("X8", permits=())
def lapsed(item: Item, day: date) -> tuple[Reason, ...]:
    """The blocks that the evaluation jury took for kept, and that are kept no more on the day of the decision."""
    has = {*(one.block for one in kept_on(item, day)), *awarded_before(item)}
    return tuple(Reason("X8", N_("{block} n’est plus conservé à ce jour : il se présente de nouveau."),
                        (("block", block),)) for block in item.recommended.kept if block not in has)


def award_of(item: Item, result: Result) -> tuple[Awards, tuple[str, ...]]:
    """What is awarded: the whole, some blocks, or nothing; and which blocks. What is kept is not awarded again; what an
    outcome under re-examination awarded is named with the rest."""
    before = awarded_before(item)
    gained = [one.code for one in result.blocks if one.validated and (not one.kept or one.code in before)]
    if not gained or result.outcome == "none":
        return "none", ()
    return ("full" if result.outcome == "full" else "partial"), tuple(gained)
