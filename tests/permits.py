"""What if a rule were not applied? Put a function that always permits in the place of one that applies a rule.

`pytest --permit evaluation.grading:against_first_block` runs the tests so; some must fail.
`pytest --permit-each FILE PATHS` does it for every function that applies a rule, each with the tests marked with that
rule, and writes to FILE, as JSON, which of them noticed (`tests/evaluation/test_rules_covered.py` reads it).
"""

from __future__ import annotations

import importlib
import inspect
import json
import re
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import pytest
from hypothesis import Phase, settings

from evaluation.kinds import Kind, Topic
from evaluation.rules import APPLIED, Applied

Undo = Callable[[], object]
ROOT = Path(__file__).parents[1]
DEPTH = len(ROOT.parts) + 1
"""Of a test's path: where the name of what it tests stands, `evaluation` or `server`."""
REPLACED_IN = ("evaluation", "server")
"""Not in tests: one that calls the function by a name of its own would notice though nothing else asks it."""
APPLIES = re.compile(r"^ *@rule\(", re.MULTILINE)


def add_options(parser: pytest.Parser) -> None:
    group = parser.getgroup("rules")
    group.addoption("--permit", metavar="MODULE:FUNCTION", help="replace this function by one that always permits")
    group.addoption("--permit-each", metavar="FILE", help="do so for each, and say who noticed")


def load_rules() -> None:
    """Import every module that applies a rule, so that `APPLIED` holds them all."""
    for package in REPLACED_IN:
        for source in sorted((ROOT / package).rglob("*.py")):
            if APPLIES.search(source.read_text(encoding="utf-8")):
                importlib.import_module(".".join(source.relative_to(ROOT).with_suffix("").parts))


def path_of(applied: Applied) -> str:
    return f"{applied.function.__module__}:{applied.function.__qualname__}"


# Replacing


class StandIn:
    """In the place of a function that applies a rule: it does the same, until it is to permit."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.function, self.called = function, False
        self._permits: tuple[object] | None = None
        self.found = False

        @wraps(function)
        def now(*args: object, **named: object) -> object:
            return self._answer(args, named)

        @wraps(function)
        async def later(*args: object, **named: object) -> object:
            answer = self._answer(args, named)
            return await cast("Awaitable[object]", answer) if inspect.isawaitable(answer) else answer

        self.new: Callable[..., object] = later if inspect.iscoroutinefunction(function) else now

    def _answer(self, args: tuple[object, ...], named: dict[str, object]) -> object:
        self.called = True
        return self._permits[0] if self._permits else self.function(*args, **named)

    @contextmanager
    def permitting(self, permits: object) -> Iterator[None]:
        """Always, whatever it is asked."""
        self._permits = (permits,)
        try:
            yield
        finally:
            self._permits = None


StandIns = dict[int, StandIn]
"""By the id of the function: what is held is not always hashable."""


def _exchanged(value: Any, stand_ins: StandIns, undo: list[Undo]) -> Any:
    """`value` with what stands in for it: itself, changed in place, or another one when it cannot be changed."""
    if (one := stand_ins.get(id(value))) is not None:
        one.found = True
        return one.new
    if isinstance(value, Topic | Kind):
        if isinstance(value, Kind):
            _ = value.deciders, value.evolvers  # made before, not of the tables as they are meanwhile
        _exchanged(vars(cast("object", value)), stand_ins, undo)
    elif isinstance(value, dict | list):
        items = list(value.items() if isinstance(value, dict) else enumerate(value))
        for key, one in items:
            other = _exchanged(one, stand_ins, undo)
            if other is not one:
                value[key] = other
                undo.append(lambda key=key, one=one: value.__setitem__(key, one))
    elif type(value) is tuple or type(value) is frozenset or type(value) is MappingProxyType:
        plain: Any = dict(value) if type(value) is MappingProxyType else list(value)
        changes: list[Undo] = []  # those of the copy itself are of no use, those deeper are
        copy = _exchanged(plain, stand_ins, changes)
        undo.extend(changes)
        if changes:
            return type(value)(copy)
    return value


def _holders() -> Iterator[tuple[Any, str, Any]]:
    """Every name in our loaded modules and in their classes: (module or class, name, value)."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] not in REPLACED_IN or name == "evaluation.rules":
            continue
        for attribute, value in list(vars(module).items()):
            if attribute.startswith("__"):
                continue
            yield module, attribute, value
            if isinstance(value, type) and value.__module__ == name:
                yield from ((value, inner, one) for inner, one in list(vars(value).items()))


