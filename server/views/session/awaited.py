"""Whom everybody waits for, and for what: one line a hearing, on the organizer's board and in a person's space.

Behind closed doors it says that the jury deliberates, and who lost the line; nothing of what is deliberated.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.people import Role, Seat
from evaluation.rules import N_
from evaluation.session.attendance import absent_aids
from evaluation.session.gates import next_gate
from evaluation.session.jury import JURY_SIZE
from evaluation.session.lost_time import lost_over_half
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import IN_ROOM, PRIVATE, TIMED, TO_CALL, Phase, overrun
from evaluation.session.state import Hearing
from server.views.session import labels
from server.views.session.reading import Reading
from server.views.when import day_words

YOU = N_("Vous")
CUT, BACK, READY = N_("connexion perdue"), N_("revenir dans la salle"), N_("tout est prêt")
RULES = N_("lire et confirmer les règles")


@dataclass(frozen=True)
class Awaited:
    """`who` is empty where nobody is awaited; `you` where it is the reader, or the reader too; `words` say what for."""

    who: str
    words: str
    you: bool = False


def awaited(reading: Reading, hearing: Hearing) -> Awaited:
    """The first thing that stands in the way."""
    _ = reading.say
    if hearing.phase in TO_CALL | IN_ROOM | PRIVATE and len(reading.state.jurors_sitting(hearing.id)) < JURY_SIZE:
        return _organizer(reading, _("pourvoir le siège vide du jury"))
    calling = _calling(reading, hearing)
    if calling is not None:
        return _organizer(reading, _("répondre à l’appel de {name}", name=reading.name(calling.id)))
    if hearing.admission != "admitted" and hearing.phase in TO_CALL:
        return _not_admitted(reading, hearing)
    if hearing.phase in PRIVATE:
        return _in_private(reading, hearing)
    if hearing.phase in TO_CALL:
        return _before(reading, hearing)
    if hearing.phase in IN_ROOM:
        return _gone(reading, hearing) or _in_room(reading, hearing)
    over = {
        Phase.CLOSED: _("le jury de certification a le dossier"),
        Phase.NO_SHOW: _("l’absence est constatée"),
        Phase.STOPPED: _("l’épreuve est arrêtée"),
        Phase.CANCELLED: _("l’épreuve est annulée"),
    }
    return Awaited("", over[hearing.phase])


def missing(reading: Reading, hearing: Hearing) -> list[str]:
    """What the candidate has still to supply before being called, in words (R4.6, R6.2): in their own where they read
    it."""
    _, own = reading.say, reading.seat.id == hearing.candidate.id
    if hearing.phase not in TO_CALL:
        return []
    wanted = [("identity_front", _("fournir la copie de votre pièce d’identité") if own else _(
        "copie d’identité à recevoir"))]
    parts = {block.part for block in reading.state.framework.blocks if block.code in hearing.blocks}
    wanted += [
        (f"portfolio_{part.lower()}", _("fournir votre livret {part}", part=part) if own else _(
            "livret {part} à recevoir", part=part)) for part in sorted(parts)
    ]
    supplied = {document.kind for document in hearing.documents}
    return [words for kind, words in wanted if kind in labels.DOCUMENTS and kind not in supplied]


def yours(reading: Reading, hearing: Hearing) -> str | None:
    """What the reader has to do now, in words, also where somebody else is missing."""
    found = [awaited(reading, hearing)]
    if hearing.phase in IN_ROOM:
        found.append(_in_room(reading, hearing))
    return next((one.words for one in found if one.you), None)


def without_agreement(reading: Reading) -> str | None:
    """What the organizer is told where the provider has no agreement on the day (R1.7). The machine cancels nothing."""
    since = reading.state.without_agreement
    if since is None:
        return None
    return reading.say(
        N_("Votre organisme de formation n’a plus de convention à partir du {day}. Rien n’est annulé : voyez avec "
           "l’organisme certificateur ce que devient cette session."), day=day_words(since, reading.locale))


def steps_before(reading: Reading, hearing: Hearing) -> list[str]:
    """What the candidate, who reads it, has still to do before being called, in order."""
    if hearing.phase not in TO_CALL or hearing.admission != "admitted":
        return []
    _ = reading.say
    rules = [_(RULES)] if hearing.prevention == "pending" else []
    here = is_on_site(reading.state, hearing, hearing.candidate.id)
    enter = _("dire que vous êtes là") if here else _("essayer votre caméra et entrer dans la salle d’attente")
    waiting = [] if hearing.waiting else [enter]
    return [*rules, *missing(reading, hearing), *waiting]


def people_of(reading: Reading, hearing: Hearing) -> list[Seat]:
    """The candidate, who helps them, and the three who sit, recused or not."""
    return [hearing.candidate, *hearing.aids, *reading.state.jurors_appointed(hearing.id)]


def _organizer(reading: Reading, words: str) -> Awaited:
    if reading.seat.role is Role.ORGANIZER:
        return Awaited(reading.say(YOU), words, you=True)
    return Awaited(reading.name(reading.state.organizer.id), words)


def _seats(reading: Reading, seats: Iterable[str], words: str, yours: str = "") -> Awaited:
    """`yours`: as it is said to who is awaited, where that is otherwise."""
    wanted = list(seats)
    if reading.seat.id in wanted:
        return Awaited(reading.say(YOU), yours or words, you=True)
    return Awaited(", ".join(reading.name(seat) for seat in wanted), words)


def _president(reading: Reading, hearing: Hearing, words: str) -> Awaited:
    president = reading.state.president_of(hearing.id)
    return _seats(reading, [president], words) if president else _jury(reading, hearing, words)


def _jury(reading: Reading, hearing: Hearing, words: str, yours: str = "") -> Awaited:
    if reading.seat in reading.state.jurors_sitting(hearing.id):
        return Awaited(reading.say(YOU), yours or words, you=True)
    return Awaited(reading.say(labels.THE_JURY), words)


def _calling(reading: Reading, hearing: Hearing) -> Seat | None:
    """Somebody of this hearing whose call for help nobody has settled."""
    focus = reading.state.focus
    here = {s.id: s for s in (hearing.candidate, *hearing.aids)}
    if focus is not None and focus.id == hearing.id:
        here |= {s.id: s for s in reading.state.jurors_appointed(hearing.id)}
    return next((here[one.by] for one in reading.state.problems if not one.settled and one.by in here), None)


def _absent_jurors(reading: Reading, hearing: Hearing) -> list[str]:
    return [s.id for s in reading.state.jurors_sitting(hearing.id) if s.id not in reading.state.present]


def _in_private(reading: Reading, hearing: Hearing) -> Awaited:
    _ = reading.say
    if hearing.suspended:
        return _jury(reading, hearing, _("la délibération est suspendue ; le jury la reprendra"),
                     _("reprendre la délibération, qui est suspendue"))
    absent = _absent_jurors(reading, hearing)
    if absent:
        return _seats(reading, absent, _("connexion perdue, pendant la délibération à huis clos"),
                      _("revenir dans la salle : le jury délibère"))
    return _jury(reading, hearing, _("délibère à huis clos"), _("délibérer à huis clos"))


def _gone(reading: Reading, hearing: Hearing) -> Awaited | None:
    """Somebody who should be in the room is not."""
    attending = [s.id for s in (hearing.candidate, *hearing.aids) if s.id not in reading.state.present
                 and not is_on_site(reading.state, hearing, s.id)]
    gone = [*attending, *_absent_jurors(reading, hearing)]
    return _seats(reading, gone, reading.say(CUT), reading.say(BACK)) if gone else None


# Before ----------------------------------------------------------------------------------------------------------


def _not_admitted(reading: Reading, hearing: Hearing) -> Awaited:
    """The awarding body has still to answer; or it has, and the organizer takes the examination off the day (R6.6)."""
    _ = reading.say
    if hearing.admission == "examined":
        return Awaited(_("L’organisme certificateur"), _("répondre : l’inscription est en cours d’examen"))
    return _organizer(reading, _("annuler ou reporter l’épreuve : l’inscription n’est plus admise"))


def _before(reading: Reading, hearing: Hearing) -> Awaited:
    _ = reading.say
    state, candidate = reading.state, hearing.candidate
    refusal = _refusal(reading, hearing)
    if refusal is not None:
        return refusal
    if hearing.phase is Phase.POSTPONED and candidate.id not in state.present:
        return _organizer(reading, _("convenir d’une autre date"))
    if state.focus is None or state.focus.id != hearing.id:
        return _later(reading, hearing)
    absent = _absent_jurors(reading, hearing)
    if absent:
        return _seats(reading, absent, _("entrer dans la salle du jury"))
    if state.president_of(hearing.id) is None:
        return _jury(reading, hearing, _("désigner qui préside"))
    return _at_the_door(reading, hearing)


def _refusal(reading: Reading, hearing: Hearing) -> Awaited | None:
    """The president's decision on what the candidate refused, if it is still to come (R6.3)."""
    _ = reading.say
    if "prevention" in hearing.refusals:
        return _president(reading, hearing, _("décider de la suite : le message de prévention a été refusé"))
    if "sheet" in hearing.refusals:
        return _president(reading, hearing, _("décider de la suite : la feuille de présence a été refusée"))
    return None


