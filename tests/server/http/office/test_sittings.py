"""A sitting through the clerk's and the commission's pages: convened from what waits, moved, cancelled; its members
and substitutes seated, told by letter; who may what."""
from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from evaluation.body.granting import GrantOffice
from evaluation.body.pool import EnterJuror
from evaluation.body.terms import Juror
from evaluation.framework_file import framework_to_data
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, JurorCategory
from evaluation.rules import Refusal
from evaluation.sitting.members import appointment
from evaluation.slots import hour_on
from server.http import parts
from server.http.office import sitting_convening
from server.journals.quoting import reference
from server.storage.spaces import How
from tests.server import bodies
from tests.server.http.office.sitting_desk import Desk, at_the_desk
from tests.server.http.sittingwork import MEMBERS

pytestmark = pytest.mark.rule("R3.9")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_the_desk(tmp_path) as found:
        yield found


async def test_a_sitting_is_convened_also_where_a_candidacy_was_taken_on_by_another_meanwhile(
        desk: Desk, monkeypatch: pytest.MonkeyPatch):
    await desk.people()

    async def taken(*_given: object) -> None:
        raise Refusal("R3.9", "taken")

    monkeypatch.setattr(sitting_convening, "put_on", taken)
    status, where = await desk.office_send(
        "sittings/convene", day=desk.day.isoformat(), hour="14:00", mode="remote", place="",
        candidacies=[desk.candidacy()])
    assert (status, where.endswith("?done=sitting-convened-part")) == (303, True)
    monkeypatch.undo()
    desk.found = where.rpartition("/")[2].partition("?")[0]
    page = await desk.page(f"sittings/{desk.found}?done=sitting-convened-part")
    assert "n’a pas pu être mise à l’ordre du jour" in page
    for _ in range(2):  # sent twice, once is all that is done
        await desk.done("agenda", candidacies=[desk.candidacy()], key="m" * 20)
    assert "Lina Morel" in await desk.page(f"sittings/{desk.found}")
    await desk.done("act/take-off", candidacy=desk.candidacy(), words="Une pièce manque")
    assert "attend une séance" in await desk.page("sittings/waiting")


async def test_what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays(desk: Desk):
    await desk.people()
    status, page = await desk.office_send(
        "sittings/convene", day="2020-01-01", hour="10:00", mode="on_site", place="", candidacies=[desk.candidacy()])
    assert (status, "L’heure de la séance est à venir." in page, 'value="2020-01-01"' in page) == (422, True, True)
    status, page = await desk.office_send(
        "sittings/convene", day=desk.day.isoformat(), hour="10:00", mode="on_site", place="",
        candidacies=[desk.candidacy()])
    assert (status, "Dites où la séance se tient" in page) == (422, True)
    await desk.convene()
    twice = f"sittings/{desk.found}/members"
    status, page = await desk.office_send(
        twice, bodies.MEMBER, employers=desk.member("employers"), employees=desk.member("employees"),
        employees_substitutes=[desk.member("employees")])
    assert (status, "Nommez chaque personne une fois" in page) == (422, True)


async def test_a_sitting_says_what_did_not_join_its_agenda(desk: Desk):
    """Put on two at once, past the form that offers what is free alone."""
    await desk.people()
    await desk.convene()
    clerk, first, (item,) = await desk.clerk(), desk.found, (await desk.state()).agenda.values()
    desk.found = "second"
    await desk.do(bodies.CLERK, "ConveneSitting", sitting="second", body=bodies.STREAM, mode="remote", office=clerk,
                  at=hour_on(desk.day, "15:00"), hold_by=desk.day.isoformat(), place=None)
    await desk.do(bodies.CLERK, "PutOnAgenda", candidacy=desk.candidacy(), said=reference(item.said),
                  framework=framework_to_data(item.framework), office=clerk)
    await desk.home.settled()
    page = await desk.page("sittings/second")
    assert "Lina Morel n’est pas à cet ordre du jour : une autre séance" in page
    assert "n’est pas à cet ordre du jour" not in await desk.page(f"sittings/{first}")
    assert await desk.home.app[parts.FOLLOW_UPS].of(bodies.STREAM) == ()


