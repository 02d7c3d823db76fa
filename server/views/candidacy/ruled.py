"""What one candidacy's page shows: what each jury ruled, the certificates, the blocks that are kept."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluation.candidacy.kept import KeptBlock
from evaluation.candidacy.state import CandidacyState, KnownCertificate, Outcome
from evaluation.rules import N_
from server.i18n import Locale, say
from server.views.body.periods import short_day
from server.views.candidacy.candidacies import status_cell
from server.views.table import Cell


@dataclass(frozen=True)
class RecordedView:
    """An outcome or a certificate. `correct` is the address of its correction, empty where there is none to make."""

    title: str
    small: str
    state: Cell
    stands: bool
    paper: str
    correct: str


def outcomes(state: CandidacyState, here: str, locale: Locale, *, clerk: bool) -> Sequence[RecordedView]:
    """The last jury first; of one jury's, the last recorded first."""
    found = sorted(state.outcomes.values(), key=lambda one: (one.awarded.ruled_on, one.position), reverse=True)
    return [RecordedView(
        say(locale, N_("Jury du {day}"), {"day": short_day(one.awarded.ruled_on, locale)}),
        _ruled_words(state, one, locale),
        *_standing(state, one.position, status_cell(one.awarded.award, locale), locale),
        *_addresses(state, one.position, here, "outcomes", clerk=clerk and one.sitting is None)) for one in found]


def _ruled_words(state: CandidacyState, one: Outcome, locale: Locale) -> str:
    """The blocks; of what was corrected, also what it said."""
    blocks = {"blocks": ", ".join(one.awarded.blocks)}
    said = (status_cell(one.awarded.award, locale).text if one.position in state.void else "",
            say(locale, N_("Blocs attribués : {blocks}"), blocks) if one.awarded.blocks else "")
    return ". ".join(filter(None, said))


def certificates(state: CandidacyState, here: str, locale: Locale, *, clerk: bool) -> Sequence[RecordedView]:
    found = sorted(state.certificates.values(), key=lambda one: (one.dated, one.position), reverse=True)
    return [_certificate(state, one, here, locale, clerk=clerk) for one in found]


def _certificate(state: CandidacyState, one: KnownCertificate, here: str, locale: Locale, *, clerk: bool
                 ) -> RecordedView:
    """The paper of one that the register issued is opened there."""
    paper, correct = _addresses(state, one.position, here, "certificates", clerk=clerk)
    title = N_("Certificat n° {number}") if _is_whole(state, one) else N_("Attestation de blocs n° {number}")
    return RecordedView(
        say(locale, title, {"number": one.number}),
        say(locale, N_("daté du {day}"), {"day": short_day(one.dated, locale)}),
        *_standing(state, one.position, Cell(""), locale),
        *((paper, correct) if one.paper is not None else ("", "")))


def _is_whole(state: CandidacyState, one: KnownCertificate) -> bool:
    """Of an award of a part, what was issued is an attestation; one that the clerk recorded is taken as
    it is called."""
    awards = {each.position: state.outcomes[each.outcome].awarded.award for each in state.validations.values()}
    return awards.get(one.award or 0, "full") == "full"


def _standing(state: CandidacyState, position: int, shown: Cell, locale: Locale) -> tuple[Cell, bool]:
    if position in state.void:
        return Cell(say(locale, N_("corrigé depuis"), {}), state="", icon="x"), False
    return shown, True


def _addresses(state: CandidacyState, position: int, here: str, what: str, *, clerk: bool) -> tuple[str, str]:
    correct = f"{here}/{what}/{position}/correct" if clerk and position not in state.void else ""
    return f"{here}/papers/{position}", correct


@dataclass(frozen=True)
class KeptView:
    block: str
    words: str


def kept(blocks: Iterable[KeptBlock], candidacy: str, locale: Locale) -> Sequence[KeptView]:
    """Where each block was gained, under which version, and how long it is kept."""
    return [KeptView(one.block, _kept_words(one, candidacy, locale)) for one in blocks]


def _kept_words(one: KeptBlock, candidacy: str, locale: Locale) -> str:
    gained = (N_("jury du {day}, version {version}") if one.candidacy == candidacy
              else N_("jury du {day}, version {version}, dans une autre candidature"))
    words = say(locale, gained, {"day": short_day(one.ruled_on, locale), "version": one.version})
    if one.until is None:
        return say(locale, N_("{gained} ; gardé sans limite de durée"), {"gained": words})
    return say(locale, N_("{gained} ; gardé jusqu’au {day}"),
               {"gained": words, "day": short_day(one.until, locale)})
