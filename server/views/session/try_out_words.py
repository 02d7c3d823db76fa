"""A try-out in plain words: part after part, what is well, what is lacking and what to change (X4)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from evaluation.people import Role, Seat
from evaluation.rules import N_
from evaluation.session.notice_rules import standing
from evaluation.session.phases import TO_CALL
from evaluation.session.state import Hearing, SessionState
from evaluation.session.tried import Lack, TriedLine, TryOut
from evaluation.session.trying_out import awaited, may_try
from server.i18n import Locale, say
from server.views.session.reading import Reading
from server.views.session.supply_step import Step
from server.views.when import day_words, moment_words

Part = Literal["browser", "camera", "light", "card", "microphone", "loudspeaker", "network"]
PARTS: Final[Mapping[Part, str]] = {
    "browser": N_("Navigateur"), "camera": N_("Caméra"), "light": N_("Lumière"), "card": N_("Carte montrée"),
    "microphone": N_("Micro"), "loudspeaker": N_("Haut-parleur"), "network": N_("Réseau"),
}
"""In the order of the page."""
WELL: Final[Mapping[Part, str]] = {
    "browser": N_("Il fait tout ce qu’il faut."), "camera": N_("Elle marche."), "light": N_("On vous voit bien."),
    "card": N_("On lirait bien une pièce d’identité."), "microphone": N_("On vous entend."),
    "loudspeaker": N_("Vous entendez."), "network": N_("L’image et le son vont au serveur et en reviennent."),
}
LACKS: Final[Mapping[Lack, tuple[Part, str, str]]] = {
    "video_off": ("browser", N_("La vidéo en direct y est coupée."),
                  N_("Un réglage, une extension ou votre organisme l’empêche (WebRTC). Essayez un autre navigateur, ou "
                     "un téléphone.")),
    "no_camera": ("camera", N_("Aucune image."),
                  N_("Branchez une caméra, fermez les autres programmes qui s’en servent, et autorisez-la dans le "
                     "navigateur.")),
    "small": ("camera", N_("L’image est trop petite."),
              N_("Choisissez une autre caméra, ou prenez un téléphone.")),
    "dark": ("light", N_("Il fait sombre."), N_("Allumez une lampe devant vous.")),
    "backlit": ("light", N_("La lumière est derrière vous."),
                N_("Tournez-vous vers la fenêtre, ou baissez le store.")),
    "not_shown": ("card", N_("Aucune carte n’a été montrée."),
                  N_("Recommencez avec une carte quelconque : le jour venu, vous montrerez votre pièce d’identité.")),
    "blurred": ("card", N_("On ne la lirait pas : l’image est floue."),
                N_("Nettoyez l’objectif, approchez la carte sans la bouger, et éclairez-la mieux. Sinon, prenez une "
                   "autre caméra, ou un téléphone.")),
    "no_microphone": ("microphone", N_("Aucun micro."),
                      N_("Branchez un micro ou un casque, et autorisez-le dans le navigateur.")),
    "not_heard": ("microphone", N_("On ne vous entend pas."),
                  N_("Choisissez un autre micro, et vérifiez qu’il n’est pas coupé.")),
    "no_sound": ("loudspeaker", N_("Vous n’entendez rien."),
                 N_("Montez le son, ou choisissez une autre sortie ; un casque évite l’écho.")),
    "no_path": ("network", N_("Ni image ni son ne passent par ce réseau."),
                N_("Un pare-feu ou un VPN les arrête sans doute. Coupez le VPN, ou essayez un autre réseau, par "
                   "exemple le partage de connexion d’un téléphone.")),
    "slow": ("network", N_("La connexion est trop lente pour l’image."),
             N_("Rapprochez-vous de la box ou branchez un câble, et fermez les autres programmes et téléchargements ; "
                "ou essayez un autre réseau.")),
    "lossy": ("network", N_("Une partie de l’image et du son se perd en route."),
              N_("Rapprochez-vous de la box ou branchez un câble ; ou essayez un autre réseau.")),
    "delayed": ("network", N_("L’image et le son arrivent avec trop de retard."),
                N_("Coupez le VPN s’il y en a un ; ou essayez un autre réseau.")),
}
"""Of what part, what is lacking, and what to change."""


@dataclass(frozen=True)
class Told:
    """One part. `lines`: what is lacking, each with what to change; none where all is well (`well` says so, empty where
    it was not measured). Of the network, `tcp`: the quick way (UDP) is closed; and the `numbers`."""

    title: str
    well: str
    lines: Sequence[tuple[str, str]]
    tcp: bool = False
    numbers: str = ""


@dataclass(frozen=True)
class TryOutView:
    """The last try-out of a seat."""

    when: str
    good: bool
    parts: Sequence[Told]


def try_out_view(reading: Reading) -> TryOutView | None:
    """None where this seat has not tried yet."""
    found = reading.state.try_outs.get(reading.seat.id)
    if found is None:
        return None
    parts = [_told(reading, part, found) for part in PARTS if part != "card" or reading.seat.role is Role.CANDIDATE]
    return TryOutView(moment_words(found.at, reading.now, reading.locale), not found.lacks, parts)


def _told(reading: Reading, part: Part, found: TryOut) -> Told:
    lines = [(reading.say(LACKS[one][1]), reading.say(LACKS[one][2])) for one in found.lacks if LACKS[one][0] == part]
    well = reading.say(WELL[part]) if _measured(part, found) else ""
    if part != "network" or found.line is None:
        return Told(reading.say(PARTS[part]), well, lines)
    return Told(reading.say(PARTS[part]), well, lines, found.line.path == "tcp", _numbers(reading, found.line))


def _measured(part: Part, found: TryOut) -> bool:
    """Without a camera nothing is known of the light, and of the network only with a way there and back."""
    if part in ("light", "card"):
        return "no_camera" not in found.lacks
    return part != "network" or found.line is not None


def _numbers(reading: Reading, line: TriedLine) -> str:
    return reading.say(
        N_("Vers le serveur : {sent} kbit/s. Au retour : {back} kbit/s. Perte : {lost} pour mille. Aller et retour : "
           "{delay} ms. Par {path}."),
        sent=round(line.seen_bps / 1000), back=round(line.returned_bps / 1000),
        lost=max(line.lost_there, line.lost_back), delay=line.round_trip_ms, path=line.path.upper())


def parts_lacking(found: TryOut, locale: Locale) -> str:
    """"Micro, Réseau": the parts that lack something, each once."""
    parts: dict[Part, None] = dict.fromkeys(LACKS[one][0] for one in found.lacks)
    return ", ".join(say(locale, PARTS[one], {}) for one in parts)


# Where people are told of it --------------------------------------------------------------------------------------


def awaits_try_out(state: SessionState, seat: Seat) -> bool:
    """Whoever was given notice and will be seen from a distance has not tried yet."""
    return seat in awaited(state) and seat.id not in state.try_outs and standing(state, seat.id) is not None


def offers_try_out(state: SessionState, seat: Seat) -> bool:
    """Who comes in person may try, and is not led there; nor is a juror for whom nobody is left to be examined."""
    return may_try(state, seat) and seat in awaited(state)


def try_out_path(seat_path: str) -> str:
    return f"{seat_path}/try-out"


def try_out_steps(reading: Reading, hearing: Hearing, address: str) -> Sequence[Step]:
    """Its line in the candidate's list. `address` is that of the list, beside which the try-out stands."""
    if hearing.phase not in TO_CALL or hearing.mode == "on_site":
        return ()
    found, tell = reading.state.try_outs.get(hearing.candidate.id), reading.say
    return (Step(
        "try-out", tell(N_("Essai de votre caméra, de votre micro et de votre connexion")),
        _step_words(reading, found), "missing" if found is None or found.lacks else "done",
        tell(N_("avant votre épreuve du {day}"), day=day_words(reading.state.date, reading.locale)),
        try_out_path(address.rpartition("/")[0]),
        tag=tell(TAGS[None if found is None else not found.lacks]),
        go=tell(N_("Essayer")) if found is None else tell(N_("Essayer de nouveau"))),)


TAGS: Final[Mapping[bool | None, str]] = {None: N_("À faire"), True: N_("Réussi"), False: N_("À refaire")}


def _step_words(reading: Reading, found: TryOut | None) -> str:
    if found is None:
        return reading.say(N_("Deux minutes, autant de fois que vous voulez. Rien n’est enregistré, personne ne vous "
                              "voit."))
    when = moment_words(found.at, reading.now, reading.locale)
    if not found.lacks:
        return reading.say(N_("Dernier essai : {when}."), when=when)
    return reading.say(N_("Dernier essai : {when}. À revoir : {parts}."), when=when,
                       parts=parts_lacking(found, reading.locale))
