"""Who opened what about a candidate, when and why (X1): one line for what one seat opened of one
file in a row."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from evaluation.rules import N_
from server.storage.openings import Opening
from server.views.session import labels
from server.views.session.contract.record_types import Access
from server.views.session.reading import Reading
from server.views.when import day_words, hour_words

WHY: Mapping[str, str] = {
    "page": N_("lu à l’écran"), "text": N_("texte lu à l’écran"), "picture": N_("image regardée"),
    "check": N_("comparé à la caméra, à la demande d’un juré"), "quality": N_("qualité regardée à l’envoi"),
    "paper": N_("fichier remis"),
}
CAPTURE, PLATFORM = N_("Image de la caméra"), N_("la plateforme")
OF_THE_BODY = N_("une personne de l’organisme certificateur ou de son jury")


def accesses_view(reading: Reading, opened: Iterable[Opening]) -> list[Access]:
    """The oldest first. Somebody of another session's jury is never among them: a file belongs to one session."""
    lines: list[Access] = []
    for (_, seat, why), group in groupby(opened, key=lambda one: (one.file, one.seat, one.why)):
        together = list(group)
        first = together[0]
        what = reading.label(labels.DOCUMENTS, first.kind) if first.kind in labels.DOCUMENTS else reading.say(CAPTURE)
        who = _who(reading, seat)
        lines.append({
            "what": what, "who": who, "why": reading.label(WHY, why),
            "day": day_words(day_of(first.at), reading.locale), "hour": hour_words(first.at, reading.locale),
            "times": len(together),
        })
    return lines


def _who(reading: Reading, seat: str) -> str:
    """Whoever has no seat in the session opened it for the awarding body."""
    if seat == SYSTEM:
        return reading.say(PLATFORM)
    known = reading.state.seat(seat) is not None or any(one.id == seat for one in reading.state.former)
    return reading.name(seat) if known else reading.say(OF_THE_BODY)
