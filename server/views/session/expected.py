""""À vous maintenant": what is expected of this seat now, in one sentence."""
from __future__ import annotations

from collections.abc import Mapping

from evaluation.candidacy.terms import Admission
from evaluation.people import Role
from evaluation.rules import N_
from evaluation.session.gates import next_gate, undecided_refusal
from evaluation.session.lost_time import lost_over_half
from evaluation.session.on_site import is_on_site
from evaluation.session.phases import IN_ROOM, PRIVATE, TIMED, TO_CALL, Phase
from evaluation.session.state import Hearing
from server.checking.progress import SHOW
from server.views.session.expected_in_script import script_for_candidate, script_for_juror
from server.views.session.reading import Reading

ADMISSION: Mapping[Admission, str] = {
    "examined": N_("Vous ne pouvez pas faire entrer {name} : l’inscription est en cours d’examen par l’organisme "
                   "certificateur."),
    "not_admitted": N_("Vous ne pouvez pas faire entrer {name} : l’inscription n’est plus admise par l’organisme "
                       "certificateur."),
}
"""All that a juror is told of it (R6.6)."""


def expected(reading: Reading, hearing: Hearing) -> str:
    by_role = {
        Role.CANDIDATE: _candidate, Role.AID: _aid, Role.JUROR: _juror, Role.ORGANIZER: _watching,
        Role.OBSERVER: _watching,
    }
    return by_role[reading.seat.role](reading, hearing)


def _candidate(reading: Reading, hearing: Hearing) -> str:
    _ = reading.say
    if hearing.phase in TO_CALL:
        return _candidate_before(reading, hearing)
    if (running := hearing.in_script) is not None and hearing.phase in IN_ROOM:
        return script_for_candidate(reading, hearing, running)
    if hearing.phase in TIMED and lost_over_half(reading.state, hearing, reading.now):
        return _("Une panne a pris plus de la moitié de votre temps : le jury recommence l’épreuve, ou la reporte.")
    if hearing.phase is Phase.WELCOME:
        return _candidate_welcome(reading, hearing)
    if _paused(hearing):
        return _("L’horloge est en pause : ce temps ne vous est pas compté. Attendez que le jury reprenne.")
    return {
        Phase.PRESENTATION: _("Présentez votre livret et votre réalisation : la parole est à vous."),
        Phase.QUESTIONS: _("Répondez aux questions du jury. Vous pouvez demander de répéter."),
        Phase.STOPPED: _("L’épreuve a été arrêtée. L’organisation vous écrit pour la suite."),
        Phase.CANCELLED: _("L’épreuve est annulée. L’organisation vous écrit pour la suite."),
        Phase.NO_SHOW: _("Votre absence a été notée. Si vous êtes là, écrivez à l’organisation."),
    }.get(hearing.phase, _("L’épreuve est terminée. Vous pouvez fermer cette page."))


def held_words(reading: Reading, hearing: Hearing) -> tuple[str, str] | None:
    """What a candidate is told who cannot be called in (R6.6): in short, and what comes of it. None for another."""
    _, organizer = reading.say, reading.name(reading.state.organizer.id)
    if hearing.phase not in TO_CALL or hearing.admission == "admitted":
        return None
    if hearing.admission == "examined":
        return (_("Le jury ne peut pas encore vous recevoir."),
                _("L’organisme certificateur examine encore votre inscription. Vous n’avez rien à faire : cette page "
                  "change d’elle-même dès qu’il répond. {organizer} vous tient au courant.", organizer=organizer))
    return (_("Le jury ne pourra pas vous recevoir."),
            _("L’organisme certificateur n’a pas admis votre inscription. Ni le jury ni votre organisme de formation "
              "n’en décident : il vous en dira les raisons et ce que vous pouvez faire. {organizer} vous aide à le "
              "joindre.", organizer=organizer))


def _paused(hearing: Hearing) -> bool:
    clock = hearing.clock
    return clock is not None and clock.paused_since is not None and hearing.phase in TIMED


