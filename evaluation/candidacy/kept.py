"""Which blocks a person keeps from earlier juries: computed from what was recorded, never typed (X8)."""
from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from evaluation.body.terms import Certification
from evaluation.candidacy.state import KIND, RECORDED, Awarded
from evaluation.codec import FieldError, decode
from evaluation.deadlines import due
from evaluation.offices import runs
from evaluation.people import PersonId
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule


@dataclass(frozen=True)
class KeptBlock:
    """One block, in which candidacy and under which version it was gained, by which jury, and its last day (None:
    kept without end)."""

    block: str
    candidacy: str
    version: str
    ruled_on: date
    until: date | None


@dataclass(frozen=True)
class Keeping:
    """What a framework says of kept blocks: its code, its blocks, how many months they are kept (None: without end)."""

    code: str
    blocks: tuple[str, ...]
    months: int | None


def keeping_of(certification: Certification) -> Keeping:
    return Keeping(certification.code, certification.blocks, certification.kept_block_validity_months)


@rule("X8", permits=())
def kept_blocks(keeping: Keeping, person: PersonId, outcomes: Iterable[Quote], on: date) -> tuple[KeptBlock, ...]:
    """In the framework's order. A block that several juries awarded counts from the last. Refusal for a quote of
    anything else than an outcome of this person for this certification."""
    found: dict[str, KeptBlock] = {}
    for quote in outcomes:
        check_outcome(quote, person, keeping.code)
        for kept in _gained(quote, quoted(quote), keeping.months):
            before = found.get(kept.block)
            if runs(kept.ruled_on, kept.until, on) and (before is None or before.ruled_on < kept.ruled_on):
                found[kept.block] = kept
    return tuple(found[block] for block in keeping.blocks if block in found)


def _gained(quote: Quote, outcome: Awarded, months: int | None) -> Iterable[KeptBlock]:
    until = None if months is None else due(outcome.ruled_on, months=months)
    for block in outcome.blocks:
        yield KeptBlock(block, quote.stream, outcome.version, outcome.ruled_on, until)


@rule("X8")
def check_outcome(quote: Quote, person: PersonId, certification: str) -> None:
    outcome = quoted(quote)
    if outcome.person != person:
        raise Refusal("X8", N_("Le résultat cité est celui d’une autre personne."))
    if outcome.certification != certification:
        raise Refusal("X8", N_("Le résultat cité est celui d’une autre certification."))


@rule("X8", "R9.1")
def check_sought(sought: Collection[str], kept: Iterable[KeptBlock]) -> None:
    """What is kept is not presented again."""
    for one in kept:
        if one.block in sought:
            raise Refusal("X8", N_("{block} est déjà obtenu : il ne se présente plus."), block=one.block)


def quoted(quote: Quote) -> Awarded:
    """The outcome that is quoted. Refusal for a quote of anything else."""
    if (quote.kind, quote.event) != (KIND, RECORDED):
        raise Refusal("X8", N_("Ce qui est cité n’est pas le résultat d’une candidature."))
    try:
        return decode(Awarded, quote.data.get("outcome"))
    except FieldError as error:
        raise Refusal("X8", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None
