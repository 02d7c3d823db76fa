"""Names of events that streams of another kind quote: one kind's rules read what another's event says, and know its
name alone."""
from __future__ import annotations

from typing import Final

INCIDENT_RECORDED: Final = "session.incident_recorded"
HEARING_ADDED: Final = "session.hearing_added"
CAPTURE_TAKEN: Final = "session.capture_taken"
CANDIDACY_OPENED: Final = "candidacy.opened"
APPEAL_RECORDED: Final = "candidacy.appeal_recorded"
OUTCOME_RECORDED: Final = "candidacy.outcome_recorded"
RECOMMENDED: Final = "candidacy.recommended"
AWARD_WITHHELD: Final = "candidacy.withheld"
AWARD_RELEASED: Final = "candidacy.released"
RESERVED: Final = "candidacy.reserved"
RESERVATION_SETTLED: Final = "candidacy.reservation_settled"
ON_AGENDA: Final = "candidacy.on_agenda"
WITHDRAWN: Final = "candidacy.withdrawn"
PLANNED: Final = "candidacy.planned"
UNPLANNED: Final = "candidacy.unplanned"
ABSENCE_EXCUSED: Final = "candidacy.absence_excused"
SITTING_DECIDED: Final = "body.sitting_decided"
RULING_SEALED: Final = "sitting.ruling_sealed"
AWARD_RETURNED: Final = "candidacy.award_returned"
AWARD_VALIDATED: Final = "candidacy.award_validated"
CERTIFICATE_ISSUED: Final = "register.certificate_issued"
CERTIFICATE_REVOKED: Final = "register.certificate_revoked"
CERTIFICATION_SUPERSEDED: Final = "body.certification_superseded"
