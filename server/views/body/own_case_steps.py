"""What is asked of the candidate of a case now, until when and how that is counted; and the steps that come (R7.2)."""
from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from evaluation.case.case_parts import CaseNotice, Closing
from evaluation.case.decision_papers import appeal_until
from evaluation.case.stages import answer_until, answered_whole, is_open, waits_to_be_heard, was_heard
from evaluation.case.state import CaseState, Part
from evaluation.deadlines import day_of
from evaluation.rules import N_
from server.i18n import say_plural
from server.views.body.cases import follows
from server.views.body.own_case import Reader
from server.views.when import day_words

Tone = Literal["info", "warn", "ok"]
LINK: Final = re.compile(r"https://[^\s<>«»\"]+[^\s<>«»\".,;:!?)]")
"""An address in what a clerk wrote of the place."""
StepState = Literal["done", "now", "later"]


@dataclass(frozen=True)
class AskedNow:
    """`more` follows the title, a sentence each. `act` is what they do: answer, attend, received; "" for nothing.
    `link` opens where they are expected, from afar."""

    title: str
    more: tuple[str, ...] = ()
    tone: Tone = "info"
    act: str = ""
    link: str = ""


@dataclass(frozen=True)
class OwnStep:
    words: str
    state: StepState


# What is asked


def asked_now(state: CaseState, part: Part, reader: Reader, now: int) -> AskedNow:
    """The one thing that comes next for the candidate; calm where there is nothing."""
    if not is_open(state, part):
        return _after(part, reader, *outcome(state.kind.door, part, reader))
    if state.kind.accuses and part.notice is not None:
        return _notified(state, part, part.notice, reader, now)
    if state.kind.is_appeal:
        return AskedNow(reader.say(N_("Rien ne vous est demandé pour le moment.")), (
            reader.say(N_("Votre recours est enregistré. La réponse vous sera remise ici, et un courriel vous en "
                          "préviendra.")),))
    return AskedNow(reader.say(N_("Rien ne vous est demandé pour le moment.")), (
        reader.say(N_("Si quelque chose doit vous être demandé, un courriel vous prévient et cette page le dit. Vous "
                      "pouvez, si vous le voulez, écrire dès maintenant comment vous l’avez vécu.")),))


def outcome(door: str, part: Part, reader: Reader) -> tuple[str, ...]:
    """What is decided, once that is handed over: whoever reads it on a telephone need not open a paper to know."""
    if part.handed is None:
        return ()
    if part.decision is not None:
        what = reader.say(follows(part.decision.consequence, door))
        return (reader.say(N_("Ce qui est décidé : {what}."), what=what),)
    return (reader.say(ENDED[part.ended.how]),) if part.ended is not None else ()


def _after(part: Part, reader: Reader, *decided: str) -> AskedNow:
    if part.handed is not None and part.handed.taken_at is None:
        return AskedNow(reader.say(N_("Une décision vous est remise.")), (
            *decided,
            reader.say(N_("Lisez-la, puis dites que vous l’avez reçue. Dire qu’on l’a reçue n’est pas dire qu’on est "
                          "d’accord : les voies de recours restent les mêmes.")),), "warn", "received")
    if part.handed is not None:
        return AskedNow(reader.say(N_("Le dossier est terminé : plus rien ne vous est demandé.")), decided, "ok")
    if part.decision is not None:
        return AskedNow(reader.say(N_("La commission a décidé.")), (
            reader.say(N_("La décision va vous être remise ici par écrit, avec les voies de recours. Un courriel vous "
                          "préviendra.")),))
    return AskedNow(reader.say(ENDED[part.ended.how] if part.ended is not None else ENDED["closed"]), tone="ok")


ENDED: Mapping[Closing, str] = {
    "closed": N_("Le dossier est clos, sans suite pour vous."),
    "withdrawn": N_("Le soupçon est retiré : il ne reste rien contre vous, et aucun jury ne le verra."),
    "inadmissible": N_("Votre recours ne peut pas être examiné ; la réponse écrite dit pourquoi."),
}


def _notified(state: CaseState, part: Part, notice: CaseNotice, reader: Reader, now: int) -> AskedNow:
    until = answer_until(state, notice)
    if waits_to_be_heard(part):
        return _to_be_heard(part, reader, until, now)
    if notice.number in part.delays_over:
        return AskedNow(reader.say(N_("Rien ne vous est demandé pour le moment.")), (
            reader.say(N_("Le temps de répondre est passé. Vous pouvez encore écrire jusqu’à la décision : ce sera "
                          "lu, avec la mention « après le délai ».")),))
    if answered_whole(part):
        return AskedNow(reader.say(N_("Votre réponse complète est enregistrée : plus rien ne vous est demandé.")), (
            reader.say(N_("Une suite va être proposée ; la commission décidera, et vous recevrez sa décision.")),),
                     "ok")
    if until is None:
        return AskedNow(reader.say(N_("Des faits vous sont signalés par écrit : vous pouvez y répondre.")), (
            reader.say(N_("Votre délai n’a pas encore commencé : il commencera le lendemain du jour où la notification "
                          "vous parvient. Rien ne presse, et rien n’est décidé.")),), "warn", "answer")
    return _while_it_runs(state, part, notice, reader, until)


