"""What a reminder of delays says, put together as it leaves."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.body.delay_reminding import STEPS
from evaluation.body.kind import BODY
from server.http.home import space_path
from server.i18n import Locale, say
from server.journals.write_path import Journals
from server.mail.delivery import Addressed, Completed
from server.views.body.delay_lines import KINDS, UNENDED


class DelayFilling:
    def __init__(self, journals: Journals, public_url: str, locale: Locale) -> None:
        self._journals, self._public_url = journals, public_url.rstrip("/")
        self._locale: Locale = locale

    async def complete(self, letter: Addressed, profile: Mapping[str, Any]) -> Completed:
        """As `server.mail.delivery.Complete`. The board is opened by who signs in: no link lets in."""
        body = await self._journals.state(BODY, str(letter.data["body"]))
        return {
            "locale": self._locale, "first_name": str(profile.get("first_name", "")),
            "body": body.name if body is not None else "",
            "url": f"{self._public_url}{space_path(letter.person)}office/delays",
            **{step: self._counted(letter.data[step]) for step in STEPS}}, []

    def _counted(self, counts: Mapping[str, int]) -> str:
        words = {**KINDS, UNENDED.index: UNENDED.caption}
        return " ; ".join(f"{say(self._locale, words[kind], {})} ({number})" for kind, number in counts.items())
