"""A sitting through the clerk's and the commission's pages: convened from what waits, its members and its president
seated, its minutes presented, signed and sealed, each candidate's extract."""
from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from evaluation.body.granting import GrantOffice
from evaluation.body.pool import EnterJuror
from evaluation.body.terms import Juror
from evaluation.deadlines import day_of
from evaluation.offices import Office, OfficeRole
from evaluation.people import SYSTEM, JurorCategory
from evaluation.rules import Refusal
from evaluation.sitting.state import Minutes
from server.documents.seal_check import find_seal
from server.documents.sealing import SealUnavailable
from server.http import parts
from server.http.office import sitting_convening
from server.keeping.joint_papers import JointPapers
from server.storage.purge import Purge
from server.storage.spaces import How
from tests.evaluation.frameworks import POLISHING
from tests.pace import patient
from tests.server import bodies
from tests.server.http.house import House, house
from tests.server.http.office.desks import Desks, paper
from tests.server.http.sittingwork import MEMBERS, Sittingwork
from tests.serving import eventually

pytestmark = pytest.mark.rule("R3.9")
OTHER = "Noé Second"


class Desk(Sittingwork):
    """The same sitting, from the pages of the offices."""

    def __init__(self, home: House) -> None:
        super().__init__(home)
        self.desks, self.found = Desks(home), ""

    @property
    def sitting(self) -> str:
        return self.found

    @property
    def day(self) -> date:
        return day_of(self.home.clock()) + timedelta(days=1)

    async def page(self, page: str, person: str = bodies.CLERK) -> str:
        return (await self.desks.page(person, page)).replace("\u00a0", " ").replace("\u202f", " ")

    async def office_send(self, page: str, person: str = bodies.CLERK, **fields: Any) -> tuple[int, str]:
        return await self.desks.send(person, page, **fields)

    async def done(self, page: str, person: str = bodies.CLERK, done: str = "sitting-noted", **fields: Any) -> None:
        status, where = await self.office_send(f"sittings/{self.found}/{page}", person, **fields)
        assert (status, where) == (303, f"/space/{person}/office/sittings/{self.found}?done={done}"), where
        await self.home.settled()

    async def convene(self, **fields: Any) -> None:
        given: dict[str, Any] = {"day": self.day.isoformat(), "hour": "14:00", "mode": "remote", "place": "",
                 "candidacies": [self.candidacy()]} | fields
        status, where = await self.office_send("sittings/convene", **given)
        assert status == 303, where
        assert where.endswith("?done=sitting-convened"), where
        self.found = where.rpartition("/")[2].partition("?")[0]
        await self.home.settled()

    async def people(self) -> None:
        """The pool has the representatives; one presides."""
        journals = self.home.app[parts.JOURNALS]
        known = {bodies.CLERK: "Laurence Chevillon", **{self.member(name): words for name, words in MEMBERS.items()}}
        for person, words in known.items():
            await self.home.app[parts.ACCOUNTS].save_person(person, {
                "name": words, "first_name": words.split()[0], "email": f"{person}@example.org"})
        for name, category in (("employees", JurorCategory.EMPLOYEES), ("employers", JurorCategory.EMPLOYERS),
                               ("substitute", JurorCategory.EMPLOYEES)):
            await bodies.do(journals, bodies.CLERK, EnterJuror(Juror(self.member(name), (category,))))
        await bodies.do(journals, bodies.CLERK, GrantOffice(Office(
            "o-presides", self.member("presides"), OfficeRole.PRESIDENT, bodies.SINCE, None, None, bodies.PAPER)))

    async def seated_by_pages(self) -> None:
        await self.done("members", bodies.MEMBER, "sitting-members", employers=self.member("employers"),
                        employees=self.member("employees"), employees_substitutes=[self.member("substitute")])
        await self.done("act/president", presides="o-presides")

    async def deliberated(self) -> None:
        """On the day the three decide."""
        self.home.clock.ahead += 86_400_000
        for name in ("presides", "employees", "employers"):
            await self.do(self.member(name), "DeclareImpartial", candidacies=[self.candidacy()])
        await self.do(self.member("presides"), "OpenSitting")
        await self.decided()

    async def signed(self, *names: str) -> None:
        minutes = (await self.state()).presented
        assert minutes is not None
        for name in names:
            await self.do(self.member(name), "SignMinutes", number=minutes.number, digest=minutes.paper.digest,
                          level="passkey")

    async def sealed(self) -> Minutes:
        """What was presented last, once the server has sealed it."""
        async def done() -> bool:
            return (await self.state()).minutes[-1].sealed is not None

        await eventually(done, patient(10))
        await self.home.settled()
        return (await self.state()).minutes[-1]


