"""Who sends picture and sound in the sitting's room, and who sees and hears whom: its members, and the evaluation jury
while it is questioned. Whatever is not named is closed."""
from __future__ import annotations

from collections.abc import Iterator

from evaluation.people import PersonId
from evaluation.rules import rule
from evaluation.session.measured import Source
from evaluation.sitting.in_person import is_on_site
from evaluation.sitting.seeing import is_over
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.who_sits import sitting_now, three_on

MAIN: frozenset[Source] = frozenset({"main"})
NONE: frozenset[Source] = frozenset()
Rights = tuple[dict[PersonId, frozenset[Source]], dict[PersonId, frozenset[PersonId]]]


def room_rights(state: SittingState) -> Rights:
    """What each may publish, and whom each may see and hear. Whoever is on site publishes nothing (X13)."""
    there = in_room(state)
    publish = {person: NONE if is_on_site(state, person) else MAIN for person in there}
    view = {person: frozenset[PersonId]() if state.mode == "on_site" else there - {person} for person in there}
    return publish, view


@rule("R1.3", "R1.4", "R3.9", permits=frozenset[PersonId]())
def in_room(state: SittingState) -> frozenset[PersonId]:
    """Whoever is in the room now: those who sit, and of them, while a candidate is discussed, the three who decide on
    that candidate alone; the jurors while they are questioned. Nobody before the sitting is opened and once it is over.
    """
    if state.opened_at is None or is_over(state):
        return frozenset()
    there = sitting_now(state)
    for item in discussed(state):
        there &= frozenset(one for one in three_on(state, item).values() if one is not None)
    return there | frozenset(juror for item in state.agenda.values() if item.questioning is not None
                             for juror in item.recommended.jurors)


def discussed(state: SittingState) -> Iterator[Item]:
    """The candidate whom the president called, and whoever is being questioned on or proposed on: until decided."""
    for candidacy, item in state.agenda.items():
        about = candidacy == state.current or item.questioning is not None or item.proposal is not None
        if about and item.decided is None:
            yield item
