"""The letter of a result, as a paper (R8.1): what the certification jury ruled, block by block, what is kept, how to
present oneself again, how to appeal. It names nobody but the candidate. Papers are in French."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from evaluation.candidacy.award_parts import ResultLetter
from evaluation.candidacy.kept import keeping_of
from evaluation.candidacy.state import CandidacyState, Outcome
from evaluation.candidacy.terms import HearingEnding
from evaluation.candidacy.to_award import appealable_until, told_by
from evaluation.deadlines import day_of, due
from evaluation.framework import Framework
from evaluation.grading import BlockOutcome
from evaluation.people import Words
from evaluation.sitting.terms import Ruling
from server.documents.result_pdf import ResultPaper
from server.documents.written_paper import PaperPart
from server.views.case.written_of import DEMONSTRATION, NO_NAME, NO_WORDS, SEALED, section
from server.views.when import day_words

TITLES: Final[Mapping[str, str]] = {
    "result": "Notification de résultat", "put_off": "Résultat différé", "returned": "Résultat non validé"}
RESERVE: Final = "Ce résultat vous est notifié sous réserve de validation par la CPNEFP."
AWARDED: Final[Mapping[str, str]] = {
    "full": "Le jury de certification vous attribue la certification entière.",
    "partial": "Le jury de certification vous attribue une partie de la certification.",
    "none": "Le jury de certification ne vous attribue pas la certification."}
NOT_HEARD: Final[Mapping[HearingEnding, str]] = {
    HearingEnding.ABSENT: "Votre absence à l’épreuve du {held} a été constatée. Le règlement demande de prendre part à "
                          "toutes les épreuves : rien ne peut être attribué.",
    HearingEnding.STOPPED: "L’épreuve du {held} a été arrêtée avant sa fin. Le règlement demande de prendre part à "
                           "toutes les épreuves : rien ne peut être attribué."}


@dataclass(frozen=True)
class ResultReading:
    """One letter about a candidacy's result, with the names and the words that can still be read. `ruling` is what the
    sitting ruled; `words` are those of the commission that returned it. `home` is the candidate's own address.
    `demonstration`: the seal proves nothing."""

    state: CandidacyState
    letter: ResultLetter
    name: str
    body: str
    ruling: Ruling | None
    words: Words | None = None
    written: Mapping[str, str] = field(default_factory=dict[str, str])
    framework: Framework | None = None
    home: tuple[str, ...] = ()
    demonstration: bool = False

    @property
    def outcome(self) -> Outcome | None:
        return self.state.outcomes.get(self.letter.position)

    @property
    def held_on(self) -> date | None:
        """The day of the hearing that it is about."""
        before = [one.given.held_on for one in self.state.recommendations if one.position < self.letter.position]
        return max(before, default=None)

    @property
    def replaces(self) -> date | None:
        """The day of the letter of the same hearing that it takes the place of."""
        since = max((one.position for one in self.state.recommendations if one.position < self.letter.position),
                    default=0)
        earlier = [one for one in self.state.letters
                   if since < one.position < self.letter.position and one.about == "result"]
        return day_of(earlier[-1].at) if earlier and self.letter.about == "result" else None

    def text(self, words: Words | None) -> str:
        return "" if words is None else self.written.get(words.ref, NO_WORDS)


def words_of(ruling: Ruling | None, returned: Words | None) -> tuple[Words, ...]:
    """All that the letter may quote."""
    found = [returned]
    if ruling is not None:
        found += [ruling.words if ruling.award == "withheld" else None, *ruling.reasons.values()]
    return tuple(one for one in found if one is not None)


def result_paper(reading: ResultReading) -> ResultPaper:
    sections = {"result": _result, "put_off": _put_off, "returned": _returned}[reading.letter.about](reading)
    address = reading.framework.appeal_address if reading.framework is not None else ()
    day = day_of(reading.letter.at)
    return {
        "title": TITLES[reading.letter.about],
        "number_label": "Document", "number": number_of(reading.state, reading.letter),
        "by": reading.body, "by_line": ", ".join(address[1:]),
        "to": [one for one in (reading.name or NO_NAME, *reading.home) if one], "facts": _facts(reading),
        "parts": [one for one in sections if one["words"] or one["points"] or one["rows"]],
        "signed": f"Établi le {day_words(day, 'fr')} par {reading.body}.",
        "sealed": DEMONSTRATION if reading.demonstration else SEALED, "dated": day.isoformat()}


def number_of(state: CandidacyState, letter: ResultLetter) -> str:
    """The candidacy's own mark, and which of its letters: no two have the same."""
    own = "".join(one for one in state.id if one.isalnum())[:6].upper()
    count = sum(one.position <= letter.position for one in state.letters)
    return f"{day_of(letter.at).year}-{own}/R{count}"