async def heard(home: House) -> None:
    """Everything is acquired but C1.2, which is mandatory."""
    await Sittingwork(home).heard(C1_2="NA")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with house(tmp_path, True, POLISHING, heard) as home:
        yield Desk(home)


def words(data: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(data))]
    return " ".join(" ".join(pages).split())


@pytest.mark.rule("R1.3", "R8.1")
async def test_from_what_waits_to_sealed_minutes_by_pages_alone(desk: Desk):
    listing, waiting = await desk.page("sittings"), await desk.page("sittings/waiting")
    assert ("1 candidature attend une séance" in listing, "Lina Morel" in waiting, "attribution partielle" in waiting
            ) == (True, True, True)
    await desk.people()
    await desk.convene()
    page = await desk.page(f"sittings/{desk.found}")
    assert ("Lina Morel" in page, "Personne encore." in page, "À vous : désigner qui préside" in page
            ) == (True, True, True)
    await desk.seated_by_pages()
    page = await desk.page(f"sittings/{desk.found}")
    assert {name: MEMBERS[name] in page for name in MEMBERS} == dict.fromkeys(MEMBERS, True)
    assert "N’a pas encore répondu sur 1 candidat." in page
    await desk.deliberated()
    await desk.done("act/complete", words="Tout s’est bien passé.")
    draft = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/draft.pdf")).read()
    assert ("le bloc BC2 est acquis." in words(draft), "Tout s’est bien passé." in words(draft),
            "aperçu, sans numéro" in words(draft)) == (True, True, True)
    await desk.done("act/present")
    await desk.signed("employees", "employers")
    page = await desk.page(f"sittings/{desk.found}")
    assert (page.count("avec une clé d’accès"), page.count("n’a pas encore signé")) == (2, 1)
    await desk.signed("presides")
    await check_sealed(desk, (await desk.sealed()).number)
    assert "scellé" in await desk.page(f"sittings/{desk.found}")
    row = await desk.home.app[parts.ROWS].one("candidacies", desk.candidacy())
    assert row is not None


