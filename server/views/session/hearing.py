"""One candidate's examination as one seat sees it: `Hearing` of view.d.ts."""
from __future__ import annotations

from evaluation.people import Role
from evaluation.session.access import signalled_in, stays_with_jury
from evaluation.session.allowed import may
from evaluation.session.attendance import absent_aids
from evaluation.session.doors import Door
from evaluation.session.gates import next_gate
from evaluation.session.grids import against_closing, not_examined
from evaluation.session.lost_time import lost_over_half, missing
from evaluation.session.on_site import at_camera, is_on_site
from evaluation.session.phases import IN_ROOM, MARKING, OVER, PRIVATE, STEPS, TIMED, Phase, following, overrun, stage
from evaluation.session.state import Hearing, SessionState
from server.views.session import labels
from server.views.session.contract import hearing_types as told
from server.views.session.contract.basic_types import Clock, PhaseView
from server.views.session.contract.hearing_types import (
    ForCandidate,
    ForJury,
    HearingHead,
    MomentWords,
    SheetView,
    SignalledTrouble,
    StepView,
)
from server.views.session.contract.identity_types import CandidateIdentity, IdentityView
from server.views.session.cut_words import cuts_to_give_back, lost_time_words
from server.views.session.deliberation import deliberation_view, own_mark
from server.views.session.dossier import documents_view
from server.views.session.expected import expected, held_words
from server.views.session.identity_check import candidate_identity, identity_view
from server.views.session.incident_views import incident_doors, incident_view, suspicion
from server.views.session.measure_words import apart_view, proposed_view, warnings
from server.views.session.offered_act import absent_words
from server.views.session.reading import Reading


def hearing_view(reading: Reading, hearing: Hearing) -> told.Hearing:
    """What everybody at the hearing sees, and what this seat's doors open besides."""
    doors = reading.rights.doors(hearing.id)
    candidate: ForCandidate = _for_candidate(reading, hearing) if reading.seat.role is Role.CANDIDATE else {}
    jury: ForJury = _for_juror(reading, hearing) if Door.OWN_GRID in doors else {}
    if Door.DOCUMENTS in doors:
        jury["documents"] = documents_view(reading, hearing)
    if Door.RECORD in doors:
        jury["incidents"] = [incident_view(reading, hearing, one) for one in hearing.noted]
        jury["incident_doors"] = incident_doors(reading)
    if Door.ALL_GRIDS in doors and hearing.deliberation is not None and reading.seat.role is Role.JUROR:
        jury["deliberation"] = deliberation_view(reading, hearing)
    return {**_head(reading, hearing, doors), **candidate, **jury}


def _head(reading: Reading, hearing: Hearing, doors: frozenset[Door]) -> HearingHead:
    state = reading.state
    later = hearing.phase in PRIVATE | OVER
    phase = shown_phase(reading, hearing)
    return {
        "id": hearing.id,
        "candidate": reading.person(hearing.candidate),
        "starts_at": hearing.starts_at,
        **phase_view(phase),
        **_moment(reading, hearing, phase),
        "expected": expected(reading, hearing),
        "clock": clock_view(state, hearing, reading.now),
        "steps": [_step(reading, hearing, phase) for phase in STEPS],
        "required_visible": hearing.visible_required,
        "prevention": hearing.prevention,
        "refusals": sorted(hearing.refusals),
        "waiting": hearing.waiting,
        "sheet": _sheet(state, hearing),
        "gate": next_gate(state, hearing),
        "may": list(may(state, reading.seat.id, hearing, reading.now)),
        "reminder": [
            {"words": words, "said": i in hearing.reminder} for i, words in enumerate(state.framework.reminder)
        ],
        "mode": hearing.mode,
        "on_site": is_on_site(state, hearing, reading.seat.id),
        "at_camera": _at_camera(reading, hearing),
        "place": reading.words(state.place) or "",
        "identity": _identity(reading, hearing, doors),
        "extra_words": _extra_words(reading, hearing),
        "aid_absent": absent_words(reading, absent_aids(state, hearing)),
        "lost_over_half": not later and lost_over_half(state, hearing, reading.now),
        "missing": missing(state, hearing),
        "apart": apart_view(reading, hearing),
    }


def _at_camera(reading: Reading, hearing: Hearing) -> str | None:
    """By whose camera the reader is shown, who has none of their own (X13)."""
    shown_by = at_camera(reading.state, hearing, reading.seat.id)
    return reading.name(shown_by) if shown_by is not None else None


