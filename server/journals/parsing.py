"""From what a browser sent to a command: which fields hold words, which quote, what only the server may ask."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass
from dataclasses import fields as dataclass_fields
from functools import cache
from types import NoneType
from typing import Any, cast, get_args, get_origin, get_type_hints

from evaluation.codec import FieldError
from evaluation.field_values import written
from evaluation.kinds import Kind
from evaluation.people import Words
from evaluation.quotes import Quote
from evaluation.rules import N_


@dataclass(frozen=True)
class Parsed:
    """A command whose words are still plain: `texts` by field, everything else in `plain`."""

    name: str
    plain: dict[str, Any]
    texts: dict[str, str]

    def with_words(self, words: Mapping[str, Words]) -> dict[str, Any]:
        """Those of a field that holds several by their names stand under `FIELD/NAME`."""
        found = {**self.plain}
        for name, one in words.items():
            field, several, place = name.partition("/")
            reference = {"ref": one.ref, "digest": one.digest}
            found[field] = {**found.get(field, {}), place: reference} if several else reference
        return found


def parse(kind: Kind[Any], name: str, given: Mapping[str, object], most_characters: int, *, by_server: bool) -> Parsed:
    """Take the words apart. FieldError names a field whose words are missing, too long or not text. `by_server` opens
    the commands that follow from something the server did itself, which no page can send."""
    found = kind.commands.classes.get(name)
    if found is None or (found not in kind.from_pages and not by_server):
        raise FieldError("command", N_("cette action n’existe pas"))
    plain, texts = dict(given), dict[str, str]()
    for field, required in _words_fields(found).items():
        text = _text(field, plain.pop(field, None), most_characters)
        if text:
            texts[field] = text
        elif required:
            raise FieldError(field, N_("écrivez quelques mots ici"))
        else:
            plain[field] = None
    for field in _several_words_fields(found):
        plain[field] = dict[str, object]()
        for place, text in _by_place(field, given.get(field, _unsaid(found, field)), most_characters).items():
            texts[f"{field}/{place}"] = text
    return Parsed(name, plain, texts)


@cache
def _words_fields(found: type) -> dict[str, bool]:
    """The fields that hold words, and whether they must."""
    hints = get_type_hints(found)
    result: dict[str, bool] = {}
    for field in dataclass_fields(found):
        members = get_args(hints[field.name]) or (hints[field.name],)
        if Words in members and get_origin(hints[field.name]) is not Mapping:
            result[field.name] = NoneType not in members
    return result


@cache
def _several_words_fields(found: type) -> tuple[str, ...]:
    """The fields that hold words by the names of their places."""
    return tuple(name for name, hint in get_type_hints(found).items()
                 if get_origin(hint) is Mapping and get_args(hint)[1] is Words)


def _unsaid(found: type, field: str) -> object:
    """What a field that holds several stands for where it is not given: nothing, unless it must be given."""
    one = next(one for one in dataclass_fields(found) if one.name == field)
    return None if one.default is MISSING and one.default_factory is MISSING else dict[str, object]()


def _by_place(field: str, value: object, most: int) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise FieldError(field, N_("des textes sont attendus, chacun sous son nom"))
    given = {str(place): _text(field, text, most) for place, text in cast("Mapping[object, object]", value).items()}
    return {place: text for place, text in given.items() if text}


@cache
def quote_fields(found: type) -> tuple[str, ...]:
    """The fields of a command that quote another stream, once or several times."""
    hints = get_type_hints(found)
    return tuple(field.name for field in dataclass_fields(found)
                 if Quote in (hints[field.name], *get_args(hints[field.name])))


def _text(field: str, value: object, most: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FieldError(field, N_("un texte est attendu"))
    text = written(value)
    if len(text) > most:
        raise FieldError(field, N_("ce texte est trop long : {most} caractères au plus"), most=most)
    if "\0" in text or any("\ud800" <= one <= "\udfff" for one in text):
        raise FieldError(field, N_("ce texte contient un caractère qui n’existe pas"))
    return text