async def check_sealed(desk: Desk, number: int) -> None:
    """What is given out is sealed, has the signatures, and an extract names nobody else."""
    whole = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/documents/{number}")).read()
    assert await find_seal(whole, ()) is not None
    assert words(whole).count("signature électronique simple, avec une clé d’accès") == 3
    extract = await (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/extracts/{desk.candidacy()}")).read()
    assert await find_seal(extract, ()) is not None
    assert "Lina Morel" in words(extract)
    for name in MEMBERS.values():
        assert (name in words(whole) or name == MEMBERS["substitute"], name in words(extract)) == (True, False)


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
    await desk.done("agenda", candidacies=[desk.candidacy()])
    assert "Lina Morel" in await desk.page(f"sittings/{desk.found}")
    await desk.done("act/take-off", candidacy=desk.candidacy(), words="Une pièce manque")
    assert "attend une séance" in await desk.page("sittings/waiting")


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
    (again,) = [one for one in told if "Il manque encore quelque chose de vous" in one]
    assert (again.startswith("Bonjour Élise,"), "Écrivez à Laurence Chevillon, de CNHBJO" in again) == (True, True)


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
    assert await rows.count("sittings") == before + 1


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


@pytest.mark.rule("X1")
async def test_papers_that_name_several_go_years_after_their_seal_and_an_erasure_leaves_them(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    await desk.signed("presides", "employees", "employers")
    minutes = await desk.sealed()
    app = desk.home.app
    purge = Purge(app[parts.DATABASE], app[parts.VAULT], app[parts.CONFIG].retention, desk.home.clock)
    joint = JointPapers(app[parts.JOURNALS], purge, app[parts.ROWS], 1, desk.home.clock)
    assert await joint.naming(desk.home.person("cand")) == 1
    await app[parts.VAULT].erase(desk.home.person("cand"))
    assert (await joint(), (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/documents/{minutes.number}")).status) == ({}, 200)
    assert (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/extracts/{desk.candidacy()}")).status == 410
    desk.home.clock.ahead += 366 * 86_400_000
    assert (await joint())["paper"] == 2
    await desk.desks.renewed(bodies.CLERK)
    assert (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/documents/{minutes.number}")).status == 410


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


@pytest.mark.rule("X7")
async def test_nothing_is_changed_in_what_somebody_has_signed_unless_it_is_taken_back_and_signed_anew(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    await desk.signed("employees")
    here, key = f"sittings/{desk.found}", "k" * 20
    for act in ("complete", "present", "move", "take-off", "substitute"):
        assert (await desk.desks.get(bodies.CLERK, f"{here}/act/{act}")).status == 404, act
    status, page = await desk.desks.send(bodies.CLERK, f"{here}/act/complete", key=key, words="Après coup")
    assert (status, "reprenez-le pour le changer" in page) == (422, True)
    await desk.done("act/take-back", words="Une faute dans un nom")
    await desk.done("act/complete", words="Après coup")
    await desk.done("act/present")
    minutes = (await desk.state()).presented
    assert minutes is not None
    assert (len(minutes.unsigned), minutes.signatures) == (3, {})


@pytest.mark.rule("X5")
async def test_minutes_wait_for_their_seal_when_no_timestamp_is_to_be_had_and_are_sealed_after_it(
        desk: Desk, monkeypatch: pytest.MonkeyPatch):
    async def away(*_given: object) -> None:
        raise SealUnavailable

    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    monkeypatch.setattr(desk.home.app[parts.SEALS], "seal", away)
    await desk.signed("presides", "employees", "employers")
    page = await desk.page(f"sittings/{desk.found}")
    assert "Tout est signé : le cachet est apposé dans un instant" in page
    monkeypatch.undo()
    assert (await desk.sealed()).extracts.keys() == {desk.candidacy()}


@pytest.mark.rule("X7")
async def test_a_scan_signed_by_hand_takes_the_place_of_signatures_and_an_addition_follows_the_seal(desk: Desk):
    await desk.people()
    await desk.convene()
    await desk.seated_by_pages()
    await desk.deliberated()
    await desk.done("act/present")
    await desk.done("act/take-back", words="Une faute dans un nom")
    await desk.done("act/present")
    await desk.done("act/scan", scan=paper("Signé à la main"))
    sealed = await desk.sealed()
    whole = await (await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/documents/{sealed.number}")).read()
    assert "signé à la main : la copie signée est jointe" in words(whole)
    scan = await desk.desks.get(bodies.CLERK, f"sittings/{desk.found}/documents/{sealed.number}/scan")
    assert scan.status == 200
    await desk.done("act/complete", words="La pièce a été rendue.")
    await desk.done("act/present")
    await desk.signed("presides", "employees", "employers")
    last = await desk.sealed()
    added = words(await (await desk.desks.get(
        bodies.CLERK, f"sittings/{desk.found}/documents/{last.number}")).read())
    assert (last.amends, "Complément au procès-verbal" in added, "La pièce a été rendue." in added,
            "Lina Morel" in added) == (sealed.number, True, True, False)


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
