"""One way for a handler to say no: a status, what happened and what to do now, in words."""
from __future__ import annotations

from collections.abc import Mapping

from evaluation.rules import Value


class Problem(Exception):
    """`text` says what happened and what was kept, `todo` what to do now: French msgids with `{named}` places.

    `rule` or `field` name what stands against the request (view.d.ts); `headers` go with the answer.
    """

    def __init__(self, status: int, text: str, todo: str = "", *, rule: str | None = None, field: str | None = None,
                 values: Mapping[str, Value] | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status}: {text}")
        self.status, self.text, self.todo = status, text, todo
        self.rule, self.field = rule, field
        self.values = dict(values or {})
        self.headers = dict(headers or {})
