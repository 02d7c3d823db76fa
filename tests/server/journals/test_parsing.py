"""Words that are given several at a time, each under the name of its place."""

from __future__ import annotations

import pytest

from evaluation.codec import FieldError
from evaluation.people import Words
from evaluation.session.kind import SESSION
from server.http.form_fields import Field
from server.journals.parsing import parse

COMMAND = {"hearing": "h1", "transcript": {}}


def test_several_words_are_taken_apart_and_put_back_each_in_its_place():
    said = {"identity": " une carte ", "advice/": "pour l’ensemble", "early": "  "}
    parsed = parse(SESSION, "EnterTranscript", {**COMMAND, "said": said}, 100, by_server=True)
    assert parsed.texts == {"said/identity": "une carte", "said/advice/": "pour l’ensemble"}
    assert parsed.plain == {**COMMAND, "said": {}}
    whole = parsed.with_words({name: Words(name, "d") for name in parsed.texts})
    assert whole["said"] == {
        "identity": {"ref": "said/identity", "digest": "d"}, "advice/": {"ref": "said/advice/", "digest": "d"}}


@pytest.mark.parametrize("said", [None, "words", ["words"], {"identity": 1}, {"identity": "x" * 101}])
def test_words_that_are_none_name_their_field(said: object):
    with pytest.raises(FieldError) as error:
        parse(SESSION, "EnterTranscript", {**COMMAND, "said": said}, 100, by_server=True)
    assert error.value.field == "said"


@pytest.mark.parametrize("said", ["\u200b", " \u2060\n", "\ufeff\u00ad", "\u3164", "\u2800\u2800", "\ufe0f"])
def test_words_of_which_nothing_can_be_seen_are_none(said: str):
    """Wherever they are asked for: an act is not explained by them, and a form is not filled in."""
    with pytest.raises(FieldError) as error:
        parse(SESSION, "StopHearing", {"hearing": "h1", "words": said}, 100, by_server=False)
    assert error.value.field == "words"
    assert parse(SESSION, "RecordNoShow", {"hearing": "h1", "words": said}, 100, by_server=False).texts == {}
    with pytest.raises(FieldError):
        Field("words", "Mots", lines=3).read((said,), None)


@pytest.mark.parametrize("said", ["é", ".", "👩\u200d🔧", "e\u0301"])
def test_whatever_can_be_seen_is_words(said: str):
    parsed = parse(SESSION, "StopHearing", {"hearing": "h1", "words": f" {said}\n"}, 100, by_server=False)
    assert parsed.texts == {"words": said}
