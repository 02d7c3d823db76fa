"""The organizer's measures as those see them whom they concern (R4.4)."""
from __future__ import annotations

from evaluation.people import Role
from evaluation.session.state import Hearing
from server.views.session.contract.hearing_types import ApartView, ProposedView, WarningView
from server.views.session.reading import Reading


def warnings(reading: Reading, hearing: Hearing) -> list[WarningView]:
    """Those that the candidate was given, the newest last."""
    return [{"position": one.position, "at": one.at, "by": reading.name(one.by), "words": reading.words(one.words)}
            for one in hearing.measures if one.kind == "warning"]


def apart_view(reading: Reading, hearing: Hearing) -> ApartView | None:
    """That the candidate is out is seen by everybody; why, by the candidate, the jury and the organizer."""
    if hearing.apart is None:
        return None
    concerned = reading.seat.role in (Role.CANDIDATE, Role.JUROR, Role.ORGANIZER)
    return {"at": hearing.apart.at, "words": reading.words(hearing.apart.words) if concerned else None}


def proposed_view(reading: Reading, hearing: Hearing) -> ProposedView | None:
    proposal = hearing.proposed
    if proposal is None or proposal.ending is None:
        return None
    return {"position": proposal.position, "ending": proposal.ending, "by": reading.name(proposal.by),
            "words": reading.words(proposal.words)}
