"""How the pages of an office are found: few stand side by side, many under common words."""
from __future__ import annotations

from server.views.desk import FEW, DeskPage, Group, grouped

AWAITS, DAYS, PEOPLE = DeskPage("a", "Ce qui vous attend"), DeskPage("d", "Journées", group="Épreuves"), DeskPage(
    "p", "Personnes", group="Gestion")


def test_few_pages_are_all_in_sight() -> None:
    few = (AWAITS, *[DAYS] * (FEW - 1))
    assert grouped(few) == (Group("", few),)
    assert grouped(()) == ()


def test_many_are_found_under_common_words_and_one_alone_stands_for_itself() -> None:
    found = grouped((AWAITS, *[DAYS] * FEW, PEOPLE))
    assert found == (Group("", (AWAITS,)), Group("Épreuves", (DAYS,) * FEW), Group("", (PEOPLE,)))


def test_the_page_that_is_open_is_known_to_its_group() -> None:
    here = DeskPage("h", "Ici", here=True, group="Épreuves")
    assert [one.here for one in grouped((AWAITS, *[DAYS] * FEW, here))] == [None, here]