def _candidate_before(reading: Reading, hearing: Hearing) -> str:
    _, held = reading.say, held_words(reading, hearing)
    if held is not None:
        return held[1]
    if hearing.prevention == "refused":
        return _("Vous n’avez pas confirmé le message. {president} va décider de la suite.",
                 president=reading.president(hearing))
    if hearing.prevention == "pending":
        return _("Lisez les règles, puis confirmez que vous les avez lues.")
    if not hearing.waiting:
        if is_on_site(reading.state, hearing, hearing.candidate.id):
            return _("Vous êtes attendu sur place, sans caméra : dites que vous êtes là.")
        return _("Essayez votre caméra et votre micro, puis entrez dans la salle d’attente.")
    if "prevention" in hearing.refusals:
        return _("Vous aviez refusé le message, puis confirmé. {president} va décider de la suite.",
                 president=reading.president(hearing))
    if hearing.phase is Phase.ADJOURNED:
        return _("L’épreuve a été interrompue : elle reprendra où elle en était. Le jury vous appellera.")
    return _("Le jury vous appellera. Vous n’avez rien à faire pour l’instant.")


def _candidate_welcome(reading: Reading, hearing: Hearing) -> str:
    _, gate = reading.say, next_gate(reading.state, hearing)
    if gate == "identity":
        if hearing.check is not None:
            return _(SHOW[hearing.check.side])
        if is_on_site(reading.state, hearing, hearing.candidate.id):
            return _("Donnez votre pièce d’identité au jury, dans la salle.")
        return _("Montrez votre pièce d’identité à la caméra quand le jury vous le demande.")
    if gate == "reminder":
        return _("Écoutez le rappel des règles.")
    if gate == "refusal":
        if hearing.sheet == "refused":
            return _("Vous n’avez pas signé. {president} va décider de la suite.", president=reading.president(hearing))
        return _("Vous aviez refusé de signer, puis signé. {president} va décider de la suite.",
                 president=reading.president(hearing))
    if gate == "sheet":
        return _("Signez la feuille de présence.")
    if hearing.resume is Phase.QUESTIONS:
        return _("Les questions vont reprendre.")
    return _("Votre présentation va commencer : {president} vous donnera la parole.",
             president=reading.president(hearing))


def _aid(reading: Reading, hearing: Hearing) -> str:
    _ = reading.say
    if hearing.phase in TO_CALL and hearing.admission != "admitted":
        return _("L’épreuve ne peut pas commencer pour l’instant. {organizer} vous tient au courant.",
                 organizer=reading.name(reading.state.organizer.id))
    if hearing.phase in TO_CALL:
        return _("Vous entrerez en même temps que {name}.", name=reading.candidate(hearing))
    if hearing.apart is not None:
        return _("{name} est à l’écart, à la demande de l’organisation : attendez ici.",
                 name=reading.candidate(hearing))
    if hearing.phase in IN_ROOM:
        return _("Vous aidez {name}, sans répondre à sa place.", name=reading.candidate(hearing))
    return _("L’épreuve est terminée. Vous pouvez fermer cette page.")


def _watching(reading: Reading, hearing: Hearing) -> str:
    _ = reading.say
    if not reading.rights.view:
        return _nothing_to_watch(reading, hearing)
    if reading.seat.role is Role.OBSERVER:
        return _("Vous voyez et entendez. Tous savent que vous observez.")
    return _("Vous suivez la salle. Le jury conduit l’épreuve.")


def _nothing_to_watch(reading: Reading, hearing: Hearing) -> str:
    """Why no picture is there for who watches: the jury is alone (R3.6), or it is over."""
    _ = reading.say
    if hearing.phase in PRIVATE:
        return _("Le jury délibère à huis clos.")
    if hearing.phase in TO_CALL and not reading.state.closed:
        return _("Les membres du jury sont entre eux jusqu’à l’appel de {name}.", name=reading.candidate(hearing))
    return _("Cette épreuve est terminée.")


