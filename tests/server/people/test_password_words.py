"""Which words make no password."""
from __future__ import annotations

import pytest

from server.config import SignInSettings
from server.people.password_words import wrong_with

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


def test_length_is_counted_in_characters_and_bounded():
    assert (refused("é" * 3 + "xkqzwv12"), refused("tournevis oblique " * 20)) == ("Il", "{count}")
