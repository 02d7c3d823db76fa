"""A sitting as one of its members sees it: who is here, the agenda, and what is expected of them now."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from evaluation.deadlines import day_of
from evaluation.people import PersonId
from evaluation.rules import N_
from evaluation.sitting.convening_sitting import held_by
from evaluation.sitting.in_person import is_on_site
from evaluation.sitting.preparing import to_be_trained, to_prepare
from evaluation.sitting.seeing import is_over, reads_minutes, sees
from evaluation.sitting.settling import missing_part, open_disputes, result_of
from evaluation.sitting.sitting_media import discussed, in_room
from evaluation.sitting.state import Item, SittingState
from evaluation.sitting.terms import PLACES as ALL_PLACES
from evaluation.sitting.terms import Place
from evaluation.sitting.who_sits import holder, kept_from_deciding, on_whole_sitting, three_on
from server.i18n import say_plural
from server.views.sitting.sitting_lines import last_day, to_answer, to_propose, undeclared
from server.views.sitting.sitting_reader import (
    ENDINGS,
    MODES,
    PLACES,
    SittingReader,
    award_words,
    candidate,
    outcome_words,
)
from server.views.when import day_words, hour_words

Tone = Literal["", "ok", "warn", "info"]


@dataclass(frozen=True)
class MemberLine:
    """`person` is "" for a place that is empty; the reader is here. `on_site`: in the room itself, of a sitting held
    both ways."""

    person: PersonId
    name: str
    place: str
    here: bool
    you: bool
    on_site: bool


@dataclass(frozen=True)
class AgendaLine:
    """`href` is "" for who sees nothing of the candidate. `recommended` is
    what the rules compute, until something is decided. `state` in words, `tone` beside it; `yours`: something there
    waits for the reader."""

    candidacy: str
    number: int
    name: str
    certification: str
    heard: str
    recommended: str
    state: str
    tone: Tone
    href: str
    current: bool
    yours: bool


@dataclass(frozen=True)
class ReadingLine:
    code: str
    title: str
    done: bool


@dataclass(frozen=True)
class SittingShown:
    """`title` and `more` say what is expected of the reader now; `place` to where that is done, "" for nowhere.
    `on_site`: everybody is; `sits_here`: the reader said that they are, of a sitting held both ways."""

    day: str
    hour: str
    mode: str
    where: str
    hold_by: str
    phase: str
    opened: bool
    over: bool
    title: str
    more: str
    place: str
    members: tuple[MemberLine, ...]
    agenda: tuple[AgendaLine, ...]
    to_read: tuple[ReadingLine, ...]
    to_train: bool
    undeclared: tuple[tuple[str, str], ...]
    room: bool
    on_site: bool
    sits_here: bool
    minutes: bool


def shown(state: SittingState, person: PersonId, reader: SittingReader, here: Collection[PersonId], path: str
          ) -> SittingShown:
    day = day_of(state.at)
    done = state.prepared.get(person, frozenset[str]())
    title, more, place = expected(state, person, reader, path)
    return SittingShown(
        day=day_words(day, reader.locale), hour=hour_words(state.at, reader.locale), mode=reader.say(MODES[state.mode]),
        where=reader.words(state.place), hold_by=day_words(held_by(state), reader.locale), phase=_phase(state, reader),
        opened=state.opened_at is not None, over=is_over(state), title=title, more=more, place=place,
        members=_members(state, person, reader, here),
        agenda=tuple(_line(state, item, person, reader, path, number)
                     for number, item in enumerate(state.agenda.values(), 1)),
        to_read=tuple(ReadingLine(code, words, code in done) for code, words in to_prepare(state).items()),
        to_train=person != holder(state, "president") and to_be_trained(state, person, day_of(reader.now)),
        undeclared=tuple((one, candidate(reader, state.agenda[one])) for one in undeclared(state, person)),
        room=person in in_room(state), on_site=state.mode == "on_site",
        sits_here=state.mode == "mixed" and is_on_site(state, person),
        minutes=any(reads_minutes(one, person) for one in state.minutes))


def _phase(state: SittingState, reader: SittingReader) -> str:
    if state.cancelled is not None:
        return reader.say(N_("Annulée"))
    if state.sealed is not None:
        return reader.say(N_("Terminée, procès-verbal scellé"))
    if state.presented is not None:
        return reader.say(N_("Procès-verbal à signer"))
    if state.opened_at is not None:
        return reader.say(N_("Ouverte à {hour}"), hour=reader.moment(state.opened_at))
    return reader.say(N_("Pas encore ouverte"))


def expected(state: SittingState, person: PersonId, reader: SittingReader, path: str) -> tuple[str, str, str]:
    """What this member has to do now, why or how, and where."""
    say = reader.say
    minutes = state.presented
    if minutes is not None:
        if person in minutes.unsigned:
            return (say(N_("Signez le procès-verbal.")),
                    say(N_("Lisez-le en entier : après la première signature, rien n’y change plus.")),
                    f"{path}minutes")
        if person in minutes.not_signing:
            return (say(N_("Il est noté que vous n’avez pas signé le procès-verbal.")),
                    say(N_("Vous pouvez encore le signer, tant qu’il n’est pas scellé.")), f"{path}minutes")
        words = N_("Les autres membres signent encore.") if minutes.unsigned else N_(
            "Tout est signé : le procès-verbal va être scellé.")
        return (say(words), "",
                f"{path}minutes" if reads_minutes(minutes, person) else "")
    if is_over(state):
        until = last_day(state, person, reader.locale)
        if until:
            return (say(N_("Le procès-verbal est scellé : plus rien n’est à faire ici.")),
                    say(N_("Vous pouvez le lire ici jusqu’au {day}."), day=until), "")
        return say(N_("Rien n’est plus à faire ici.")), "", ""
    if undeclared(state, person):
        return (say(N_("Dites pour quels candidats vous pouvez juger.")),
                say(N_("Qui connaît personnellement un candidat se récuse pour ce candidat : un suppléant prend sa "
                       "place.")), "#declare")
    if state.opened_at is None:
        return _before(state, person, reader)
    return _while_open(state, person, reader, path)


def _before(state: SittingState, person: PersonId, reader: SittingReader) -> tuple[str, str, str]:
    if holder(state, "president") == person:
        return (reader.say(N_("Ouvrez la séance quand les trois membres sont là.")),
                reader.say(N_("Rien ne se décide avant.")), "#open")
    return (reader.say(N_("La séance n’est pas encore ouverte.")),
            reader.say(N_("{name} l’ouvre. Lisez les dossiers en attendant."), name=reader.name(
                holder(state, "president"))), "#agenda")


def _while_open(state: SittingState, person: PersonId, reader: SittingReader, path: str) -> tuple[str, str, str]:
    answers, proposes = to_answer(state, person), to_propose(state, person)
    current = next(discussed(state), None)
    if answers:
        first = answers[0]
        return (reader.say(N_("Répondez à la proposition pour {name}."), name=candidate(reader, first)),
                "", f"{path}{first.candidacy}#decision")
    if current is not None and not sees(state, current, person):
        return (reader.say(N_("Vous êtes hors de la salle : la séance délibère sur {name}."),
                           name=candidate(reader, current)),
                reader.say(N_("Elle se rouvre d’elle-même pour vous au candidat suivant.")), "")
    if proposes:
        wanted = current if current in proposes else proposes[0]
        left = say_plural(reader.locale, "Un candidat n’est pas encore décidé.",
                          "{n} candidats ne sont pas encore décidés.", len(proposes), {})
        return (reader.say(N_("Proposez une décision pour {name}."), name=candidate(reader, wanted)), left,
                f"{path}{wanted.candidacy}#decision")
    if all(one.decided is not None for one in state.agenda.values()):
        return (reader.say(N_("Tout est décidé.")),
                reader.say(N_("Le secrétariat vous présente ici le procès-verbal, pour signature.")), "")
    return reader.say(N_("La présidence prépare une proposition.")), "", "#agenda"


def _members(state: SittingState, person: PersonId, reader: SittingReader, here: Collection[PersonId]
             ) -> tuple[MemberLine, ...]:
    """By place, an empty one too; then who takes a place for some candidates."""
    def line(who: PersonId | None, words: str) -> MemberLine:
        return MemberLine(who or "", reader.name(who) if who else reader.say(N_("place vide")), words,
                          who in here or who == person, who == person, state.mode == "mixed" and who in state.on_site)

    whole = on_whole_sitting(state)
    found = [line(who, reader.say(PLACES[place])) for place, who in whole.items()]
    some: dict[tuple[Place, PersonId | None], None] = dict.fromkeys(
        (place, holder(state, place, one)) for one in state.agenda for place in ALL_PLACES)
    for place, who in some:
        if who is not None and who not in whole.values():
            found.append(line(who, reader.say(N_("{place}, pour certains candidats"),
                                              place=reader.say(PLACES[place]))))
    return tuple(found)


# The agenda


def _line(state: SittingState, item: Item, person: PersonId, reader: SittingReader, path: str, number: int
          ) -> AgendaLine:
    seen = sees(state, item, person)
    words, tone = _state_of(state, item, person, reader) if seen else (_apart(state, item, person, reader), "")
    heard = item.recommended.held_on
    return AgendaLine(
        item.candidacy, number, candidate(reader, item), item.framework.short_title,
        day_words(heard, reader.locale) if seen else "",
        _recommended(item, reader) if seen and item.decided is None else "", words, tone,
        f"{path}{item.candidacy}" if seen else "",
        item in discussed(state), item in to_answer(state, person) or item in to_propose(state, person))


def _recommended(item: Item, reader: SittingReader) -> str:
    """What the rules compute of what was handed on; how it ended, where nothing was."""
    if missing_part(item):
        return reader.say(ENDINGS[item.recommended.ending])
    return outcome_words(reader, result_of(item, (), day_of(reader.now)))


def _apart(state: SittingState, item: Item, person: PersonId, reader: SittingReader) -> str:
    """Why somebody sees nothing of a candidate; nothing of how it went."""
    if is_over(state):
        return reader.say(N_("Séance terminée"))
    if "recused" in kept_from_deciding(state, item, person):
        return reader.say(N_("Vous vous êtes récusé pour ce candidat"))
    if kept_from_deciding(state, item, person):
        return reader.say(N_("Vous ne délibérez pas sur ce candidat : vous l’avez déjà jugé"))
    return reader.say(N_("Vous n’êtes pas appelé à délibérer sur ce candidat"))


def _state_of(state: SittingState, item: Item, person: PersonId, reader: SittingReader) -> tuple[str, Tone]:
    if item.decided is not None:
        return award_words(reader, item.decided.ruling), "ok"
    if any(one is None for one in three_on(state, item).values()):
        return reader.say(N_("Une place est vide : le secrétariat doit appeler un suppléant")), "warn"
    if item.proposal is not None:
        waits = person in item.proposal.waiting
        return reader.say(N_("Votre réponse est attendue") if waits else N_("Une proposition attend des réponses")), \
            "info"
    if item.questioning is not None:
        return reader.say(N_("Le jury d’évaluation répond aux questions")), "info"
    if item.held:
        return reader.say(N_("Attribution suspendue : un dossier est ouvert")), "warn"
    disputed = open_disputes(item, (), day_of(reader.now))
    if disputed:
        return reader.say(N_("À trancher : {codes}"), codes=", ".join(disputed)), "warn"
    return reader.say(N_("À décider")), ""
