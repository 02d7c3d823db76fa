"""Names of events that streams of another kind quote: one kind's rules read what another's event says, and know its
name alone."""
from __future__ import annotations

from typing import Final

INCIDENT_RECORDED: Final = "session.incident_recorded"
HEARING_ADDED: Final = "session.hearing_added"
CAPTURE_TAKEN: Final = "session.capture_taken"
CANDIDACY_OPENED: Final = "candidacy.opened"
APPEAL_RECORDED: Final = "candidacy.appeal_recorded"
