"""[check]: how an identity check takes its pictures (R6.3)."""
from __future__ import annotations

from dataclasses import dataclass

from server.config.fields import Positive


@dataclass(frozen=True)
class CheckSettings:
    """How an identity check takes its pictures (R6.3)."""

    batch_frames: Positive = 2
    """Frames compared at once."""
    lines_frames: Positive = 3
    """The same where machine-readable lines are shown: two must agree on them."""
    frame_milliseconds: Positive = 300
    """Between two frames of a batch."""
    wait_seconds: Positive = 40
    """How long the document is waited for, from the asking; then the jury is told what was not found."""
    back_batches: Positive = 3
    """Batches after which a side without anything to recognise it by is taken as shown."""