def _juror(reading: Reading, hearing: Hearing) -> str:
    _ = reading.say
    state, seat = reading.state, reading.seat.id
    president = state.president_of(hearing.id)
    if not state.sits(seat, hearing.id):
        return _("Après votre récusation pour cette épreuve, vous ne notez pas et ne délibérez pas.")
    if president is None:
        return _("Choisissez qui préside le jury, parmi les deux représentants.")
    if hearing.phase in PRIVATE:
        return _juror_in_private(reading, hearing, president)
    if hearing.phase in IN_ROOM and (said := script_for_juror(reading, hearing, president == seat)):
        return said
    presiding, refusal = president == seat, undecided_refusal(hearing)
    if hearing.phase in TO_CALL and hearing.admission != "admitted":
        return _(ADMISSION[hearing.admission], name=reading.candidate(hearing))
    if hearing.phase in TO_CALL:
        if presiding and refusal is not None:
            return _(refusal)
        return _("Faites entrer {name} quand le jury est prêt.", name=reading.candidate(hearing)) if presiding \
            else _("{president} fera entrer {name}.", president=reading.president(hearing),
                   name=reading.candidate(hearing))
    if hearing.apart is not None:
        return _("{name} est à l’écart : faites revenir la personne, ou arrêtez l’épreuve.",
                 name=reading.candidate(hearing)) if presiding \
            else _("{name} est à l’écart. {president} décide de la suite.", name=reading.candidate(hearing),
                   president=reading.president(hearing))
    if hearing.phase is Phase.WELCOME:
        return _juror_welcome(reading, hearing, presiding)
    if hearing.phase in TIMED and lost_over_half(state, hearing, reading.now):
        return _("Recommencez l’épreuve, ou reportez-la : plus de la moitié du temps a été perdue.") if presiding \
            else _("{president} recommence l’épreuve, ou la reporte.", president=reading.president(hearing))
    if _paused(hearing):
        return _("Reprenez quand tout marche.") if presiding \
            else _("{president} fera repartir le temps.", president=reading.president(hearing))
    return {
        Phase.PRESENTATION: _("Écoutez la présentation et notez ce qui est démontré."),
        Phase.QUESTIONS: _("Posez vos questions, d’abord sur ce que personne n’a encore examiné."),
    }.get(hearing.phase, _("Cette épreuve est terminée."))


def _juror_welcome(reading: Reading, hearing: Hearing, presiding: bool) -> str:
    _, name, gate = reading.say, reading.candidate(hearing), next_gate(reading.state, hearing)
    if gate == "identity":
        if presiding:
            return _("Comparez la pièce montrée et la copie, entendez les autres avis, puis décidez.")
        if reading.seat.id not in hearing.opinions:
            return _("Comparez la pièce montrée et la copie, puis donnez votre avis.")
        return _("Votre avis est donné. {president} décide.", president=reading.president(hearing))
    if not presiding:
        return _("{president} rappelle les règles ; {name} signe ensuite la feuille de présence.",
                 president=reading.president(hearing), name=name)
    if gate == "reminder":
        return _("Rappelez les règles, point par point.")
    refusal = undecided_refusal(hearing)
    if refusal is not None:
        return _(refusal)
    if gate == "sheet":
        return _("{name} signe la feuille de présence sur son écran.", name=name)
    return _("Tout est prêt : donnez la parole à {name}.", name=name)


def _juror_in_private(reading: Reading, hearing: Hearing, president: str) -> str:
    _ = reading.say
    seat, deliberation = reading.seat.id, hearing.deliberation
    if hearing.suspended:
        return _("La délibération est suspendue.")
    if deliberation is None:
        if not hearing.grid(seat).closed:
            return _("Terminez votre grille, puis closez-la.")
        return _("Votre grille est close. {president} ouvrira la délibération.", president=reading.president(hearing)) \
            if president != seat else _("Ouvrez la délibération quand les trois grilles sont closes.")
    if seat in deliberation.signatures:
        return _("Vous avez signé. Il reste les autres signatures.")
    if president == seat:
        return _("Proposez un consensus pour chaque compétence, puis les préconisations.")
    return _("Confirmez ou discutez chaque proposition, puis signez.")
