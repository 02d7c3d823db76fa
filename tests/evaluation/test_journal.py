"""What was decided can be proved: a journal is read back whole, and no byte of it can change unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.journal import GENESIS, BrokenJournal, Record, canonical, chain, check_chain, export, read_bundle

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
DATA = st.dictionaries(TEXT, st.none() | st.booleans() | st.integers() | TEXT | st.lists(TEXT, max_size=2), max_size=3)


def chained(events: Iterable[tuple[int, str, str, dict[str, Any]]], stream: str = "s1") -> tuple[Record, ...]:
    """A journal of (milliseconds since the event before, actor, event, data)."""
    records: list[Record] = []
    at, prev = 1_700_000_000_000, GENESIS
    for position, (later, actor, event, data) in enumerate(events, 1):
        at += later
        records.append(chain(prev, position, stream, "toy", at, actor, event, data))
        prev = records[-1].hash
    return tuple(records)


JOURNALS = st.builds(
    chained, st.lists(st.tuples(st.integers(0, 9), TEXT, TEXT, DATA), min_size=1, max_size=4), stream=TEXT
)
THREE = chained([(0, "p1", "Began", {}), (5, "j1", "Marked", {"mark": "A", "n": 1}), (0, "j2", "Marked", {"é": []})])


def lines_of(exported: bytes) -> list[bytes]:
    return BytesIO(exported).readlines()


# Canonical form


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "é"]}, '{"a":[true,null,"é"],"b":1}'),
        ({}, "{}"),
        ("\n\u2028\U0001f600/", '"\\n\u2028\U0001f600/"'),
        ({"B": 1, "a": 2, "É": 3}, '{"B":1,"a":2,"É":3}'),
        (-(10**30), "-1" + "0" * 30),
    ],
)
def test_canonical_form(value: object, written: str):
    assert canonical(value) == written.encode()


@pytest.mark.parametrize("value", [0.5, {"a": 1.0}, [float("nan")], {1: "a"}, {None: 1}, b"a", {"a": {1, 2}}, object()])
def test_what_has_no_canonical_form(value: object):
    with pytest.raises(TypeError):
        canonical(value)


def test_half_a_surrogate_pair_has_no_canonical_form():
    with pytest.raises(ValueError, match="surrogates"):
        canonical("\ud800")


# The chain


@pytest.mark.rule("X5")
@given(JOURNALS)
def test_an_export_is_read_back(records: tuple[Record, ...]):
    check_chain(records)
    assert read_bundle(lines_of(b"".join(export(records)))) == (records,)


def test_the_lines_of_an_export():
    lines = list(export(THREE))
    assert [json.loads(line)["position"] for line in lines[:-1]] == [1, 2, 3]
    assert json.loads(lines[-1]) == {"count": 3, "head": THREE[-1].hash}
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in lines)


def test_a_hash_that_does_not_change_with_the_program():
    """Whoever verifies an old journal with a new version gets the same."""
    record = chain(GENESIS, 1, "s1", "toy", 1_700_000_000_000, "p1", "Began", {"a": ["é", 1, True, None]})
    assert record.hash == "e77244f763ec2d56fbaf0e861ed6ccb410a64e376f9534337670c991b22b59b7"


@pytest.mark.rule("X5")
@pytest.mark.parametrize(
    ("records", "position", "why"),
    [
        ((THREE[0], replace(THREE[1], data={"mark": "NA", "n": 1}), THREE[2]), 2, "hash"),
        ((THREE[0], replace(THREE[1], actor="j3"), THREE[2]), 2, "hash"),
        ((replace(THREE[0], event="Ended"), *THREE[1:]), 1, "hash"),
        ((THREE[0], replace(THREE[1], at=THREE[0].at), THREE[2]), 2, "hash"),
        ((THREE[0], THREE[2]), 2, "position"),
        (THREE[1:], 1, "position"),
        ((*THREE, THREE[2]), 4, "position"),
        ((THREE[0], chain(GENESIS, 2, "s1", "toy", THREE[1].at, "j1", "Marked", {}), THREE[2]), 2, "follow"),
        ((THREE[0], chain(THREE[0].hash, 2, "s1", "toy", THREE[1].at, "j1", "Marked", {}), THREE[2]), 3, "follow"),
        ((THREE[0], chain(THREE[0].hash, 2, "s2", "toy", THREE[1].at, "j1", "Marked", {})), 2, "another stream"),
        ((THREE[0], chain(THREE[0].hash, 2, "s1", "toy", THREE[0].at - 1, "j1", "Marked", {})), 2, "time"),
        ((chain("1" * 64, 1, "s1", "toy", 0, "p1", "Began", {}),), 1, "follow"),
    ],
)
def test_a_chain_that_is_broken(records: tuple[Record, ...], position: int, why: str):
    with pytest.raises(BrokenJournal, match=why) as broken:
        read_bundle(export(records))
    assert broken.value.position == position


# Tampering


@pytest.mark.rule("X5")
def test_every_byte_of_an_export_matters():
    exported = b"".join(export(THREE))
    for place in range(len(exported)):
        for change in (1, 0x20, 0x80, exported[place] ^ 0x0A, exported[place] ^ 0x0D):
            changed = bytearray(exported)
            changed[place] ^= change
            if bytes(changed) != exported:
                with pytest.raises(BrokenJournal):
                    read_bundle(lines_of(bytes(changed)))


@pytest.mark.rule("X5")
@given(JOURNALS, st.data())
def test_one_byte_changed_put_in_or_taken_out_is_seen(records: tuple[Record, ...], data: st.DataObject):
    exported = b"".join(export(records))
    start = data.draw(st.integers(0, len(exported) - 1))
    length = data.draw(st.integers(0, 1))
    instead = data.draw(st.binary(min_size=1 - length, max_size=1))
    changed = exported[:start] + instead + exported[start + length :]
    if changed == exported:
        return
    with pytest.raises(BrokenJournal):
        read_bundle(lines_of(changed))


@pytest.mark.rule("X5")
@given(JOURNALS, st.data())
def test_lines_left_out_put_twice_or_in_another_order_are_seen(records: tuple[Record, ...], data: st.DataObject):
    lines = list(export(records))
    chosen = data.draw(st.lists(st.sampled_from(lines), max_size=len(lines) + 1))
    if chosen == lines:
        return
    with pytest.raises(BrokenJournal):
        read_bundle(chosen)


GOOD_LINES = list(export(THREE))


@pytest.mark.rule("X5")
@pytest.mark.parametrize(
    ("lines", "position"),
    [
        ([], 1),
        (GOOD_LINES[:-1], 4),
        (GOOD_LINES[1:], 1),
        ([*GOOD_LINES, b"\n"], 1),
        ([*GOOD_LINES, *GOOD_LINES[:-1]], 4),
        ([*GOOD_LINES, *GOOD_LINES], 1),
        (list(export(())), 1),
        ([*GOOD_LINES[:2], GOOD_LINES[3]], 3),
        ([*GOOD_LINES[:3], GOOD_LINES[3].rstrip()], 4),
        ([*GOOD_LINES[:3], canonical({"count": 2, "head": THREE[-1].hash}) + b"\n"], 4),
        ([*GOOD_LINES[:3], canonical({"count": True, "head": THREE[-1].hash}) + b"\n"], 4),
        ([*GOOD_LINES[:3], canonical({"count": 3, "head": THREE[1].hash}) + b"\n"], 4),
        ([GOOD_LINES[0], b"null\n", *GOOD_LINES[2:]], 2),
        ([GOOD_LINES[0], b"{}\n", *GOOD_LINES[2:]], 2),
        ([GOOD_LINES[0], b'{"a":0.5}\n', *GOOD_LINES[2:]], 2),
        ([GOOD_LINES[0], GOOD_LINES[1].replace(b'"at":', b'"at": '), *GOOD_LINES[2:]], 2),
        ([GOOD_LINES[0], GOOD_LINES[1].replace(b'"mark":"A"', b'"mark":"NA","mark":"A"'), *GOOD_LINES[2:]], 2),
        ([GOOD_LINES[0], GOOD_LINES[1].replace(b'"position":2', b'"position":"2"'), *GOOD_LINES[2:]], 2),
        ([GOOD_LINES[0], GOOD_LINES[1].replace(b'"position":2', b'"position":true'), *GOOD_LINES[2:]], 2),
        ([b"\xef\xbb\xbf" + GOOD_LINES[0], *GOOD_LINES[1:]], 1),
        ([b"[" * 100_000 + b"\n"], 1),
        ([GOOD_LINES[0].replace(b'"s1"', b'"\\ud800"'), *GOOD_LINES[1:]], 1),
        ([b"1" * 5_000 + b"\n"], 1),
    ],
)
def test_an_export_that_is_not_one(lines: list[bytes], position: int):
    with pytest.raises(BrokenJournal) as broken:
        read_bundle(lines)
    assert broken.value.position == position
