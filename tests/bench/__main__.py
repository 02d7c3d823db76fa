"""`python -m tests.bench [--quick] [--out DIR] [--data DIR] [names…]`: one JSON line for each figure, once known."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import inspect
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench.processes import end_on_terminate

BENCHES = ("media_forward", "chrome_bitrate", "events", "misbehaving", "history", "identity", "identity_lines",
           "identity_live")
"""Modules of this package; each has `run(out[, quick][, data])`, an iterator of lines."""


def there() -> tuple[str, ...]:
    return tuple(name for name in BENCHES if importlib.util.find_spec(f"tests.bench.{name}") is not None)


def lines(name: str, out: Path, quick: bool, data: Path | None = None) -> Iterator[dict[str, Any]]:
    run = importlib.import_module(f"tests.bench.{name}").run
    takes = inspect.signature(run).parameters
    more = {"data": data} if "data" in takes else {}
    if "quick" in takes:
        return run(out, quick=quick, **more)
    return iter(()) if quick else run(out, **more)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="One JSON line for each figure.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(there())}; all where none is given")
    parser.add_argument("--quick", action="store_true", help="a little of everything, nothing judged")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where logs are kept (default: nowhere)")
    parser.add_argument("--data", type=Path, metavar="DIR", help="pictures of people, for the face comparison")
    given = parser.parse_args()
    if given.data is not None and not given.data.is_dir():
        parser.error(f"{given.data} is no folder")
    unknown = [name for name in given.names if name not in there()]
    if unknown:
        parser.error(f"no benchmark named {', '.join(unknown)}")
    end_on_terminate()
    failed = False
    with ExitStack() as stack:
        out = given.out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visiojury-bench-")))
        out.mkdir(parents=True, exist_ok=True)
        for name in given.names or there():
            start = time.monotonic()
            try:
                for line in lines(name, out, given.quick, given.data):
                    print(json.dumps(line, ensure_ascii=False), flush=True)
            except Exception as error:  # the others can still be measured
                failed = True
                print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
            print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