def _identity(reading: Reading, hearing: Hearing, doors: frozenset[Door]) -> IdentityView | CandidateIdentity:
    """To who is neither of the jury nor the candidate, whether it is decided, and no more."""
    if Door.IDENTITY_COPY in doors:
        return identity_view(reading, hearing)
    if reading.seat.role is Role.CANDIDATE:
        return candidate_identity(reading, hearing, supplies=Door.UPLOAD in doors)
    return {"state": "decided" if hearing.identity else "undecided"}


def shown_phase(reading: Reading, hearing: Hearing) -> Phase:
    """How far the jury has come alone is its own affair (R3.6): the candidate and who helps them know that they are
    done, everybody else outside that the jury deliberates."""
    if hearing.phase not in PRIVATE or stays_with_jury(reading.state, reading.seat, hearing):
        return hearing.phase
    return Phase.CLOSED if reading.seat.role in (Role.CANDIDATE, Role.AID) else Phase.DELIBERATION


def phase_view(phase: Phase) -> PhaseView:
    """`PhaseView` of view.d.ts: a phase, and what a page asks about it."""
    return {"phase": phase, "stage": stage(phase), "timed": phase in TIMED, "marking": phase in MARKING}


def clock_view(state: SessionState, hearing: Hearing, now: int) -> Clock | None:
    """`Clock` of view.d.ts, or None where no clock is shown. Milliseconds."""
    clock = hearing.clock
    if clock is None or hearing.phase in PRIVATE | OVER:
        return None
    return {
        "phase": clock.phase, "read_at": now, "elapsed": clock.elapsed(now), "ceiling": clock.allowance,
        "floor": clock.shortest, "paused": clock.paused_since is not None,
        "paused_since": clock.paused_since, "given_back": clock.given_back, "lost": clock.lost_until(now),
        "extra": clock.extra, "overrun": overrun(clock, now),
        "announce": [mark * 1000 for mark in state.framework.announce],
    }


def _step(reading: Reading, hearing: Hearing, phase: Phase) -> StepView:
    shown = shown_phase(reading, hearing)
    phase_now = Phase.DELIBERATION if shown is Phase.GRADING else hearing.resume or shown
    words = reading.label(labels.PHASES, phase)
    if phase_now not in STEPS:
        return {"words": words, "state": "done" if shown is Phase.CLOSED else "later"}
    place = STEPS.index(phase) - STEPS.index(phase_now)
    return {"words": words, "state": "done" if place < 0 else "now" if place == 0 else "later"}


def _moment(reading: Reading, hearing: Hearing, shown: Phase) -> MomentWords:
    """What the phase that is shown is called, and what comes after it where somebody is told; to the candidate outside
    the room, in the words of where they are."""
    now, after = reading.label(labels.PHASES, shown), following(shown, hearing.resume)
    following_words = reading.say(labels.NEXT[after]) if after is not None and after in labels.NEXT else None
    if reading.seat.role is not Role.CANDIDATE or shown not in (Phase.SCHEDULED, Phase.CLOSED):
        return {"phase_words": now, "next_words": following_words}
    if shown is Phase.CLOSED:
        return {"phase_words": reading.say(labels.OVER), "next_words": None}
    if held_words(reading, hearing) is not None:
        return {"phase_words": reading.say(labels.AT_THE_DOOR), "next_words": None}
    here, then = (labels.WAITING_ROOM, labels.TO_WELCOME) if hearing.waiting else (
        labels.AT_THE_DOOR, labels.TO_WAITING_ROOM)
    return {"phase_words": reading.say(here), "next_words": reading.say(then)}


def _sheet(state: SessionState, hearing: Hearing) -> SheetView:
    due = next_gate(state, hearing) == "sheet"
    waits = "due" if due else "not_yet"
    return {"state": waits if hearing.sheet == "not_signed" else hearing.sheet, "signed_at": hearing.sheet_at}


