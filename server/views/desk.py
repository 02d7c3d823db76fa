"""What stands around every page of the offices: whose it is, what they hold, where they may go."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FEW: Final = 6
"""Of so many pages none is put away."""


@dataclass(frozen=True)
class DeskPage:
    """A page of the offices in the navigation, under the words of its group; "" where it stands for itself."""

    href: str
    words: str
    here: bool = False
    group: str = ""


@dataclass(frozen=True)
class Group:
    """Pages that are found under the same words; "" for those that are in sight at once."""

    words: str
    places: Sequence[DeskPage]

    @property
    def here(self) -> DeskPage | None:
        """The page that is open, if it is one of these."""
        return next((one for one in self.places if one.here), None)


def grouped(places: Sequence[DeskPage]) -> tuple[Group, ...]:
    """In the order in which the first of each comes. A page that would be alone under its words stands for itself."""
    if len(places) <= FEW:
        return (Group("", places),) if places else ()
    return tuple(Group(words if len(found) > 1 else "", found)
                 for words, found in ((words, tuple(one for one in places if one.group == words))
                                      for words in dict.fromkeys(one.group for one in places)))


@dataclass(frozen=True)
class Desk:
    """`space` is the address of the person's space, with a slash at the end; `offices` are what they hold, in words."""

    space: str
    name: str
    offices: Sequence[str]
    places: Sequence[DeskPage]

    @property
    def groups(self) -> Sequence[Group]:
        return grouped(self.places)
