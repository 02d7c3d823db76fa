"""Which words make no password."""
from __future__ import annotations

from typing import Any

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from server.config import SignInSettings
from server.people.password_words import own, wrong_with

STEP = 7
"""One in so many of the commonest passwords is tried."""
ABOUT = ("Claire Fabre-Dupont", "Claire", "c.fabre@horlogerie-dupont.fr", "Horlogerie Dupont")


def refused(password: str) -> str:
    wrong = wrong_with(password, ABOUT, SignInSettings())
    return wrong.text.split()[0] if wrong is not None else ""


@pytest.mark.parametrize("password", [
    "motdepasse123", "MotDePasse2026!", "m0td3p4ss3!!", "Azerty123456", "azertyuiop123", "qwertyuiop[]", "123456789012",
    "aaaaaaaaaaaa", "abababababab", "abcdefghijklmnop", "Visiojury2026!", "jury.cqp.2026", "Passw0rd1234",
    "Password1234",
    "claire.fabre1", "Fabre-Dupont75", "horlogerie2026", "Bonjour123456", "Soleil20262026", "Ete2026Ete2026!",
    "admin admin 1", "Marseille1313", "iloveyou1234", "éàéàéàéàéàéà"])
def test_what_is_common_or_about_the_person_is_refused(password: str):
    assert refused(password) == "Ce"


@pytest.mark.parametrize("password", [
    "quatre mots sans rapport", "correct horse battery staple", "k7#Qv9!mZp2&", "Le chat boit du thé vert",
    "      ñü→漢字かな", "tournevis-hippocampe", "pluie,gravier,trombone"])
def test_words_of_one_s_own_are_taken_whatever_the_characters(password: str):
    assert refused(password) == ""


def of_breaches() -> list[str]:
    listed: Any = FREQUENCY_LISTS["passwords"]
    return list(listed)


def test_what_known_breaches_gave_away_is_refused():
    """Every one that is long enough; of the three thousand commonest also what people make of them to be so."""
    long = [one for one in of_breaches() if len(one) >= SignInSettings().password_characters]
    commonest = of_breaches()[:3000:STEP]
    filled = [(one + ending * 12)[:max(12, len(one))] for one in commonest for ending in ("123456789", "1", "!")]
    twice = [one * 2 for one in commonest if len(one) >= 6]
    assert len(long) > 200
    assert [one for one in (*long, *filled, *twice) if refused(one) != "Ce"] == []


@pytest.mark.parametrize("password", [
    "leavemealone", "sonyericsson", "qweasdzxc123", "ghbdtnghbdtn1", "sn1ck3r$2024", "dragonforce1"])
def test_a_breach_is_recognised_in_what_was_made_of_it(password: str):
    assert len(own(password, ABOUT)) >= SignInSettings().password_own_characters
    assert refused(password) == "Ce"


def test_length_is_counted_in_characters_and_bounded():
    assert (refused("é" * 3 + "xkqzwv12"), refused("tournevis oblique " * 20)) == ("Il", "{count}")
