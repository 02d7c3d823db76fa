"""What the jurors do for themselves and among themselves: grids, consensus, recommendations, signatures."""
from __future__ import annotations

from collections.abc import Sequence

from evaluation.rules import N_
from evaluation.session import events as e
from evaluation.session.doors import Door
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.session.telling.description import (
    JURY,
    SILENT,
    STAFF,
    Chapter,
    Described,
    Entry,
    Line,
    Now,
    about_candidate,
    actor,
    by_actor,
    fixed,
)

GRID_CLOSED, SIGNED, NOT_SIGNED = N_("{name} a clos sa grille."), N_("{name} a signé."), N_("{name} n’a pas signé.")


def _proposed(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    proposed = N_("{code} : {mark} proposé, à confirmer par chacun.")
    return reading.say(proposed, code=event.competency, mark=event.mark.value)


def _proposed_line(reading: Reading, group: Sequence[Entry]) -> str:
    marks = ", ".join(f"{one.event.competency} {one.event.mark.value}" for one in group)
    return reading.say(N_("Consensus proposé par {name} : {marks}."), name=actor(reading, group), marks=marks)


def _confirmed(reading: Reading, group: Sequence[Entry]) -> str:
    codes = ", ".join(one.event.competency for one in group)
    return reading.say(N_("{name} confirme : {codes}."), name=actor(reading, group), codes=codes)


def _withdrawn(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("{name} retire sa confirmation : {code}."), name=actor(reading, group),
                       code=group[-1].event.competency)


def _disputed(reading: Reading, group: Sequence[Entry]) -> str:
    return reading.say(N_("Désaccord transmis au jury de certification : {codes}."),
                       codes=", ".join(group[-1].event.competencies))


def _recommended(reading: Reading, group: Sequence[Entry]) -> str:
    event = group[-1].event
    advice = reading.label(labels.ADVICE, event.advice)
    if event.block is None:
        return reading.say(N_("Préconisation d’ensemble : {advice}."), advice=advice)
    return reading.say(N_("Préconisation pour {block} : {advice}."), block=event.block, advice=advice)


GRIDS = Door.ALL_GRIDS
OWN: Chapter = {
    e.MarkSet: SILENT,
    e.MarkCleared: SILENT,
    e.PointCovered: SILENT,
    e.ExaminedNoted: SILENT,
    e.NoteWritten: SILENT,
    e.GridClosed: Described(
        Now(JURY, by_actor(GRID_CLOSED), "jury"), Line(by_actor(GRID_CLOSED), GRIDS, place="#grids")),
    e.GridReopened: Described(line=Line(by_actor(N_("{name} a rouvert sa grille.")), GRIDS)),
}
TOGETHER: Chapter = {
    e.DeliberationOpened: Described(
        Now(JURY, fixed(N_("La délibération est ouverte : le jury voit les trois grilles.")), "jury"),
        Line(by_actor(N_("Délibération ouverte par {name}.")), GRIDS, "key")),
    e.ConsensusProposed: Described(
        Now(JURY, _proposed, "jury"), Line(_proposed_line, GRIDS, place="#grids", together=True)),
    e.ConsensusConfirmed: Described(line=Line(_confirmed, GRIDS, place="#grids", together=True)),
    e.ConfirmationWithdrawn: Described(line=Line(_withdrawn, GRIDS)),
    e.DisputeDeclared: Described(
        Now(JURY, fixed(N_("Un désaccord est transmis au jury de certification.")), "jury"),
        Line(_disputed, GRIDS, "alert", "#grids")),
    e.DeliberationSuspended: Described(
        Now(JURY, fixed(N_("La délibération est suspendue.")), "jury"),
        Line(by_actor(N_("Délibération suspendue par {name}.")), GRIDS, "alert")),
    e.DeliberationResumed: Described(
        Now(JURY, fixed(N_("La délibération reprend.")), "jury"),
        Line(by_actor(N_("Délibération reprise par {name}.")), GRIDS)),
    e.Recommended: Described(line=Line(_recommended, GRIDS, place="#result", words=False)),
    e.DeliberationSigned: Described(
        Now(JURY, by_actor(SIGNED), "jury"), Line(by_actor(SIGNED), GRIDS, place="#signatures")),
    e.SignatureRefused: Described(
        Now(JURY, by_actor(NOT_SIGNED), "jury"),
        Line(by_actor(NOT_SIGNED), GRIDS, "alert", "#signatures", words=False)),
    e.HearingClosed: Described(
        Now(STAFF, about_candidate(N_(
            "Le dossier de {name} est transmis au jury de certification : notes retenues, résultat par bloc, "
            "préconisations et signatures."))),
        Line(fixed(N_("Dossier transmis au jury de certification.")), GRIDS, "key", "#result")),
}
