"""Any text as a paper can show it: nothing hidden, turned round, or off the page."""
from __future__ import annotations

import re
from unicodedata import category, combining

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.documents.legible import LONG_WORD, MAY_BREAK, STACKED, apart, legible, stand_in

ANY = st.text(st.one_of(
    st.integers(0, 0x10FFFF).map(chr),
    st.characters(exclude_categories=()),
    st.sampled_from("\0\x07\x1b\n\r\t\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068"
                    "\u2069\ufeff\ufffe\ufe0f\u20e3\u0301\u0e49\uf0b7\ue000\ud800\udfff\u3164אب1A中👨\U000e0041"),
), max_size=60)  # fmt: skip


@pytest.mark.parametrize(("written", "shown"), [
    ("Élève n’a pas « montré » 3 < 4.", "Élève n’a pas « montré » 3 < 4."),
    ("\uf0b7 un\r\n\uf0a7 deux\u2028\uf0fc trois", "• un\n▪ deux\n✓ trois"),
    ("\ue555\ue555\ue555 et \ue556", "[U+E555\u00a0×3] et [U+E556]"),
    ("a\0b \x07c \x9bd", "a[U+0000]b [U+0007]c [U+009B]d"),
    ("demi\ud800", "demi[U+D800]"),
    ("le 10\u200f/\u200f12, \u202eeslaf\u202c", "le 10/12, [U+202E]eslaf"),
    ("\ufeffa\u2060b\u2063c\U000e0041", "abc"),
    ("\u3164", "[U+3164]"),
    ("\u2068שלום\u2069 \u2068ouvert\n\u2069suite \u2068\u2069", "\u2068שלום\u2069 ouvert\nsuite "),
    ("a" + "\xad" * 900 + " " * 900 + "b" + "\n \n" * 900 + "c", "a\xad\xad" + " " * 8 + "b\n \n\nc"),
    ("می‌خواهم نमस्‍ते 👨‍👩‍👧", "می‌خواهم نमस्‍ते 👨‍👩‍👧"),
])  # fmt: skip
def test_what_is_written_and_what_is_shown(written: str, shown: str) -> None:
    assert legible(written) == shown


def test_a_tower_of_marks_stands_beside_its_letter() -> None:
    acute, besides = "\u0301", f"[U+0301\u00a0×{60 - STACKED}]"
    assert legible(f"Z{acute * 60} a\u0300\u0301") == f"Z{acute * STACKED}{besides} a\u0300\u0301"
    assert legible("e" + "\u0301\u200d" * 5) == "e" + "\u0301\u200d" * STACKED + "[U+0301]\u200d"
    for whole in ("ကြွှို့", "नमस्ते", "שָׁלוֹם", "ế", "น้ำ"):
        assert legible(whole) == whole


def test_a_long_word_may_break_and_a_usual_one_may_not() -> None:
    assert legible("professionnellement") == "professionnellement"
    assert legible("\0\1\2\3") == f"[U+0000]{MAY_BREAK}[U+0001]{MAY_BREAK}[U+0002]{MAY_BREAK}[U+0003]"
    assert legible("x" * 40) == MAY_BREAK.join(["x" * 8] * 5)
    assert legible("中文" * 40) == "中文" * 40
    assert MAY_BREAK in legible("mot\xa0" * 40)


def test_a_name_with_a_hyphen_breaks_there_and_nowhere_else() -> None:
    name = "Lachapelle-Montmorency-Rochefoucauld"
    assert legible(name) == name
    assert MAY_BREAK in legible("2026-23961666-1234567890123")  # no place to break before a figure


def test_words_from_right_to_left_keep_to_themselves() -> None:
    assert apart("محمد") + ", 14:05" == "\u2068محمد\u2069, 14:05"
    assert apart("א \u2068ב\u2069") == "\u2068א ב\u2069"
    assert apart("un\nשתיים\u2068") == "un\n\u2068שתיים\u2069"
    assert (apart("Hélène"), legible(apart("محمد"))) == ("Hélène", "\u2068محمد\u2069")


def test_codes_take_the_place_of_what_is_unknown() -> None:
    assert stand_in("aꢀꢀb𓀀", {"ꢀ", "𓀀"}) == "a[U+A880\u00a0×2]b[U+13000]"


@settings(max_examples=200)
@given(ANY)
@example("\u200d" * 3 + "\u0301" * 30)
@example("a" * 21 + "\u0301" + "\u2068" * 3)
def test_nothing_is_left_that_hides_or_turns(text: str) -> None:
    shown = legible(text)
    assert legible(shown) == shown
    shown.encode()
    kinds = {category(c) for c in shown if c != "\n"}
    assert not kinds & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert not re.search("[\u202a-\u202e\u2066\u2067\u200e\u200f\u061c\ufeff]", shown)
    assert shown.count("\u2068") == shown.count("\u2069")
    stacked = longest = 0
    for c in shown:
        stacked = stacked + 1 if combining(c) else 0
        longest = max(longest, stacked)
    assert longest <= STACKED
    assert not re.search(rf"[a-z]{{{LONG_WORD + 1}}}", shown)
