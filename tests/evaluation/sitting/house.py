"""Sittings for tests: convened on 16 March 2026 for 30 March, with what they quote of the awarding body and of the
candidacies."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from typing import Any

from evaluation.body.granting import GrantOffice
from evaluation.body.sittings import DecideSitting
from evaluation.candidacy.award_parts import Recommended
from evaluation.candidacy.terms import HearingEnding
from evaluation.codec import encode
from evaluation.framework import Framework, Mark
from evaluation.framework_file import framework_to_data
from evaluation.journal import canonical
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, JurorCategory, Paper, Words
from evaluation.quotes import Quote
from evaluation.sitting.agenda import NoteHeld, PutOnAgenda, TakeOffAgenda
from evaluation.sitting.convening_sitting import ConveneSitting, OpenSitting
from evaluation.sitting.deciding_items import AnswerDecision, ProposeDecision
from evaluation.sitting.declined import NoteDeclined
from evaluation.sitting.impartiality import DeclareImpartial, RecuseMember
from evaluation.sitting.kept_again import NoteKept
from evaluation.sitting.kind import SITTING
from evaluation.sitting.members import SeatMembers, SeatPresident
from evaluation.sitting.minutes import PresentMinutes, SignMinutes
from evaluation.sitting.rulings_sealed import SealMinutes
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import Ruling, SittingMember
from tests.evaluation.body.house import CLERK, MEMBER, PAPER, TODAY, House, staffed, words
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.streams import Stream, at

__all__ = [
    "CLERK",
    "MEMBER",
    "HearingEnding",
    "Mark",
    "RecuseMember",
    "TakeOffAgenda",
    "at",
    "encode",
    "replace",
    "staffed",
    "words",
]

HELD = "2026-03-30"
SIGNED_BY = "2026-04-03"
"""The third day is over after that on which minutes were presented."""
EMPLOYEES, EMPLOYERS, PRESIDENT = "p-c-emp", "p-c-own", "p-pres"
OTHER_EMPLOYEES, OTHER_EMPLOYERS, DELEGATE = "p-c-emp2", "p-c-own2", "p-pres-delegate"
THREE = (PRESIDENT, EMPLOYEES, EMPLOYERS)
JURORS = ("p-emp", "p-own", "p-tra")
MEMBERS = (
    SittingMember(EMPLOYEES, JurorCategory.EMPLOYEES), SittingMember(EMPLOYERS, JurorCategory.EMPLOYERS),
    SittingMember(OTHER_EMPLOYEES, JurorCategory.EMPLOYEES, substitute=True),
    SittingMember(OTHER_EMPLOYERS, JurorCategory.EMPLOYERS, substitute=True))
SINCE = date(2026, 1, 1)
PRESIDES = Office("o-president", PRESIDENT, OfficeRole.PRESIDENT, SINCE, paper=PAPER)
DELEGATED = Office("o-pres-delegate", DELEGATE, OfficeRole.PRESIDENT_DELEGATE, SINCE, paper=PAPER)
MINUTES, SCAN, ADDED = Paper("minutes", "a" * 64), Paper("scan", "b" * 64), Paper("added", "c" * 64)
SEALED, EXTRACT = Paper("sealed", "d" * 64), Paper("extract", "e" * 64)


def body() -> House:
    """With a president of its board, and a delegate of theirs."""
    house = staffed()
    house.do(CLERK, GrantOffice(PRESIDES), GrantOffice(DELEGATED))
    return house


BODY = body()


def office(name: str) -> Quote:
    """The grant of an office of the body."""
    place = next(number for number, one in enumerate(BODY.journal, 1)
                 if (one[3].get("office") or {}).get("id") == name or (name == "o-clerk" and number == 2))
    return BODY.quote(place)


BY_CLERK = office("o-clerk")


def digest_of(framework: Framework) -> str:
    return sha256(canonical(framework_to_data(framework))).hexdigest()


def all_marked(framework: Framework = POLISHING, mark: Mark = Mark.ACQUIRED, blocks: Sequence[str] | None = None
               ) -> dict[str, Mark]:
    return {one.code: mark for block in framework.blocks if blocks is None or block.code in blocks
            for one in block.competencies}


def recommended(framework: Framework = POLISHING, **changes: object) -> Recommended:
    """Heard on 2 March; everything acquired unless said otherwise."""
    blocks = tuple(one.code for one in framework.blocks)
    given = Recommended(
        "p-cand", framework.code, framework.version, "s1", "h1", date(2026, 3, 2), HearingEnding.HEARD,
        all_marked(framework), (), blocks, (), JURORS, "full", body="b1", digest=digest_of(framework),
        trained_by=("p-trainer",))
    return replace(given, **changes)


def said(given: Recommended, candidacy: str = "k1") -> Quote:
    """As the candidacy's journal holds it."""
    data = {"hearing": given.hearing, "said": {}, "recommendation": encode(given)}
    return Quote("candidacy", candidacy, 9, f"{9:064x}", "candidacy.recommended", data)


def outcome(*blocks: str, candidacy: str = "k0", ruled_on: date = date(2025, 3, 1), award: str = "partial",
            by: Sequence[str] = (), **changes: object) -> Quote:
    """What an earlier jury ruled of the same person; `by` where that was a sitting held here."""
    ruled = {"person": "p-cand", "certification": POLISHING.code, "version": POLISHING.version,
             "ruled_on": ruled_on.isoformat(), "award": award, "blocks": list(blocks), **changes}
    sealed = Quote("sitting", "t0", 30, "f" * 64, "sitting.ruling_sealed", {"ruling": {"by": list(by)}})
    data = {"outcome": ruled, "paper": encode(PAPER), "office": None, "kept": [], "corrects": None,
            "said": encode(sealed) if by else None}
    return Quote("candidacy", candidacy, 12, f"{12:064x}", "candidacy.outcome_recorded", data)


