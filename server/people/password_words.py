"""Which words make no password. Nothing is asked of anybody: what is common is taken out of the words, and enough of
their own must be left (NIST SP 800-63B, 3.1.1.2: no rules on kinds of characters, a list of what is common). Passwords
of known breaches, and what people make of them, are guessed first (zxcvbn brings thirty thousand)."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zxcvbn import zxcvbn

from evaluation.rules import N_
from server.config import SignInSettings

COMMON = frozenset("""
motdepasse mdp password passwort passw pass word secret admin administrateur administrator root user utilisateur login
bonjour bonsoir salut hello welcome bienvenue azerty azertyuiop qwerty qwertyuiop qwertz qsdfghjklm asdfghjkl wxcvbn
zxcvbnm abcdef abcdefgh iloveyou jetaime jtaime loulou doudou chouchou coucou amour cheval soleil sunshine princess
princesse dragon monkey football rugby basket baseball marseille paris lyon toulouse bordeaux nantes france francais
liberte nicolas camille julien thomas alexandre caroline isabelle sandrine michel pierre philippe juliette charlotte
marine chocolat letmein changeme changezmoi modifier provisoire temporaire test demo exemple example trustno superman
batman starwars pokemon naruto google facebook microsoft windows linux iphone samsung internet ordinateur maison famille
enfant janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi
vendredi samedi dimanche printemps ete automne hiver summer winter spring autumn january february august october
visiojury jury cqp certification certificat examen session commission horlogerie bijouterie joaillerie polissage
""".split())
"""The cores of the commonest passwords in French and English, names of keys in a row, and words of this platform."""
LIKE: Mapping[int, int] = str.maketrans("013457@$€!|", "oieastasell")
"""What stands for a letter, in words that want to look like none."""
REPEATED = re.compile(r"(.{1,16}?)\1+")
YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
SHORTEST_WORD = 3
PIECE = 40
"""Guesses are counted of so many characters at a time: the work grows with their square, and no password of the list is
as long."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a field of a form, in words."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict[str, object])


def wrong_with(password: str, about: Iterable[str], settings: SignInSettings) -> Wrong | None:
    """`about` are words that everybody around the person knows: names, the address."""
    if len(password) < settings.password_characters:
        return Wrong(N_("Il faut au moins {count} caractères : une phrase de plusieurs mots convient."),
                     {"count": settings.password_characters})
    if len(password) > settings.password_most_characters:
        return Wrong(N_("{count} caractères au plus."), {"count": settings.password_most_characters})
    if len(own(password, about)) < settings.password_own_characters or guesses(password) < settings.guesses_at_least:
        return Wrong(N_("Ce mot de passe est trop courant, ou trop proche de votre nom : il serait vite deviné. Prenez "
                        "plusieurs mots sans rapport entre eux."))
    return None


def guesses(password: str) -> float:
    """How many it takes to find a password, starting from those of known breaches: as they stand, twice, backwards,
    with figures, dates and rows of keys beside them, with what looks like a letter."""
    pieces = [password[start:start + PIECE] for start in range(0, len(password), PIECE)]
    return max(float(zxcvbn(piece)["guesses"]) for piece in pieces)


def own(password: str, about: Iterable[str]) -> str:
    """What is left of a password without common words, words about the person, years, rows and repetitions."""
    words = {part for one in about for part in re.split(r"\W+", _plain(one)) if len(part) >= SHORTEST_WORD}
    taken_out = sorted(COMMON | words, key=len, reverse=True)
    once = REPEATED.sub(r"\1", _plain(password))
    # As it stands and as it reads, each also without what stands twice: the least that is left counts.
    ways = [text for one in (_plain(password), once) for text in (one, one.translate(LIKE))]
    return min((_left(one, taken_out) for one in ways), key=len)


def _left(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return _without_rows(YEAR.sub(" ", text)).replace(" ", "")


def _plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one))


def _without_rows(text: str) -> str:
    """Without repetitions, and letters or figures that only go on by one: "aaaa", "1234", "abab"."""
    text = REPEATED.sub(r"\1", text)
    return "".join(one for before, one in zip("\0" + text, text, strict=False)
                   if not one.isalnum() or abs(ord(one) - ord(before)) > 1)
