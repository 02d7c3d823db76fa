"""The index rows of a candidacy from the evaluation jury to the certificate: what waits for a sitting, for the
candidate to be told, for the commission, for the register."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from evaluation.candidacy.award_parts import ResultLetter
from evaluation.candidacy.state import CandidacyState
from evaluation.candidacy.to_award import ToAward, earlier_outcomes, handed_on, result_due, to_award, told_by
from evaluation.candidacy.validated import certificate_due, to_certify, to_validate
from evaluation.candidacy.withholding import award_withheld, disqualified
from evaluation.deadlines import day_of, end_of, start_of
from evaluation.kinds import Row


def award_rows(state: CandidacyState) -> Iterable[Row]:
    """Of what is withheld nothing is presented, and nothing certified."""
    waiting = to_award(state)
    if waiting is not None:
        yield _to_award(state, waiting)
    for letter in state.letters:
        yield _letter(state, letter)
    for one in to_validate(state):
        known, withheld = state.validations.get(one.position), award_withheld(state) or disqualified(state)
        yield _row(state, "to_validate", status="withheld" if withheld else known.status if known else "waiting",
                   at=start_of(known.on if known is not None else one.awarded.ruled_on),
                   position=one.position, award=one.awarded.award, ruled_on=one.awarded.ruled_on.isoformat(),
                   blocks=list(one.awarded.blocks), batch=known.batch if known is not None else None)
    for award in to_certify(state):
        ruled = state.outcomes[award.outcome].awarded
        yield _row(state, "to_certify", status=ruled.award, at=start_of(award.on),
                   due_on=certificate_due(state, award.on), position=award.position,
                   ruled_on=ruled.ruled_on.isoformat(), validated_on=award.on.isoformat(), blocks=list(ruled.blocks))


def _to_award(state: CandidacyState, waiting: ToAward) -> Row:
    """`position` is quoted to put it on an agenda, and `reexamines`, `kept` and `awarded` with it: these are the
    outcomes of the candidacy itself, from an earlier hearing, whose blocks stay."""
    given, agenda = waiting.recommendation.given, state.agenda
    status = "on_agenda" if agenda is not None else "withheld" if award_withheld(state) else "waiting"
    return _row(
        state, "to_award", status=status, at=start_of(given.held_on), due_on=waiting.due,
        position=waiting.recommendation.position, session=given.session, hearing=given.hearing,
        held_on=given.held_on.isoformat(), ending=given.ending.value, outcome=given.outcome,
        disputed=list(given.disputed), contested=given.contested, withheld=award_withheld(state),
        sitting=agenda.sitting if agenda is not None else None, reexamines=waiting.reexamines, case=waiting.case,
        kept=[{"kind": one.kind, "stream": one.stream, "position": one.position, "hash": one.hash}
              for one in earlier_outcomes(state)],
        awarded=[one.position for one in state.standing() if one.awarded.blocks and one.position != waiting.reexamines],
        put_off=[one.ruled_on.isoformat() for one in state.put_off if one.ruled_on >= given.held_on])


def _letter(state: CandidacyState, letter: ResultLetter) -> Row:
    """A letter that has come back is still to be handed over in time."""
    due_on = None if letter.told else letter_due(state, letter)
    return _row(state, "results", f"{state.id}/{letter.position}", status=letter_status(letter), at=letter.at,
                due_on=due_on, position=letter.position, letter=letter.about, arrived_at=letter.arrived_at,
                why=letter.why)


def letter_status(letter: ResultLetter) -> str:
    """What became of it."""
    if letter.handed_on is not None:
        return "handed"
    if letter.bounced_at is not None:
        return "returned"
    return "arrived" if letter.arrived_at is not None else "sent"


def letter_due(state: CandidacyState, letter: ResultLetter) -> date | None:
    """Until when it is to arrive: of a result that was returned a month from then, whatever has been ruled since."""
    one = handed_on(state)
    if letter.about == "returned" or one is None:
        return told_by(state, day_of(letter.at))
    return result_due(state, one)


def _row(state: CandidacyState, index: str, key: str = "", *, status: str, at: int, due_on: date | None = None,
         **data: object) -> Row:
    """`scope` is the provider's; key and about are the candidacy's and the certification's."""
    return Row(index, key or state.id, scope=state.provider, status=status, about=state.certification.code, at=at,
               due_at=end_of(due_on) if due_on is not None else None,
               data={"candidacy": state.id, "version": state.certification.version, **data})
