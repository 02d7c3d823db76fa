"""Whom a certificate names: the names and the birth, as they were on the day of its making. The register keeps them as
words of its own, which no later change of the person's data touches."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from evaluation.codec import FieldError, decode, encode, read_json
from server.people import places
from server.people.places import FRANCE


@dataclass(frozen=True)
class Holder:
    """`name` is all that the public page says: every first name and the birth name, and the name used where it is
    another. Of somebody whose birth is not known, `born_on` is None."""

    name: str
    used: str | None = None
    sex: str | None = None
    born_on: date | None = None
    born_at: str = ""

    def as_words(self) -> str:
        return json.dumps(encode(self), ensure_ascii=False, sort_keys=True)

    def named(self, name: str, used: str | None) -> Holder:
        """The same person under other names."""
        return replace(self, name=name, used=used or None)


def holder_of(words: str) -> Holder | None:
    """None where they cannot be read."""
    try:
        return decode(Holder, read_json(words))
    except (FieldError, ValueError):
        return None


def holder_from(profile: Mapping[str, Any]) -> Holder | None:
    """From a person's profile; None of one that names nobody. Somebody who has one name alone has no first names."""
    birth_name = str(profile.get("birth_name") or "")
    if not birth_name:
        name = str(profile.get("name") or "")
        return Holder(name) if name else None
    first_names = cast("list[str]", profile.get("first_names") or [])
    born = profile.get("birth_date")
    return Holder(
        " ".join((*first_names, birth_name)), str(profile.get("used_name") or "") or None,
        str(profile.get("sex") or "") or None, date.fromisoformat(str(born)) if born else None,
        _place(cast("Mapping[str, Any]", profile.get("birth_place") or {})))


def _place(place: Mapping[str, Any]) -> str:
    """"Lyon (69)", "Porto (Portugal)"."""
    name, country, commune = (str(place.get(one) or "") for one in ("name", "country", "commune"))
    if not name:
        return ""
    if country != FRANCE:
        return f"{name} ({places.country_name(country, 'fr')})"
    known = places.of_code(commune)
    return f"{name} ({known[-1].department})" if known else name
