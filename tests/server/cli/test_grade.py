"""`visiojury grade`: what it prints, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.cli.grade import grade
from tests.evaluation.frameworks import shipped_text

ALL = {f"C{block}.{number}": "A" for block in (1, 2) for number in range(1, 7)}


@pytest.fixture
def framework(tmp_path: Path) -> Path:
    path = tmp_path / "framework.toml"
    path.write_text(shipped_text("rncp26850"), encoding="utf-8")
    return path


def grid(folder: Path, content: object) -> str:
    path = folder / "grid.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def test_it_prints_the_result(framework: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    marks = {code: "NA" if code in ("C2.3", "C2.4") else "A" for code in ALL}
    assert grade(str(framework), grid(tmp_path, {"marks": marks})) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out) == {
        "blocks": {
            "BC1": {
                "validated": True,
                "kept": False,
                "acquired": 6,
                "total": 6,
                "reasons": [
                    {"rule": "R5.2", "text": "6 sur 6 : au moins 60 %, comme il le faut."},
                    {"rule": "R5.2", "text": "Compétences obligatoires acquises : C1.1, C1.2, C1.3."},
                ],
            },
            "BC2": {
                "validated": False,
                "kept": False,
                "acquired": 4,
                "total": 6,
                "reasons": [{"rule": "R5.3", "text": "C2.4 est obligatoire et n’est pas acquise."}],
            },
        },
        "outcome": "partial",
        "complete": True,
    }


@pytest.mark.parametrize(
    ("content", "validated", "outcome", "complete"),
    [
        ({"marks": ALL}, [True, True], "full", True),
        ({"marks": {}}, [None, None], None, False),
        ({"marks": {"C1.1": "A"}, "kept_blocks": ["BC2"]}, [None, True], None, False),
        ({"marks": {}, "kept_blocks": ["BC1", "BC2"]}, [True, True], "full", True),
        ({"marks": dict.fromkeys(ALL, "NA"), "kept_blocks": []}, [False, False], "none", True),
    ],
)
def test_outcomes(
    framework: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    content: object, validated: list[bool | None], outcome: str | None, complete: bool,
):  # fmt: skip
    assert grade(str(framework), grid(tmp_path, content)) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [block["validated"] for block in printed["blocks"].values()] == validated
    assert (printed["outcome"], printed["complete"]) == (outcome, complete)


@pytest.mark.rule("R1.6")
def test_a_certification_that_is_not_registered_is_never_partial(
    framework: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    framework.write_text(
        shipped_text("rncp26850").replace("registered = true", "registered = false"), encoding="utf-8"
    )
    assert grade(str(framework), grid(tmp_path, {"marks": ALL | {"C1.1": "NA"}})) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "none"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"marks": {"C1.1": "B"}}, "R5.1: C1.1 : la note ne peut être que A (acquis) ou NA (non acquis)."),
        ({"marks": {"C1.1": None}}, "marks.C1.1 : un texte est attendu"),
        ({"marks": {"C1.1": True}}, "marks.C1.1 : un texte est attendu"),
        ({"marks": {"C9.1": "A"}}, "R1.1: C9.1 n’est pas une compétence de RNCP26850."),
        ({"marks": {"C1.1": "A"}, "kept_blocks": ["BC1"]}, "X8: BC1 est déjà obtenu : C1.1 ne se note plus."),
        ({"marks": {}, "kept_blocks": ["BC9"]},
         "X8: BC9 n’est pas un bloc de RNCP26850, il ne peut pas être conservé."),
        ({"marks": {}, "kept_blocks": "BC1"}, "kept_blocks : une liste est attendue"),
        ({"marks": []}, "marks : un objet est attendu"),
        ({"kept_blocks": []}, "marks : ce champ manque"),
        ({"marks": {}, "kept": []}, "kept : ce champ est inconnu"),
        ([], "un objet est attendu"),
        ('{"marks": {"C1.1": "A", "C1.1": "NA"}}', "C1.1 : ce champ est donné deux fois"),
        ('{"marks":\n {"C1.1" "A"}}', "ce n’est pas du JSON (ligne 2, colonne 10)"),
        ('{"marks": {"C1.1": NaN}}', "NaN n’est pas du JSON"),
        ("", "ce n’est pas du JSON (ligne 1, colonne 1)"),
        ("[" * 100_000, "ce JSON ne peut pas être lu"),
    ],
)  # fmt: skip
def test_a_grid_that_cannot_be_used(
    framework: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: object, said: str
):
    path = grid(tmp_path, content)
    assert grade(str(framework), path) == 2
    assert capsys.readouterr() == ("", f"{path} : {said}\n")


def test_a_framework_that_cannot_be_used(framework: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text = shipped_text("rncp26850").replace('share = "60/100"', "share = 0.6")
    framework.write_text(text, encoding="utf-8")
    assert grade(str(framework), grid(tmp_path, {"marks": ALL})) == 2
    said = 'blocks[0].share : une fraction entre guillemets est attendue, par exemple "60/100"'
    assert capsys.readouterr() == ("", f"{framework} : {said}\n")


def test_files_that_cannot_be_read(framework: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    good = grid(tmp_path, {"marks": ALL})
    absent = str(tmp_path / "absent")
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    for arguments, said in [
        ((absent, good), f"{absent} : No such file or directory"),
        ((str(framework), absent), f"{absent} : No such file or directory"),
        ((str(tmp_path), good), f"{tmp_path} : Is a directory"),
        ((str(binary), good), f"{binary} : ce n’est pas un texte en UTF-8"),
        ((str(framework), str(binary)), f"{binary} : ce n’est pas un texte en UTF-8"),
    ]:
        assert grade(*arguments) == 2
        assert capsys.readouterr() == ("", f"{said}\n")


def test_a_byte_order_mark_is_no_obstacle(framework: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    framework.write_text(shipped_text("rncp26850"), encoding="utf-8-sig")
    path = tmp_path / "grid.json"
    path.write_text(json.dumps({"marks": ALL}), encoding="utf-8-sig")
    assert grade(str(framework), str(path)) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] == "full"
