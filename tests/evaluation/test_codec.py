"""What goes into JSON comes back the same, and nothing else comes in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.codec import Catalogue, FieldError, decode, encode, read_json
from evaluation.field_values import SAFE_INTEGER


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Leaf:
    name: str
    colour: Colour | None


@dataclass(frozen=True)
class Tree:
    text: str
    number: int
    flag: bool
    share: Fraction
    day: date
    side: Literal["left", "right"]
    level: Literal[1, 2]
    leaf: Leaf
    leaves: tuple[Leaf, ...]
    pair: tuple[str, int]
    by_name: Mapping[str, Leaf]
    either: str | int | None
    values: tuple[tuple[str, str | int], ...]
    anything: object
    children: tuple[Tree, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NUMBER = st.integers(-SAFE_INTEGER, SAFE_INTEGER)
LEAF = st.builds(Leaf, TEXT, st.sampled_from(Colour) | st.none())
JSON = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
SHARE = st.builds(Fraction, st.integers(0, 10**9 - 1), st.integers(1, 10**9 - 1))
WHATEVER = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def trees(children: st.SearchStrategy[tuple[Tree, ...]]) -> st.SearchStrategy[Tree]:
    return st.builds(
        Tree,
        text=TEXT,
        number=NUMBER,
        flag=st.booleans(),
        share=SHARE,
        day=st.dates(date(1900, 1, 1), date(2999, 12, 31)),
        side=st.sampled_from(["left", "right"]),
        level=st.sampled_from([1, 2]),
        leaf=LEAF,
        leaves=st.lists(LEAF, max_size=3).map(tuple),
        pair=st.tuples(TEXT, NUMBER),
        by_name=st.dictionaries(TEXT, LEAF, max_size=3),
        either=TEXT | NUMBER | st.none(),
        values=st.lists(st.tuples(TEXT, TEXT | NUMBER), max_size=3).map(tuple),
        anything=JSON,
        children=children,
        counts=st.dictionaries(TEXT, NUMBER, max_size=2),
    )


TREE = trees(st.lists(trees(st.just(())), max_size=2).map(tuple))
GOOD = Tree(
    text="é",
    number=3,
    flag=True,
    share=Fraction(60, 100),
    day=date(2026, 3, 16),
    side="left",
    level=1,
    leaf=Leaf("a", Colour.RED),
    leaves=(Leaf("b", None),),
    pair=("p", 1),
    by_name={"x": Leaf("c", Colour.BLUE)},
    either=None,
    values=(("k", "v"), ("n", 2)),
    anything={"a": [1, None, "z"]},
)


@given(TREE)
def test_round_trip_through_json(tree: Tree):
    assert decode(Tree, json.loads(json.dumps(encode(tree)))) == tree


def test_written_form():
    assert encode(GOOD) == {
        "text": "é",
        "number": 3,
        "flag": True,
        "share": "3/5",
        "day": "2026-03-16",
        "side": "left",
        "level": 1,
        "leaf": {"name": "a", "colour": "red"},
        "leaves": [{"name": "b", "colour": None}],
        "pair": ["p", 1],
        "by_name": {"x": {"name": "c", "colour": "blue"}},
        "either": None,
        "values": [["k", "v"], ["n", 2]],
        "anything": {"a": [1, None, "z"]},
        "children": [],
        "counts": {},
    }
    assert type(encode(GOOD)["leaf"]["colour"]) is str


def test_a_decoded_enum_is_the_member():
    assert decode(Leaf, {"name": "a", "colour": "red"}).colour is Colour.RED


def test_a_default_stands_in_for_a_missing_field():
    data = encode(GOOD)
    del data["children"], data["counts"]
    assert decode(Tree, data) == GOOD


@pytest.mark.parametrize(
    ("name", "value", "where", "problem"),
    [
        ("text", 3, "text", "un texte est attendu"),
        ("text", None, "text", "un texte est attendu"),
        ("text", "a\0b", "text", "un caractère nul n’est pas accepté"),
        ("text", "\ud800", "text", "un caractère n’existe pas en Unicode"),
        ("number", True, "number", "un nombre entier est attendu"),
        ("number", 3.0, "number", "un nombre entier est attendu"),
        ("number", "3", "number", "un nombre entier est attendu"),
        ("number", 2**53, "number", "ce nombre est trop grand"),
        ("number", -(2**53), "number", "ce nombre est trop grand"),
        ("flag", 1, "flag", "vrai ou faux est attendu"),
        ("share", 0.6, "share", "une fraction entre guillemets est attendue, par exemple \"60/100\""),
        ("share", "1/0", "share", "une fraction entre guillemets est attendue, par exemple \"60/100\""),
        ("share", "-1/2", "share", "une fraction entre guillemets est attendue, par exemple \"60/100\""),
        ("share", "1/2 ", "share", "une fraction entre guillemets est attendue, par exemple \"60/100\""),
        ("share", "١/٢", "share", "une fraction entre guillemets est attendue, par exemple \"60/100\""),
        ("day", "16/03/2026", "day", "une date est attendue (AAAA-MM-JJ)"),
        ("day", "2026-02-30", "day", "une date est attendue (AAAA-MM-JJ)"),
        ("day", "20260316", "day", "une date est attendue (AAAA-MM-JJ)"),
        ("day", "2026-W12-1", "day", "une date est attendue (AAAA-MM-JJ)"),
        ("day", 20260316, "day", "une date est attendue (AAAA-MM-JJ)"),
        ("day", "1899-12-31", "day", "une année entre 1900 et 2999 est attendue"),
        ("day", "3000-01-01", "day", "une année entre 1900 et 2999 est attendue"),
        ("side", "up", "side", "cette valeur n’existe pas (possibles : left, right)"),
        ("side", ["left"], "side", "cette valeur n’existe pas (possibles : left, right)"),
        ("level", True, "level", "cette valeur n’existe pas (possibles : 1, 2)"),
        ("leaf", "a", "leaf", "un objet est attendu"),
        ("leaf", {"name": "a"}, "leaf.colour", "ce champ manque"),
        ("leaf", {"name": "a", "colour": "green"}, "leaf.colour", "cette valeur n’existe pas (possibles : red, blue)"),
        ("leaves", {}, "leaves", "une liste est attendue"),
        ("leaves", [encode(Leaf("a", None)), {"name": 1, "colour": None}], "leaves[1].name", "un texte est attendu"),
        ("pair", ["p"], "pair", "la liste doit avoir 2 éléments"),
        ("pair", ["p", "q"], "pair[1]", "un nombre entier est attendu"),
        ("by_name", {"x": 1}, "by_name.x", "un objet est attendu"),
        ("by_name", [], "by_name", "un objet est attendu"),
        ("either", True, "either", "un texte est attendu"),
        ("either", [], "either", "un texte est attendu"),
        ("anything", {"a": [0.5]}, "anything.a[0]", "un nombre à virgule n’est pas accepté"),
        ("children", [1], "children[0]", "un objet est attendu"),
        ("unheard", 1, "unheard", "ce champ est inconnu"),
    ],
)
def test_a_wrong_field_is_named(name: str, value: object, where: str, problem: str):
    with pytest.raises(FieldError) as refused:
        decode(Tree, encode(GOOD) | {name: value})
    assert (refused.value.field, refused.value.problem) == (where, problem)


def test_a_missing_field_is_named():
    data = encode(GOOD)
    del data["number"]
    with pytest.raises(FieldError) as refused:
        decode(Tree, data)
    assert (refused.value.field, refused.value.problem) == ("number", "ce champ manque")


def test_data_nested_too_deeply():
    deep: object = 1
    for _ in range(200):
        deep = [deep]
    with pytest.raises(FieldError, match="imbriquées"):
        decode(Tree, encode(GOOD) | {"anything": deep})


@given(WHATEVER, st.sampled_from(sorted(encode(GOOD))))
def test_whatever_comes_is_read_back_or_refused(value: object, name: str):
    """Nothing but FieldError comes out, and what is accepted is written again as it was."""
    data = encode(GOOD) | {name: value}
    try:
        tree = decode(Tree, data)
    except FieldError:
        return
    if name != "share":  # written in lowest terms
        assert encode(tree) == data


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Unclear:
    value: str | Colour


@pytest.mark.parametrize("cls", [Number, Unclear])
def test_a_class_that_json_cannot_hold_exactly_is_a_mistake_of_ours(cls: type):
    with pytest.raises(TypeError):
        decode(cls, {"value": "red"})


def test_nothing_inexact_is_written():
    with pytest.raises(TypeError):
        encode(Number(0.5))
    with pytest.raises(TypeError):
        encode(Leaf)
    with pytest.raises(TypeError):
        encode({"name": "a"})


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("", "", "ce n’est pas du JSON (ligne 1, colonne 1)"),
        ('{"a": 1,\n}', "", "ce n’est pas du JSON (ligne 2, colonne 1)"),
        ('{"a": NaN}', "", "NaN n’est pas du JSON"),
        ('{"a": 1, "a": 2}', "a", "ce champ est donné deux fois"),
        ("[" * 100_000, "", "ce JSON ne peut pas être lu"),
        ("1" * 5_000, "", "ce JSON ne peut pas être lu"),
    ],
)
def test_text_that_is_not_json(text: str, where: str, problem: str):
    with pytest.raises(FieldError) as refused:
        read_json(text)
    assert (refused.value.field, refused.value.problem) == (where, problem)


@given(JSON)
def test_text_that_is_json(value: object):
    assert read_json(json.dumps(value)) == value


def test_catalogue():
    catalogue = Catalogue.of(Leaf, Tree)
    leaf = Leaf("a", Colour.RED)
    assert catalogue.names == ("Leaf", "Tree")
    assert catalogue.decode(catalogue.name_of(leaf), encode(leaf)) == leaf
    with pytest.raises(KeyError):
        catalogue.name_of(Number(1.0))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one name"):
        Catalogue.of(Leaf, Leaf)


@pytest.mark.parametrize("name", ["Number", "leaf", "", None, ["Leaf"], 1])
def test_a_name_outside_the_catalogue(name: object):
    with pytest.raises(FieldError) as refused:
        Catalogue.of(Leaf, Tree).decode(name, {})
    assert (refused.value.field, refused.value.problem) == ("kind", "ce nom est inconnu")
