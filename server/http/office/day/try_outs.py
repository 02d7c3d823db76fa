"""Who has tried out their camera, microphone and connection before the day, and what did not go well (X4)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from aiohttp import web

from evaluation.people import Seat
from evaluation.rules import N_
from evaluation.session.tried import Lack
from evaluation.session.trying_out import awaited, lacking_something
from server.http.office.day.one_day import OneDay
from server.http.office.day.sections import Missing, Section
from server.views.case_mark import CaseMark
from server.views.session.labels import role_words
from server.views.session.try_out_words import awaits_try_out, parts_lacking
from server.views.table import Cell
from server.views.when import moment_words


@dataclass(frozen=True)
class TryOutLine:
    """Of one person: `lacking` are parts with what was seen, each a sentence."""

    name: str
    role: str
    state: Cell
    when: str
    lacking: Sequence[str]
    mark: CaseMark | None


async def section(_request: web.Request, day: OneDay) -> Section:
    lines = tuple(_line(day, seat) for seat in awaited(day.state))
    return Section("try-outs", day.say(N_("Essais avant le jour")), "_try_outs.html", lines, _missing(day))


def _line(day: OneDay, seat: Seat) -> TryOutLine:
    found, mark = day.state.try_outs.get(seat.id), day.case_marks.get(seat.hearing or "")
    role = day.say(role_words(seat, str(day.people.get(seat.person, {}).get("sex") or "")))
    if found is None:
        not_yet = Cell(day.say(N_("pas encore essayé")), icon="circle")
        return TryOutLine(day.name(seat.person), role, not_yet, "", (), mark)
    state = Cell(day.say(N_("à refaire")), state="warn", icon="alert") if found.lacks else Cell(
        day.say(N_("réussi")), state="ok", icon="check-o")
    tcp = found.line is not None and found.line.path == "tcp"
    told = [day.say(SEEN[one]) for one in found.lacks] + ([day.say(SLOWER)] if tcp else [])
    return TryOutLine(day.name(seat.person), role, state, moment_words(found.at, day.now, day.locale), told, mark)


SLOWER = N_("Son réseau ne laisse passer que TCP : l’image peut saccader.")
SEEN: Final[Mapping[Lack, str]] = {
    "video_off": N_("Navigateur : la vidéo en direct y est coupée."), "no_camera": N_("Caméra : aucune image."),
    "small": N_("Caméra : l’image est trop petite."), "dark": N_("Lumière : il fait sombre."),
    "backlit": N_("Lumière : elle est derrière la personne."), "not_shown": N_("Carte : aucune n’a été montrée."),
    "blurred": N_("Carte : l’image est floue."), "no_microphone": N_("Micro : aucun."),
    "not_heard": N_("Micro : on n’entend rien."), "no_sound": N_("Haut-parleur : la personne n’entend rien."),
    "no_path": N_("Réseau : ni image ni son ne passent."), "slow": N_("Réseau : trop lent pour l’image."),
    "lossy": N_("Réseau : une partie se perd en route."), "delayed": N_("Réseau : trop de retard."),
}
"""As the organizer reads it, of somebody else."""


def _missing(day: OneDay) -> tuple[Missing, ...]:
    """Whoever was convened is to have tried by the eve of the day; what did not go well is told one by one."""
    eve = day.date - timedelta(days=1)
    waiting = [seat for seat in awaited(day.state) if awaits_try_out(day.state, seat)]
    count = len(waiting)
    found = [Missing(day.ngettext("{n} personne convoquée n’a pas encore essayé sa caméra et sa connexion",
                                  "{n} personnes convoquées n’ont pas encore essayé leur caméra et leur connexion",
                                  count), "#try-outs", eve)] if count else []
    for seat in lacking_something(day.state):
        said = day.say(N_("L’essai de {name} est à refaire : {parts}"), name=day.name(seat.person),
                       parts=parts_lacking(day.state.try_outs[seat.id], day.locale))
        found.append(Missing(said, "#try-outs", eve))
    return tuple(found)
