"""Whether somebody who is registered is somebody known: by address, names and birth (twins, a father and a son, two of
one name, two people who read the same letters are each somebody else)."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.people.civil_identity import CivilIdentity
from server.storage.names import parts_of


def is_at_this_address(profile: Mapping[str, Any], civil: CivilIdentity) -> bool:
    """Whether a person whose letters go to the same address is the one who is registered: born on that day, of that
    birth name and first of first names; where no birth is known of them yet, of that name."""
    if "birth_date" in profile and "birth_name" in profile:
        return _born_so(profile, civil) and _first(profile) == parts_of("".join(civil.first_names[:1]))
    if profile.get("birth_date", civil.birth_date.isoformat()) != civil.birth_date.isoformat():
        return False
    known = set(parts_of(str(profile.get("name", ""))))
    given = civil.first_names[:1]
    return any(known == set(parts_of(" ".join((*given, family))))
               for family in (civil.birth_name, civil.used_name) if family)


def is_elsewhere(profile: Mapping[str, Any], civil: CivilIdentity) -> bool:
    """Whether a person of another address is: all first names and the birth place are the same, too."""
    return (_born_so(profile, civil) and profile.get("birth_place") == civil.as_profile()["birth_place"]
            and [parts_of(str(one)) for one in profile.get("first_names") or ()]
            == [parts_of(one) for one in civil.first_names])


def _born_so(profile: Mapping[str, Any], civil: CivilIdentity) -> bool:
    return (profile.get("birth_date") == civil.birth_date.isoformat()
            and parts_of(str(profile.get("birth_name", ""))) == parts_of(civil.birth_name))


def _first(profile: Mapping[str, Any]) -> tuple[str, ...]:
    return parts_of("".join([str(one) for one in profile.get("first_names") or ()][:1]))
