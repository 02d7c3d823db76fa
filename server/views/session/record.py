"""Everything of one candidate in one place, as far as the reader's doors go: what the record page is made of.

`RecordView` is rendered by `web/templates/record/page.html`. Nothing of the grids, the consensus or the signatures is
in it without `Door.ALL_GRIDS`: `deliberation` is then None and the lines about it are absent (R3.8).
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from evaluation.deadlines import day_of
from evaluation.framework import CompetencyBlock
from evaluation.people import HearingId, SeatId
from evaluation.rules import N_
from evaluation.session.doors import Door
from evaluation.session.hearing_parts import Incident, Scan
from evaluation.session.phases import Phase, PhaseClock, ended_early, overrun
from evaluation.session.state import Hearing, SessionState
from server.i18n import Locale
from server.journals.of_kind import Sessions
from server.storage.openings import Opening
from server.views.session import labels
from server.views.session.accesses import accesses_view
from server.views.session.contract.identity_types import DocumentView
from server.views.session.contract.record_types import (
    Attempt,
    ClockLine,
    Day,
    RecordBlock,
    RecordDeliberation,
    RecordIdentity,
    RecordIncident,
    RecordView,
    ScanLine,
    SuppliedDocument,
    TimelineLine,
)
from server.views.session.cut_words import cut_lines
from server.views.session.deliberation import deliberation_view
from server.views.session.dossier import documents_view
from server.views.session.identity_check import decision_words, identity_view
from server.views.session.incident_views import incident_view
from server.views.session.reading import Reading, read
from server.views.session.timeline import Entry, Voided, follow, timeline, words_of
from server.views.when import day_words, hour_words, lasting

MORE = N_("{phase} : {time} de plus")
ON_PAPER = N_("signée sur papier, à {hour}")
SHEETS = {
    "not_signed": N_("non signée"), "signed": N_("signée à {hour}"), "refused": N_("refusée"),
    "waived": N_("non signée, épreuve continuée avec une réserve"),
}
PREVENTIONS = {
    "pending": N_("pas encore confirmé"), "acknowledged": N_("confirmé"), "refused": N_("refusé"),
    "waived": N_("non confirmé, épreuve continuée avec une réserve"),
}


async def record_of(
    sessions: Sessions, state: SessionState, seat: SeatId, hearing: HearingId, locale: Locale, now: int,
    opened: Iterable[Opening] = (),
) -> RecordView | None:
    """The record of one hearing as this seat may read it; None where it may not. `opened`: what was opened about this
    candidate, by whom (X1)."""
    reading = await read(sessions, state, seat, locale, now, hearings=[hearing])
    if reading is None or Door.RECORD not in reading.rights.doors(hearing):
        return None
    past = [one for one in await sessions.events(state.id) if one[0].position <= state.position]
    entries, voided = follow(past, hearing)
    refs = [*words_of(entries, reading.rights.doors(hearing)), *(one.words.ref for one in voided)]
    texts = {**reading.texts, **await sessions.words(refs)}
    return record_view(replace(reading, texts=texts), hearing, entries, voided, opened)


def record_view(
    reading: Reading, hearing_id: HearingId, entries: Iterable[Entry], voided: Iterable[Voided],
    opened: Iterable[Opening] = (),
) -> RecordView:
    """Pure. `entries` and `voided` are what `follow` finds in the journal."""
    state, doors = reading.state, reading.rights.doors(hearing_id)
    hearing = state.hearing(hearing_id)
    framework = state.framework
    president = state.president_of(hearing_id)
    grids = Door.ALL_GRIDS in doors and hearing.deliberation is not None
    return {
        "hearing": hearing_id,
        "candidate": reading.person(hearing.candidate),
        "certification": framework.title, "short_certification": framework.short_title,
        "provisional_wording": framework.wording_provisional,
        "day": day_words(state.date, reading.locale), "hour": hour_words(hearing.starts_at, reading.locale),
        "phase": hearing.phase.value, "phase_words": reading.label(labels.PHASES, hearing.phase.value),
        "mode_words": reading.label(labels.MODES, hearing.mode),
        "transcribed": _transcribed(reading, hearing),
        "scans": [_scan(reading, one) for one in hearing.scans],
        "president": reading.name(president) if president else None,
        "jury": [
            {**reading.person(seat), "president": seat.id == president, "recused": seat.id in hearing.recused,
             "recused_words": reading.words(hearing.recused.get(seat.id))}
            for seat in state.jurors_appointed(hearing_id)
        ],
        "aids": [reading.name(aid.id) for aid in hearing.aids],
        "blocks": [_block(block, hearing) for block in framework.blocks
                   if block.code in (*hearing.blocks, *hearing.kept_blocks)],
        "extra": [
            reading.say(MORE, phase=reading.label(labels.PHASES, phase), time=lasting(seconds * 1000))
            for phase, seconds in hearing.extra_seconds.items() if seconds
        ],
        "prevention": reading.label(PREVENTIONS, hearing.prevention),
        "sheet": reading.say(ON_PAPER if hearing.sheet == "signed" and "sheet" in hearing.on_paper
                             else SHEETS[hearing.sheet], hour=_hour(reading, hearing.sheet_at)),
        "days": _days(reading, timeline(reading, entries, doors)),
        "attempts": _attempts(reading, hearing, voided),
        "incidents": [_incident(reading, hearing, one) for one in hearing.noted],
        "statements": [
            {"hour": hour_words(one.at, reading.locale), "by": reading.name(one.by), "words": reading.words(one.words)}
            for one in hearing.statements
        ],
        "documents": [_supplied(reading, one) for one in documents_view(reading, hearing)]
        if Door.DOCUMENTS in doors else None,
        "identity": _identity(reading, hearing) if Door.IDENTITY_COPY in doors else None,
        "captures": [
            {"id": one.id, "hour": hour_words(one.at, reading.locale), "of": reading.name(one.seat),
             "by": reading.name(one.by)}
            for one in hearing.captures
        ] if Door.CAPTURES in doors else None,
        "deliberation": _deliberation(reading, hearing) if grids else None,
        "grid_pdf": grids and hearing.phase is Phase.CLOSED,
        "journal": reading.rights.journal,
        "accesses": accesses_view(reading, opened),
        "position": state.position,
    }


def _transcribed(reading: Reading, hearing: Hearing) -> str | None:
    """That it was held on paper, by whom it was entered, and how many of the three have confirmed it (X13)."""
    found = hearing.transcribed
    if found is None:
        return None
    day, name = day_words(day_of(found.at), reading.locale), reading.name(found.by)
    stands = N_("Tenue sur papier : transcrit par {name} le {day}, et confirmé par chacun des trois jurés.")
    waits = N_("Tenue sur papier : transcrit par {name} le {day}, confirmé par {count} jurés sur 3.")
    return reading.say(stands if found.stands_at is not None else waits, name=name, day=day,
                       count=len(found.confirmed))


def _scan(reading: Reading, one: Scan) -> ScanLine:
    return {"id": one.id, "title": reading.label(labels.PAPERS, one.paper), "pages": one.pages,
            "day": day_words(day_of(one.at), reading.locale), "by": reading.name(one.by)}


def _hour(reading: Reading, at: int | None) -> str:
    return hour_words(at, reading.locale) if at is not None else ""


def _block(block: CompetencyBlock, hearing: Hearing) -> RecordBlock:
    return {"code": block.code, "title": block.title, "kept": block.code in hearing.kept_blocks}


def _days(reading: Reading, lines: list[TimelineLine]) -> list[Day]:
    by_day = groupby(lines, key=lambda line: day_of(line["at"]))
    return [{"day": day_words(day, reading.locale), "lines": list(group)} for day, group in by_day]


# Clocks and attempts ---------------------------------------------------------------------------------------------


def _attempts(reading: Reading, hearing: Hearing, voided: Iterable[Voided]) -> list[Attempt]:
    """Those that do not count with the reason, then the one that does."""
    postponed, again = N_("Ne compte pas : reportée par {name}."), N_("Ne compte pas : recommencée par {name}.")
    before: list[Attempt] = [
        {
            "number": one.hearing.attempt,
            "voided": reading.say(postponed if one.postponed else again, name=reading.name(one.by)),
            "said": reading.words(one.words),
            "clocks": [_clock(reading, one.hearing, clock, one.at) for clock in one.hearing.ran],
        }
        for one in voided
    ]
    clocks = [_clock(reading, hearing, clock, reading.now) for clock in hearing.ran]
    return [*before, {"number": hearing.attempt, "voided": None, "said": None, "clocks": clocks}]


def _clock(reading: Reading, hearing: Hearing, clock: PhaseClock, now: int) -> ClockLine:
    end = clock.ended_at if clock.ended_at is not None else now
    paused = clock.paused + (end - clock.paused_since if clock.paused_since is not None else 0)
    return {
        "phase": reading.label(labels.PHASES, clock.phase.value),
        "started": hour_words(clock.started_at, reading.locale),
        "elapsed": lasting(clock.elapsed(end)), "planned": lasting(clock.allowance),
        "running": clock.running, "early": clock.ended_at is not None and ended_early(clock, end),
        "overrun": _or_none(overrun(clock, end)), "paused": _or_none(paused),
        "lost": _or_none(clock.lost_until(end)), "given_back": _or_none(clock.given_back),
        "cuts": cut_lines(reading, hearing, clock, end),
    }


def _or_none(duration: int) -> str | None:
    return lasting(duration) if duration >= 500 else None


# Identity, incidents, papers -------------------------------------------------------------------------------------


def _identity(reading: Reading, hearing: Hearing) -> RecordIdentity:
    """R6.3: the opinions, the decision, who thought otherwise, the images it rests on."""
    decision = hearing.identity
    view = identity_view(reading, hearing)
    return {
        "decision": decision_words(reading, hearing), "words": view["words"], "by": view["by"],
        "hour": _hour(reading, decision.at if decision else None), "opinions": view["opinions"],
        "dissent": view["dissent"],
        "evidence": list(decision.evidence) if decision else [],
        "copies": [_supplied(reading, one) for one in view["copies"]],
        "reserved": "identity" in hearing.reservations, "signals": view["signals"],
    }


def _incident(reading: Reading, hearing: Hearing, incident: Incident) -> RecordIncident:
    clock = incident.clock
    return {**incident_view(reading, hearing, incident), "hour": hour_words(incident.at, reading.locale),
            "clock_words": lasting(clock) if clock is not None else None}


def _supplied(reading: Reading, document: DocumentView) -> SuppliedDocument:
    day = day_words(day_of(document["supplied_at"]), reading.locale)
    return {**document, "day": day, "hour": hour_words(document["supplied_at"], reading.locale)}


# The deliberation ------------------------------------------------------------------------------------------------


def _deliberation(reading: Reading, hearing: Hearing) -> RecordDeliberation:
    view = deliberation_view(reading, hearing)
    framework = reading.state.framework
    rows = {row["competency"]: row for row in view["rows"]}
    return {
        "blocks": view["blocks"], "outcome": view["outcome"], "outcome_words": view["outcome_words"],
        "complete": view["complete"], "recommendations": view["recommendations"],
        "jurors": [{"seat": seat, "name": reading.name(seat)} for seat in view["jurors"]],
        "grids": [
            {
                "code": block.code, "title": block.title,
                "rows": [
                    {**rows[one.code], "title": one.title, "mandatory": one.code in block.mandatory}
                    for one in block.competencies if one.code in rows
                ],
            }
            for block in framework.blocks if block.code in hearing.blocks
        ],
        "signatures": [
            {**one, "hour": _hour(reading, one["refused_at"] if one["refused"] else one["signed_at"])}
            for one in view["signatures"]
        ],
    }
