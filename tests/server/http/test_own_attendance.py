"""A juror's certificate of attendance for their employer: for who signed, also once the session is closed (R1.5)."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from server.http import parts
from server.views.session.juror_attendance import attended_hours
from server.views.when import hour_words
from tests.server.http.house import House
from tests.server.http.test_own_papers import place, shown


@pytest.mark.rule("R1.5", "X15")
async def test_who_sat_and_signed_takes_it_away_and_it_names_no_candidate(home: House):
    juror, path = await home.at_home("tra"), place(home, "tra") + "attendance.pdf"
    candidate = await home.at_home("cand")
    await home.to_questions()
    await shown(juror, path, 404)
    await home.from_questions_to_closed()
    for number in range(2, len((await home.state()).hearings) + 1):
        await home.act("org", "PostponeHearing", hearing=home.hearing(number), words="un autre jour")
    await home.act("org", "CloseSession")
    assert 'attendance.pdf"' in await shown(juror, home.space("tra"))
    answer = await juror.get(path)
    assert (answer.status, answer.content_type) == (200, "application/pdf")
    words = " ".join("".join(page.get_textpage().get_text_range() for page in PdfDocument(await answer.read())).split())
    state = await home.state()
    (sat,) = await attended_hours(home.app[parts.SESSIONS], state.id, home.seat("tra"))
    hours = [" ".join(hour_words(at, "fr").split()) for at in (sat.since, sat.until)]
    for said in ("Attestation de participation à un jury", "Tom Formateur", "membre du jury, pour la formation",
                 state.framework.title, f"de {hours[0]} à {hours[1]} (heure de Paris)"):
        assert said in words
    for person in (one.candidate.person for one in state.hearings.values()):
        profile = await home.app[parts.ACCOUNTS].profile(person)
        assert profile is not None
        assert [part for part in str(profile["name"]).split() if part in words] == []
    await shown(candidate, place(home, "cand") + "attendance.pdf", 403)
    await shown(candidate, f"{home.space('cand')}seats/{home.seat('tra')}/attendance.pdf", 404)