@pytest.mark.rule("R1.3")
async def test_once_it_is_open_its_members_stay_and_the_commission_adds_substitutes(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    here, given = f"sittings/{desk.found}/members", {"employers": desk.member("employers")}
    status, page = await desk.office_send(here, bodies.MEMBER, employees=desk.member("substitute"), **given)
    assert (status, "La séance est ouverte : ses membres restent" in page.replace("\u00a0", " ")) == (422, True)
    await desk.done("members", bodies.MEMBER, "sitting-members", employees=desk.member("employees"),
                    employees_substitutes=[desk.member("substitute")], **given)


@pytest.mark.rule("R1.3")
@pytest.mark.parametrize("ending", ["", "_substitutes"])
async def test_who_judged_every_candidate_is_appointed_nowhere(desk: Desk, ending: str):
    """Nor as a substitute; and nothing is decided. What the decision rests on comes from the server."""
    await desk.people()
    await desk.convene()
    judge = desk.home.person("emp")
    await bodies.do(desk.home.app[parts.JOURNALS], bodies.CLERK, EnterJuror(Juror(judge, (JurorCategory.EMPLOYEES,))))
    given: dict[str, Any] = {"employers": desk.member("employers"), "employees": desk.member("employees")}
    status, page = await desk.office_send(
        f"sittings/{desk.found}/members", bodies.MEMBER, **given | {f"employees{ending}": [judge] if ending else judge})
    assert (status, "a siégé au jury d’évaluation de tous ces candidats" in page) == (422, True)
    assert (await desk.state()).decision is None
    await desk.done("members", bodies.MEMBER, "sitting-members", **given)
    state = await desk.state()
    assert state.decision is not None
    assert appointment(state.decision).recommended == (state.agenda[desk.candidacy()].said,)


async def test_of_two_clerks_the_second_learns_that_somebody_was_quicker_and_one_form_convenes_one_sitting(desk: Desk):
    await desk.people()
    await desk.convene()
    here, seen = f"sittings/{desk.found}", str((await desk.state()).position)
    await desk.done("act/move", day=desk.day.isoformat(), hour="16:00", mode="remote", place="", words="Plus tard")
    status, page = await desk.desks.send(
        bodies.CLERK, f"{here}/act/cancel", key="k" * 20, seen=seen, words="Le quorum manque")
    assert (status, "Quelqu’un d’autre a agi juste avant vous" in page, "Le quorum manque" in page) == (409, True, True)
    given: dict[str, Any] = {"day": desk.day.isoformat(), "hour": "14:00", "mode": "remote", "place": "",
                             "candidacies": [desk.candidacy()]}
    rows = desk.home.app[parts.ROWS]
    before = await rows.count("sittings")
    await desk.done("act/cancel", words="Le quorum manque")
    for _ in range(2):
        status, where = await desk.desks.send(bodies.CLERK, "sittings/convene", key="l" * 20, **given)
        assert (status, where.endswith("?done=sitting-convened")) == (303, True)
        await desk.home.settled()  # it waits for no sitting any more
    assert await rows.count("sittings") == before + 1


async def test_nobody_but_the_clerk_acts_and_another_bodys_sitting_is_not_there(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.desks.browser(desk.member("presides"), How.PASSKEY)
    here = f"sittings/{desk.found}"
    for person, page, status in (
            (bodies.MEMBER, here, 200), (bodies.MEMBER, f"{here}/members", 200),
            (bodies.MEMBER, f"{here}/act/move", 404), (bodies.MEMBER, "sittings/convene", 404),
            (bodies.MEMBER, f"{here}/agenda", 404),
            (desk.member("presides"), here, 200), (desk.member("presides"), f"{here}/members", 404),
            (bodies.CLERK, "sittings/nowhere", 404), (bodies.CLERK, f"{here}/act/nothing", 404),
            (bodies.CLERK, f"{here}/documents/1", 404), (bodies.CLERK, f"{here}/draft.pdf", 404)):
        assert (await desk.desks.get(person, page)).status == status, (person, page)


async def test_a_substitute_takes_the_place_of_who_is_recused_and_the_page_says_that_one_is_missing(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.do(desk.member("employees"), "RecuseMember", candidacy=desk.candidacy(), words="Il travaille chez nous")
    page = await desk.page(f"sittings/{desk.found}")
    assert ("Place vide : Karim Haddad s’est récusé. Appelez un suppléant." in page,
            "À vous : appeler un suppléant" in page) == (True, True)
    await desk.done("act/substitute", member=desk.member("employees"), substitute=desk.member("substitute"),
                    candidacies=[desk.candidacy()])
    page = await desk.page(f"sittings/{desk.found}")
    assert ("Place vide" in page, f"{MEMBERS['substitute']} (Lina Morel)" in page) == (False, True)


@pytest.mark.rule("R1.3")
async def test_a_written_delegate_takes_the_presidents_place(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    journals = desk.home.app[parts.JOURNALS]
    await desk.home.app[parts.ACCOUNTS].save_person("p-delegate", {
        "name": "Denise Dupré", "first_name": "Denise", "email": "dd@example.org"})
    await bodies.do(journals, bodies.CLERK, GrantOffice(Office(
        "o-delegate", "p-delegate", OfficeRole.PRESIDENT_DELEGATE, bodies.SINCE, None, None, bodies.PAPER)))
    await desk.done("act/substitute", member=desk.member("presides"), substitute="office:o-delegate")
    page = await desk.page(f"sittings/{desk.found}")
    assert ("Denise Dupré" in page, "par délégation écrite" in page) == (True, True)
    told = [one.replace("\u00a0", " ") for one in await desk.home.letters()]
    assert any(one.startswith("Bonjour Denise,") and "vous convoque au jury de certification" in one for one in told)


# Letters


@pytest.mark.rule("R4.2")
async def test_who_sits_is_told_with_an_entry_of_a_calendar_that_keeps_its_place(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    place = "58, rue du Louvre\n75002 Paris"
    await desk.done("act/move", day=(desk.day + timedelta(days=1)).isoformat(), hour="10:30", mode="on_site",
                    place=place, words="La salle est prise")
    await desk.done("act/cancel", words="Le quorum manque")
    entries = await calendars(desk)
    mine = [one for one in entries if f"{desk.member('employers')}@example.org" in one]
    assert [method(one) for one in mine] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({line(one, "UID") for one in mine}) == 1
    numbers = [int(line(one, "SEQUENCE")) for one in mine]
    assert numbers == sorted(set(numbers))
    assert "58\\, rue du Louvre" in mine[1]
    told = [one.replace("\u00a0", " ") for one in await desk.home.letters()]
    assert sum("La raison : La salle est prise" in one for one in told) == 3
    assert any("convoque un jury de certification. Candidatures à examiner : 1." in one for one in told)


@pytest.mark.rule("R1.4", "R1.5")
async def test_who_has_not_answered_is_reminded_by_letter_before_the_sitting(desk: Desk):
    await desk.people()
    await desk.convene(day=(desk.day + timedelta(days=30)).isoformat())
    await desk.seated_by_pages()
    desk.home.clock.ahead += 29 * 86_400_000
    await desk.do(SYSTEM, "RemindMember", person=desk.member("employers"), about="prepare", number=0, step=1)
    told = [one.replace("\u00a0", " ") for one in await desk.home.letters()]
    # The clockwork, which saw the hour too, may have written to the others meanwhile.
    (again,) = [one for one in told if one.startswith("Bonjour Élise,")
                and "Il manque encore quelque chose de vous" in one]
    assert "Écrivez à Laurence Chevillon, de CNHBJO" in again


@pytest.mark.rule("R3.9")
async def test_an_evaluation_jury_is_summoned_by_letter_for_the_hour_of_its_questions(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.done("act/summon", candidacy=desk.candidacy(), day=desk.day.isoformat(), hour="15:20",
                    words="Le grain de la reprise")
    told = [one.replace("\u00a0", " ") for one in await desk.home.letters()]
    asked = [one for one in told if "veut vous demander : Le grain de la reprise" in one]
    assert (len(asked), all("15 h 20" in one for one in asked)) == (3, True)
    entries = [one for one in await calendars(desk) if "152000" in one or "142000" in one]
    assert len({line(one, "UID") for one in entries}) == 3


async def calendars(desk: Desk) -> list[str]:
    """The calendar files that were mailed, in order."""
    await desk.home.letters()
    files = sorted(desk.home.app[parts.CONFIG].mail.folder.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns)
    found = [part.get_content() for one in files for part in message_from_bytes(one.read_bytes(), policy=default).walk()
             if part.get_content_type() == "text/calendar"]
    return [(one.decode() if isinstance(one, bytes) else one).replace("\r\n ", "") for one in found]


def line(entry: str, name: str) -> str:
    return next(one.partition(":")[2] for one in entry.splitlines() if one.startswith(name))


def method(entry: str) -> str:
    return line(entry, "METHOD")


async def test_a_sitting_that_is_convened_twice_by_one_form_is_one_sitting(desk: Desk):
    await desk.people()
    key, given = await desk.desks.key(bodies.CLERK, "sittings/convene"), {
        "day": desk.day.isoformat(), "hour": "14:00", "mode": "remote", "place": "", "candidacies": desk.candidacy()}
    first = await desk.office_send("sittings/convene", key=key, **given)
    await desk.home.settled()
    assert (first[0], await desk.office_send("sittings/convene", key=key, **given)) == (303, first)
    assert (await desk.office_send("sittings/convene", key=key, **given | {"hour": "15:00"}))[0] != 303
    assert await desk.home.app[parts.ROWS].count("sittings") == 1

    desk.found = first[1].rpartition("/")[2].partition("?")[0]
    await desk.done("act/take-off", candidacy=desk.candidacy(), words="Une pièce manque")
    key = await desk.desks.key(bodies.CLERK, f"sittings/{desk.found}/agenda")
    for _ in range(2):
        sent = await desk.office_send(f"sittings/{desk.found}/agenda", key=key, candidacies=desk.candidacy())
        await desk.home.settled()
        assert sent == (303, f"/space/{bodies.CLERK}/office/sittings/{desk.found}?done=sitting-noted")
    assert list((await desk.state()).agenda) == [desk.candidacy()]
