"""`visiojury demo`: a whole jury day with made people and papers, served at once, one link per person: to their space.

Everything goes through the same write path as a real day. With `--data` the day is kept: started again on the same
folder, the platform goes on where it was, and the links given before keep working.
"""
from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from evaluation.candidacy.terms import (
    Adjustment,
    AidKind,
    CameBy,
    Initiative,
    Interview,
    Registration,
    RulesHanded,
)
from evaluation.codec import encode
from evaluation.deadlines import day_of, end_of
from evaluation.framework import Framework
from evaluation.framework_file import framework_to_data, parse_framework
from evaluation.people import PersonId, Role, Seat, SeatId
from evaluation.session.terms import IDENTITY_KINDS
from server.app.kept_data import Kept, open_kept, prepare
from server.app.running import running
from server.cli import demo_body
from server.cli.main import DONE, all_loaded, run_loop, stopped
from server.cli.office import link_back
from server.clock import wall_clock
from server.config import Config, StorageSettings, read_config
from server.documents import demo as papers
from server.documents.demo import DemoPeople, DemoPerson
from server.journals.following import Following

SESSION = "day-1"
FRAMEWORK = "rncp26850.toml"
FAST = 60
"""`--fast` runs the phases this many times faster."""
APART = 75 * 60_000
"""Between two candidates, in ms."""
LAST = 60_000
"""Before midnight, the last candidate of a demo that begins late, in ms."""
REGISTERED = timedelta(days=120)
"""How long before the day its candidates were met, and had the règlement."""
TRAINER = "person-trainer-of-the-candidates"
PDF, PNG = "application/pdf", "image/png"


@dataclass(frozen=True)
class Placed:
    """One made person in their seat."""

    person: DemoPerson
    seat: Seat


@dataclass(frozen=True)
class Cast:
    """Who sits where, from the made people: the same each time."""

    candidates: tuple[Placed, ...]
    jurors: tuple[Placed, ...]
    organizer: Placed
    observer: Placed
    aid: Placed

    def everybody(self) -> tuple[Placed, ...]:
        return (*self.candidates, *self.jurors, self.organizer, self.observer, self.aid)


def cast_of(people: DemoPeople) -> Cast:
    hearings = [f"hearing-{i}" for i, _ in enumerate(people.candidates, 1)]
    return Cast(
        tuple(_place(p, Role.CANDIDATE, h) for p, h in zip(people.candidates, hearings, strict=True)),
        tuple(_place(p, Role.JUROR) for p in people.jurors),
        _place(people.organizer, Role.ORGANIZER),
        _place(people.observer, Role.OBSERVER),
        _place(people.aid, Role.AID, hearings[0]),
    )


def _place(person: DemoPerson, role: Role, hearing: str | None = None) -> Placed:
    slug = papers.plain(person.given).lower()
    return Placed(person, Seat(f"seat-{slug}", f"person-{slug}", role, person.category, hearing))


def demo_framework(fast: bool) -> Framework:
    framework = parse_framework((files("evaluation") / "frameworks" / FRAMEWORK).read_text("utf-8"))
    return framework.scaled(FAST) if fast else framework


async def plan_day(kept: Kept, framework: Framework, now: Callable[[], int], storage: StorageSettings) -> Cast:
    """Write people, plan, jury, candidates and their papers. Does nothing where the day is there already."""
    people = papers.demo_people()
    cast = cast_of(people)
    if await kept.sessions.state(SESSION) is not None:
        return cast
    for one in cast.everybody():
        await kept.accounts.save_person(one.seat.person, _profile(one.person))
    for person, one in ((demo_body.CLERK, people.clerk), (demo_body.MEMBER, people.member),
                        (demo_body.FORMER, people.former), (demo_body.OFFICER, people.officer)):
        await kept.accounts.save_person(person, _profile(one))
    day = day_of(now())
    await _plan(kept, people, cast, framework, now(), storage)
    for one in cast.candidates:
        await _papers(kept, cast, people, one, day)
    return cast


