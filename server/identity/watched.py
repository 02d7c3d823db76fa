"""What is remembered of one candidate's presence from one sample to the next, and told of it: no picture is opened
here. The pictures are compared in a worker, which is given the memory and answers with what to add to it.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from evaluation.rules import N_
from server.identity.answers import Behind

PresenceName = Literal["absent", "several", "dark", "blank", "frozen", "looped"]

WORDS: Mapping[PresenceName, str] = {
    "absent": N_("Personne n’est visible à la caméra de la personne évaluée depuis {time}."),
    "several": N_("Plusieurs visages sont visibles à la caméra de la personne évaluée depuis {time}."),
    "dark": N_("L’image de la caméra de la personne évaluée est noire depuis {time}."),
    "blank": N_("L’image de la caméra de la personne évaluée est vide depuis {time} : l’objectif est peut-être "
                "couvert."),
    "frozen": N_("L’image de la caméra de la personne évaluée ne change plus depuis {time}."),
    "looped": N_("L’image de la caméra de la personne évaluée semble se répéter depuis {time}."),
}


@dataclass(frozen=True)
class PresenceSignal:
    """`since` is the capture's time of the first sample that showed it, in seconds. `words` is a French msgid with the
    place {time}."""

    name: PresenceName
    since: float
    words: str


@dataclass(frozen=True)
class Memory:
    """`views` are small grey pictures (`stillness.SIZE`, one byte a pixel) with their `times`, the last one of all is
    `last`. `since` holds what shows: from when, and in how many samples. `lag` is how many seconds ago the picture was
    the same, and how many views in a row say so."""

    since: Mapping[PresenceName, tuple[float, int]] = field(default_factory=dict["PresenceName", tuple[float, int]])
    times: tuple[float, ...] = ()
    views: tuple[Behind, ...] = ()
    last: Behind | None = None
    bursts: bool = False
    lag: tuple[float, int] | None = None

    @property
    def suspects_loop(self) -> bool:
        """A loop is suspected or shown: bursts should go on until it is told or has passed."""
        return "looped" in self.since

    def needed(self, burst: bool) -> Memory:
        """As much of it as the next sample is compared with: between two searches the last view alone."""
        return replace(self, times=(), views=()) if self.bursts and not burst else self

    def followed_by(self, new: Memory, most: int) -> Memory:
        """`new` holds only what the last sample has added; of the views the newest `most` are kept."""
        return replace(new, times=(*self.times, *new.times)[-most:], views=(*self.views, *new.views)[-most:])


@dataclass(frozen=True)
class Looked:
    """What shows after one sample, each with its `since`, and what to remember of it."""

    shown: tuple[tuple[PresenceName, float], ...]
    memory: Memory

    @property
    def signals(self) -> tuple[PresenceSignal, ...]:
        return tuple(PresenceSignal(name, since, WORDS[name]) for name, since in self.shown)
