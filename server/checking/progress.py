"""How a check goes, in words: for the candidate what to do, for the jury what is going on. Never kept."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evaluation.rules import N_
from evaluation.session.measured import Side
from server.identity.signals import Signals

Stage = Literal["waiting", "looking", "comparing"]


@dataclass(frozen=True)
class Progress:
    """French msgids."""

    stage: Stage
    to_candidate: str
    to_jury: str


SHOW: Mapping[Side, str] = {
    "front": N_("Montrez le recto, côté photo : placez-le dans le cadre, bien à plat."),
    "back": N_("Montrez le verso : placez-le dans le cadre, bien à plat."),
}
WAITING: Mapping[Side, str] = {
    "front": N_("On attend le recto du document."), "back": N_("On attend le verso du document."),
}
LOOKING: Mapping[Side, str] = {
    "front": N_("Le recto n’est pas encore bien visible. La personne est guidée."),
    "back": N_("Le verso n’est pas encore bien visible. La personne est guidée."),
}
STILL = N_("On compare. Gardez le document devant la caméra.")
COMPARING = N_("Comparaison en cours.")

# (row, code) → what the candidate can do about it, the most helpful first
ADVICE: tuple[tuple[str, str, str], ...] = (
    ("document", "wrong_side", N_("C’est l’autre côté : retournez le document.")),
    ("document", "not_found", N_("Approchez le document de la caméra, de face, tout entier dans le cadre.")),
    ("portrait", "glare", N_("Un reflet gêne : inclinez un peu le document.")),
    ("text", "glare", N_("Un reflet gêne : inclinez un peu le document.")),
    ("portrait", "covered", N_("Tenez le document par les bords, sans couvrir la photo.")),
    ("text", "covered", N_("Tenez le document par les bords, sans couvrir le texte.")),
    ("portrait", "out_of_frame", N_("Éloignez un peu le document : il doit tenir tout entier dans le cadre.")),
    ("text", "out_of_frame", N_("Éloignez un peu le document : il doit tenir tout entier dans le cadre.")),
    ("mrz", "not_read", N_("Approchez les lignes de lettres et de chevrons, bien à plat, et ne bougez plus.")),
)


def progress(stage: Stage, side: Side, signals: Signals | None = None) -> Progress:
    """`signals`: what was just measured, and does not suffice yet."""
    if stage == "comparing":
        return Progress(stage, STILL, COMPARING)
    if stage == "waiting" or signals is None:
        return Progress(stage, SHOW[side], WAITING[side])
    codes = {(row.name, row.code) for row in signals.rows}
    # The other side is the one wanted, or lies beside the point, when the back is shown.
    wanted = [one for one in ADVICE if one[:2] in codes and (side == "front" or one[0] == "mrz")]
    return Progress(stage, wanted[0][2] if wanted else SHOW[side], LOOKING[side])
