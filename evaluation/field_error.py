"""Data that does not fit where it goes, named by its field."""

from __future__ import annotations

from evaluation.rules import Value


class FieldError(ValueError):
    """Data that does not fit its class. `field` is its path ("blocks[0].share"), `problem` French words."""

    def __init__(self, field: str, text: str, **values: Value) -> None:
        self.field, self.text, self.values = field, text, values
        self.problem = text.format(**values)
        super().__init__(f"{field} : {self.problem}" if field else self.problem)

    def inside(self, outer: str) -> FieldError:
        """The same error seen from the object or list that holds the field."""
        joint = "" if not self.field or self.field.startswith("[") else "."
        return FieldError(outer + joint + self.field, self.text, **self.values)
