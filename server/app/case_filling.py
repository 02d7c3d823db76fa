"""What a letter about a case says, and the paper that goes with it, put together as it leaves. Nothing of it lies in
the outbox."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from evaluation.body.kind import BODY
from evaluation.case.decision_papers import appeal_until
from evaluation.case.kind import CASE
from evaluation.case.stages import number_of_case
from evaluation.case.state import CaseState, Part
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.app.delay_filling import DelayFilling
from server.app.kept_data import Kept
from server.app.notice_filling import notice_filling
from server.app.result_filling import ResultFilling
from server.app.sitting_filling import sitting_filling
from server.config import Config
from server.http.login import link_of
from server.http.office.office_papers import ENDINGS
from server.http.result_reading import ResultPapers
from server.i18n import Locale, say
from server.journals.write_path import Journals
from server.mail.award_letters import AWARD_LETTERS
from server.mail.delay_letters import DELAY_LETTERS
from server.mail.delivery import Addressed, Complete, Completed
from server.mail.dossier_letters import DOSSIER_LETTERS
from server.mail.letter_parts import Enclosure
from server.mail.sitting_letters import SITTING_LETTERS
from server.storage.accounts import Accounts
from server.storage.vault import Vault
from server.views.when import day_words, hour_words

WITH_PAPER: Final = frozenset({"case_notice", "case_summons", "case_decision"})


class CaseFilling:
    def __init__(self, journals: Journals, accounts: Accounts, vault: Vault, public_url: str, locale: Locale) -> None:
        self._journals, self._accounts, self._vault = journals, accounts, vault
        self._public_url = public_url
        self._locale: Locale = locale

    async def complete(self, letter: Addressed, profile: Mapping[str, Any]) -> Completed:
        """As `server.mail.delivery.Complete`. KeyError for a case that is not there any more."""
        state = await self._journals.state(CASE, str(letter.data["case"]))
        if state is None:
            raise KeyError("case")
        part = state.parts[str(letter.data["candidacy"])]
        fields = {**letter.data, **await self._fields(state, part, letter, profile)}
        paper = letter.data.get("paper") if letter.template in WITH_PAPER else None
        return fields, [await self._enclosed(str(paper["file"]), number_of_case(state))] if paper else []

    async def _fields(self, state: CaseState, part: Part, letter: Addressed, profile: Mapping[str, Any]
                      ) -> dict[str, Any]:
        locale = self._locale
        body, data = await self._journals.state(BODY, state.body), letter.data
        names = await self._accounts.profiles([part.person, *([str(data["by"])] if data.get("by") else [])])
        writer = names.get(str(data.get("by", "")), {})
        appeal = appeal_until(state, part) if letter.template == "case_decision" else None
        until = data.get("until") or (appeal.isoformat() if appeal is not None else "")
        return {
            "locale": locale, "first_name": str(profile.get("first_name", "")), "certification": state.title,
            "body": body.name if body is not None else "", "dossier": number_of_case(state),
            "days": state.rules.answer_days, "until": day_words(str(until), locale) if until else "",
            "name": str(names.get(part.person, {}).get("name", "")) or say(locale, N_("nom effacé"), {}),
            "writer": str(writer.get("name", "")), "writer_email": str(writer.get("email", "")),
            "received": _received(state, locale), **await self._summons(data, locale),
            "url": link_of(self._public_url)(await self._accounts.invitations.give(letter.person))}

    async def _summons(self, data: Mapping[str, Any], locale: Locale) -> dict[str, str]:
        if not isinstance(data.get("at"), int):
            return {}
        told: Mapping[str, Any] = data.get("place") or {}
        ref = str(told.get("ref", ""))
        place = (await self._vault.read_words([ref])).get(ref, "") if ref else ""
        return {"day": day_words(day_of(data["at"]), locale), "hour": hour_words(data["at"], locale), "place": place}

    async def _enclosed(self, file: str, number: str) -> Enclosure:
        """FileNotFoundError for a paper that is not kept any more: the letter is given up in time."""
        info = await self._vault.file_info(file)
        if info is None:
            raise FileNotFoundError(file)
        ending = ENDINGS.get(info.media_type, "bin")
        return Enclosure(f"{number}.{ending}", info.media_type, await self._vault.read_file(file), {})


def _received(state: CaseState, locale: Locale) -> str:
    """The day on which an appeal came in."""
    found = state.source.data.get("received_on")
    return day_words(date.fromisoformat(found), locale) if isinstance(found, str) else ""


def letter_filling(config: Config, kept: Kept, url: str, papers: ResultPapers) -> Complete:
    """Of every letter, by what it is about."""
    of_day = notice_filling(config, kept, url)
    locale: Locale = "en" if config.server.locale == "en" else "fr"
    of_case = CaseFilling(kept.journals, kept.accounts, kept.vault, url, locale)
    of_result = ResultFilling(kept.journals, kept.accounts, papers, url, locale)
    others = {**dict.fromkeys(DOSSIER_LETTERS, of_case), **dict.fromkeys(AWARD_LETTERS, of_result),
              **dict.fromkeys(SITTING_LETTERS, sitting_filling(config, kept, url)),
              **dict.fromkeys(DELAY_LETTERS, DelayFilling(kept.journals, url, locale))}

    async def complete(letter: Addressed, profile: Mapping[str, Any]) -> Completed:
        return await others.get(letter.template, of_day).complete(letter, profile)

    return complete
