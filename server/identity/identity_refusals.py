"""Why there is no answer at all."""
from __future__ import annotations

from server.identity.words import TROUBLE


class IdentityRefusal(Exception):
    """What was given cannot be looked at. `code`: `copy_unreadable`, `frames_unreadable`; `text` is a French msgid."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.text = code, TROUBLE[code]


class IdentityUnavailable(RuntimeError):
    """The computation did not come to its end, through no fault of anybody's. `code`: `died`, `too_slow`,
    `not_started`; `text` is a French msgid. The next check starts a new process."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.text = code, TROUBLE[code]