def _while_it_runs(state: CaseState, part: Part, notice: CaseNotice, reader: Reader, until: int) -> AskedNow:
    answered = any(one.notice == notice.number for one in part.answers)
    more = [counted(state, notice, reader)]
    if answered:
        more.append(reader.say(N_("Votre réponse est enregistrée. Jusque-là, vous pouvez la compléter ou demander à "
                                  "être entendu.")))
    else:
        more.append(reader.say(N_("Répondre n’est pas obligatoire. Sans réponse, le dossier continue, et il est écrit "
                                  "que vous n’avez pas répondu.")))
    title = N_("Vous pouvez compléter votre réponse jusqu’au {day} à minuit, heure de Paris.") if answered else N_(
        "Vous pouvez répondre jusqu’au {day} à minuit, heure de Paris.")
    return AskedNow(reader.say(title, day=last_day(until, reader)), tuple(more), "info" if answered else "warn",
                 "" if answered else "answer")


def last_day(until: int, reader: Reader) -> str:
    return day_words(day_of(until - 1), reader.locale)


def counted(state: CaseState, notice: CaseNotice, reader: Reader) -> str:
    """How the delay is counted (X6)."""
    days, begins = state.rules.answer_days, notice.begins
    if begins is None:
        return ""
    return say_plural(
        reader.locale, "La notification vous est parvenue le {day}. Ce jour ne compte pas : vous avez ensuite {n} jour "
        "entier.", "La notification vous est parvenue le {day}. Ce jour ne compte pas : vous avez ensuite {n} jours "
        "entiers, week-ends et jours fériés compris.", days, {"day": day_words(begins, reader.locale)})


def _to_be_heard(part: Part, reader: Reader, until: int | None, now: int) -> AskedNow:
    summons = part.summons
    more = [reader.say(N_("Vous pouvez encore répondre par écrit jusqu’au {day} à minuit, heure de Paris."),
                       day=last_day(until, reader))] if until is not None and now < until else []
    if summons is None:
        return AskedNow(reader.say(N_("Vous avez demandé à être entendu.")), (
            reader.say(N_("Le jour, l’heure et le lieu, ou le lien, vous seront dits ici et par courriel, plusieurs "
                          "jours avant.")), *more))
    if now >= summons.at:
        return AskedNow(reader.say(N_("Vous étiez attendu {when}."), when=reader.at(summons.at)), (
            reader.say(N_("Ce qui a été dit sera noté ici. Si vous n’avez pas pu venir, écrivez-le : ce sera lu.")),
            *more))
    place = reader.text(summons.place)
    link = LINK.search(place)
    return AskedNow(reader.say(N_("Vous êtes attendu {when}, heure de Paris."), when=reader.at(summons.at)), (
        reader.say(N_("Où, ou par quel lien : {place}"), place=place),
        reader.say(N_("La personne qui vous assiste peut venir avec vous.")), *more), "warn", "attend",
        link[0] if link is not None else "")


# The steps


def steps(state: CaseState, part: Part, reader: Reader) -> tuple[OwnStep, ...]:
    """Those that are done, the one under way, those that come. What was passed over is not told."""
    if part.withdrawn:
        return ()
    known = [(reader.say(words), done) for words, done in _steps(state, part)]
    last = max((index for index, (_words, done) in enumerate(known) if done), default=-1)
    told = [one for index, one in enumerate(known) if one[1] or index > last]
    first = next((index for index, (_words, done) in enumerate(told) if not done), len(told))
    return tuple(OwnStep(words, "done" if done else "now" if index == first else "later")
                 for index, (words, done) in enumerate(told))


def _steps(state: CaseState, part: Part) -> Iterable[tuple[str, bool]]:
    if state.kind.is_appeal:
        yield N_("Votre recours est enregistré"), True
        yield N_("La commission dit si votre recours peut être examiné"), part.admissible is not None or part.over
    else:
        yield N_("Ce qui s’est passé est noté au dossier"), True
        if not state.by_clerk:
            yield N_("L’organisme certificateur reçoit le rapport"), bool(state.reports)
    if state.kind.accuses:
        yield N_("Les faits, les pièces et ce qui est possible vous sont envoyés par écrit"), part.notice is not None
        yield N_("Vous répondez par écrit, ou vous êtes entendu"), was_heard(part)
    if not state.kind.is_appeal:
        proposal = part.proposal
        yield (N_("Une suite est proposée ; les jurés et le centre de formation disent ce qu’ils en pensent"),
               proposal is not None and not proposal.waiting)
    yield N_("La commission de l’organisme certificateur décide"), part.over
    yield N_("La décision vous est remise, avec les voies de recours"), part.handed is not None


def appeal_day(state: CaseState, part: Part, reader: Reader) -> str:
    """The last day to appeal, once the decision is handed; "" where there is none."""
    until = appeal_until(state, part) if part.handed is not None else None
    return day_words(until, reader.locale) if until is not None else ""
