"""What a person is given of cases: their own part, in which nobody else is told of."""
from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import pytest

from evaluation.candidacy.hearing_endings import ExcuseAbsence, NoteEnding
from evaluation.candidacy.planned import NotePlanned
from evaluation.candidacy.terms import HearingEnding
from evaluation.case_rules import Consequence
from evaluation.people import SYSTEM, Words
from server.people.cases_in_data import told_of_candidacy, told_of_part
from server.storage.vault import Vault
from tests.evaluation.body.house import CLERK, ORGANIZER, PAPER, TODAY, words
from tests.evaluation.candidacy.house import office, registered
from tests.evaluation.candidacy.test_appealing import appeal, ruled
from tests.evaluation.candidacy.test_planned import added, said
from tests.evaluation.case import docket as cases


class Readable:
    """A vault whose every text is its own name."""

    async def read_words(self, refs: Iterable[str]) -> dict[str, str]:
        return {ref: ref for ref in refs}


def read(words: Words | None) -> str:
    return words.ref if words is not None else ""


@pytest.mark.rule("X1")
def test_what_was_told_answered_and_decided():
    bar = Consequence.BAR
    docket = cases.opened().reported().told(bar).answered().proposed(bar).agreed().submitted().decided(bar)
    part = docket.state.parts["k1"]
    told = told_of_part(part, read)
    assert [one["sanctions_possibles"] for one in told["notifications"]] == [["bar"]]
    assert [one["texte"] for one in told["notifications"]] == [part.notices[0].words.ref]
    assert [one["texte"] for one in told["reponses"]] == [part.answers[0].words.ref]
    assert (told["decision"]["suite"], "fin" in told) == ("bar", False)
    opinions = {each.words.ref for one in part.proposals for each in one.answers.values() if each.words is not None}
    assert not any(one in str(told) for one in {*opinions, part.proposals[0].words.ref})


@pytest.mark.rule("X1")
async def test_the_appeals_and_how_the_hearings_ended():
    candidacy = ruled()
    candidacy.do(CLERK, appeal(candidacy))
    told = await told_of_candidacy(candidacy.state, cast("Vault", Readable()))
    assert told["recours"] == [{"poste_le": "2026-05-10", "recu_le": "2026-05-12", "dernier_jour": "2026-05-10",
                                "numero": "1A 23", "raisons": words("unfair").ref}]
    absent = registered()
    absent.do(SYSTEM, NotePlanned("h1", added()), NoteEnding(
        "h1", HearingEnding.ABSENT, said("no_show_recorded", hearing="h1")))
    absent.do(ORGANIZER, ExcuseAbsence("s1", "h1", words("ill"), PAPER, office("o-organizer")))
    told = await told_of_candidacy(absent.state, cast("Vault", Readable()))
    assert told["epreuves"] == [{"jour": TODAY, "fin": "excused", "excuse": words("ill").ref}]
