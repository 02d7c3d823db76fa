"""An awarding body as a kind of stream: its topics put together."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from evaluation.body.accrediting import PROVIDERS
from evaluation.body.asking import ASKING
from evaluation.body.bars import BARS
from evaluation.body.batches import BATCHES, PresentBatch, ValidateBatch
from evaluation.body.certifications import CERTIFICATIONS
from evaluation.body.decisions import DECISIONS, JURY, SUBSTITUTE, DecideJury, DecideSubstitute
from evaluation.body.founding import FOUNDING, BodyFounded, FoundBody
from evaluation.body.granting import OFFICES
from evaluation.body.observer_findings import FINDINGS
from evaluation.body.pool import POOL, about_of
from evaluation.body.replay import asked_for
from evaluation.body.sittings import SITTINGS
from evaluation.body.state import Batch, BodyState, Finding, InForce, Pooled, Provider
from evaluation.body.taking_back import TAKING_BACK
from evaluation.deadlines import end_of, start_of
from evaluation.kinds import Kind, Row
from evaluation.offices import BODY_KIND
from evaluation.people import PersonId
from evaluation.rules import N_, Refusal

TOPICS = (FOUNDING, OFFICES, PROVIDERS, CERTIFICATIONS, DECISIONS, TAKING_BACK, BARS, POOL, ASKING,
          FINDINGS, BATCHES, SITTINGS)


def check(state: BodyState | None, _actor: PersonId, command: Any) -> None:
    """Raises Refusal for a body that is not there, or that is there already. Who may what is asked by each decider, on
    the day of the act."""
    if state is None and not isinstance(command, FoundBody):
        raise Refusal("X15", N_("Cet organisme certificateur n’existe pas."))
    if state is not None and isinstance(command, FoundBody):
        raise Refusal("X15", N_("Cet organisme certificateur existe déjà."))


def subject(state: BodyState | None, stream: str, fields: Mapping[str, object]) -> str:
    """The person whom a bar's words are about, whose office ends, or who is a juror; else the body itself."""
    if isinstance(fields.get("juror"), str):
        return str(fields["juror"])
    if "certification" in fields and isinstance(fields.get("person"), str):
        return str(fields["person"])
    bar = state.bars.get(str(fields.get("bar"))) if state else None
    held = state.offices.get(str(fields.get("office"))) if state else None
    if bar is not None:
        return bar.person
    return held.office.person if held is not None else f"stream:{stream}"


def place_subject(state: BodyState | None, fields: Mapping[str, object], place: str) -> str | None:
    """Why an outcome is returned is about its candidate."""
    batch = state.batches.get(str(fields.get("batch"))) if state is not None else None
    return next((one.person for one in batch.items if one.candidacy == place), None) if batch is not None else None


def rows(state: BodyState) -> Iterable[Row]:
    return (replace(one, body=state.id) for one in _rows(state))


def _rows(state: BodyState) -> Iterable[Row]:
    yield from _offices(state)
    for provider in state.providers.values():
        yield from _provider(provider)
    for one in state.in_force:
        yield _framework(state, one)
    yield from _bars(state)
    for pooled in state.pool.values():
        yield from _juror(state, pooled)
    for found in state.findings.values():
        yield _finding(found)
    for batch in state.batches.values():
        yield _batch(batch)
    for asked in state.requests.values():
        yield Row("jury_requests", asked.session, scope=asked.provider, status="open" if asked.open else "decided",
                  about=asked.certification, at=asked.at,
                  data={"proposed": [one.person for one in asked.proposed], "by": asked.by})


def _batch(one: Batch) -> Row:
    """The règlement gives the commission no delay: it waits from the day it was presented."""
    return Row("batches", one.id, status="presented" if one.decided_on is None else "decided", at=one.at,
               data={"count": len(one.items), "returned": sum(item.returned is not None for item in one.items),
                     "decided_on": _day(one.decided_on), "by": one.by})


def _finding(one: Finding) -> Row:
    """`person` corrects it; `due_at` is the last moment to. What nobody is to correct yet is late from the day it was
    found, what is closed is never."""
    status = "closed" if one.closed_at is not None else "assigned" if one.owner is not None else "open"
    due_at = {"open": start_of(one.found_on), "assigned": _last(one.due), "closed": None}[status]
    return Row("findings", one.id, person=one.owner, scope=one.provider, status=status, about=one.session,
               at=start_of(one.found_on), due_at=due_at,
               data={"by": one.by, "found_on": one.found_on.isoformat(), "due": _day(one.due)})


