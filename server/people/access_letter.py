"""The letter that tells a person of a link that lets them in once. The link itself is in no letter."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evaluation.rules import N_
from server.i18n import Locale, say
from server.storage.letters import Letter


def access_letter(person: str, profile: Mapping[str, Any], issuer: str | None, locale: Locale) -> Letter:
    """`issuer` is the name of who gives the link, None for who looks after the machine."""
    by = issuer or say(locale, N_("la personne qui s’occupe du serveur"), {})
    return Letter(person, "access_given", {
        "locale": locale, "first_name": str(profile.get("first_name", "")), "by": by})
