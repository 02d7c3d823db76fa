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
}
CAPTURE, PLATFORM = N_("Image de la caméra"), N_("la plateforme")


def accesses_view(reading: Reading, opened: Iterable[Opening]) -> list[Access]:
    """The oldest first. Somebody of another session's jury is never among them: a file belongs to one session."""
    lines: list[Access] = []
    for (_, seat, why), group in groupby(opened, key=lambda one: (one.file, one.seat, one.why)):
        together = list(group)
        first = together[0]
        what = reading.label(labels.DOCUMENTS, first.kind) if first.kind in labels.DOCUMENTS else reading.say(CAPTURE)
        who = reading.say(PLATFORM) if seat == SYSTEM else reading.name(seat)
        lines.append({
            "what": what, "who": who, "why": reading.label(WHY, why),
            "day": day_words(day_of(first.at), reading.locale), "hour": hour_words(first.at, reading.locale),
            "times": len(together),
        })
    return lines