def _juror(state: BodyState, pooled: Pooled) -> Iterable[Row]:
    """The juror in the whole pool; and among those of each provider that proposed them."""
    juror = pooled.juror
    trained = juror.trained_on
    row = Row("jurors", f"{state.id}/{juror.person}", person=juror.person, status=pooled.standing.value,
              about=about_of(juror.categories),
              at=start_of(trained) if trained else None,
              data={"categories": [one.value for one in juror.categories], "trained_on": _day(trained),
                    "provider": juror.provider})
    yield row
    for provider in pooled.proposed_by:
        yield replace(row, index="proposed_jurors", key=f"{row.key}/{provider}", scope=provider)


def _offices(state: BodyState) -> Iterable[Row]:
    """Every office, those that are over too: `at` and `due_at` say when it runs."""
    for one in state.offices.values():
        office = one.office
        yield Row(
            "offices", office.id, person=office.person, scope=office.provider, status=office.role.value,
            at=start_of(office.since), due_at=_last(office.until),
            data={"since": office.since.isoformat(), "until": _day(office.until), "ended": one.ended,
                  "paper": office.paper.file if office.paper else None, "acts": [act.value for act in office.acts],
                  "position": one.position})


def _provider(provider: Provider) -> Iterable[Row]:
    """The provider, from its first agreement's day to its last one's end; and each agreement."""
    last = max(provider.agreements, key=lambda one: one.agreement.since)
    first = min(one.agreement.since for one in provider.agreements)
    yield Row("providers", provider.id, scope=provider.id, status=_status(last.ended), at=start_of(first),
              due_at=_last(last.agreement.until), data={"name": provider.name, "agreements": len(provider.agreements)})
    for number, one in enumerate(provider.agreements):
        agreement = one.agreement
        yield Row("agreements", f"{provider.id}/{number + 1}", scope=provider.id, status=_status(one.ended),
                  at=start_of(agreement.since), due_at=_last(agreement.until),
                  data={"since": agreement.since.isoformat(), "until": _day(agreement.until),
                        "paper": agreement.paper.file, "position": one.position})


def _framework(state: BodyState, one: InForce) -> Row:
    """One version. Its last day is that before the next version's, or before another code took its place."""
    of, following = one.certification, state.superseded.get(one.certification.code)
    ends = [later.since for later in state.in_force
            if later.certification.code == of.code and later.since > one.since]
    if following is not None:
        ends.append(following.since)
    return Row(
        "frameworks", f"{state.id}/{of.code}/{of.version}", about=of.code, status="superseded" if ends else "in_force",
        at=start_of(one.since), due_at=start_of(min(ends)) if ends else None,
        data={"version": of.version, "title": of.title, "digest": of.digest, "since": one.since.isoformat(),
              "superseded_by": following.by if following else None, "position": one.position})


def _bars(state: BodyState) -> Iterable[Row]:
    for bar in state.bars.values():
        ends = end_of(bar.until) if bar.lifted is None else start_of(bar.lifted)
        yield Row("bars", bar.id, person=bar.person, about=bar.certification,
                  status="set" if bar.lifted is None else "ended", at=start_of(bar.decided_on), due_at=ends,
                  data={"decided_on": bar.decided_on.isoformat(), "until": bar.until.isoformat(),
                        "lifted": _day(bar.lifted), "position": bar.position})


def _status(ended: bool) -> str:
    return "ended" if ended else "agreed"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _last(until: date | None) -> int | None:
    """The moment after which a period that ends with a day is over."""
    return end_of(until) if until else None


def must_have_seen(state: BodyState, command: type, fields: Mapping[str, object]) -> int:
    """A jury is decided on where its jurors sit already: on every jury that was. What is presented to the commission,
    or validated, on every batch that was."""
    if command in (PresentBatch, ValidateBatch):
        mine = state.batches.get(str(fields.get("batch")))
        return max((one.position for one in state.batches.values() if command is PresentBatch or one is mine),
                   default=0)
    if command not in (DecideJury, DecideSubstitute):
        return 0
    return max((one.position for one in state.decisions.values() if one.event in (JURY, SUBSTITUTE)), default=0)


def stands(state: BodyState, position: int) -> bool:
    """Not the grant of an office that was ended, an agreement whose end is another now, a bar that was lifted, a
    decision that was taken back."""
    return position not in state.void


BODY: Kind[BodyState] = Kind(
    BODY_KIND, begins=FoundBody, begun=BodyFounded, topics=TOPICS, check=check, replay=asked_for,
    from_pages=frozenset(one for topic in TOPICS for one in topic.commands) - {FoundBody},
    closed=lambda _state: False, must_have_seen=must_have_seen, rows=rows, subject=subject,
    place_subject=place_subject, stands=stands)