@contextmanager
def replaced(all_applied: Sequence[Applied]) -> Iterator[StandIns]:
    """The functions replaced wherever `evaluation` and `server` hold them: names, tables, classes. Put back at the end.
    All at once, since a look through everything takes a while."""
    stand_ins = {id(one.function): StandIn(one.function) for one in all_applied}
    undo: list[Undo] = []
    for holder, name, value in _holders():
        if isinstance(value, staticmethod | classmethod):
            inner: Any = cast("Any", value).__func__
            other = _exchanged(inner, stand_ins, undo)
            other = value if other is inner else staticmethod(other)
        else:
            other = _exchanged(value, stand_ins, undo)
        if other is not value:
            setattr(holder, name, other)
            undo.append(lambda holder=holder, name=name, value=value: setattr(holder, name, value))
    if missing := [path_of(one) for one in all_applied if not stand_ins[id(one.function)].found]:
        raise pytest.UsageError(f"{', '.join(missing)}: held nowhere")
    try:
        yield stand_ins
    finally:
        for put_back in reversed(undo):
            put_back()


@contextmanager
def permitted(applied: Applied) -> Iterator[None]:
    with replaced([applied]) as stand_ins, stand_ins[id(applied.function)].permitting(applied.permits):
        yield


def find(path: str) -> Applied:
    load_rules()
    for applied in APPLIED:
        if path_of(applied) == path:
            return applied
    raise pytest.UsageError(f"{path} applies no rule; these do: {', '.join(sorted({path_of(one) for one in APPLIED}))}")


# Running


def configure(config: pytest.Config) -> None:
    if config.getoption("--permit-each"):
        # The first failure is enough: no search for a smaller one, and none remembered for the next run.
        quick = settings(phases=(Phase.explicit, Phase.generate), database=None, derandomize=True)
        settings.register_profile("permit-each", quick)
        settings.load_profile("permit-each")
    if path := config.getoption("--permit"):
        applied = find(cast("str", path))
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.pluginmanager.register(_Permit(applied, stack))
    if file := config.getoption("--permit-each"):
        config.pluginmanager.register(_PermitEach(Path(cast("str", file))))


class _Permit:
    def __init__(self, applied: Applied, stack: ExitStack) -> None:
        self.applied, self.stack = applied, stack

    def pytest_collection_finish(self) -> None:
        """Once every test module, and all that it needs, is loaded."""
        self.stack.enter_context(permitted(self.applied))


class _PermitEach:
    def __init__(self, file: Path) -> None:
        self.file, self.failed = file, False
        self.stand_ins: StandIns = {}
        self.calls: dict[pytest.Item, set[int]] = {}
        """By test, once it has run: which functions it called."""
        self.noticed_by: dict[str, set[Path]] = {}
        """By module: the files whose tests have noticed another function of it."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed = self.failed or report.failed

    def _fails(self, item: pytest.Item) -> bool:
        self.failed = False
        for one in self.stand_ins.values():
            one.called = False
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        self.calls.setdefault(item, set()).update(key for key, one in self.stand_ins.items() if one.called)
        return self.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        load_rules()
        marked: dict[str, list[pytest.Item]] = {}
        # The first to notice is enough: what tries many times comes last, where nobody else has.
        for item in sorted(session.items, key=lambda item: item.get_closest_marker("long") is not None):
            for one in {one for mark in item.iter_markers("rule") for one in mark.args}:
                marked.setdefault(cast("str", one), []).append(item)
        with replaced(APPLIED) as self.stand_ins:
            applied = [self._tried(one, marked.get(one.rule, [])) for one in APPLIED]
        report = {"marked": {one: len(items) for one, items in marked.items()}, "applied": applied}
        self.file.write_text(json.dumps(report), encoding="utf-8")
        return True

    def _tried(self, applied: Applied, items: list[pytest.Item]) -> dict[str, object]:
        """The first marked test that fails with the replacement, and whether it fails without as well."""
        key, module = id(applied.function), applied.function.__module__
        own = ROOT / "tests" / Path(*module.split(".")[:-1], f"test_{module.rpartition('.')[2]}.py")
        known = self.noticed_by.setdefault(module, set())
        noticed = None
        with self.stand_ins[key].permitting(applied.permits):
            while items and noticed is None:
                item = min(items, key=lambda one: self._promise(one, key, own, known))
                items = [one for one in items if one is not item]
                noticed = item if self._fails(item) else None
        if noticed is not None:
            known.add(noticed.path)
        return {
            "rule": applied.rule,
            "function": path_of(applied),
            "noticed": noticed and noticed.nodeid,
            "fails_without": noticed is not None and self._fails(noticed),
        }

    def _promise(self, item: pytest.Item, key: int, own: Path, known: set[Path]) -> tuple[int, int, int]:
        """Least first. Tests mirror the tree: those of the function's own package, and there of its own module, and of
        what has noticed its neighbours. Then who is known to call it, and little else. Last who ran before and did not
        call it."""
        called, far = self.calls.get(item), int(item.path.parts[DEPTH] != own.parts[DEPTH])
        if called is not None and key not in called:
            return 2, 0, 0
        near = 0 if item.path == own else 1 if item.path in known else 2
        if called is not None:
            return far, near, len(called)
        return far, near if near < 2 else (3 if item.path.parent == own.parent else 4), 0
