"""What R1.3, R1.4, R3.9 and R7.2 ask of a sitting, told from its journal alone: what is written in it, by whom and in
which order. Nothing here is shared with the rules that are judged by it."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Entry = tuple[str, str, int, dict[str, Any]]


def faults(journal: Sequence[Entry]) -> list[str]:
    """Each that a reader finds."""
    found: list[str] = []
    for place, (name, actor, _, data) in enumerate(journal):
        before = journal[:place]
        if name == "sitting.item_decided":
            found += _decided(before, data)
        elif name == "sitting.minutes_signed":
            found += _signed(before, actor, data)
        elif name == "sitting.not_signing_noted":
            found += _not_signing(before, actor, data)
        elif name == "sitting.minutes_sealed":
            found += _sealed(before, data)
        if name in CHANGES and any(one == "sitting.minutes_sealed" for one, *_ in before):
            found.append(f"{name} after the seal")
        if name in CHANGES and _presented(before) is not None:
            found.append(f"{name} while the minutes are signed")
    return found


CHANGES = {"sitting.item_decided", "sitting.decision_proposed", "sitting.item_put", "sitting.item_taken_off",
           "sitting.member_recused", "sitting.substitute_called", "sitting.questions_opened"}


def _decided(before: Sequence[Entry], data: dict[str, Any]) -> Iterator[str]:
    candidacy, ruling = data["candidacy"], data["ruling"]
    if not any(name == "sitting.opened" for name, *_ in before):
        yield "decided before it was open"
    start = max(place for place, (name, _, _, said) in enumerate(before)
                if name == "sitting.decision_proposed" and said["candidacy"] == candidacy)
    said = [(actor, one["agrees"]) for name, actor, _, one in before[start:]
            if name == "sitting.decision_answered" and one["candidacy"] == candidacy]
    people = [before[start][1], *(actor for actor, _ in said)]
    if len(set(people)) != 3 or sorted(people) != sorted(ruling["by"]):
        yield "not by three"
    if 1 + sum(agrees for _, agrees in said) < 2:
        yield "against most of them"
    for person in people:
        yield from _may_not(before, candidacy, person)
    if _held(before, candidacy) and ruling["award"] != "withheld":
        yield "awarded while withheld"
    calls = [one for name, _, _, one in before[start:] if name == "sitting.substitute_called"]
    if any(one["candidacies"] is None or candidacy in one["candidacies"] for one in calls):
        yield "by whom another had replaced"


def _may_not(before: Sequence[Entry], candidacy: str, person: str) -> Iterator[str]:
    put = next(one for name, _, _, one in reversed(before)
               if name == "sitting.item_put" and one["candidacy"] == candidacy)
    handed_on = put["said"]["data"]["recommendation"]
    if person in (handed_on["person"], *handed_on["jurors"], *handed_on["trained_by"]):
        yield "in both juries"
    if any(name == "sitting.member_recused" and actor == person and one["candidacy"] == candidacy
           for name, actor, _, one in before):
        yield "recused"
    if not any(name == "sitting.impartial_declared" and actor == person and candidacy in one["candidacies"]
               for name, actor, _, one in before):
        yield "impartiality not declared"


def _held(before: Sequence[Entry], candidacy: str) -> bool:
    put = [place for place, (name, _, _, one) in enumerate(before)
           if name == "sitting.item_put" and one["candidacy"] == candidacy]
    told = [one["held"] for name, _, _, one in before[put[-1]:]
            if name == "sitting.held_noted" and one["candidacy"] == candidacy]
    return bool(told) and told[-1]


def _presented(before: Sequence[Entry]) -> dict[str, Any] | None:
    """What is being signed."""
    found = None
    for name, _, _, data in before:
        if name == "sitting.minutes_presented":
            found = data
        elif name in ("sitting.minutes_taken_back", "sitting.minutes_sealed"):
            found = None
    return found


def _deciders(before: Sequence[Entry]) -> set[str]:
    return {person for three in _threes(before) for person in three}


def _threes(before: Sequence[Entry]) -> list[set[str]]:
    """Of the decision that stands on each candidacy."""
    stands: dict[str, dict[str, Any]] = {}
    for name, _, _, data in before:
        if name == "sitting.item_decided":
            stands[data["candidacy"]] = data["ruling"]
        elif name in ("sitting.item_taken_off", "sitting.decision_proposed"):
            stands.pop(data["candidacy"], None)
        elif name == "sitting.held_noted" and data["held"]:
            stands = {id: one for id, one in stands.items() if id != data["candidacy"] or one["award"] == "withheld"}
    return [set(ruling["by"]) for ruling in stands.values()]


def _signed(before: Sequence[Entry], actor: str, data: dict[str, Any]) -> Iterator[str]:
    shown = _presented(before)
    if shown is None or (shown["number"], shown["paper"]["digest"]) != (data["number"], data["digest"]):
        yield "signed what was not shown"
    if any(name == "sitting.minutes_signed" and (who, one["number"]) == (actor, data["number"])
           for name, who, _, one in before):
        yield "signed twice"
    deciders = _deciders(before)
    if deciders and actor not in deciders:
        yield "signed by who decided nothing"


def _not_signing(before: Sequence[Entry], actor: str, data: dict[str, Any]) -> Iterator[str]:
    shown, deciders = _presented(before), _deciders(before)
    if shown is None or shown["number"] != data["number"]:
        yield "noted of what was not shown"
    if actor == data["person"]:
        yield "noted of oneself"
    if deciders and data["person"] not in deciders:
        yield "noted of who decided nothing"
    if data["person"] in _signers(before, data["number"]):
        yield "noted of who has signed"


def _signers(before: Sequence[Entry], number: int) -> set[str]:
    return {actor for name, actor, _, one in before if name == "sitting.minutes_signed" and one["number"] == number}


def _sealed(before: Sequence[Entry], data: dict[str, Any]) -> Iterator[str]:
    signed, deciders = _signers(before, data["number"]), _deciders(before)
    noted = {one["person"] for name, _, _, one in before
             if name == "sitting.not_signing_noted" and one["number"] == data["number"]} - signed
    scanned = any(name == "sitting.scan_attached" and one["number"] == data["number"] for name, _, _, one in before)
    if not scanned and not deciders <= signed | noted:
        yield "sealed without a signature"
    if any(len(three - noted) < 2 for three in _threes(before)):
        yield "sealed with one signature of three"
