"""Every paper is printed whatever somebody wrote: fonts for the scripts of the world, codes for the rest."""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
import typst
from hypothesis import example, given, settings

from server.documents import fonts, typesetting
from server.documents.demo import (
    brief,
    demo_people,
    formative_evaluations,
    identity_card,
    portfolio_a,
    portfolio_b,
)
from server.documents.record_pdf import DeliberationGrid, draw_deliberation_grid
from tests.server.documents.samples import ARCHIVABLE, claimed, grid
from tests.server.documents.test_legible import ANY
from tests.server.documents.test_record_pdf import words

DAY, ISSUED = date(2026, 11, 24), date(2024, 5, 6)
PEOPLE = demo_people()
SCRIPTS = {
    "Latin": "Łukasz Şahin Nguyễn Œuvre", "Greek": "Ελένη Παπαδοπούλου", "Cyrillic": "Ольга Ковальчук ґ",
    "Arabic": "محمد بن سلمان گچپژ", "Hebrew": "שָׁלוֹם", "Devanagari": "नमस्ते क्षत्रिय", "Tamil": "தமிழ்ச்செல்வி",
    "Bengali": "বাংলা ক্ষ", "Thai": "น้ำใจ สมชาย", "Georgian": "ქართული", "Armenian": "Հայերեն", "Ethiopic": "አማርኛ",
    "Khmer": "ខ្មែរ", "Burmese": "ကြွှို့", "Sinhala": "සිංහල", "Telugu": "తెలుగు", "Chinese": "王小明 漢字 汉字",
    "Japanese": "渡邉 さくら カタカナ", "Korean": "김민수 한국어", "Mathematical": "∀x∈ℝ 𝔸𝑥 ⇒ ½ ≤ ∞ ∫ √",
    "Symbols": "✓ ☐ ☑ ✗ ► ● → € № © ™ ♻", "Emoji": "😀 👨‍👩‍👧 1️⃣ 🇫🇷 👍🏽 ❤️ 🫨",
}  # fmt: skip


def written(text: str) -> DeliberationGrid:
    """The grid with a text at every place that holds a person's words or name."""
    made = grid()
    made["candidate"]["name"] = text
    made["candidate"]["facts"] = [("Nom", text)]
    made["comments"], made["incidents"], made["jury_notes"] = [text], [text], [text]
    for juror, signature in zip(made["jury"], made["signatures"], strict=True):
        juror["name"] = signature["name"] = signature["words"] = text
    for block in made["blocks"]:
        block["recommendation"] = text
        for line in block["competencies"]:
            line["reason"] = text
    return made


@contextmanager
def without_last_resort() -> Iterator[None]:
    """AssertionError where every rare letter would stand as a code."""
    usual, rare = typesetting.stand_in, typesetting._rare

    def known(text: str, unknown: object) -> str:
        assert unknown is not rare
        return usual(text, unknown)  # type: ignore[arg-type]

    typesetting.stand_in = known
    try:
        yield
    finally:
        typesetting.stand_in = usual


@pytest.mark.rule("R3.8")
@settings(max_examples=6, deadline=None)
@given(ANY, ANY)
@example("\uf0b7 un point 😀", "王小明 தமிழ்ச்செல்வி محمد")
@example("\ud800\0\ufffe\u202eabc", "Z" + "\u0301" * 300)
@example("x\u0bcd a\u20e3 1\ufe0f\u20e3 \u0301", "\u200d\ufe0f\U0001f1eb\ua880\U00013000\U000e0100")
def test_every_paper_is_printed(name: str, said: str) -> None:
    person = replace(PEOPLE.candidates[0], given=said, family=name, company=said)
    with without_last_resort():
        papers = [
            draw_deliberation_grid(written(said)), portfolio_a(person, DAY), portfolio_b(person, DAY),
            formative_evaluations(person, name, DAY),
            brief(replace(PEOPLE, organizer=replace(PEOPLE.organizer, given=said, family=name)), DAY),
        ]  # fmt: skip
        card = identity_card(person, ISSUED)
    for paper in papers:
        assert claimed(paper) == ARCHIVABLE
    assert card.front.startswith(b"\x89PNG")


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_of_the_world_stand_as_they_are(script: str) -> None:
    said = words(draw_deliberation_grid(written(SCRIPTS[script])))
    assert "[U+" not in said


def test_what_no_font_has_is_shown_as_its_code() -> None:
    said = words(draw_deliberation_grid(written("A\ue555B ꢀ 𓀀 \U000fffff C")))
    assert "A[U+E555]B [U+A880] [U+13000] [U+FFFFF] C" in said
    assert said.count("tient la place d’un caractère qui ne peut pas être imprimé") == 1
    assert "tient la place" not in words(draw_deliberation_grid(grid()))


def test_a_long_text_is_there_to_its_end() -> None:
    """20 000 characters at each place where somebody may write so many, in words and in one word."""
    for text in ("mot " * 4998 + "la fin", "x" * 19_990 + "la\xa0fin"):
        made = grid()
        before = words(draw_deliberation_grid(made)).count("la fin")
        made["blocks"][0]["competencies"][0]["reason"] = text
        made["comments"], made["signatures"][2]["words"] = [text], text
        made["blocks"][0]["recommendation"] = made["incidents"][0] = text
        said = words(draw_deliberation_grid(made)).replace("\u200b", "").replace("\xa0", " ")
        assert said.count("la fin") == before + 5


@pytest.mark.parametrize("once", ["👨\u200d", "\u0301", "ب", "[א", "\u2068", "\u2068א\u2069", "\xad", "\u3000", "\n"])
def test_a_text_without_a_place_to_break_is_printed_too(once: str) -> None:
    """A line of more than 65 535 bytes is beyond what the drawing library counts."""
    made = grid()
    made["comments"] = ["a" + once * (24_000 // len(once))]
    assert "préconise l’attribution partielle" in words(draw_deliberation_grid(made))


def test_a_library_that_breaks_off_is_asked_again_with_the_usual_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = typst.compile
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    def fragile(*given: object, sys_inputs: dict[str, str], **named: object) -> object:
        if "王" in sys_inputs["data"]:
            raise panic
        return draw(*given, sys_inputs=sys_inputs, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(typst, "compile", fragile)
    assert "[U+738B] Łukasz" in words(draw_deliberation_grid(written("王 Łukasz")))


def test_when_typst_names_nothing_that_helps_the_usual_letters_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_lacking", lambda refusal: frozenset())
    assert "Élève € [U+738B] [U+A880]" in words(draw_deliberation_grid(written("Élève € 王 ꢀ")))


def test_a_template_that_is_wrong_is_not_taken_for_a_letter() -> None:
    with pytest.raises(typst.TypstError):
        typesetting.typeset_pdf("record.typ", {})


def test_the_fonts_are_ours_and_all_there() -> None:
    assert fonts.lacking() == ()
    packaged = {font.path for font in fonts.paper_fonts().fonts() if font.path}
    assert packaged
    assert all(any(f"/{package}/" in path for package in fonts.PACKAGES) for path in packaged)
    assert {font.family for font in fonts.paper_fonts().fonts()} - set(fonts.FAMILIES) == {
        f"Noto Sans CJK {region}" for region in ("HK", "JP", "KR", "TC")
    }


def test_a_machine_without_the_packages_still_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = typst.Fonts(include_system_fonts=False, font_paths=[])
    monkeypatch.setattr(typesetting, "paper_fonts", lambda: bare)
    assert "[U+738B] Łukasz" in words(draw_deliberation_grid(written("王 Łukasz")))
