"""The jury's table: `Deliberation` of view.d.ts."""
from __future__ import annotations

from collections.abc import Mapping

from evaluation.grading import BlockOutcome, Mark, Result
from evaluation.people import SOME_WORDS
from evaluation.session import commands as c
from evaluation.session import consensus, recommendation
from evaluation.session.allowed import would_be_allowed
from evaluation.session.commands import Command
from evaluation.session.grids import sought
from evaluation.session.guidance import step
from evaluation.session.hearing_parts import Deliberation, OwnMark, Proposal
from evaluation.session.state import Hearing
from server.views.session import labels
from server.views.session.contract import deliberation_types as told
from server.views.session.contract.deliberation_types import (
    AdvicePlace,
    ConsensusRow,
    MissingLine,
    RecommendationView,
    ResultView,
    SignatureView,
    ToDo,
)
from server.views.session.offered_act import act_view
from server.views.session.reading import Reading


def deliberation_view(reading: Reading, hearing: Hearing) -> told.Deliberation:
    state, table = reading.state, hearing.deliberation
    if table is None:
        raise ValueError("no deliberation yet")
    jurors = [s.id for s in state.jurors_sitting(hearing.id)]
    agreed = consensus.reached(state, hearing)
    return {
        "opened_at": table.opened_at, "suspended": hearing.suspended,
        "jurors": jurors,
        "rows": [_row(reading, hearing, table, jurors, agreed, code) for code in sought(state.framework, hearing)],
        **result_view(reading, recommendation.compiled(state, hearing)), "sought": list(hearing.blocks),
        "recommendations": recommendations_view(reading, table),
        "settled": not consensus.open_questions(state, hearing),
        **_to_do(reading, hearing, table),
        "places": _places(reading, hearing),
        "signatures": signatures_view(table, jurors, reading),
        "missing": _missing(reading, hearing, table, jurors),
        "frozen": bool(table.signatures),
    }


def _to_do(reading: Reading, hearing: Hearing, table: Deliberation) -> ToDo:
    """What this juror may do on the table now."""
    state, seat, h = reading.state, reading.seat.id, hearing.id

    def may(command: Command) -> bool:
        return would_be_allowed(state, seat, command, reading.now)

    unsettled = consensus.open_questions(state, hearing)
    signs = seat not in table.signatures and not hearing.suspended and state.sits(seat, h)
    return {
        "to_confirm": consensus.to_confirm(hearing, seat) if may(c.ConfirmConsensus(h, {})) else {},
        "to_propose": consensus.to_propose(state, hearing) if may(c.ProposeConsensus(h, {})) else {},
        "to_dispute": list(unsettled) if unsettled and may(c.DeclareDispute(h, unsettled, SOME_WORDS)) else [],
        "advises": not unsettled and may(c.Recommend(h, None, "refuse", SOME_WORDS)),
        "sign": act_view(reading, step(state, seat, c.SignDeliberation(h), reading.now)) if signs else None,
    }


def _places(reading: Reading, hearing: Hearing) -> list[AdvicePlace]:
    """What is recommended on, a block each and then the whole certification (None), with what may be recommended
    there and whether that departs from the computed result, and so needs words (X7)."""
    framework, result = reading.state.framework, recommendation.compiled(reading.state, hearing)
    places = (*(block.code for block in framework.blocks if block.code in hearing.blocks), None)
    return [
        {"block": block, "advices": [
            {"advice": advice, "words": reading.label(labels.ADVICE, advice).capitalize(),
             "departs": recommendation.departs(result, block, advice)}
            for advice in recommendation.advices(framework, block)
        ]}
        for block in places
    ]


def _row(
    reading: Reading, hearing: Hearing, table: Deliberation, jurors: list[str], agreed: Mapping[str, Mark], code: str
) -> ConsensusRow:
    own = {j: hearing.grid(j).marks[code] for j in jurors if code in hearing.grid(j).marks}
    proposal = table.proposals.get(code)
    mark = agreed.get(code, proposal.mark if proposal else None)
    return {
        "competency": code,
        "own": {juror: own_mark(reading, mark) for juror, mark in own.items()},
        "differs": len({mark.mark for mark in own.values()}) > 1,
        "proposed": mark,
        "confirmed": sorted(proposal.confirmed) if proposal else [],
        "reached": code in agreed,
        "disputed": code in table.disputed,
        "dispute_words": reading.words(table.disputed.get(code)),
        "awaited": [one for one in jurors if one not in proposal.confirmed]
        if proposal is not None and code not in table.disputed else [],
        "may_withdraw": proposal is not None and _may_withdraw(reading, hearing, proposal, code),
    }