def _facts(reading: ResultReading) -> list[tuple[str, str]]:
    of = reading.state.certification
    found = [("Candidat", reading.name or NO_NAME),
             ("Certification", f"{of.title} ({of.code}, version {of.version})"),
             ("Épreuve du", day_words(reading.held_on, "fr") if reading.held_on is not None else ""),
             ("Jury de certification du",
              day_words(reading.ruling.ruled_on, "fr") if reading.ruling is not None else "")]
    return [(label, value) for label, value in found if value]


# What was ruled


def _result(reading: ResultReading) -> Iterable[PaperPart]:
    ruling, outcome = reading.ruling, reading.outcome
    if ruling is None or outcome is None:
        return
    yield section("Le résultat", _said(reading, ruling, outcome))
    if ruling.ending is HearingEnding.HEARD:
        yield section("Bloc par bloc", rows=[(_titled(reading, one.code), _block(reading, ruling, one))
                                             for one in ruling.result.blocks])
        yield section("Compétence par compétence", rows=[
            (_competency(reading, code), reading.text(words)) for code, words in sorted(ruling.reasons.items())])
    yield section("Ce que vous gardez", points=_kept(reading, ruling, outcome))
    yield section("La suite", _follows(reading, outcome))
    yield _appeal(reading, outcome)


def _said(reading: ResultReading, ruling: Ruling, outcome: Outcome) -> Iterable[str]:
    if reading.replaces is not None:
        yield f"Ce courrier remplace celui du {day_words(reading.replaces, 'fr')}."
    if outcome.reexamines is not None:
        yield ("Votre recours a conduit à un nouvel examen de votre dossier. Ce qui vous était attribué vous reste "
               "acquis.")
    held = day_words(reading.held_on, "fr") if reading.held_on is not None else ""
    yield NOT_HEARD.get(ruling.ending, AWARDED[outcome.awarded.award]).format(held=held)
    yield RESERVE


def _titled(reading: ResultReading, block: str) -> str:
    titles = {one.code: one.title for one in reading.framework.blocks} if reading.framework is not None else {}
    return f"{block} : {titles[block]}" if block in titles else block


def _competency(reading: ResultReading, code: str) -> str:
    titles = {one.code: one.title for block in reading.framework.blocks for one in block.competencies
              } if reading.framework is not None else {}
    return f"{code} : {titles[code]}" if code in titles else code


def _block(reading: ResultReading, ruling: Ruling, one: BlockOutcome) -> str:
    """Attributed, kept, or not, and why as the rules computed it."""
    kept = next((each for each in ruling.kept if each.block == one.code), None)
    if kept is not None:
        return f"Déjà obtenu : jury du {day_words(kept.ruled_on, 'fr')}, version {kept.version}."
    why = " ".join(each.in_french() for each in one.reasons)
    return f"{'Attribué' if one.code in ruling.blocks else 'Non attribué'}. {why}".strip()


def _kept(reading: ResultReading, ruling: Ruling, outcome: Outcome) -> Iterable[str]:
    """Of who has not all: which blocks, under which version, until when."""
    if outcome.awarded.award == "full":
        return
    for kept in ruling.kept:
        yield _lasting(reading, kept.block, kept.version, kept.until)
    months = keeping_of(reading.state.certification).months
    until = due(ruling.ruled_on, months=months) if months is not None else None
    for block in outcome.awarded.blocks:
        yield _lasting(reading, block, ruling.version, until)


