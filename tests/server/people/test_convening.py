"""Notices from the act for many to a real SMTP server and back to the day (R4.2): taken, late, refused, returned."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import aiosmtplib
import pytest
import vobject
from sqlalchemy import insert

from evaluation.body.kind import BODY
from evaluation.codec import encode
from evaluation.people import SYSTEM
from evaluation.session.hearing_parts import Notice
from evaluation.session.kind import SESSION as SESSION_KIND
from evaluation.session.notice_rules import notice_to, status, to_convene
from evaluation.session.state import BODY_TOLD
from server.app.mail_delivery import returned_to
from server.mail.return_server import taking_returns
from server.people.convening import CONVENE
from server.storage import letter_reports, tables
from server.storage.letter_reports import About
from tests.evaluation.session import day
from tests.server.kept import SESSION
from tests.server.people.posting import HOUR, LAST_SECOND, RETURNS, Mailbox, Post


def parts_of(message: EmailMessage) -> dict[str, Any]:
    return {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}


@pytest.mark.rule("R4.2", "R4.4")
async def test_everybody_is_convened_once_and_the_day_is_told(post: Post, mailbox: tuple[Mailbox, int]):
    box, _ = mailbox
    await post.all()
    state = await post.state()
    wanted = ["cand1", "cand2", "org", "obs", "emp", "own", "tra", "aid1", "aid2", BODY_TOLD]
    assert {seat: status(state, seat) for seat in wanted} == dict.fromkeys(wanted, "taken")
    assert await post.notice() == Notice(1, LAST_SECOND, "2026-03-16", day.NINE + 15 * day.MINUTE, LAST_SECOND)
    sent = len(box.got)
    assert [one.status for one in await post.kept.mass_acts.items("act")] == ["done"] * len(wanted)
    assert to_convene(state) == ()
    await post.all("again")
    assert len(box.got) == sent == len({one.rcpt_tos[0] for one, _ in box.got})


@pytest.mark.rule("R4.2", "R6.1", "R6.2")
async def test_what_the_candidates_letter_carries(post: Post, mailbox: tuple[Mailbox, int]):
    await post.all("act", "cand1")
    [message] = mailbox[0].to("p-cand1")
    said = parts_of(message)
    assert set(said) == {"text/plain", "text/html", "text/calendar", "application/pdf"}
    state = await post.state()
    for text in (said["text/plain"], said["text/html"]):
        for words in ("lundi 16 mars 2026", "9\u00a0h\u00a015", "CQP Opérateur en polissage", "Claire Fabre",
                      "passer sur place", "copie de votre pièce d’identité", "Essayez-les", "https://jury.example.org/i/",
                      *state.framework.prevention_message, *state.framework.sanctions):
            assert words in text
    assert said["application/pdf"].startswith(b"%PDF-")
    token = said["text/plain"].split("https://jury.example.org/i/")[1].split()[0]
    found = await post.kept.accounts.invitations.found(token)
    assert found is not None
    assert (found.person, found.opened) == ("p-cand1", False)


def calendar_of(message: EmailMessage) -> tuple[Any, str]:
    """Read by another library than the one that wrote it."""
    data = parts_of(message)["text/calendar"]
    read = vobject.readOne(data)  # pyright: ignore[reportUnknownMemberType]
    return read.vevent, read.method.value


@pytest.mark.rule("R4.2")
async def test_what_a_letter_to_somebody_on_site_carries(post: Post, mailbox: tuple[Mailbox, int]):
    await post.house.do("org", "NamePlace", words="12 rue Haute, salle 3")
    await post.house.do("org", "ChangeMode", hearing="h1", mode="on_site", words=None)
    await post.all("act", "cand1", "cand2", "emp")
    there, remote, juror = (mailbox[0].to(person)[0] for person in ("p-cand1", "p-cand2", "p-emp"))
    places = [calendar_of(one)[0] for one in (there, remote, juror)]
    assert [one.location.value for one in places] == [
        "12 rue Haute, salle 3", "à distance", "12 rue Haute, salle 3\u202f; et à distance"]
    assert [one.url.value if "url" in one.contents else "" for one in places] == [
        "", "https://jury.example.org", "https://jury.example.org"]
    text, other, jurors = (parts_of(one)["text/plain"] for one in (there, remote, juror))
    assert ("Si vous venez sur place" in jurors, "Lieu : 12 rue Haute" in jurors.replace("\u00a0", " ")) == (True, True)
    assert "Heure là où vous serez" not in text
    assert "14\u00a0h\u00a015 (La Réunion)" in other.replace("\u202f", "\u00a0")
    assert ("12 rue Haute" in text, "Sur place, présentez-vous" in text, "une caméra" in text) == (True, True, False)
    assert ("12 rue Haute" in other, "Sur place, présentez-vous" in other, "une caméra" in other) == (
        False, False, True)


@pytest.mark.rule("R4.4", "X13")
async def test_another_place_is_told_again_and_a_letter_that_does_not_arrive_is_known(
    post: Post, mailbox: tuple[Mailbox, int]
):
    box, _ = mailbox
    await post.all("act", "cand1", "cand2", "emp")
    await post.house.do("org", "NamePlace", words="12 rue Haute, salle 3")
    await post.house.do("org", "ChangeMode", hearing="h1", mode="on_site", words="sa connexion")
    await post.send()
    first, again = box.to("p-cand1")
    (was, _), (now, method) = calendar_of(first), calendar_of(again)
    assert (now.uid.value, method, now.dtstart.value) == (was.uid.value, "REQUEST", was.dtstart.value)
    assert int(now.sequence.value) > int(was.sequence.value)
    assert (was.location.value, now.location.value) == ("à distance", "12 rue Haute, salle 3")
    assert (now.summary.value, set(parts_of(again))) == (was.summary.value, set(parts_of(first)))
    assert "Changement de lieu" in again["Subject"]
    for words in ("12 rue Haute, salle 3", "Sur place, présentez-vous", "https://jury.example.org/i/"):
        assert words in parts_of(again)["text/plain"]
    assert [len(box.to(person)) for person in ("p-cand2", "p-emp")] == [1, 2]
    assert status(await post.state(), "cand1") == "taken"
    [back_to] = [one.mail_from for one, said in box.got if said["Message-ID"] == again["Message-ID"]]
    letter = post.addresses.letter(back_to)
    assert letter is not None
    assert await post.kept.letter_reports.returned(letter, "5.1.1")
    await post.send()
    assert status(await post.state(), "cand1") == "returned"


@pytest.mark.rule("R4.2", "R4.4")
async def test_a_move_and_a_postponement_change_the_entry_in_the_calendar(post: Post, mailbox: tuple[Mailbox, int]):
    await post.all("act", "cand1", "aid1")
    await post.house.do("org", "PostponeHearing", hearing="h1", words="la salle n’est pas libre")
    await post.send()
    first, last = (calendar_of(one) for one in mailbox[0].to("p-cand1"))
    assert (first[1], last[1]) == ("REQUEST", "CANCEL")
    assert first[0].uid.value == last[0].uid.value
    assert int(last[0].sequence.value) > int(first[0].sequence.value)
    starts = datetime.fromtimestamp(day.NINE // 1000 + 15 * 60, UTC)
    assert (first[0].dtstart.value, last[0].dtstart.value, last[0].status.value) == (starts, starts, "CANCELLED")
    assert len(mailbox[0].to("p-aid1")) == 2
    assert mailbox[0].to("p-cand2") == []


@pytest.mark.rule("R4.2")
async def test_451_for_an_hour_makes_it_late_and_the_organizer_is_told(post: Post, mailbox: tuple[Mailbox, int]):
    """Given in the last second, it waited beyond midnight."""
    box, _ = mailbox
    box.answers = ["451 4.7.1 later"] * 6
    await post.all("act", "cand1")
    while (await post.notice()).taken_at is None:
        due = await post.kept.outbox.next_due()
        assert due is not None
        post.house.clock.now = due
        await post.send()
    notice = await post.notice()
    assert (notice.taken_at, notice.twice, box.answers) == (post.house.clock.now, False, [])
    assert post.house.clock.now > LAST_SECOND + HOUR
    assert status(await post.state(), "cand1") == "late"
    await post.send()
    [told] = box.to("p-org")
    assert "trop tard" in told["Subject"]


@pytest.mark.rule("R4.2")
async def test_refused_at_once_the_organizer_is_told_and_it_can_be_given_again(
    post: Post, mailbox: tuple[Mailbox, int]
):
    box, _ = mailbox
    box.answers = ["550 5.1.1 unknown"]
    await post.all("act", "cand1")
    notice = await post.notice()
    assert (notice.taken_at, notice.bounce, notice.why) == (None, "refused", "550")
    await post.send()
    [told] = box.to("p-org")
    assert "550" in parts_of(told)["text/plain"]
    await post.all("again", "cand1")
    assert (await post.notice()).number == 2
    assert status(await post.state(), "cand1") == "taken"


@pytest.mark.rule("R1.7")
async def test_without_an_agreement_nobody_is_convened_and_each_is_told_why(post: Post):
    """Who has it, before that: that is done, whenever an act that was interrupted goes on."""
    await post.all("before", "cand1")
    await post.kept.journals.execute(
        BODY, "b1", "p-clerk", "EndAgreement",
        {"provider": "of1", "on": "2026-03-10", "words": "fin", "paper": None}, by_server=True)
    await post.begin("act", "cand1", "cand2", "emp")
    assert await post.runner.carry_out() is False
    assert await came_of(post, "act") == [("done", None), ("refused", "R1.7"), ("refused", "R1.7")]


async def came_of(post: Post, act: str) -> list[tuple[str, str | None]]:
    return [(one.status, (one.problem or {}).get("rule")) for one in await post.kept.mass_acts.items(act)]


@pytest.mark.rule("R4.4")
async def test_a_day_that_nobody_can_be_told_of_is_not_said_to_be_announced(post: Post):
    """Nor is anything tried for ever that is not there any more."""
    await post.kept.vault.erase("p-clerk")
    await post.begin("act", BODY_TOLD)
    await post.kept.mass_acts.begin("of another day", CONVENE, "no such day", "org", ["cand1"])
    await post.kept.mass_acts.begin("of another kind", "unknown", SESSION, "org", ["cand1"])
    assert await post.runner.carry_out() is False
    assert await came_of(post, "act") == [("refused", "R4.4")]
    assert [await came_of(post, act) for act in ("of another day", "of another kind")] == [[("refused", None)]] * 2
    assert notice_to(await post.state(), BODY_TOLD) is None


@pytest.mark.rule("R4.2")
async def test_one_day_that_cannot_be_written_to_holds_up_no_other(post: Post):
    async with post.kept.database.writing() as connection:
        await connection.execute(insert(tables.streams).values(id="broken", kind="session", created_at=1))
        await connection.execute(insert(tables.journal).values(
            stream="broken", position=1, kind="session", at=1, actor="org", event="session.session_planned", data="{}",
            prev="0" * 64, hash="0" * 64))
        await letter_reports.add(connection, "0" * 32, About("broken", "cand1", 1), "taken", 1)
    await post.all("act", "cand1")
    assert status(await post.state(), "cand1") == "taken"
    assert [one.letter for one in await post.kept.letter_reports.untold()] == ["0" * 32]


def report(address: str, action: str = "failed") -> EmailMessage:
    """A report of another mail server (RFC 3464)."""
    said = EmailMessage()
    said["From"], said["To"], said["Subject"] = "MAILER-DAEMON@mx.example.net", address, "Undelivered"
    said.set_content("It could not be delivered.")
    said.make_mixed()
    status_part = message_from_bytes(
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.net\r\n\r\n"
        b"Final-Recipient: rfc822; x@example.org\r\nAction: " + action.encode() + b"\r\nStatus: 5.2.2\r\n\r\n",
        policy=default)
    said.attach(status_part)
    said.replace_header("Content-Type", f'multipart/report; report-type=delivery-status; boundary="{_boundary(said)}"')
    return said


def _boundary(message: EmailMessage) -> str:
    message.as_bytes()
    return str(message.get_boundary())


@asynccontextmanager
async def returning(post: Post) -> AsyncIterator[Callable[[EmailMessage, str], Any]]:
    async with taking_returns(RETURNS, returned_to(post.addresses, post.kept, post.delivery.wake)) as port:
        async def deliver(message: EmailMessage, address: str) -> None:
            await aiosmtplib.send(message, sender="", recipients=[address], hostname="127.0.0.1", port=port,
                                  start_tls=False)

        yield deliver


@pytest.mark.rule("R4.2")
async def test_a_letter_that_comes_back_hours_later_is_known(post: Post, mailbox: tuple[Mailbox, int]):
    box, _ = mailbox
    await post.all("act", "cand1")
    back_to = box.got[0][0].mail_from
    letter, token = back_to.partition("@")[0].split("-")[1:]
    async with returning(post) as deliver:
        for forged in (f"retour-{letter}-{'0' * len(token)}@retours.example.org", "jury@retours.example.org",
                       back_to.replace("retours.", "autre.")):
            with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
                await deliver(report(forged), forged)
        await deliver(report(back_to, "delayed"), back_to)
        assert status(await post.state(), "cand1") == "taken"
        post.house.clock.now += 3 * HOUR
        for _ in range(2):
            await deliver(report(back_to), back_to)
    await post.send()
    notice = await post.notice()
    assert (notice.bounce, notice.bounced_at, notice.why) == ("returned", LAST_SECOND + 3 * HOUR, "5.2.2")
    await post.send()
    assert len(box.to("p-org")) == 1


@pytest.mark.rule("R4.2", "R4.1", "R1.5")
async def test_reminders_are_letters(post: Post, mailbox: tuple[Mailbox, int]):
    """As the clockwork asks for them, each once."""
    await post.all("act", "cand1", "emp")
    post.house.clock.now = day.NINE - 7 * 24 * HOUR
    for _ in range(2):
        for one in SESSION_KIND.due_commands(await post.state(), post.house.clock.now):
            await post.house.do(SYSTEM, type(one).__name__, **encode(one))
    await post.send()
    sent = {one["Subject"].split(" du ")[0].split(" le ")[0]: one for one in mailbox[0].to("p-cand1")[1:]}
    missing, confirm = sorted(sent, reverse=True)
    assert (confirm, missing) == ("Rappel : confirmez votre convocation", "Rappel : il manque des documents pour")
    assert "Livret A" in parts_of(sent[missing])["text/plain"]
    assert len(mailbox[0].to("p-cand1")) == 3
    assert len(mailbox[0].to("p-emp")) == 2
    assert len(mailbox[0].to("p-own")) == 0