def _may_withdraw(reading: Reading, hearing: Hearing, proposal: Proposal, code: str) -> bool:
    """Who presides proposes otherwise instead."""
    seat, withdrawn = reading.seat.id, c.WithdrawConfirmation(hearing.id, code)
    return seat in proposal.confirmed and seat != reading.state.president_of(hearing.id) and would_be_allowed(
        reading.state, seat, withdrawn, reading.now)


def own_mark(reading: Reading, mark: OwnMark) -> told.OwnMark:
    """`OwnMark` of view.d.ts."""
    return {"mark": mark.mark, "words": reading.words(mark.words), "not_shown": mark.not_shown, "at": mark.at}


def result_view(reading: Reading, result: Result) -> ResultView:
    """The blocks with their reasons, and the outcome in words (R3.7)."""
    return {
        "blocks": [_block(reading, block) for block in result.blocks],
        "outcome": result.outcome, "outcome_words": _outcome_words(reading, result), "complete": result.complete,
    }


def _block(reading: Reading, block: BlockOutcome) -> told.BlockOutcome:
    return {
        "code": block.code, "title": reading.state.framework.block(block.code).title, "validated": block.validated,
        "kept": block.kept, "acquired": block.acquired, "total": block.total,
        "reasons": [reading.say(r.text, **dict(r.values)) for r in block.reasons],
    }


def _outcome_words(reading: Reading, result: Result) -> str:
    _ = reading.say
    if result.outcome is not None:
        return reading.label(labels.OUTCOMES, result.outcome)
    settled = [b for b in result.blocks if b.validated is not None]
    if not settled:
        return _("Aucun bloc n’a encore de résultat.")
    words = [
        _("{block} validé", block=b.code) if b.validated else _("{block} non validé", block=b.code) for b in settled
    ]
    waiting = [b.code for b in result.blocks if b.validated is None]
    return _("{settled}. En attente : {waiting}.", settled=", ".join(words), waiting=", ".join(waiting))


def recommendations_view(reading: Reading, table: Deliberation) -> list[RecommendationView]:
    return [
        {"block": block or None, "advice": one.advice, "advice_words": reading.label(labels.ADVICE, one.advice),
         "words": reading.words(one.words), "departs": one.departs}
        for block, one in table.recommendations.items()
    ]


def signatures_view(table: Deliberation, jurors: list[str], reading: Reading) -> list[SignatureView]:
    signed = {juror: table.signatures.get(juror) for juror in jurors}
    return [
        {"seat": juror, "name": reading.name(juror), "signed_at": one.at if one and not one.refused else None,
         "refused": bool(one and one.refused), "refused_at": one.at if one and one.refused else None,
         "words": reading.words(one.words) if one else None, "on_paper": bool(one and one.on_paper)}
        for juror, one in signed.items()
    ]


def _missing(reading: Reading, hearing: Hearing, table: Deliberation, jurors: list[str]) -> list[MissingLine]:
    """What is left, each with the place where it is done."""
    _ = reading.say
    state = reading.state
    left: list[MissingLine] = [
        {"what": _("Un consensus sur {code}", code=code), "anchor": f"#{code}"}
        for code in consensus.open_questions(state, hearing)
    ]
    for block in recommendation.unadvised(hearing):
        what = _("La préconisation pour {block}", block=block) if block else _("La préconisation d’ensemble")
        left.append({"what": what, "anchor": f"#recommend-{block or 'whole'}"})
    president = state.president_of(hearing.id)
    for juror in sorted(jurors, key=lambda j: j == president):
        if juror not in table.signatures:
            what = _("Votre signature") if juror == reading.seat.id else _(
                "La signature de {name}", name=reading.name(juror))
            left.append({"what": what, "anchor": f"#sign-{juror}"})
    return left