def _later(reading: Reading, hearing: Hearing) -> Awaited:
    lacking = missing(reading, hearing)
    if lacking:
        return _seats(reading, [hearing.candidate.id], lacking[0])
    return Awaited("", reading.say(READY))


def _at_the_door(reading: Reading, hearing: Hearing) -> Awaited:
    _ = reading.say
    candidate = hearing.candidate.id
    if is_on_site(reading.state, hearing, candidate):
        return _on_site(reading, hearing)
    if candidate not in reading.state.present:
        return _seats(reading, [candidate], _("ouvrir son lien") if reading.now < hearing.starts_at else _(
            "ouvrir son lien : l’heure est passée"))
    if hearing.prevention == "pending":
        return _seats(reading, [candidate], _(RULES))
    if not hearing.waiting:
        return _seats(reading, [candidate], _("essayer sa caméra et entrer dans la salle d’attente"))
    aids = absent_aids(reading.state, hearing)
    if aids:
        return _seats(reading, aids, _("ouvrir son lien : l’aide humaine est prévue"),
                      _("entrer dans la salle : une aide humaine est prévue"))
    if hearing.phase is Phase.ADJOURNED:
        return _president(reading, hearing, _("reprendre l’épreuve interrompue"))
    return _president(reading, hearing, _("faire entrer {name}", name=reading.name(candidate)))


