"""The civil identity of a candidate, as the deposit of awards asks for it (X12): what a form or a file holds, read and
checked as a whole. Everything that is wrong is said at once, by field; what is only unlikely is a warning."""
from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from unicodedata import category

from evaluation.codec import decode, encode, read_json
from evaluation.rules import N_
from server.people.birth_place import BirthPlace, read_birth_place
from server.people.typed import Mistyped, Reading, read_address, read_day, read_text
from server.storage.names import parts_of

Sex = Literal["F", "M"]
SEXES: Final[Mapping[str, Sex]] = {
    "f": "F", "femme": "F", "feminin": "F", "female": "F", "2": "F", "mme": "F", "madame": "F", "mlle": "F",
    "m": "M", "h": "M", "homme": "M", "masculin": "M", "male": "M", "1": "M", "mr": "M", "monsieur": "M",
}
"""However a file says it, without accents."""
YES: Final = frozenset({"yes", "oui", "o", "x", "1", "vrai", "true"})
IN_A_NAME: Final = frozenset(" -'’ʼʻʿ.·‐‑\u200c\u200d")
NAME_MOST, FIRST_NAME_MOST, ADDRESS_MOST = 100, 60, 400
"""Characters; those of a first name are the deposit's."""
PHONE: Final = re.compile(r"\+?\d[\d .()/-]{6,24}", re.ASCII)


@dataclass(frozen=True)
class CivilIdentity:
    """Somebody who has one name alone has no `first_names`."""

    birth_name: str
    used_name: str | None
    first_names: tuple[str, ...]
    sex: Sex
    birth_date: date
    birth_place: BirthPlace
    email: str
    phone: str | None
    address: str
    company: str | None
    company_email: str | None

    @property
    def full_name(self) -> str:
        """As they are called: the first of the first names, and the name used."""
        return " ".join((*self.first_names[:1], self.used_name or self.birth_name))

    def as_text(self) -> str:
        """What is sealed of it in a candidacy; `civil_identity_of` reads it back."""
        return json.dumps(encode(self), ensure_ascii=False, sort_keys=True)

    def as_profile(self) -> dict[str, Any]:
        """What a person's profile holds of it: all of it, and the names by which letters and searches call them."""
        return {**encode(self), "name": self.full_name, "first_name": "".join(self.first_names[:1]),
                "other_names": [self.birth_name] if self.used_name else []}


def civil_identity_of(text: str) -> CivilIdentity:
    return decode(CivilIdentity, read_json(text))


def read_civil_identity(reading: Reading) -> CivilIdentity | None:
    """None where something is wrong: `reading.problems` says what."""
    birth_name, used_name = reading.read("birth_name", _name), reading.read("used_name", _name, False)
    first_names, born = _first_names(reading), _birth_date(reading)
    sex, place = reading.read("sex", _sex), read_birth_place(reading, born or reading.today)
    email, phone = reading.read("email", read_address), reading.read("phone", _phone, False)
    address = reading.text("address", most=ADDRESS_MOST, lines=True)
    company = reading.text("company", False) or None
    company_email = reading.read("company_email", read_address, False)
    if company_email and not company:
        reading.refuse("company", N_("Donnez aussi le nom de l’employeur."))
    if reading.problems or birth_name is None or sex is None or born is None or place is None or email is None:
        return None
    if used_name and parts_of(used_name) == parts_of(birth_name):
        used_name = None
    return CivilIdentity(birth_name, used_name, first_names, sex, born, place, email, phone, address, company,
                         company_email)


# Names


def _name(typed: str) -> str:
    """One name, in whatever script."""
    text = " ".join(read_text(typed).split())
    if len(text) > NAME_MOST:
        raise Mistyped(N_("Ce nom est trop long : vérifiez qu’il n’y en a qu’un."))
    if not any(category(one).startswith("L") for one in text):
        raise Mistyped(N_("Un nom s’écrit avec des lettres."))
    if any(category(one)[0] not in "LM" and one not in IN_A_NAME for one in text):
        raise Mistyped(N_("Un nom n’a que des lettres, des espaces, des traits d’union et des apostrophes."))
    return text


def _first_names(reading: Reading) -> tuple[str, ...]:
    """All of them; apart at commas where there are some, else at spaces."""
    one_name, typed = reading.typed("one_name").casefold() in YES, reading.typed("first_names")
    if one_name:
        if typed:
            reading.refuse("first_names", N_("Vous avez coché que cette personne n’a qu’un nom : laissez ceci vide."))
        return ()
    if not typed:
        reading.refuse("first_names", N_("Donnez tous les prénoms. Pour une personne qui n’a qu’un nom, cochez la "
                                          "case."))
        return ()
    found: list[str] = []
    for one in (typed.split(",") if "," in typed else typed.split()):
        if one.strip():
            _first_name(reading, one.strip(), found)
    return tuple(found)


def _first_name(reading: Reading, typed: str, found: list[str]) -> None:
    try:
        name = _name(typed)
    except Mistyped as mistyped:
        reading.refuse("first_names", mistyped.text)
        return
    if len(name) > FIRST_NAME_MOST:
        reading.refuse("first_names", N_("Un prénom a {most} caractères au plus."), most=FIRST_NAME_MOST)
    found.append(name)


def _sex(typed: str) -> Sex:
    found = SEXES.get("".join(parts_of(typed)))
    if found is None:
        raise Mistyped(N_("Choisissez F ou M, comme sur la pièce d’identité."))
    return found


def _phone(typed: str) -> str:
    if not PHONE.fullmatch(typed):
        raise Mistyped(N_("Un numéro de téléphone s’écrit 06 12 34 56 78, ou +33 6 12 34 56 78."))
    return " ".join(typed.split())


# Birth


def _birth_date(reading: Reading) -> date | None:
    born = reading.read("birth_date", read_day)
    if born is None:
        return None
    if born > reading.today:
        reading.refuse("birth_date", N_("Ce jour est dans l’avenir : vérifiez l’année."))
    return born
