"""What a letter about a jury's day says, and what goes with it, put together as it leaves: names, the person's link,
the calendar file, the paper. Nothing of it lies in the outbox."""
from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from evaluation.body.kind import BODY
from evaluation.deadlines import day_of
from evaluation.rules import N_
from evaluation.session.kind import SESSION
from evaluation.session.notice_rules import attended, mode_of
from evaluation.session.state import SessionState
from evaluation.slots import HOME
from server.app.kept_data import Kept
from server.config import Config, address_of
from server.documents.convocation import Convocation, draw_convocation
from server.http.login import link_of
from server.i18n import Locale, say
from server.journals.write_path import Journals
from server.mail.calendar import calendar_file
from server.mail.delivery import Addressed, Completed
from server.mail.letter_parts import Enclosure, Letter
from server.mail.notice_letters import NOTICE_LETTERS
from server.mail.preparation_letters import PREPARATION_LETTERS
from server.storage.accounts import Accounts
from server.storage.vault import Vault
from server.views.session.labels import DOCUMENTS, role_words
from server.views.session.whereabouts import local_words, place_words
from server.views.when import day_words, hour_words

WHOLE = frozenset({"notice", "notice_changed", "convened", "convened_changed"})
"""The letters that carry all of a notice: the person's link, the paper."""
WITH_LINK = WHOLE | PREPARATION_LETTERS.keys()
PAPER = "convocation.pdf"


class NoticeFilling:
    """`public_url` is what links begin with, `sender` the address that letters come from."""

    def __init__(self, journals: Journals, accounts: Accounts, vault: Vault, public_url: str, sender: str,
                 locale: Locale) -> None:
        self._journals, self._accounts, self._vault = journals, accounts, vault
        self._public_url, self._sender = public_url, sender
        self._locale: Locale = locale

    async def complete(self, letter: Addressed, profile: Mapping[str, Any]) -> Completed:
        """As `server.mail.delivery.Complete`. KeyError for a day that is not there any more."""
        if letter.template not in NOTICE_LETTERS.keys() | PREPARATION_LETTERS.keys():
            return letter.data, ()
        state = await self._journals.state(SESSION, str(letter.data["session"]))
        if state is None:
            raise KeyError("session")
        fields = await self._fields(state, letter, profile)
        enclosed = [self._calendar(state, letter, fields, profile)] if letter.data.get("method") else []
        if letter.template in WHOLE:
            enclosed.append(await self._paper(letter, {**fields, **await self._where(state, letter, "fr")}, profile))
        return fields, enclosed

    async def _fields(self, state: SessionState, letter: Addressed, profile: Mapping[str, Any]) -> dict[str, Any]:
        data = letter.data
        locale: Locale = self._locale
        organizer = await self._accounts.profile(state.organizer.person) or {}
        body = await self._journals.state(BODY, state.body)
        provider = body.providers.get(state.provider) if body is not None else None
        fields: dict[str, Any] = {
            **data, "locale": locale, "first_name": str(profile.get("first_name", "")),
            "certification": state.framework.title, "day": day_words(str(data["date"]), locale),
            "hour": hour_words(int(data["starts_at"]), locale) if data["starts_at"] is not None else "",
            **await self._where(state, letter, locale),
            "organizer": str(organizer.get("name", "")), "organizer_email": str(organizer.get("email", "")),
            "provider": provider.name if provider is not None else "", "count": _convened(state),
            "months": state.framework.delays.brief_months, "prevention": "\n".join(state.framework.prevention_message),
            "sanctions": "\n".join(state.framework.sanctions)}
        seat = state.seat(str(data["seat"]))
        if seat is not None:
            fields["role"] = say(locale, role_words(seat, str(profile.get("sex") or "")), {})
        for name in ("last", "deadline"):
            if data.get(name):
                fields[name] = day_words(str(data[name]), locale)
        if "missing" in data:
            fields["missing"] = "\n".join(say(locale, DOCUMENTS[one], {}) for one in str(data["missing"]).split())
        if "hours" in data:
            fields["hours"] = ", ".join(hour_words(int(one), locale) for one in str(data["hours"]).split())
        if data.get("said"):
            fields["said"] = (await self._vault.read_words([str(data["said"])])).get(str(data["said"]), "")
        if letter.template in WITH_LINK:
            token = await self._accounts.invitations.give(letter.person, str(data["seat"]))
            fields["url"] = link_of(self._public_url)(token)
        return fields

    async def _where(self, state: SessionState, letter: Addressed, locale: Locale) -> dict[str, str]:
        """X13: how and where somebody attends, and the hour by the clock there. The address of the site is nobody's
        own link: papers and calendars are shown to others."""
        ref, own = state.place.ref if state.place is not None else "", attended(state, str(letter.data["seat"]))
        named = (await self._vault.read_words([ref])).get(ref, "") if ref else ""
        zone, starts_at = own.zone if own is not None else HOME, letter.data["starts_at"]
        return {"mode": mode_of(state, own), "place": place_words(state, own, named, locale),
                "local": local_words(int(starts_at), zone, locale) if starts_at is not None else "",
                # On site too, jurors and organizers have their pages.
                "site": "" if own is not None and own.mode == "on_site" else self._public_url}

    def _calendar(self, state: SessionState, letter: Addressed, fields: Mapping[str, Any], profile: Mapping[str, Any]
                  ) -> Enclosure:
        data = letter.data
        examined = attended(state, str(data["seat"])) is not None
        summary = say(self._locale, N_("Épreuve : {certification}") if examined else N_("Jury : {certification}"),
                      fields)
        return calendar_file({
            "uid": f"{data['session']}-{data['seat']}@{self._sender.partition('@')[2]}",
            "sequence": int(data["sequence"]), "method": str(data["method"]), "starts_at": int(data["starts_at"]),
            "ends_at": int(data["ends_at"]), "written_at": int(data["written_at"]), "summary": summary,
            "place": str(fields["place"]), "site": str(fields["site"])}, profile, self._sender)

    async def _paper(self, letter: Addressed, fields: Mapping[str, Any], profile: Mapping[str, Any]) -> Enclosure:
        words = NOTICE_LETTERS[letter.template](fields)
        paper = _paper_of(words, fields, str(profile.get("name", "")))
        return Enclosure(PAPER, "application/pdf", await asyncio.to_thread(draw_convocation, paper), {})