def _on_site(reading: Reading, hearing: Hearing) -> Awaited:
    """Whoever comes in person needs no page: the president sees them, and has the message signed (X13)."""
    _ = reading.say
    if hearing.prevention == "pending":
        return _president(reading, hearing, _("faire confirmer le message de prévention, à l’écran ou sur papier"))
    return _president(reading, hearing, _("faire entrer {name}", name=reading.name(hearing.candidate.id)))


# In the room -----------------------------------------------------------------------------------------------------


def _in_room(reading: Reading, hearing: Hearing) -> Awaited:
    _ = reading.say
    if hearing.apart is not None:
        return _president(reading, hearing, _("faire revenir la personne mise à l’écart, ou arrêter l’épreuve"))
    if hearing.phase in TIMED and lost_over_half(reading.state, hearing, reading.now):
        return _president(reading, hearing, _("recommencer ou reporter : plus de la moitié du temps est perdue"))
    if hearing.phase is Phase.WELCOME:
        return _welcome(reading, hearing)
    clock = hearing.clock
    if clock is not None and clock.paused_since is not None:
        return _president(reading, hearing, _("reprendre : le temps est arrêté"))
    late = clock is not None and overrun(clock, reading.now) > 0
    if hearing.phase is Phase.PRESENTATION:
        return _president(reading, hearing, _("passer aux questions : le temps est écoulé")) if late else _seats(
            reading, [hearing.candidate.id], _("présente son livret"), _("présenter votre livret"))
    return _president(reading, hearing, _("donner congé : le temps est écoulé")) if late else _jury(
        reading, hearing, _("pose ses questions"), _("poser vos questions"))


def _welcome(reading: Reading, hearing: Hearing) -> Awaited:
    _ = reading.say
    president, gate = reading.state.president_of(hearing.id), next_gate(reading.state, hearing)
    if gate == "identity":
        unheard = [
            s.id for s in reading.state.jurors_sitting(hearing.id) if s.id != president and s.id not in hearing.opinions
        ]
        if unheard:
            return _seats(reading, unheard, _("donner son avis sur l’identité"), _("donner votre avis sur l’identité"))
        return _president(reading, hearing, _("décider pour l’identité"))
    if gate == "reminder":
        return _president(reading, hearing, _("rappeler les règles"))
    refusal = _refusal(reading, hearing)
    if refusal is not None:
        return refusal
    if gate == "sheet" and is_on_site(reading.state, hearing, hearing.candidate.id):
        return _president(reading, hearing, _("faire signer la feuille de présence, à l’écran ou sur papier"))
    if gate == "sheet":
        return _seats(reading, [hearing.candidate.id], _("signer la feuille de présence"))
    return _president(reading, hearing, _("donner la parole à {name}", name=reading.candidate(hearing)))