def _profile(person: DemoPerson) -> dict[str, Any]:
    born = {"birth_date": person.birth.isoformat()} if person.birth else {}
    return {
        "name": person.name, "first_name": person.given, "email": person.email, "company": person.company,
        "sex": person.sex, **born,
    }


async def _plan(kept: Kept, people: DemoPeople, cast: Cast, framework: Framework, now: int, storage: StorageSettings
                ) -> None:
    organizer, day = cast.organizer.seat.id, day_of(now)
    under = await demo_body.found(kept, people, framework, cast.organizer.seat.person, day)

    async def ask(actor: SeatId, command: str, **fields: object) -> None:
        await kept.sessions.execute(SESSION, actor, command, fields, by_server=True)

    await ask(
        organizer, "PlanSession", session=SESSION, framework=framework_to_data(framework), date=day.isoformat(),
        organizer=encode(cast.organizer.seat), observers=[encode(cast.observer.seat)], **under,
    )
    await demo_body.decide_jury(kept, SESSION, [one.seat for one in cast.jurors])
    await Following(kept.journals, kept.followups, lambda: now, storage).carry_out()
    for index, one in enumerate(cast.candidates):
        aids = [encode(cast.aid.seat)] if cast.aid.seat.hearing == one.seat.hearing else []
        await ask(
            organizer, "AddHearing", hearing=one.seat.hearing, candidate=encode(one.seat), aids=aids,
            starts_at=min(now + index * APART, end_of(day) - LAST),
            candidacy=await _registered(kept, one, cast.organizer.seat.person, framework, under, day),
            adjustment=await _adjusted(kept, one, cast, framework, under, day) if aids else None,
        )