def _extra_words(reading: Reading, hearing: Hearing) -> str | None:
    """R10.1: the arrangement, never the medical reason."""
    _ = reading.say
    said = [
        _("{phase} : {minutes} min de plus", phase=reading.label(labels.PHASES, phase), minutes=-(-seconds // 60))
        for phase, seconds in hearing.extra_seconds.items() if seconds
    ]
    if hearing.break_minutes:
        said.append(_("pauses : {minutes} min", minutes=hearing.break_minutes))
    if hearing.equipment:
        said.append(_("avec son propre matériel ou logiciel"))
    said += [_("avec l’aide de {name}", name=reading.name(aid.id)) for aid in hearing.aids]
    return " · ".join(said) or None


# The candidate's own ---------------------------------------------------------------------------------------------


def _for_candidate(reading: Reading, hearing: Hearing) -> ForCandidate:
    framework = reading.state.framework
    told = any(one.sanctions_told for one in hearing.noted)
    scripts = [one.script for one in hearing.noted if one.script is not None]
    answered = bool(scripts) and all(one.answer is not None and one.answer.how == "given" for one in scripts)
    running = hearing.in_script
    view: ForCandidate = {
        "message": list(framework.prevention_message),
        "points": list(framework.presentation_points),
        "sanctions_told": {
            "words": list(framework.sanctions), "answered": answered} if told else None,
        "suspicion": suspicion(reading, running) if running is not None and hearing.phase in IN_ROOM else None,
        "durations": {
            name: 1000 * (timing.default + hearing.extra_seconds.get(name, 0))
            for name, timing in framework.phases.items()
        },
        "warnings": warnings(reading, hearing),
        "lost_time": lost_time_words(reading, hearing),
        "extra_time": {name: 1000 * seconds for name, seconds in hearing.extra_seconds.items() if seconds},
    }
    held = held_words(reading, hearing)
    if held is not None:
        view["held"] = {"title": held[0], "words": held[1]}
    if hearing.results_by is not None:
        _ = reading.say
        kept = _(
            "La copie de votre pièce d’identité et les images prises pour la comparer restent chiffrées, et sont "
            "effacées {days} jours après le délai de recours.", days=framework.delays.evidence_days)
        view["after"] = {"results_by": hearing.results_by, "paragraphs": after_words(reading), "kept": kept}
    return view


def stay_words(reading: Reading) -> list[str]:
    """Who watches and stays when the jury is alone (R2.3), by name."""
    state = reading.state
    return [reading.name(seat.id) for seat in state.observers] if state.observers_in_deliberation else []


def after_words(reading: Reading) -> list[str]:
    """What follows the dismissal, in words (R2.3, R6.7, R9.1, R9.2)."""
    _, state = reading.say, reading.state
    watching = stay_words(reading)
    return [
        _("Le jury délibère à huis clos, puis transmet ses préconisations au jury de certification, qui décide."),
        *([reading.ngettext("{names} observe pour l’organisme certificateur et peut assister à la délibération, sans y "
                         "prendre la parole.", "{names} observent pour l’organisme certificateur et peuvent assister à "
                         "la délibération, sans y prendre la parole.", len(watching), names=", ".join(watching))]
          if watching else []),
        _("Si un bloc n’est pas validé, vous pourrez vous présenter à une session de rattrapage."),
        _("Après la décision, vous aurez {months} mois pour exercer un recours, motivé, par lettre recommandée avec "
          "avis de réception, adressée à : {address}.",
          months=state.framework.delays.appeal_months, address=", ".join(state.framework.appeal_address)),
    ]


# The juror's own -------------------------------------------------------------------------------------------------


def _for_juror(reading: Reading, hearing: Hearing) -> ForJury:
    framework, own = reading.state.framework, hearing.grid(reading.seat.id)
    blocks = [b for b in framework.blocks if b.code in (*hearing.blocks, *hearing.kept_blocks)]
    return {
        "blocks": [
            {
                "code": b.code, "title": b.title, "part": b.part, "kept": b.code in hearing.kept_blocks,
                "competencies": [
                    {"code": one.code, "title": one.title, "mandatory": one.code in b.mandatory,
                     "questions": list(one.questions)}
                    for one in b.competencies
                ],
            }
            for b in blocks
        ],
        "definitions": dict(framework.definitions),
        "points": list(framework.presentation_points),
        "examined": sorted(hearing.examined),
        "not_examined": list(not_examined(framework, hearing, hearing.grids))
        if hearing.phase is Phase.QUESTIONS else [],
        "grid": {
            "closed": own.closed, "due": hearing.phase is Phase.GRADING and not own.closed,
            "marks": {code: own_mark(reading, mark) for code, mark in own.marks.items()},
            "points": sorted(own.points),
            "note": reading.words(own.note), "note_at": own.note_at,
            "why_not_closed": [reading.say(r.text, **dict(r.values)) for r in against_closing(framework, hearing, own)],
        },
        "grids_closed": [s.id for s in reading.state.jurors_sitting(hearing.id) if hearing.grid(s.id).closed],
        "signalled": _signalled(reading, hearing),
        "cuts": cuts_to_give_back(reading, hearing),
        "proposed": proposed_view(reading, hearing),
        "sanctions": list(framework.sanctions),
    }


def _signalled(reading: Reading, hearing: Hearing) -> list[SignalledTrouble]:
    """What the candidate or their aid chose as the trouble with the line, until the organizer settles it. What they
    wrote is the organizer's alone."""
    return [
        {"position": one.position, "at": one.at, "name": reading.name(one.by),
         "kind_words": reading.label(labels.PROBLEMS, one.kind)}
        for one in signalled_in(reading.state, hearing) if one.kind is not None
    ]
