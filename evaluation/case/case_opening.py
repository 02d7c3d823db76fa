"""A case begins: by itself from each incident of a day and each appeal, or by hand for what is found after the day
(R6.5, R7.1)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from evaluation.body import certifications, decisions
from evaluation.body.decisions import JURY, JuryDecided, SubstituteDecided
from evaluation.candidacy.opening import CandidacyOpened
from evaluation.case import access
from evaluation.case.case_parts import Evidence, Fact, Source
from evaluation.case.state import CaseState, Part
from evaluation.case.terms import DECIDED, OPENED, Given, appeal_kind, case_id
from evaluation.case_rules import CaseKind, Door, incident_door
from evaluation.codec import FieldError, decode
from evaluation.field_values import json_object
from evaluation.kinds import Asked, Happened, Topic
from evaluation.offices import OfficeRole, check_by_the_platform
from evaluation.people import HearingId, Paper, PersonId, Words
from evaluation.quoted_events import APPEAL_RECORDED, CANDIDACY_OPENED, HEARING_ADDED, INCIDENT_RECORDED
from evaluation.quotes import Quote
from evaluation.rules import N_, Refusal, rule

OPENING = Topic()


@OPENING.command
@dataclass(frozen=True)
class OpenCase:
    """`source` quotes the incident, the appeal, or by hand the candidacy's opening. `person` is the candidate. `given`
    is what the platform knows; by hand it is read from what is quoted, and `office` quotes that of whoever opens it,
    `words` and `papers` say what was found. `hearing` quotes the candidate's hearing and `jury` the commission's
    decisions on its jury, where the jurors are to be asked. `subjects` are other people whom the facts concern."""

    case: str
    person: PersonId
    source: Quote
    door: Door
    kind: str
    given: Given | None = None
    office: Quote | None = None
    words: Words | None = None
    papers: tuple[Paper, ...] = ()
    subjects: tuple[PersonId, ...] = ()
    hearing: Quote | None = None
    jury: tuple[Quote, ...] = ()


@OPENING.event(OPENED)
@dataclass(frozen=True)
class CaseOpened:
    case: str
    person: PersonId
    source: Quote
    door: Door
    kind: str
    given: Given | None
    office: Quote | None
    words: Words | None
    papers: tuple[Paper, ...]
    subjects: tuple[PersonId, ...]
    hearing: Quote | None
    jury: tuple[Quote, ...]


@OPENING.decides(OpenCase)
def open_case(_state: None, command: OpenCase, asked: Asked) -> tuple[Any, ...]:
    if command.office is None:
        check_by_the_platform(asked.actor)
        check_source(command)
    else:
        _check_by_hand(command, command.office, asked)
    opened = CaseOpened(
        command.case, command.person, command.source, command.door, command.kind, command.given, command.office,
        command.words, command.papers, command.subjects, command.hearing, command.jury)
    check_person(command.person, given_by(opened, asked))
    return (opened,)


@rule("R7.1")
def check_source(command: OpenCase) -> None:
    """By the platform a case is opened from an incident of its door and kind, or from an appeal; once."""
    source, data = command.source, command.source.data
    if command.given is None or command.case != case_id(source.kind, source.stream, source.position):
        raise Refusal("R7.1", N_("Ce dossier n’est pas celui du fait cité."))
    incident = (INCIDENT_RECORDED, incident_door(suspected_fraud=bool(data.get("suspected_fraud"))), data.get("kind"))
    appeal = (APPEAL_RECORDED, "appeal", command.kind)
    if (source.event, command.door, command.kind) not in (incident, appeal):
        raise Refusal("R7.1", N_("Ce qui est cité n’ouvre pas un tel dossier."))
    check_given(source, command.kind, command.given)


@rule("R7.1", "X5")
def check_given(source: Quote, kind: str, given: Given) -> None:
    """What the platform knows says nothing else than what is quoted, of all that the quote tells."""
    told: dict[str, object] = {"session": source.stream, "hearing": source.data.get("hearing")}
    if source.event == APPEAL_RECORDED:
        told = _told_by_appeal(source)
        if kind != appeal_kind(json_object(source.data["against"])["event"]):
            raise Refusal("R7.1", N_("Ce qui est cité n’ouvre pas un tel dossier."))
    if any(getattr(given, name) != one for name, one in told.items()):
        raise Refusal("R7.1", N_("Ce qui est dit du dossier n’est pas ce qui est cité."))


def _told_by_appeal(source: Quote) -> dict[str, object]:
    against, office = json_object(source.data["against"]), json_object(source.data["office"])
    said = json_object(against["data"])
    ruled = said if against["event"] == DECIDED else json_object(said["outcome"])
    return {"candidacy": source.stream, "body": office["stream"], "person": ruled["person"],
            "certification": ruled["certification"], "session": None, "hearing": None, "jurors": (), "organizers": ()}


def _check_by_hand(command: OpenCase, office: Quote, asked: Asked) -> None:
    about = _opening(command.source)
    access.check_opens(office, about.provider, asked)
    access.check_same_body(about.office, office.stream)
    check_found(command, about)
    check_concerns_others(command, about, asked)
    jurors_of(command.hearing, command.jury, about.candidacy)


@rule("R7.1")
def check_concerns_others(command: OpenCase, about: CandidacyOpened, asked: Asked) -> None:
    """Nobody opens a case on themselves, nor on facts that concern them."""
    if asked.actor in (about.person, *command.subjects):
        raise Refusal("R7.1", N_("Ce dossier vous concerne : une autre personne l’ouvre."))


@rule("R6.5")
def check_found(command: OpenCase, about: CandidacyOpened) -> None:
    """What was found is said, and of a kind that the framework has; an appeal is recorded in its candidacy."""
    if command.words is None:
        raise Refusal("R6.5", N_("Dites ce qui a été constaté, par qui et quand : sans faits il n’y a pas de dossier."))
    rules = certifications.quoted(about.framework).certification.cases
    if command.door == "appeal" or rules.kind(command.door, command.kind) is None or command.given is not None:
        raise Refusal("R6.5", N_("Le référentiel de cette candidature ne connaît pas ce genre de dossier."))


@rule("R7.1")
def check_person(person: PersonId, given: Given) -> None:
    if person != given.person:
        raise Refusal("R7.1", N_("Ce qui est cité concerne une autre personne."))


def _opening(source: Quote) -> CandidacyOpened:
    """The opening of the candidacy that is quoted. Refusal for a quote of anything else."""
    if source.event != CANDIDACY_OPENED:
        raise Refusal("R6.5", N_("Un dossier ouvert à la main cite la candidature qu’il concerne."))
    try:
        return decode(CandidacyOpened, {key: one for key, one in source.data.items() if key != "rules_edition"})
    except FieldError as error:
        raise Refusal("R6.5", N_("Ce qui est cité ne peut être lu : {why}"), why=str(error)) from None


@rule("R7.2", permits=())
def jurors_of(hearing: Quote | None, jury: tuple[Quote, ...], candidacy: str) -> tuple[PersonId, ...]:
    """The jurors of a candidacy's hearing, after the commission's decisions in their order. Raises Refusal."""
    if hearing is None and not jury:
        return ()
    about = json_object(hearing.data.get("candidacy", {})).get("stream") if hearing is not None else None
    if hearing is None or hearing.event != HEARING_ADDED or about != candidacy:
        raise Refusal("R7.2", N_("L’épreuve citée n’est pas celle de cette candidature."))
    seats: dict[str, PersonId] = {}
    for quote in jury:
        if quote.data.get("session") != hearing.stream:
            raise Refusal("R7.2", N_("La décision citée est celle d’un autre jury."))
        if quote.event == JURY:
            seats = {one.id: one.person for one in decisions.quoted(quote, JuryDecided).jurors}
            continue
        decided = decisions.quoted(quote, SubstituteDecided)
        if decided.seat.hearing in (None, hearing.data.get("hearing")):
            seats.pop(decided.replaced, None)
            seats[decided.seat.id] = decided.seat.person
    return tuple(seats.values())


def given_by(opened: CaseOpened, happened: Asked | Happened) -> Given:
    """What is known of the day and the candidacy."""
    if opened.given is not None:
        return opened.given
    about, at = _opening(opened.source), happened.now if isinstance(happened, Asked) else happened.at
    of = certifications.quoted(about.framework).certification
    hearing: HearingId | None = str(opened.hearing.data["hearing"]) if opened.hearing is not None else None
    return Given(
        about.office.stream, about.provider, of.code, of.version, of.title, of.cases, about.candidacy, about.person,
        happened.actor, at, opened.hearing.stream if opened.hearing is not None else None, hearing,
        jurors_of(opened.hearing, opened.jury, about.candidacy), (), of.move_off_holidays, of.appeal_months)


@OPENING.evolves(CaseOpened)
def opened(_state: None, event: CaseOpened, happened: Happened) -> CaseState:
    given, position = given_by(event, happened), happened.position
    kind = given.rules.kind_or_plain(event.door, event.kind)
    source = Source(1, event.source, given.by, given.at, _by_clerk(event))
    part = Part(given.candidacy, given.person, (source,), given.session, given.hearing, given.jurors,
                changed=position)
    evidence = (*_pictures(event, given.candidacy, position),
                *(Evidence(one.file, given.candidacy, one.digest, True, position) for one in event.papers))
    return CaseState(
        event.case, given.body, given.provider, given.certification, given.version, given.title, given.rules, kind,
        event.source, happened.at, given.by, _by_clerk(event), given.move_off_holidays, given.appeal_months,
        given.session, given.organizers, frozenset(event.subjects),
        (_fact(event, given, kind, evidence, position),), evidence, parts={given.candidacy: part}, changed=position)


def _by_clerk(event: CaseOpened) -> bool:
    if event.office is None:
        return event.door == "appeal"
    role = json_object(event.office.data["office"]).get("role")
    return role == OfficeRole.CLERK


def _fact(event: CaseOpened, given: Given, kind: CaseKind, evidence: tuple[Evidence, ...], position: int) -> Fact:
    """What the incident, the appeal, or whoever opened the case says."""
    data = event.source.data
    if event.source.event == CANDIDACY_OPENED:
        return Fact(position, given.at, given.by, event.words, given.candidacy, None,
                    evidence=tuple(one.id for one in evidence))
    said = data.get("reasons" if kind.is_appeal else "words")
    words = decode(Words, said) if said is not None else None
    clock = data.get("clock")
    given_there = json_object(data.get("answers", {}))
    answers = {question: decode(Words, given_there[str(place)]) for place, question in enumerate(kind.asks)
               if str(place) in given_there}
    return Fact(position, given.at, given.by, words, given.candidacy, given.at, str(data.get("phase", "")),
                clock if isinstance(clock, int) else None, tuple(one.id for one in evidence), answers=answers)


def _pictures(event: CaseOpened, candidacy: str, position: int) -> tuple[Evidence, ...]:
    """Those that the incident cites; the scan of an appeal."""
    data = event.source.data
    if event.source.event == APPEAL_RECORDED:
        scan = decode(Paper, data["scan"])
        return (Evidence(scan.file, candidacy, scan.digest, True, position),)
    cited = cast("list[object]", data.get("evidence", []))
    return tuple(Evidence(str(one), candidacy, "", False, position) for one in cited)
