"""From marks to results: the cases of §5, and what holds whatever the marks."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.framework import Framework
from evaluation.grading import BlockOutcome, Mark, Result, compile_result
from evaluation.rules import Refusal
from tests.evaluation.frameworks import POLISHING, block_of_size, with_blocks

BC1 = [f"C1.{number}" for number in range(1, 7)]
BC2 = [f"C2.{number}" for number in range(1, 7)]
A, NA = Mark.ACQUIRED, Mark.NOT_ACQUIRED


def marked(acquired: str, codes: list[str]) -> dict[str, Mark]:
    """`acquired` names by their last figure the competencies that are acquired: "123"."""
    return {code: A if code.rpartition(".")[2] in acquired else NA for code in codes}


def said(block: BlockOutcome) -> list[tuple[str, str]]:
    return [(reason.rule, reason.in_french()) for reason in block.reasons]


def polishing(first: str, second: str) -> Result:
    return compile_result(POLISHING, marked(first, BC1) | marked(second, BC2))


# One block


@pytest.mark.rule("R5.2")
def test_all_mandatory_and_3_of_6_do_not_validate_bc1():
    block = polishing("123", "123456").blocks[0]
    assert (block.validated, block.acquired, block.total) == (False, 3, 6)
    assert said(block) == [("R5.2", "3 sur 6 : il faut au moins 60 %.")]


@pytest.mark.rule("R5.2")
def test_all_mandatory_and_4_of_6_validate_bc1():
    block = polishing("1234", "123456").blocks[0]
    assert (block.validated, block.acquired, block.total) == (True, 4, 6)
    assert said(block) == [
        ("R5.2", "4 sur 6 : au moins 60 %, comme il le faut."),
        ("R5.2", "Compétences obligatoires acquises : C1.1, C1.2, C1.3."),
    ]


@pytest.mark.rule("R5.2")
@pytest.mark.parametrize("missing", ["1", "2", "3"])
def test_a_mandatory_competency_missing_and_5_of_6_do_not_validate_bc1(missing: str):
    block = polishing("123456".replace(missing, ""), "123456").blocks[0]
    assert (block.validated, block.acquired) == (False, 5)
    assert said(block) == [("R5.2", f"C1.{missing} est obligatoire et n’est pas acquise.")]


@pytest.mark.rule("R5.2")
def test_every_reason_against_a_block_is_given():
    assert said(polishing("14", "123456").blocks[0]) == [
        ("R5.2", "2 sur 6 : il faut au moins 60 %."),
        ("R5.2", "C1.2 est obligatoire et n’est pas acquise."),
        ("R5.2", "C1.3 est obligatoire et n’est pas acquise."),
    ]


@pytest.mark.rule("R5.3")
def test_all_mandatory_and_3_of_6_do_not_validate_bc2():
    block = polishing("123456", "124").blocks[1]
    assert (block.validated, block.acquired, block.total) == (False, 3, 6)
    assert said(block) == [("R5.3", "3 sur 6 : il faut au moins 60 %.")]


@pytest.mark.rule("R5.3")
def test_all_mandatory_and_4_of_6_validate_bc2():
    block = polishing("123456", "1245").blocks[1]
    assert (block.validated, block.acquired, block.total) == (True, 4, 6)
    assert said(block) == [
        ("R5.3", "4 sur 6 : au moins 60 %, comme il le faut."),
        ("R5.3", "Compétences obligatoires acquises : C2.1, C2.2, C2.4."),
    ]


@pytest.mark.rule("R5.3")
@pytest.mark.parametrize("missing", ["1", "2", "4"])
def test_a_mandatory_competency_missing_and_5_of_6_do_not_validate_bc2(missing: str):
    block = polishing("123456", "123456".replace(missing, "")).blocks[1]
    assert (block.validated, block.acquired) == (False, 5)
    assert said(block) == [("R5.3", f"C2.{missing} est obligatoire et n’est pas acquise.")]


@pytest.mark.rule("R5.3")
def test_c2_3_is_not_mandatory():
    assert polishing("123456", "12456").blocks[1].validated is True


@pytest.mark.rule("R5.2")
@pytest.mark.parametrize(
    ("size", "share", "acquired", "validated"),
    [
        (5, "60/100", 3, True),
        (5, "60/100", 2, False),
        (6, "60/100", 3, False),
        (25, "56/100", 14, True),
        (25, "56/100", 13, False),
        (10, "1/10", 1, True),
        (3, "1/1", 2, False),
        (3, "1/1", 3, True),
        (49, "1/49", 1, True),
    ],
)
def test_the_share_is_exact(size: int, share: str, acquired: int, validated: bool):
    framework = with_blocks(block_of_size(size, share))
    marks = {f"C1.{number}": A if number <= acquired else NA for number in range(1, size + 1)}
    block = compile_result(framework, marks).blocks[0]
    assert (block.validated, block.acquired, block.total) == (validated, acquired, size)


@pytest.mark.rule("R5.2")
@pytest.mark.parametrize(
    ("acquired", "text"),
    [
        (1, "1 sur 3 : il faut au moins 2/3 des compétences."),
        (2, "2 sur 3 : au moins 2/3 des compétences, comme il le faut."),
    ],
)
def test_a_share_that_is_no_whole_percentage_is_said_as_a_fraction(acquired: int, text: str):
    framework = with_blocks(block_of_size(3, "2/3"))
    marks = {f"C1.{number}": A if number <= acquired else NA for number in range(1, 4)}
    assert said(compile_result(framework, marks).blocks[0]) == [("R5.2", text)]


@pytest.mark.rule("R3.7")
def test_a_block_of_another_certification_goes_by_its_framework():
    framework = with_blocks(block_of_size(4, "1/2", rule="R3.7", mandatory=1))
    assert said(compile_result(framework, marked("23", BC1[:4])).blocks[0]) == [
        ("R3.7", "C1.1 est obligatoire et n’est pas acquise.")
    ]
    assert compile_result(framework, marked("12", BC1[:4])).outcome == "full"


@pytest.mark.rule("R3.7")
def test_a_block_with_unmarked_competencies_has_no_result_yet():
    marks = marked("123456", BC1) | {"C2.1": A, "C2.3": NA}
    result = compile_result(POLISHING, marks)
    assert [block.validated for block in result.blocks] == [True, None]
    assert (result.outcome, result.complete, result.reasons) == (None, False, ())
    assert (result.blocks[1].acquired, result.blocks[1].total) == (1, 6)
    assert said(result.blocks[1]) == [("R3.7", "Reste à noter : C2.2, C2.4, C2.5, C2.6.")]


@pytest.mark.rule("R3.7")
def test_no_marks_no_result():
    assert compile_result(POLISHING, {}).to_data()["outcome"] is None


# The whole


@pytest.mark.rule("R5.4")
def test_all_blocks_give_the_certification():
    result = polishing("123456", "1245")
    assert (result.outcome, result.complete, result.reasons) == ("full", True, ())


@pytest.mark.rule("R5.4")
def test_a_block_missing_does_not():
    result = polishing("123", "123456")
    assert (result.outcome, result.complete) == ("partial", True)
    assert [(one.rule, one.in_french()) for one in result.reasons] == [
        ("R5.4", "BC1 manque : la certification demande tous ses blocs.")
    ]


@pytest.mark.rule("R1.6")
def test_no_block_gives_nothing():
    result = polishing("", "")
    assert (result.outcome, result.complete) == ("none", True)
    assert [(one.rule, one.in_french()) for one in result.reasons] == [
        ("R5.4", "BC1 manque : la certification demande tous ses blocs."),
        ("R5.4", "BC2 manque : la certification demande tous ses blocs."),
        ("R1.6", "Aucun bloc n’est validé."),
    ]


@pytest.mark.rule("R1.6")
def test_a_certification_that_is_not_registered_is_never_partial():
    framework = replace(POLISHING, registered=False)
    result = compile_result(framework, marked("123456", BC1) | marked("", BC2))
    assert [block.validated for block in result.blocks] == [True, False]
    assert result.outcome == "none"
    assert result.reasons[-1].in_french() == "RNCP26850 n’est pas inscrite au RNCP : elle ne s’obtient pas par blocs."


# Kept and unsought blocks


@pytest.mark.rule("X8")
def test_a_kept_block_counts_without_marks():
    result = compile_result(POLISHING, marked("1245", BC2), ["BC1"])
    assert (result.outcome, result.complete) == ("full", True)
    assert result.blocks[0].kept is True
    assert said(result.blocks[0]) == [("X8", "Bloc déjà obtenu.")]


@pytest.mark.rule("X8")
def test_a_kept_block_stays_when_the_other_fails():
    assert compile_result(POLISHING, marked("", BC2), ["BC1"]).outcome == "partial"


@pytest.mark.rule("X8")
@pytest.mark.parametrize(
    ("marks", "kept", "text"),
    [
        ({"C1.4": NA}, ["BC1"], "BC1 est déjà obtenu : C1.4 ne se note plus."),
        ({}, ["BC3"], "BC3 n’est pas un bloc de RNCP26850, il ne peut pas être conservé."),
        ({}, ["C1.1"], "C1.1 n’est pas un bloc de RNCP26850, il ne peut pas être conservé."),
    ],
)
def test_what_cannot_be_kept_is_refused(marks: dict[str, Mark], kept: list[str], text: str):
    with pytest.raises(Refusal) as refused:
        compile_result(POLISHING, marks, kept)
    assert (refused.value.rule, refused.value.text.format(**refused.value.values)) == ("X8", text)


@pytest.mark.rule("R5.4")
def test_a_block_that_is_not_presented_is_not_awarded():
    result = compile_result(POLISHING, marked("123456", BC1), sought_blocks=["BC1"])
    assert (result.outcome, result.complete) == ("partial", True)
    assert said(result.blocks[1]) == [("R5.4", "Bloc non présenté.")]


# What is refused


@pytest.mark.rule("R5.1")
@pytest.mark.parametrize("mark", ["B", "", "a", "ACQUIRED", "A ", "N/A"])
def test_there_is_no_third_mark(mark: str):
    with pytest.raises(Refusal) as refused:
        compile_result(POLISHING, marked("123456", BC1) | {"C1.2": mark})
    assert (refused.value.rule, refused.value.values) == ("R5.1", {"code": "C1.2"})


@pytest.mark.rule("R1.1")
@pytest.mark.parametrize("code", ["C1.7", "C3.1", "BC1", "c1.1", ""])
def test_a_competency_the_framework_does_not_have(code: str):
    with pytest.raises(Refusal) as refused:
        compile_result(POLISHING, {code: A})
    assert (refused.value.rule, refused.value.values) == ("R1.1", {"code": code, "framework": "RNCP26850"})


@pytest.mark.rule("R1.1")
def test_a_competency_of_a_block_that_is_not_presented():
    with pytest.raises(Refusal) as refused:
        compile_result(POLISHING, {"C2.1": A}, sought_blocks=["BC1"])
    assert (refused.value.rule, refused.value.values) == ("R1.1", {"code": "C2.1", "block": "BC2"})


# Whatever the marks


@st.composite
def grids(draw: st.DrawFn) -> tuple[Framework, dict[str, Mark]]:
    """One block of any size, share and mandatory competencies, with some or all of its marks."""
    size = draw(st.integers(1, 12))
    denominator = draw(st.integers(1, 100))
    share = f"{draw(st.integers(1, denominator))}/{denominator}"
    rule = draw(st.sampled_from(["R5.2", "R5.3", "R3.7"]))
    block = block_of_size(size, share, rule, mandatory=draw(st.integers(0, size)))
    marks = draw(st.dictionaries(st.sampled_from([one.code for one in block.competencies]), st.sampled_from(Mark)))
    return with_blocks(block), marks


@pytest.mark.rule("R5.2", "R5.3")
@given(grids())
def test_more_marks_acquired_never_make_a_block_worse(grid: tuple[Framework, dict[str, Mark]]):
    framework, marks = grid
    before = compile_result(framework, marks).blocks[0]
    for code in [code for code, mark in marks.items() if mark is NA]:
        after = compile_result(framework, marks | {code: A}).blocks[0]
        assert after.acquired == before.acquired + 1
        assert (before.validated, after.validated) in [
            (None, None), (False, False), (False, True), (True, True),
        ]  # fmt: skip


@pytest.mark.rule("R3.7")
@given(grids())
def test_a_result_is_there_exactly_when_every_competency_is_marked(grid: tuple[Framework, dict[str, Mark]]):
    framework, marks = grid
    result = compile_result(framework, marks)
    unmarked = {one.code for one in framework.blocks[0].competencies} - marks.keys()
    assert result.complete is (not unmarked)
    assert (result.outcome is None) is bool(unmarked)
    assert all(reason.in_french() for reason in result.blocks[0].reasons)


@pytest.mark.rule("R5.2", "R5.3")
@given(grids())
def test_validated_means_the_share_and_every_mandatory_one(grid: tuple[Framework, dict[str, Mark]]):
    framework, marks = grid
    block, outcome = framework.blocks[0], compile_result(framework, marks).blocks[0]
    if outcome.validated is None:
        return
    acquired = [code for code, mark in marks.items() if mark is A]
    enough = len(acquired) * block.share.denominator >= block.share.numerator * len(block.competencies)
    assert outcome.validated is (enough and set(block.mandatory) <= set(acquired))


def test_the_result_as_json():
    data = compile_result(POLISHING, marked("123", BC1), ["BC2"]).to_data()
    assert json.loads(json.dumps(data)) == {
        "blocks": {
            "BC1": {
                "validated": False,
                "kept": False,
                "acquired": 3,
                "total": 6,
                "reasons": [{"rule": "R5.2", "text": "3 sur 6 : il faut au moins 60 %."}],
            },
            "BC2": {
                "validated": True,
                "kept": True,
                "acquired": 0,
                "total": 6,
                "reasons": [{"rule": "X8", "text": "Bloc déjà obtenu."}],
            },
        },
        "outcome": "partial",
        "complete": True,
    }
