"""What a letter of a result says, and the paper that goes with it, put together as it leaves. Nothing of it lies in the
outbox."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.body.kind import BODY
from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import appealable_until, told_by
from evaluation.candidacy.validated import certificate_due
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.http.login import link_of
from server.http.result_reading import ResultPapers
from server.i18n import Locale, say
from server.journals.write_path import Journals
from server.mail.delivery import Addressed, Completed
from server.mail.letter_parts import Enclosure
from server.storage.accounts import Accounts
from server.views.candidacy.result_paper import ResultReading
from server.views.when import day_words


class ResultFilling:
    def __init__(self, journals: Journals, accounts: Accounts, papers: ResultPapers, public_url: str, locale: Locale
                 ) -> None:
        self._journals, self._accounts = journals, accounts
        self._papers = papers
        self._public_url = public_url
        self._locale: Locale = locale

    async def complete(self, letter: Addressed, profile: Mapping[str, Any]) -> Completed:
        """As `server.mail.delivery.Complete`. KeyError for a candidacy that is not there any more."""
        state = await self._journals.state(CANDIDACY, str(letter.data["candidacy"]))
        if state is None:
            raise KeyError("candidacy")
        position = int(letter.data["position"])
        reading = await self._papers.reading(state, position)
        body = await self._journals.state(BODY, state.body)
        fields: dict[str, Any] = {
            **letter.data, "locale": self._locale, "first_name": str(profile.get("first_name", "")),
            "body": body.name if body is not None else "", "certification": state.certification.title,
            "url": link_of(self._public_url)(await self._accounts.invitations.give(letter.person)),
            **(self._said(reading) if reading is not None else self._validated(state, position))}
        if letter.person != state.person:
            return {**fields, "name": reading.name if reading is not None and reading.name else say(
                self._locale, N_("nom effacé"), {})}, []
        paper = await self._papers.pdf(state, position)
        return fields, [Enclosure(paper[0], "application/pdf", paper[1], {})] if paper is not None else []

    def _said(self, reading: ResultReading) -> dict[str, Any]:
        outcome, ruling, locale = reading.outcome, reading.ruling, self._locale
        ending = ruling.ending if ruling is not None else HearingEnding.HEARD
        missed = {HearingEnding.ABSENT: "absent", HearingEnding.STOPPED: "stopped"}.get(ending)
        return {
            "held": day_words(reading.held_on, locale) if reading.held_on is not None else "",
            "ruled": day_words(ruling.ruled_on, locale) if ruling is not None else "",
            "says": missed or (outcome.awarded.award if outcome is not None else ""),
            "blocks": ", ".join(outcome.awarded.blocks) if outcome is not None else "",
            "until": day_words(appealable_until(reading.state, outcome.awarded.ruled_on), locale) if outcome else "",
            "replaces": day_words(reading.replaces, locale) if reading.replaces is not None else "",
            "again": day_words(told_by(reading.state, day_of(reading.letter.at)), locale)}

    def _validated(self, state: CandidacyState, position: int) -> dict[str, Any]:
        """Of an award that was validated in the event at `position`."""
        one = next(each for each in state.validations.values() if each.position == position)
        award = state.outcomes[one.outcome].awarded
        follows = {"full": "certificate", "partial": "attestation"}.get(award.award, "")
        return {"follows": follows, "by": day_words(certificate_due(state, one.on), self._locale),
                "ruled": day_words(award.ruled_on, self._locale)}
