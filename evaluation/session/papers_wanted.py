"""What a candidate is asked to supply before the day, what of it is there, and by when (R4.1, R4.6, R6.2)."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evaluation.rules import rule
from evaluation.session.hearing_parts import Document
from evaluation.session.shown_papers import awaiting_acceptance, shown
from evaluation.session.state import Hearing, SessionState
from evaluation.session.supplied_documents import PARTS, parts_sought
from evaluation.session.terms import AT_DEADLINE, CopyKind

NEEDED_COPY: CopyKind = "identity_front"
"""The side of the identity document without which nothing can be compared; the other only some documents have."""


@dataclass(frozen=True)
class PaperWanted:
    """One kind of paper. `there` is what the jury is given, `late` what came too late and waits for the organizer;
    `needed`: it must be there before the day. `by` is its last day."""

    kind: str
    needed: bool
    there: tuple[Document, ...]
    late: tuple[Document, ...]
    by: date

    @property
    def missing(self) -> bool:
        return self.needed and not self.there


@rule("R4.1", "R6.2", permits=())
def papers_wanted(state: SessionState, hearing: Hearing) -> tuple[PaperWanted, ...]:
    """The parts of the blocks sought, the photographs of the piece, the copy of the identity document."""
    sought = parts_sought(state, hearing)
    kinds = (*(kind for kind, part in PARTS.items() if part in sought), NEEDED_COPY, "identity_back")
    given, late = shown(state, hearing), awaiting_acceptance(state, hearing)
    the_day = date.fromisoformat(state.date)
    return tuple(
        PaperWanted(kind, kind != "identity_back", tuple(one for one in given if one.kind == kind),
                    tuple(one for one in late if one.kind == kind),
                    state.deadline if state.deadline is not None and kind in AT_DEADLINE else the_day)
        for kind in kinds)


def missing_papers(state: SessionState, hearing: Hearing) -> tuple[PaperWanted, ...]:
    return tuple(one for one in papers_wanted(state, hearing) if one.missing)
