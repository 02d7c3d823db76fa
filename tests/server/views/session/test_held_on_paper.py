"""A hearing held on site and on paper as pages and papers tell it: who is awaited, that it was transcribed (X13)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.session import commands as c
from evaluation.session.transcript import PaperIncident, incident_place
from server.views.session.awaited import awaited, steps_before
from server.views.session.grid_paper import grid_paper
from server.views.session.hearing import hearing_view
from server.views.session.mine import awaits, ways_of
from server.views.session.transcript_words import answers_of, entered
from tests.evaluation.frameworks import POLISHING
from tests.evaluation.session import papers
from tests.evaluation.session.day import Day, begun, framework, words
from tests.evaluation.session.papers import confirm, on_site_day
from tests.server.views.session.readings import reading
from tests.server.views.session.test_record import lines, record

CONFIRMS = "Lina Morel\u00a0: relire et confirmer ce qui est transcrit du papier"


def expected(day: Day, seat: str) -> tuple[str, str]:
    found = awaited(reading(day, seat), day.hearing())
    return found.who, found.words


def test_on_site_the_president_is_awaited_where_the_candidate_is_at_a_camera():
    remote, on_site = begun(), on_site_day()
    assert expected(remote, "org")[0] == "Lina Morel"
    assert expected(on_site, "org") == (
        "Hélène Garnier", "faire confirmer le message de prévention, à l’écran ou sur papier")
    assert steps_before(reading(on_site, "cand1"), on_site.hearing())[-1] == "dire que vous êtes là"
    on_site.do("emp", c.RecordOnPaper("h1", "prevention"), c.CallIn("h1"))
    for juror in ("own", "tra"):
        on_site.do(juror, c.GiveIdentityOpinion("h1", True))
    on_site.do("emp", c.DecideIdentity("h1", "conform", "proceed", seen="passport"))
    for point in range(len(on_site.state.framework.reminder)):
        on_site.do("emp", c.CheckReminder("h1", point, True))
    assert expected(on_site, "org") == (
        "Hélène Garnier", "faire signer la feuille de présence, à l’écran ou sur papier")
    identity = record(on_site)["identity"]
    assert identity is not None
    assert identity["decision"] == "Identité conforme\u00a0: on continue (Passeport, vue sur place)"
    on_site.do("emp", c.RecordOnPaper("h1", "sheet"))
    assert record(on_site)["sheet"].startswith("signée sur papier, à ")


@pytest.mark.parametrize(("mode", "on_site"), [("remote", False), ("mixed", True), ("on_site", True)])
def test_a_page_is_told_whether_its_seat_is_on_site_and_by_whose_camera_it_is_shown(mode: str, on_site: bool):
    day = on_site_day(mode=mode) if mode != "remote" else begun()
    if mode == "mixed":
        day.do("own", c.SitOnSite("emp"))
    view = hearing_view(reading(day, "own"), day.hearing())
    assert (view["mode"], view["on_site"], view["at_camera"]) == (
        mode, on_site, "Hélène Garnier" if mode == "mixed" else None)
    identity = hearing_view(reading(day, "emp"), day.hearing())["identity"]
    assert ("on_site" in identity and [one["identity"] for one in identity["on_site"]]) == (
        list(day.state.framework.identity.documents) if mode == "on_site" else [])


def test_each_juror_finds_in_their_space_what_to_confirm_until_they_have():
    day = papers.entered()
    assert CONFIRMS in awaits(reading(day, "own"))
    assert ("seats/own/transcripts/h1", "Épreuve de Lina Morel, transcrite du papier") in ways_of(reading(day, "own"))
    assert CONFIRMS not in awaits(reading(day, "org"))
    confirm(day, "own")
    assert CONFIRMS not in awaits(reading(day, "own"))
    day.do("tra", c.RefuseTranscript("h1", papers.number(day), words("no")))
    assert [(one.name, one.state, one.words) for one in answers_of(reading(day, "org"), day.hearing())] == [
        ("Hélène Garnier", "waiting", ""), ("Marc Oudin", "confirmed", ""), ("Samia Benali", "refused", "«no»")]


def test_what_is_shown_to_a_juror_is_their_own_grid_and_what_is_common():
    day = papers.entered()
    found = day.hearing().transcribed
    assert found is not None
    shown = entered(reading(day, "tra"), day.hearing(), found, "tra")
    assert [one[0] for one in shown.own] == [one[0] for one in shown.agreed] == list(papers.GRIDS["tra"])
    assert dict(shown.common)["Présentation"] == "de 9\u00a0h\u00a030 à 9\u00a0h\u00a045"
    assert dict(shown.common)["Préside le jury"] == "Hélène Garnier"


def test_an_incident_of_a_kind_that_only_the_framework_has_is_told_by_its_title():
    kinds = POLISHING.case.kinds
    strike = replace(kinds[0], code="strike", title="Grève")
    of = framework(case=replace(POLISHING.case, kinds=(strike, *kinds)))
    day = confirm(papers.entered({incident_place(0): words("late")}, of=of,
                                 incidents=(PaperIncident("strike", False, "questions"),)))
    view = record(day)
    assert [one["kind_words"] for one in view["incidents"]] == ["Grève"]
    assert "Incident noté par Hélène Garnier\u00a0: grève." in lines(view)


def test_record_and_paper_say_that_it_was_transcribed():
    day = papers.entered()
    assert record(day)["transcribed"] == (
        "Tenue sur papier\u00a0: transcrit par Claire Fabre le lundi 16 mars 2026, confirmé par 0 jurés sur 3.")
    confirm(day)
    view = record(day)
    assert view["transcribed"] == ("Tenue sur papier\u00a0: transcrit par Claire Fabre le lundi 16 mars 2026, et "
                                   "confirmé par chacun des trois jurés.")
    assert lines(view)[-2:] == [
        "Les trois jurés ont confirmé ce qui est transcrit du papier\u00a0: c’est le procès-verbal.",
        lines(record(begun().signed()))[-1]]
    paper = grid_paper(view, day.state, "0" * 64, len(day.records))
    assert paper["subtitle"].endswith(f", sur place. {view['transcribed']}")
    assert all(one["time"].startswith("sur papier, transcrit ; confirmé le ") for one in paper["signatures"])
    remote = begun().signed()
    assert ", à distance." in grid_paper(record(remote), remote.state, "0" * 64, 9)["subtitle"]
