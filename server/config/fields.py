"""What a setting may be, said by its type."""
from __future__ import annotations

from typing import Annotated

from pydantic import Field

Port = Annotated[int, Field(ge=0, le=65535)]
Positive = Annotated[int, Field(gt=0)]
NotEmpty = Annotated[str, Field(min_length=1)]