def putting(given: Recommended | None = None, candidacy: str = "k1", of: Framework = POLISHING,
            **changes: Any) -> PutOnAgenda:
    one = given or recommended(of)
    command = PutOnAgenda(candidacy, said(one, candidacy), framework_to_data(of), BY_CLERK)
    return replace(command, **changes)


@cache
def decision(*members: SittingMember, sitting: str = "t1", again: str = "") -> Quote:
    """The commission's, on who sits."""
    house = body()
    house.do(MEMBER, DecideSitting(f"d-{sitting}{again}", sitting, members or MEMBERS))
    quote = house.quote()
    return replace(quote, position=quote.position + len(again))


def withheld(candidacy: str = "k1", *, held: bool = True) -> NoteHeld:
    """A case was opened on a candidacy, or decided."""
    event = "candidacy.withheld" if held else "candidacy.released"
    return NoteHeld(candidacy, Quote("candidacy", candidacy, 20, "e" * 64, event, {"case": "c1"}), held)


def annulled(*gone: int, candidacy: str = "k1", stream: str = "k0", event: str = "candidacy.released") -> NoteKept:
    """What became of the outcomes by which blocks were kept, of another candidacy of the person."""
    return NoteKept(candidacy, Quote("candidacy", stream, 30, "e" * 64, event, {}), gone)


def declined(candidacy: str, put: int, sitting: str = "t1", why: str = "elsewhere") -> NoteDeclined:
    """The candidacy does not join the agenda on which it was put at a position."""
    said = {"kind": "sitting", "stream": sitting, "position": put, "hash": "f" * 64}
    return NoteDeclined(candidacy, Quote("candidacy", candidacy, 31, "e" * 64, "candidacy.agenda_declined", {
        "said": said, "held_at": 1, "why": why}))


class Sitting(Stream[SittingState]):
    """One sitting, and what is done in it step by step."""

    def item(self, candidacy: str = "k1") -> Item:
        return self.state.agenda[candidacy]

    def put(self, *candidacies: str, **changes: Any) -> Sitting:
        """Each of another person."""
        for one in candidacies:
            self.do(CLERK, putting(recommended(person=f"p-{one}"), one, **changes))
        return self

    def seated(self) -> Sitting:
        self.do(SYSTEM, SeatMembers(decision(sitting=self.id)))
        self.do(CLERK, SeatPresident(PRESIDENT, office("o-president"), BY_CLERK))
        return self

    def impartial(self, *people: str) -> Sitting:
        """On every candidate of the agenda; the three unless others are named."""
        for one in people or THREE:
            self.do(one, DeclareImpartial(tuple(self.state.agenda)))
        return self

    def opened(self) -> Sitting:
        """On its day."""
        self.on(HELD, 10)
        self.do(PRESIDENT, OpenSitting())
        return self

    def proposed(self, candidacy: str = "k1", **changes: Any) -> Sitting:
        self.do(PRESIDENT, ProposeDecision(candidacy, **changes))
        return self

    def answered(self, *agree: bool, candidacy: str = "k1", dissent: Words | None = None) -> Sitting:
        """By the representatives, the employees' first."""
        for person, yes in zip((EMPLOYEES, EMPLOYERS), agree or (True, True), strict=True):
            number = len(self.item(candidacy).proposals)
            self.do(person, AnswerDecision(candidacy, number, yes, None if yes else dissent))
        return self

    def decided(self, candidacy: str = "k1", **changes: Any) -> Sitting:
        return self.proposed(candidacy, **changes).answered(candidacy=candidacy)

    def ruling(self, candidacy: str = "k1") -> Ruling:
        decided = self.item(candidacy).decided
        assert decided is not None
        return decided.ruling

    def presented(self) -> Sitting:
        self.do(PRESIDENT, PresentMinutes(MINUTES))
        return self

    def signed(self, *people: str) -> Sitting:
        shown = self.state.presented
        assert shown is not None
        for one in people or shown.signers:
            self.do(one, SignMinutes(shown.number, shown.paper.digest, "one_time_code"))
        return self

    def waited(self, day: str = SIGNED_BY, hour: int = 0) -> Sitting:
        """Everybody had time to sign."""
        self.on(day, hour)
        return self

    def sealed(self) -> Sitting:
        shown = self.state.presented
        assert shown is not None
        extracts: Mapping[str, Paper] = {} if shown.amends else dict.fromkeys(self.state.agenda, EXTRACT)
        self.do(SYSTEM, SealMinutes(shown.number, SEALED, extracts))
        return self


def convened(name: str = "t1") -> Sitting:
    sitting = Sitting(SITTING, name, TODAY)
    sitting.do(CLERK, ConveneSitting(name, "b1", at(HELD, 10), "remote", date(2026, 3, 28), BY_CLERK))
    return sitting


def sat(*candidacies: str) -> Sitting:
    """Open, with everything said that comes before the deliberation; on one candidacy unless others are named."""
    return convened().put(*candidacies or ("k1",)).seated().impartial().opened()


def sat_on(given: Recommended, of: Framework = POLISHING, **changes: Any) -> Sitting:
    """On one candidacy, of which the evaluation jury handed on this."""
    sitting = convened()
    sitting.do(CLERK, putting(given, of=of, **changes))
    return sitting.seated().impartial().opened()