def notice_filling(config: Config, kept: Kept, url: str) -> NoticeFilling:
    return NoticeFilling(kept.journals, kept.accounts, kept.vault, url, address_of(config.mail.sender).addr_spec,
                         "en" if config.server.locale == "en" else "fr")


def _convened(state: SessionState) -> int:
    return sum(one.notice is not None for one in state.hearings.values())


def _paper_of(letter: Letter, fields: Mapping[str, Any], name: str) -> Convocation:
    """In French, as every paper is: an employer or a transport office reads it."""
    written = int(fields["written_at"])
    french = {**fields, "day": day_words(str(fields["date"]), "fr"), "hour": hour_words(int(fields["starts_at"]), "fr")}
    facts = [("Certification", str(french["certification"])), ("Date", str(french["day"])),
             ("Heure", f"{french['hour']} (heure de Paris)"),
             ("Heure là où vous serez", str(fields["local"])), ("Lieu", str(fields["place"])),
             ("En ligne", str(fields["site"])),
             ("Fin prévue", hour_words(int(fields["ends_at"]), "fr")),
             ("Organisme de formation", str(french["provider"])),
             ("Organisation", f"{french['organizer']}, {french['organizer_email']}")]
    return {"title": "Convocation", "to": name, "text": letter.subject.format(**french),
            "facts": [(label, value) for label, value in facts if value],
            "points": [(one.heading, list(one.lines)) for one in letter.points],
            "by": str(french["provider"]), "signed": f"Établie le {day_words(day_of(written), 'fr')}.",
            "dated": day_of(written).isoformat()}



