"""A candidacy on its way from the evaluation jury to the certificate, for tests: what sessions, sittings, the
commission and the register say of it."""

from __future__ import annotations

from datetime import date

from evaluation.candidacy.awarded_by_sitting import NoteAward
from evaluation.candidacy.recommended import NoteAgenda, NoteRecommendation
from evaluation.candidacy.validated import NoteValidation
from evaluation.codec import encode
from evaluation.people import SYSTEM
from evaluation.quotes import Quote
from tests.evaluation.body.house import PAPER, POLISH, words
from tests.evaluation.candidacy.house import CANDIDATE, Candidacy, examined, registered
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.streams import at

HELD, RULED, VALIDATED = date(2026, 3, 16), date(2026, 4, 1), date(2026, 4, 30)
ALL_ACQUIRED = tuple(one.code for block in POLISHING.blocks for one in block.competencies)


def said_of(event: str, data: dict[str, object], stream: str = "s1", kind: str = "session", position: int = 9) -> Quote:
    return Quote(kind, stream, position, f"{position:064x}", event, data)


def recommendation(held_on: date = HELD, session: str = "s1", outcome: str | None = "full") -> NoteRecommendation:
    """Of a hearing in which every competency was acquired."""
    data: dict[str, object] = {"hearing": "h1", "marks": dict.fromkeys(ALL_ACQUIRED, "A"),
                               "result": {"outcome": outcome}, "disputed": False}
    return NoteRecommendation(
        "h1", said_of("session.hearing_closed", data, session), held_on, ("BC1", "BC2"), (), {},
        ("p-emp", "p-own", "p-tra"))


def awaiting() -> Candidacy:
    """Handed on to the certification jury; its recommendation stands at position 4."""
    one = examined(registered())
    one.do(SYSTEM, recommendation())
    return one


def agenda(sitting: str = "j1", candidacy: str = "k1") -> NoteAgenda:
    said = said_of("sitting.item_put", {"candidacy": candidacy}, sitting, "sitting", 3)
    return NoteAgenda(said, on=True, held_at=at("2026-04-01", 14))


def ruling(award: str, *blocks: str, sitting: str = "j1", on: date = RULED, person: str = CANDIDATE,
           version: str = POLISH.version, reexamines: int | None = None) -> Quote:
    """What a sitting's sealed minutes say of the candidacy."""
    again = encode(said_of("candidacy.outcome_recorded", {}, "k1", "candidacy", reexamines)) if reexamines else None
    return said_of("sitting.ruling_sealed", {
        "candidacy": "k1", "minutes": 1, "extract": encode(PAPER), "reexamines": again,
        "ruling": {"person": person, "certification": POLISH.code, "version": version, "ruled_on": on.isoformat(),
                   "award": award, "blocks": list(blocks)}}, sitting, "sitting", 20)


def ruled(award: str, *blocks: str) -> Candidacy:
    """By a sitting on 1 April; its outcome is what happened last."""
    one = awaiting()
    one.on("2026-04-01")
    one.do(SYSTEM, agenda(), NoteAward(ruling(award, *blocks)))
    return one


def validation(outcome: int, on: date = VALIDATED) -> NoteValidation:
    return NoteValidation(said_of("body.outcome_validated", {
        "batch": "batch", "candidacy": "k1", "outcome": outcome, "on": on.isoformat()}, "b1", "body", 30))


def returned(outcome: int, on: date = VALIDATED) -> NoteValidation:
    return NoteValidation(said_of("body.outcome_returned", {
        "batch": "batch", "candidacy": "k1", "outcome": outcome, "on": on.isoformat(), "words": encode(words())},
        "b1", "body", 31))


def validated(award: str, *blocks: str) -> Candidacy:
    """By the commission on 30 April; that is what happened last."""
    one = ruled(award, *blocks)
    one.on("2026-04-30")
    one.do(SYSTEM, validation(one.state.position))
    return one


def issued(award: int, number: int = 1, replaces: int | None = None) -> Quote:
    """By the register, on the validation at a position."""
    return said_of("register.certificate_issued", {
        "candidacy": "k1", "number": number, "text": f"CQP-2026-{number:05d}", "replaces": replaces,
        "dated": "2026-05-04",
        "award": encode(said_of("candidacy.award_validated", {}, "k1", "candidacy", award))},
        "register-b1-2026", "register", number + 1)