async def _adjusted(kept: Kept, one: Placed, cast: Cast, framework: Framework,
                    under: Mapping[str, Mapping[str, object]], day: date) -> Mapping[str, object]:
    """A third more time, and an interpreter (R10.1)."""
    longer = {name: timing.ceiling // 3 for name, timing in framework.phases.items()}
    adjustment = Adjustment(one.seat.person, longer, aid=AidKind.INTERPRETER)
    return await demo_body.adjust(kept, adjustment, cast.organizer.seat.person, under["office"], day - REGISTERED)


async def _registered(kept: Kept, one: Placed, organizer: PersonId, framework: Framework,
                      under: Mapping[str, Mapping[str, object]], day: date) -> Mapping[str, object]:
    handed = day - REGISTERED
    given = Registration(
        tuple(block.code for block in framework.blocks), CameBy.CONTINUING_TRAINING, Initiative.CANDIDATE,
        Interview(handed, organizer), RulesHanded(str(handed.year), handed), (TRAINER,))
    civil = json.dumps(_profile(one.person), ensure_ascii=False)
    return await demo_body.register(kept, one.seat.person, civil, given, under, organizer)


async def _papers(kept: Kept, cast: Cast, people: DemoPeople, candidate: Placed, day: date) -> None:
    person, hearing = candidate.person, candidate.seat.hearing or ""
    card = await asyncio.to_thread(papers.identity_card, person, day - timedelta(days=900))
    made: list[tuple[Placed, str, str, Callable[[], bytes], int]] = [
        (cast.organizer, "brief", PDF, lambda: papers.brief(people, day), 2),
        (candidate, "portfolio_a", PDF, lambda: papers.portfolio_a(person, day), 0),
        (candidate, "portfolio_b", PDF, lambda: papers.portfolio_b(person, day), 0),
        (cast.organizer, "formative", PDF, lambda: papers.formative_evaluations(person, "Julie Arnaud", day), 2),
        (candidate, "identity_front", PNG, lambda: card.front, 1),
        (candidate, "identity_back", PNG, lambda: card.back, 1),
    ]
    for supplier, kind, media_type, make, pages in made:
        data = await asyncio.to_thread(make)
        stored = await kept.vault.put_file(candidate.seat.person, SESSION, kind, media_type, data)
        fields: Mapping[str, object] = {
            "hearing": hearing, "document": stored.id, "kind": kind, "digest": stored.digest,
            "pages": pages or await asyncio.to_thread(_count_pages, data),
            **({"identity": "new_card"} if kind in IDENTITY_KINDS else {}),
        }
        await kept.sessions.execute(SESSION, supplier.seat.id, "SupplyDocument", fields, by_server=True)


def _count_pages(data: bytes) -> int:
    import pypdfium2

    with contextlib.closing(pypdfium2.PdfDocument(data)) as document:
        return len(document)


async def links(kept: Kept, config: Config, cast: Cast, url: str) -> dict[str, Any]:
    """A fresh link to everybody's space, in the form `--json` prints. The offices are entered with more than a link:
    theirs let in once, to choose what to sign in with from then on."""

    async def link(one: Placed) -> str:
        return f"{url}/i/{await kept.accounts.invite(one.seat.id)}"

    return {
        "url": url,
        "organizer": await link(cast.organizer),
        "observer": await link(cast.observer),
        "aid": await link(cast.aid),
        "candidates": [{"name": one.person.name, "link": await link(one)} for one in cast.candidates],
        "jurors": [
            {"name": one.person.name, "category": one.person.category, "link": await link(one)} for one in cast.jurors
        ],
        "awarding_body": await link_back(kept, config, demo_body.CLERK, url),
        "commission": await link_back(kept, config, demo_body.MEMBER, url),
        "disability_officer": await link_back(kept, config, demo_body.OFFICER, url),
    }


def tell(made: Mapping[str, Any], cast: Cast, people: DemoPeople) -> str:
    """The links, for a person."""
    lines = ["Visiojury, journée de démonstration (Ctrl+C pour finir). Ouvrez chaque lien dans un onglet ; au-delà de",
             "quatre, prenez une fenêtre privée ou un autre navigateur : chaque page garde une connexion ouverte.", ""]
    day = [("Candidat·e", one["name"], one["link"]) for one in made["candidates"]]
    day += [("Jury", one["name"], one["link"]) for one in made["jurors"]]
    day += [("Organisation", cast.organizer.person.name, made["organizer"]),
            ("Observation", cast.observer.person.name, made["observer"]), ("Aide", cast.aid.person.name, made["aid"])]
    offices = [("Organisme certificateur", people.clerk.name, made["awarding_body"]),
               ("Commission", people.member.name, made["commission"]),
               ("Référent handicap", people.officer.name, made["disability_officer"])]
    return "\n".join([*lines, *map(_line, day), "", "Fonctions : ces liens servent une fois, pour choisir de quoi se "
                      "connecter ensuite (clé d’accès, ou mot", "de passe et code).", "", *map(_line, offices), ""])


def _line(row: tuple[str, str, str]) -> str:
    place, name, link = row
    return f"  {place:<24} {name:<20} {link}"


def demo_config(data: Path, port: int) -> Config:
    return read_config(None, {"server.port": port, "storage.folder": str(data)})


async def serve_demo(data: Path, port: int, *, fast: bool, as_json: bool) -> int:
    """Prepare the day, print the links, serve until a signal."""
    config = demo_config(data, port)
    kept = open_kept(config, wall_clock)
    try:
        await prepare(kept, config)
        cast = await plan_day(kept, demo_framework(fast), wall_clock, config.storage)
        async with running(config) as served:
            made = await links(kept, config, cast, served.url)
            told = json.dumps(made, ensure_ascii=False) if as_json else tell(made, cast, papers.demo_people())
            print(told, flush=True)
            all_loaded()
            await stopped()
    finally:
        await kept.database.close()
    return DONE


def run(*, data: Path | None, port: int, fast: bool, as_json: bool) -> int:
    """`data` None keeps nothing after the end."""
    with contextlib.ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visiojury-")))
        return run_loop(serve_demo(folder, port, fast=fast, as_json=as_json))
