"""`visiojury demo`: a whole jury day with made people and papers, served at once, one link per person: to their space.

Everything goes through the same write path as a real day, and is dated as it would have been. With `--data` the day is
kept: started again on the same folder, the platform goes on where it was, and the links given before keep working.
"""
from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from evaluation.deadlines import day_of, end_of
from evaluation.framework import Framework
from evaluation.framework_file import parse_framework
from server.app.kept_data import Kept, open_kept, prepare
from server.app.running import running
from server.cli import demo_body
from server.cli.demo_cast import Cast, Placed, cast_of, everybody, id_of, profile_of
from server.cli.demo_day import LAST, SESSION, DemoDay
from server.cli.demo_heard_day import HeardDay
from server.cli.demo_next_day import begin_next_day
from server.cli.demo_ruled_day import RuledDay, papers_of
from server.cli.demo_teller import HOUR, Past, Teller, teller_of
from server.cli.main import DONE, all_loaded, run_loop, stopped
from server.cli.office import link_back
from server.config import Config, read_config
from server.documents.demo import DemoPeople, DemoPerson, demo_people
from server.documents.seals import Seals
from server.http.own_try_out import floors
from server.storage.connecting import tls_of
from server.storage.serving import serving_alone

FRAMEWORK = "rncp26850.toml"
HEARD, RULED = 21, 70
"""In days before the demo's, two earlier ones."""
FAST = 60
"""`--fast` runs the phases this many times faster."""


def demo_framework(fast: bool) -> Framework:
    framework = parse_framework((files("evaluation") / "frameworks" / FRAMEWORK).read_text("utf-8"))
    return framework.scaled(FAST) if fast else framework


def heard_today(teller: Teller, people: DemoPeople, framework: Framework) -> HeardDay:
    """Its certification jury sits on the demo's day."""
    return HeardDay(teller, people, framework, "day-0", HEARD, people.heard, ((), ("C2.1",)), disputed=True)


def ruled_before(teller: Teller, people: DemoPeople, framework: Framework, config: Config) -> RuledDay:
    """One candidate has it whole, one a block, one nothing."""
    of = HeardDay(teller, people, framework, "day-r", RULED, people.ruled, ((), ("C2.1",), ("C1.2", "C2.1")))
    return RuledDay(of, papers_of(teller, Seals(config.seal, config.storage.folder)))


def _silent(_step: str) -> None:
    """Of a demo whose links a program reads."""


def _said(step: str) -> None:
    """For a person, who would else wait before an empty screen."""
    print(f"  … {step}", flush=True)


async def tell_day(kept: Kept, config: Config, past: Past, framework: Framework, url: str, *, earlier: bool,
                   say: Callable[[str], None] = _silent) -> None:
    """All that led to the day, a later one that is under way, and two `earlier` ones that were heard. Does nothing
    where the day is there already. Each step is said to `say` as it begins."""
    if await kept.sessions.state(SESSION) is not None:
        return
    people, now = demo_people(), past()
    teller = teller_of(kept, config, past, day_of(now), url)
    day = DemoDay(teller, people, cast_of(people), framework, now, floors(config))
    heard = heard_today(teller, people, framework)
    ruled = ruled_before(teller, people, framework, config)
    say("l’organisme certificateur, ses fonctions, ses jurés")
    await teller.come_to(demo_body.FOUNDED)
    for one in everybody(people):
        await kept.accounts.save_person(id_of(one), profile_of(one))
    await demo_body.found(teller, people, framework)
    await demo_body.record_past(teller, people, framework)
    await demo_body.enter_pool(teller, people, framework)
    say("les candidatures, la journée d’aujourd’hui et son jury")
    await day.register()
    registered = [await one.register() for one in (heard, ruled.of)] if earlier else []
    await day.appoint()
    await day.publish_brief()
    if earlier:
        say(f"une journée d’il y a {RULED} jours, jusqu’aux lettres de résultat et au premier certificat")
        await ruled.of.hear(registered[1])
        await ruled.convene()
        await ruled.rule()
        await ruled.certify()
    say("les convocations et les essais de caméra")
    await day.convene()
    await day.try_out()
    if earlier:
        say(f"une journée d’il y a {HEARD} jours, et le jury de certification qui siège aujourd’hui")
        await heard.hear(registered[0])
        await heard.convene_sitting(min(now + HOUR, end_of(day_of(now)) - LAST))
    say("les documents des candidats, la préparation du jury, une journée à venir")
    await day.supply_papers()
    await day.prepare()
    await begin_next_day(teller, people, framework)
    await teller.come_to_now()


