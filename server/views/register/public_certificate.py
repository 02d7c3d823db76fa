"""What the public page says of a certificate: the name, the certification, the date, whether it holds (X10)."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from evaluation.register.terms import Holds
from evaluation.rules import N_
from server.i18n import Locale, say
from server.people.certificate_holder import Holder
from server.views.when import day_words

STATES: Final[Mapping[Holds, tuple[str, str, str]]] = {
    "valid": (N_("Ce document est authentique et en cours de validité."), "ok", "check-o"),
    "replaced": (N_("Ce numéro ne vaut plus : un autre document l’a remplacé. Demandez à la personne de vous montrer "
                    "le nouveau."), "warn", "alert"),
    "revoked": (N_("Ce document ne vaut plus : l’organisme certificateur l’a retiré."), "bad", "stop"),
}
"""In words, with the state and the icon of the line."""


@dataclass(frozen=True)
class PublicCertificate:
    """`name` is empty for one that does not hold: no old name is ever said; and for one whose name is not kept."""

    number: str
    name: str
    kind: str
    certification: str
    blocks: str
    day: str
    said: str
    state: str
    icon: str
    holds: bool


def public_certificate(number: str, data: Mapping[str, Any], holder: Holder | None, code: str, locale: Locale
                       ) -> PublicCertificate:
    """From the certificate's row of the index; `code` is the certification's."""
    holds: Holds = data["holds"]
    said, state, icon = STATES[holds]
    whole = data["kind"] == "certificate"
    used = f" ({holder.used})" if holder is not None and holder.used else ""
    valid = holds == "valid"
    return PublicCertificate(
        number, f"{holder.name}{used}" if valid and holder is not None else "",
        say(locale, N_("Certificat") if whole else N_("Attestation de blocs"), {}), f"{data['title']} ({code})",
        "" if whole else ", ".join(data["blocks"]), day_words(date.fromisoformat(str(data["ruled_on"])), locale),
        say(locale, said, {}), state, icon, valid)
