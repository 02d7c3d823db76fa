"""The minutes of a sitting as a member sees them: what is presented, who signs with what, and what was sealed."""
from __future__ import annotations

from dataclasses import dataclass

from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.minutes import apart
from evaluation.sitting.seeing import reads_minutes
from evaluation.sitting.state import Minutes, SittingState
from server.views.sitting.sitting_reader import LEVELS, SittingReader, candidate


@dataclass(frozen=True)
class SignerLine:
    """`mention`: the candidates on whom this member did not decide, which their signature says. `why` are the words of
    why they do not sign, where that is noted."""

    name: str
    you: bool
    signed: bool
    words: str
    mention: str
    why: str = ""


@dataclass(frozen=True)
class DocumentLine:
    number: int
    title: str
    state: str
    sealed: bool
    words: str


@dataclass(frozen=True)
class MinutesShown:
    """What the reader may read of them. `yours`: the reader is to sign what is presented, with `mention` where they did
    not decide on all; `noted`: it is noted that they do not, and they may still."""

    presented: int
    title: str
    yours: bool
    noted: bool
    mention: str
    signers: tuple[SignerLine, ...]
    documents: tuple[DocumentLine, ...]


def minutes_shown(state: SittingState, person: PersonId, reader: SittingReader) -> MinutesShown:
    found = state.presented if state.presented is not None and reads_minutes(state.presented, person) else None
    return MinutesShown(
        presented=found.number if found is not None else 0,
        title=_title(found, reader) if found is not None else reader.say(N_("Procès-verbal")),
        yours=found is not None and person in found.may_sign,
        noted=found is not None and person in found.not_signing, mention=_mention(state, person, reader),
        signers=tuple(_signer(state, found, one, person, reader) for one in found.signers) if found is not None else (),
        documents=tuple(_document(one, reader) for one in reversed(state.minutes) if reads_minutes(one, person)))


def _title(one: Minutes, reader: SittingReader) -> str:
    if one.amends is not None:
        return reader.say(N_("Complément au procès-verbal"))
    return reader.say(N_("Procès-verbal"))


def _mention(state: SittingState, person: PersonId, reader: SittingReader) -> str:
    names = [candidate(reader, state.agenda[one]) for one in apart(state, person)]
    return reader.say(N_("sans avoir délibéré sur {names}"), names=", ".join(names)) if names else ""


def _signer(state: SittingState, found: Minutes, one: PersonId, person: PersonId, reader: SittingReader) -> SignerLine:
    signing, noted = found.signatures.get(one), found.not_signing.get(one)
    if noted is not None:
        words = reader.say(N_("n’a pas signé, noté par {name}, {moment}"), name=reader.name(noted.by),
                           moment=reader.moment(noted.at))
        return SignerLine(reader.name(one), one == person, False, words, "",
                          reader.words(noted.words) or reader.say(N_("texte effacé")))
    words = reader.say(N_("pas encore signé"))
    if signing is not None:
        words = reader.say(N_("signé à {hour}, {level}"), hour=reader.moment(signing.at),
                           level=reader.say(LEVELS[signing.level]))
    elif found.scan is not None:
        words = reader.say(N_("signé à la main, numérisé"))
    return SignerLine(reader.name(one), one == person, signing is not None or found.scan is not None, words,
                      _mention(state, one, reader))


def _document(one: Minutes, reader: SittingReader) -> DocumentLine:
    state = N_("présenté à la signature")
    if one.taken_back is not None:
        state = N_("repris : il ne vaut plus")
    elif one.sealed is not None:
        state = N_("scellé")
    elif not one.unsigned:
        state = N_("signé, le sceau suit")
    title = reader.say(N_("{title} n° {number}"), title=_title(one, reader), number=one.number)
    return DocumentLine(one.number, title, reader.say(state), one.sealed is not None, reader.words(one.taken_back))