async def links(kept: Kept, config: Config, cast: Cast, people: DemoPeople, url: str, *,
                earlier: bool) -> dict[str, Any]:
    """A fresh link to everybody's space, in the form `--json` prints. The offices are entered with more than a link:
    theirs let in once, to choose what to sign in with from then on."""

    async def link(one: Placed) -> str:
        return f"{url}/i/{await kept.accounts.invite(one.seat.id)}"

    async def to_space(one: DemoPerson) -> dict[str, str]:
        return {"name": one.name, "link": f"{url}/i/{await kept.accounts.invitations.give(id_of(one))}"}

    offices = {"awarding_body": people.clerk, "organizer_office": people.organizer, "commission": people.member,
               "disability_officer": people.officer}
    return {
        "url": url,
        "organizer": await link(cast.organizer),
        "observer": await link(cast.observer),
        "aid": await link(cast.aid),
        "candidates": [{"name": one.person.name, "link": await link(one)} for one in cast.candidates],
        "jurors": [
            {"name": one.person.name, "category": one.person.category, "link": await link(one)} for one in cast.jurors
        ],
        "sitting": [await to_space(one) for one in (people.presides, *people.sits) if earlier],
        "heard": [await to_space(one) for one in (*people.heard, *people.ruled) if earlier],
        **{name: await link_back(kept, config, id_of(one), url) for name, one in offices.items()},
    }


def tell(made: Mapping[str, Any], cast: Cast, people: DemoPeople, mails: Path) -> str:
    """The links, for a person, and where the letters lie that carry codes and other links."""
    lines = ["", "Visiojury, journée de démonstration (Ctrl+C pour finir). Ouvrez chaque lien dans un onglet ; au-delà",
             "de quatre, prenez une fenêtre privée ou un autre navigateur : chaque page garde une connexion ouverte.",
             ""]
    day = [("Candidat·e", one["name"], one["link"]) for one in made["candidates"]]
    day += [("Jury", one["name"], one["link"]) for one in made["jurors"]]
    day += [("Organisation", cast.organizer.person.name, made["organizer"]),
            ("Observation", cast.observer.person.name, made["observer"]), ("Aide", cast.aid.person.name, made["aid"])]
    day += [("Jury de certification", one["name"], one["link"]) for one in made["sitting"]]
    day += [("Déjà entendu·e", one["name"], one["link"]) for one in made["heard"]]
    offices = [("Organisme certificateur", people.clerk.name, made["awarding_body"]),
               ("Organisation", people.organizer.name, made["organizer_office"]),
               ("Commission", people.member.name, made["commission"]),
               ("Référent handicap", people.officer.name, made["disability_officer"])]
    return "\n".join([*lines, *map(_line, day), "", "Fonctions : ces liens servent une fois, pour choisir de quoi se "
                      "connecter ensuite (clé d’accès, ou mot", "de passe et code).", "", *map(_line, offices), "",
                      "Les courriels (codes pour signer ou pour changer de navigateur, convocations, lettres) ne",
                      f"partent pas : ils sont écrits dans {mails}", ""])


def _line(row: tuple[str, str, str]) -> str:
    place, name, link = row
    return f"  {place:<24} {name:<20} {link}"


def demo_config(data: Path, port: int) -> Config:
    """The numbers at the Caisse des Dépôts are made: files can be looked at, and are sent nowhere."""
    return read_config(None, {"server.port": port, "storage.folder": str(data), "deposit.sender": "DEMO0001",
                              "deposit.contract": "DEMONSTRATION"})


async def serve_demo(data: Path, port: int, *, fast: bool, earlier: bool, as_json: bool) -> int:
    """Prepare the day, print the links, serve until a signal."""
    config, past = demo_config(data, port), Past()
    kept, people = open_kept(config, past), demo_people()

    async def before(url: str) -> None:
        await prepare(kept, config)
        async with serving_alone(config.storage.url, tls_of(config.storage)):
            await tell_day(kept, config, past, demo_framework(fast), url, earlier=earlier,
                           say=_silent if as_json else _said)

    try:
        async with running(config, before=before) as served:
            cast = cast_of(people)
            made = await links(kept, config, cast, people, served.url, earlier=earlier)
            print(json.dumps(made, ensure_ascii=False) if as_json else
                  tell(made, cast, people, config.mail.folder.absolute()), flush=True)
            all_loaded()
            await stopped()
    finally:
        await kept.database.close()
    return DONE


def run(*, data: Path | None, port: int, fast: bool, today: bool, as_json: bool) -> int:
    """`data` None keeps nothing after the end."""
    with contextlib.ExitStack() as stack:
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visiojury-")))
        return run_loop(serve_demo(folder, port, fast=fast, earlier=not (fast or today), as_json=as_json))