def _lasting(reading: ResultReading, block: str, version: str, until: date | None) -> str:
    how = f"jusqu’au {day_words(until, 'fr')} inclus" if until is not None else "sans limite de durée"
    return f"{_titled(reading, block)}, version {version}, {how}."


def missing(reading: ResultReading, outcome: Outcome) -> tuple[str, ...]:
    """The blocks that are still to be presented (R9.1)."""
    kept = reading.ruling.kept if reading.ruling is not None else ()
    held = {*outcome.awarded.blocks, *(one.block for one in kept),
            *reading.state.gained(outcome.awarded.ruled_on, outcome.position)}
    return tuple(one for one in reading.state.certification.blocks if one not in held)


def _follows(reading: ResultReading, outcome: Outcome) -> Iterable[str]:
    award, months = outcome.awarded.award, reading.state.certification.certificate_months
    if award != "none":
        what = "Le certificat" if award == "full" else "L’attestation de vos blocs"
        enrolled = reading.state.registration
        company = enrolled is not None and enrolled.enrolment.company is not None
        to = "à votre entreprise, qui vous en fait remise" if company else "à votre adresse"
        yield f"{what} part dans les {months} mois qui suivent la validation par la commission, {to}."
    if award != "full":
        blocks = ", ".join(missing(reading, outcome))
        yield (f"Vous pouvez vous présenter à une session de rattrapage, pour ce qui manque seulement : {blocks}. "
               "Demandez votre inscription à votre organisme de formation.")


def _appeal(reading: ResultReading, outcome: Outcome) -> PaperPart:
    until = appealable_until(reading.state, outcome.awarded.ruled_on)
    to = ", ".join(reading.framework.appeal_address) if reading.framework is not None else reading.body
    months = reading.state.certification.appeal_months
    return section("Si vous n’êtes pas d’accord", [
        f"Vous pouvez exercer un recours dans les {months} mois qui suivent la date du jury de certification : "
        f"postez-le au plus tard le {day_words(until, 'fr')}, avant minuit, heure de Paris."], (
            f"À qui : {to}.",
            "Comment : par lettre recommandée avec avis de réception, en disant vos raisons.",
            "Ensuite : la commission examine le recours et, le cas échéant, fait réexaminer votre dossier. Ce qui vous "
            "est attribué n’est pas retiré."))


# What could not be ruled, and what was returned


def _put_off(reading: ResultReading) -> Iterable[PaperPart]:
    held = reading.ruling is not None and reading.ruling.held
    why = ("Un dossier est ouvert au sujet de votre épreuve, ou une réserve faite ce jour-là n’est pas encore levée. "
           "Votre espace vous dit ce qui vous concerne." if held else "")
    own = reading.text(reading.ruling.words) if reading.ruling is not None else ""
    yield section("Votre résultat", [
        "Le jury de certification s’est réuni et n’a pas statué sur votre candidature : l’attribution est suspendue. "
        "Rien n’est décidé, ni pour vous, ni contre vous."])
    yield section("Pourquoi", [why, own])
    yield section("La suite", ["Le jury de certification statue dès que cela est réglé, et vous recevez alors votre "
                               "résultat. Vous n’avez rien à faire pour cela."])


def _returned(reading: ResultReading) -> Iterable[PaperPart]:
    yield section("Votre résultat", [
        "La commission n’a pas validé le résultat qui vous avait été notifié sous cette réserve. Il ne vaut plus."])
    yield section("Pourquoi", [reading.text(reading.words)])
    yield section("La suite", [
        "Le jury de certification statue de nouveau. Vous recevez son résultat au plus tard le "
        f"{day_words(told_by(reading.state, day_of(reading.letter.at)), 'fr')}. Ce résultat ouvre, comme le premier, "
        "le délai d’un recours."])
