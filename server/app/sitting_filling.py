"""What a letter about a sitting says, and the calendar file that goes with it, put together as it leaves. Nothing of it
lies in the outbox."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.body.kind import BODY
from evaluation.deadlines import day_of
from evaluation.rules import N_
from evaluation.sitting.kind import SITTING
from evaluation.sitting.state import SittingState
from server.app.kept_data import Kept
from server.config import Config, address_of
from server.http.login import link_of
from server.i18n import Locale, say
from server.journals.write_path import Journals
from server.mail.calendar import calendar_file
from server.mail.delivery import Addressed, Completed
from server.mail.letter_parts import Enclosure
from server.storage.accounts import Accounts
from server.storage.vault import Vault
from server.views.sitting.sitting_words import place_of, seat_words
from server.views.when import day_words, hour_words

MINUTE = 60_000


class SittingFilling:
    """`public_url` is what links begin with, `sender` the address that letters come from; `item_minutes` are reckoned
    for each candidacy where a calendar asks how long it takes."""

    def __init__(self, journals: Journals, accounts: Accounts, vault: Vault, public_url: str, sender: str,
                 item_minutes: int, locale: Locale) -> None:
        self._journals, self._accounts, self._vault = journals, accounts, vault
        self._public_url, self._sender, self._item_minutes = public_url, sender, item_minutes
        self._locale: Locale = locale

    async def complete(self, letter: Addressed, profile: Mapping[str, Any]) -> Completed:
        """As `server.mail.delivery.Complete`. KeyError for a sitting that is not there any more."""
        state = await self._journals.state(SITTING, str(letter.data["sitting"]))
        if state is None:
            raise KeyError("sitting")
        fields = {**letter.data, **await self._fields(state, letter, profile)}
        return fields, [self._calendar(state, letter, fields, profile)] if letter.data.get("method") else []

    async def _fields(self, state: SittingState, letter: Addressed, profile: Mapping[str, Any]) -> dict[str, Any]:
        data, locale = letter.data, self._locale
        body = await self._journals.state(BODY, state.body)
        writer = await self._accounts.profile(str(data["by"])) or {}
        refs = [str(data[name]) for name in ("place", "said") if data.get(name)]
        words, at = await self._vault.read_words(refs), int(data["at"])
        place = place_of(state, letter.person)
        return {
            "locale": locale, "first_name": str(profile.get("first_name", "")),
            "body": body.name if body is not None else "", "day": day_words(day_of(at), locale),
            "hour": hour_words(at, locale), "place": words.get(str(data.get("place")), ""),
            "said": words.get(str(data.get("said")), ""), "count": int(data.get("count", len(state.agenda))),
            "role": say(locale, seat_words(place), {}) if place is not None else "",
            "writer": str(writer.get("name", "")), "writer_email": str(writer.get("email", "")),
            "url": link_of(self._public_url)(await self._accounts.invitations.give(letter.person))}

    def _calendar(self, state: SittingState, letter: Addressed, fields: Mapping[str, Any], profile: Mapping[str, Any]
                  ) -> Enclosure:
        data, at = letter.data, int(letter.data["at"])
        entry = str(data.get("entry", ""))  # of a jury that is questioned on one candidate
        lasts = self._item_minutes * MINUTE * (1 if entry else max(1, int(fields["count"])))
        return calendar_file({
            "uid": f"{state.id}-{entry}{letter.person}@{self._sender.partition('@')[2]}",
            "sequence": int(data["sequence"]),
            "method": str(data["method"]), "starts_at": at, "ends_at": at + lasts,
            "written_at": int(data["written_at"]),
            "summary": say(self._locale, N_("Jury de certification : {body}"), {"body": str(fields["body"])}),
            "place": str(fields["place"]), "site": "" if data["mode"] == "on_site" else self._public_url},
            profile, self._sender)


def sitting_filling(config: Config, kept: Kept, url: str) -> SittingFilling:
    return SittingFilling(kept.journals, kept.accounts, kept.vault, url, address_of(config.mail.sender).addr_spec,
                          config.mail.sitting_item_minutes, "en" if config.server.locale == "en" else "fr")
