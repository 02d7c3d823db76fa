"""One way for a handler to say no: a status, what happened and what to do now, in words."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from evaluation.rules import N_, Value

Ways = tuple[tuple[str, str], ...]
ASK_FOR_A_LINK: Final[Ways] = (("/link", N_("Demander un nouveau lien")),)
WAYS_IN: Final[Ways] = (*ASK_FOR_A_LINK, ("/sign-in", N_("Se connecter")))
"""Of a space: by mail, or as people of the offices do."""


class Problem(Exception):
    """`text` says what happened and what was kept, `todo` what to do now: French msgids with `{named}` places.

    `rule` or `field` name what stands against the request (view.d.ts); `headers` go with the answer; `ways` are where
    its page leads (address, words).
    """

    def __init__(self, status: int, text: str, todo: str = "", *, rule: str | None = None, field: str | None = None,
                 values: Mapping[str, Value] | None = None, headers: Mapping[str, str] | None = None,
                 ways: Ways = ()) -> None:
        super().__init__(f"{status}: {text}")
        self.status, self.text, self.todo = status, text, todo
        self.rule, self.field = rule, field
        self.values = dict(values or {})
        self.headers = dict(headers or {})
        self.ways = ways
