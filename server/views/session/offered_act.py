"""An act as it is offered to a seat: what it is called, whether it is allowed now, what to know before doing it."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluation.codec import encode
from evaluation.people import SeatId
from evaluation.session.guidance import Step
from evaluation.session.kind import SESSION
from server.views.session import labels
from server.views.session.contract.basic_types import Act
from server.views.session.reading import Reading


def act_view(reading: Reading, step: Step) -> Act:
    """`fields` is what the page sends back as it is, without words."""
    name = SESSION.commands.name_of(step.command)
    fields: dict[str, Any] = {key: value for key, value in encode(step.command).items() if key != "words"}
    if name == "GiveBackTime":
        del fields["seconds"], fields["cut"]
    if name == "ProposeEnding":
        del fields["ending"]
    why = reading.say(step.refusal.text, **step.refusal.values) if step.refusal else None
    label = reading.label(labels.ACTS, name)
    if name == "RequireVisible" and not fields["required"]:
        label = reading.say(labels.RELEASE_VISIBLE)
    if name == "RecordOnPaper":
        label = reading.say(labels.ON_PAPER[fields["paper"]])
    return {
        "command": name, "label": label, "allowed": step.allowed, "why": why, "words": step.words,
        "warning": absent_words(reading, step.absent_aids), "fields": fields,
    }


def absent_words(reading: Reading, aids: Iterable[SeatId]) -> str | None:
    """R10.1: who should help the candidate and is not there, by name; None where nobody is missed."""
    names = ", ".join(reading.name(aid) for aid in aids)
    _ = reading.say
    return _("Aide humaine prévue, non connectée : {names}.", names=names) if names else None
