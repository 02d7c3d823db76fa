"""The command line: `visiojury serve | demo | grade | verify | identity | export | purge | hold | erase |
rotate-key | reindex | office | doctor`.

Exit codes: 0 done, 1 it does not hold or does not work, 2 bad input (one line on stderr says what).
"""
from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server import logs
from server.config import Config, ConfigError, read_config
from server.durable import OTHERS

DONE, FAILED, BAD_INPUT = 0, 1, 2


class BadInput(Exception):
    """One line for whoever typed the command."""


def main(arguments: Sequence[str] | None = None) -> int:
    os.umask(OTHERS)  # nobody else reads what we keep, whatever the shell or the service grants
    given = _parser().parse_args(arguments)
    logs.configure()
    try:
        return given.run(given)
    except BadInput as problem:
        print(f"visiojury: {problem}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of an export has had enough
        sys.stderr.close()
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="visiojury", description="Remote jury sessions that award French CQPs.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=says, description=says)
        added.set_defaults(run=run)
        return added

    def configured(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
        added.add_argument("--config", type=Path, metavar="FILE", help="config.toml (default: the one here, if any)")
        return added

    def hearing_of(added: argparse.ArgumentParser) -> argparse.ArgumentParser:
        added.add_argument("session", metavar="SESSION_ID", type=name)
        added.add_argument("hearing", metavar="HEARING_ID", type=name)
        return configured(added)

    serve = configured(command("serve", _serve, "serve the platform until SIGTERM or SIGINT"))
    serve.add_argument("--port", type=int, help="instead of server.port")
    demo = command("demo", _demo, "serve made people and documents, one link per person")
    demo.add_argument("--json", action="store_true", help="the links as one JSON line")
    demo.add_argument("--port", type=int, default=0, help="default: any free one")
    demo.add_argument("--data", type=Path, metavar="DIR", help="keep the data there (default: a folder for this run)")
    demo.add_argument("--fast", action="store_true", help="phases 60 times faster; without the earlier days")
    demo.add_argument("--today", action="store_true", help="without the earlier days: it starts sooner")
    grade = command("grade", _grade, "compute the blocks and the outcome of a grid, with reasons")
    grade.add_argument("framework", metavar="FRAMEWORK.toml")
    grade.add_argument("grid", metavar="GRID.json")
    verify = command("verify", _verify,
                     "check an exported journal or bundle: chains, quotes, each act in them, the results")
    verify.add_argument("file", type=Path, metavar="JOURNAL", help="- for standard input")
    identity = configured(command("identity", _identity, "compare camera frames with the copy of an identity document"))
    identity.add_argument("copy", type=Path, metavar="COPY", help="the copy of the document: a picture or a PDF")
    identity.add_argument("frames", type=Path, nargs="+", metavar="FRAME", help="what the camera saw: pictures, video")
    identity.add_argument("--back", type=Path, metavar="FILE", help="the copy's other side")
    identity.add_argument("--family", default="", help="registered family name, to compare with the document's")
    identity.add_argument("--given", default="", help="registered given names")
    identity.add_argument("--no-face", action="store_true", help="do not compare faces")
    export = configured(command("export", _export, "write journals, one after another, to standard output; with a "
                                                   "candidacy, every journal that it quotes"))
    export.add_argument("streams", metavar="STREAM", nargs="+", type=name)
    configured(command("purge", _purge, "delete what has been kept long enough"))
    hold = hearing_of(command("hold", _hold, "keep all that is kept of a hearing's candidate, or release it"))
    hold.add_argument("--reason", choices=("appeal", "incident", "other"), default="appeal")
    hold.add_argument("--release", action="store_true", help="nothing is pending any more: the delays hold again")
    erase = configured(command("erase", _erase, "destroy one person's data; journals still verify"))
    erase.add_argument("person", metavar="PERSON_ID", type=name)
    person = configured(command("person", _person, "all that is held on one person, as PERSON_ID.zip"))
    person.add_argument("person", metavar="PERSON_ID", type=name)
    office = configured(command("office", _office, "a link to a first account, when nobody is left who can sign in"))
    office.add_argument("--first", action="store_true", required=True, help="print the link; it is good once")
    configured(command("rotate-key", _rotate_key, "put a new master key in the place of the one in force"))
    configured(command("reindex", _reindex, "make the indexes anew from the journals, and say whether they differed"))
    configured(command("doctor", _doctor, "check that this machine can serve"))
    return parser


def name(written: str) -> str:
    """What something is called here. No database looks for bytes that are no text, and no line tells of two."""
    if not written or not written.isprintable():
        raise ValueError(written)
    return written


def _config(given: argparse.Namespace) -> Config:
    path: Path | None = given.config
    if path is None and Path("config.toml").is_file():
        path = Path("config.toml")
    overrides = {"server.port": given.port} if getattr(given, "port", None) is not None else {}
    try:
        return read_config(path, overrides)
    except (ConfigError, OSError) as problem:
        raise BadInput(str(problem)) from None


def run_loop(work: Coroutine[Any, Any, int]) -> int:
    """On uvloop where there is one."""
    try:
        import uvloop
    except ImportError:
        return asyncio.run(work)
    return uvloop.run(work)


def all_loaded() -> None:
    """What has been loaded until now is never garbage: without this, each full look of the garbage collector through it
    stops everybody's picture for tens of milliseconds."""
    gc.collect()
    gc.freeze()


async def stopped() -> None:
    """Return at the first SIGTERM or SIGINT."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(one, stop.set)
    await stop.wait()


# The commands -----------------------------------------------------------------------------------------------------
# Each imports what it needs: `grade` and `verify` must not wait for the media engine to load.


def _serve(given: argparse.Namespace) -> int:
    from server.app.running import running
    config = _config(given)

    async def work() -> int:
        async with running(config) as server:
            print(server.url, flush=True)
            await _tell_first(server, config)
            all_loaded()
            await stopped()
        return DONE

    try:
        return run_loop(work())
    except (OSError, ValueError) as problem:
        raise BadInput(str(problem)) from problem


async def _tell_first(server: Any, config: Config) -> None:
    """While nobody can sign in, whoever started the server can be the first."""
    from server.cli.office import first_link
    from server.http.parts import WAYS_IN
    ways = server.app[WAYS_IN]
    if await ways.holders.nobody():
        hours = config.sign_in.link_seconds // 3600
        print(f"first account, good once and for {hours} h: {await first_link(ways, server.url)}", flush=True)


def _office(given: argparse.Namespace) -> int:
    from server.cli.office import first
    return run_loop(first(_config(given)))


PREPARING = ("Visiojury prépare sa journée de démonstration : une vingtaine de secondes, et les liens s’affichent dès "
             "qu’ils s’ouvrent.")


def _demo(given: argparse.Namespace) -> int:
    if not given.json:  # a person reads the links here: what goes as it should is not told among them
        print(PREPARING, flush=True)  # before all is loaded, which takes seconds
        logs.configure(level=logging.WARNING)
    from server.cli import demo
    try:
        return demo.run(as_json=given.json, port=given.port, data=given.data, fast=given.fast, today=given.today)
    except (OSError, ValueError) as problem:
        raise BadInput(str(problem)) from problem


def _grade(given: argparse.Namespace) -> int:
    from server.cli.grade import grade
    return grade(given.framework, given.grid)


def _verify(given: argparse.Namespace) -> int:
    from evaluation.journal import BrokenJournal
    from evaluation.known import KINDS
    from evaluation.verify import verify
    try:
        lines = sys.stdin.buffer.readlines() if str(given.file) == "-" else given.file.read_bytes().splitlines(True)
    except OSError as problem:
        raise BadInput(str(problem)) from None
    try:
        verified = verify(lines, KINDS)
    except BrokenJournal as broken:
        where = f"{broken.stream}, position" if broken.stream else "position"
        print(f"{where} {broken.position}: {broken.why}", file=sys.stderr)
        return FAILED
    for one in verified:
        unseen = f"; what it quotes of {', '.join(one.unseen)} is taken as given: not here" if one.unseen else ""
        print(f"{one.kind} {one.stream}: {one.records} records: the chain holds, each act was allowed, "
              f"the results follow{unseen}")
    return DONE


def _identity(given: argparse.Namespace) -> int:
    from server.cli.identity_command import identity
    return identity(given, _config(given))


def _export(given: argparse.Namespace) -> int:
    from server.journals.bundles import bundled

    async def work() -> int:
        async with kept_in(_config(given)) as kept:
            for stream in given.streams:  # nothing is written of a bundle that cannot be whole
                if await kept.journals.kind_of(stream) is None:
                    raise BadInput(f"{stream}: no such stream")
            for stream in await bundled(kept.journals, given.streams):
                async for line in kept.journals.export(stream):
                    sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            return DONE

    return run_loop(work())


def _purge(given: argparse.Namespace) -> int:
    from server.cli import personal_data as cli_keeping
    return run_loop(cli_keeping.purge(_config(given)))


def _hold(given: argparse.Namespace) -> int:
    from server.cli import personal_data as cli_keeping
    work = cli_keeping.release if given.release else cli_keeping.hold
    return run_loop(work(_config(given), given.session, given.hearing, given.reason))


def _erase(given: argparse.Namespace) -> int:
    from server.cli import personal_data as cli_keeping
    return run_loop(cli_keeping.erase(_config(given), given.person))


def _person(given: argparse.Namespace) -> int:
    from server.cli import personal_data as cli_keeping
    return run_loop(cli_keeping.give(_config(given), given.person))


def _rotate_key(given: argparse.Namespace) -> int:
    from server.cli import rotate_key as cli_keys
    return run_loop(cli_keys.rotate_key(_config(given)))


def _reindex(given: argparse.Namespace) -> int:
    async def work() -> int:
        from server.journals.reindexing import reindex
        async with kept_in(_config(given)) as kept:
            done = await reindex(kept.database, kept.journals.kinds)
        print(f"{done.streams} streams read; rows missing: {done.missing}, wrong: {done.wrong}, "
              f"of nothing: {done.spare}")
        return FAILED if done.differed else DONE

    return run_loop(work())


def _doctor(given: argparse.Namespace) -> int:
    from server.cli.doctor import examine
    config = _config(given)

    async def work() -> int:
        well = True
        async for finding in examine(config):
            print(f"{'ok  ' if finding.well else 'FAIL'}  {finding.what}: {finding.words}")
            well = well and finding.well
        return DONE if well else FAILED

    return run_loop(work())


@asynccontextmanager
async def kept_in(config: Config) -> AsyncIterator[Any]:
    """What lies on disk, without a server; nothing is made where there is nothing."""
    from server.app.kept_data import open_kept, prepare
    from server.clock import wall_clock
    if not config.storage.master_key_file.exists():
        raise BadInput(f"{config.storage.master_key_file}: not found; nothing that is kept can be read without it")
    kept = None
    try:
        kept = open_kept(config, wall_clock)
        await prepare(kept, config)
    except (OSError, ValueError) as problem:
        raise BadInput(str(problem)) from None
    else:
        yield kept
    finally:
        if kept is not None:
            await kept.database.close()
