"""Words that are given several at a time, each under the name of its place."""

from __future__ import annotations

import pytest

from evaluation.codec import FieldError
from evaluation.people import Words
from evaluation.session.kind import SESSION
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
