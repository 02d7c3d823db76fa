"""Who is on site, what was signed on paper, and the papers entered and confirmed (X13)."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.rules import N_
from evaluation.session import events as e
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    ROOM,
    STAFF,
    Chapter,
    Described,
    Entry,
    Line,
    Now,
    actor,
    by_actor,
    fixed,
    of_whoever_acts,
)

ON_SITE, APART = N_("{name} est sur place."), N_("{name} est de nouveau devant sa caméra.")
SIGNED = {
    "prevention": N_("Message de prévention confirmé sur papier, dit {name}."),
    "sheet": N_("Feuille de présence signée sur papier, dit {name}."),
}
STANDS = N_("Les trois jurés ont confirmé ce qui est transcrit du papier : c’est le procès-verbal.")


def _signed(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(SIGNED[group[-1].event.paper], name=actor(reading, group))


def _scanned(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    return reading.say(N_("{name} a joint une copie numérisée : {paper}, {pages} p."), name=actor(reading, group),
                       paper=reading.label(labels.PAPERS, event.paper).lower(), pages=event.pages)


ON_PAPER: Chapter = {
    e.SatOnSite: Described(line=Line(by_actor(ON_SITE), concerns=of_whoever_acts)),
    e.SatApart: Described(line=Line(by_actor(APART), concerns=of_whoever_acts)),
    e.SignedOnPaper: Described(
        Now(ROOM, _signed), Line(_signed)),
    e.ScanAttached: Described(line=Line(_scanned)),
    e.TranscriptEntered: Described(
        Now(STAFF, by_actor(N_("{name} a saisi ce que disent les papiers : comparez, puis confirmez."))),
        Line(by_actor(N_("Papiers transcrits par {name}.")), tone="key")),
    e.TranscriptConfirmed: Described(line=Line(by_actor(N_("{name} confirme ce qui est transcrit.")))),
    e.TranscriptRefused: Described(
        Now(STAFF, by_actor(N_("{name} demande de corriger ce qui est transcrit."))),
        Line(by_actor(N_("{name} demande de corriger ce qui est transcrit.")), tone="alert")),
    e.TranscriptStood: Described(line=Line(fixed(STANDS), tone="key")),
}
