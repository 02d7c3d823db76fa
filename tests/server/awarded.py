"""Candidacies whose award the commission has validated, put into real storage as their journals would have them: the
days, sittings and commission's meetings before are not played."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.withholding import NoteCase
from evaluation.codec import encode
from evaluation.journal import GENESIS, Record, chain
from evaluation.kinds import Kind
from evaluation.people import SYSTEM, Words
from evaluation.quoted_events import AWARD_VALIDATED
from server.storage import journal
from server.storage.database import Database
from server.storage.journal import Batch
from server.storage.rows import Changes
from tests.evaluation.candidacy.house import CANDIDATE, CIVIL, REGISTRATION, Candidacy
from tests.evaluation.candidacy.towards_award import validated


def journal_of(award: str, *blocks: str, name: str, person: str, body: str, company: bool,
               civil: Words = CIVIL, then: Sequence[NoteCase] = ()) -> Candidacy:
    """As the maker of candidacies has one, under other names."""
    made = validated(award, *blocks)
    made.do(SYSTEM, *then)
    one = Candidacy(CANDIDACY, name, "2026-04-30")
    for position, (event, actor, at, data) in enumerate(made.journal, 1):
        text = json.dumps(data)
        for old, new in (('"k1"', f'"{name}"'), (f'"{CANDIDATE}"', f'"{person}"'), ('"b1"', f'"{body}"'),
                         (json.dumps(encode(CIVIL)), json.dumps(encode(civil)))):
            text = text.replace(old, new)
        if not company and REGISTRATION.company:
            text = text.replace(f'"{REGISTRATION.company}"', "null")
        read = CANDIDACY.decoded(event, json.loads(text), first=position == 1)
        one.journal.append((event, actor, at, json.loads(text)))
        one.current = CANDIDACY.evolve(one.current, read, position=position, at=at, actor=actor)
    return one


async def told(database: Database, kind: Kind[Any], state: Any, command: Any) -> None:
    """What follows from a command of the platform whose quotes are not looked up. The rows stay as they were."""
    async with database.writing() as connection:
        records = await journal.read(connection, state.id)
        prev, position, at = records[-1].hash, records[-1].position, records[-1].at
        for event in kind.decide(state, command, SYSTEM, at):
            position += 1
            name, data = kind.encoded(event, first=False)
            record = chain(prev, position, state.id, kind.name, at, SYSTEM, name, data)
            await journal.append(connection, [record])
            prev = record.hash


async def put_award(database: Database, name: str, person: str, body: str, award: str = "full",
                    *blocks: str, company: bool = False, civil: Words = CIVIL,
                    then: Sequence[NoteCase] = ()) -> int:
    """The position of the validation. `company`: of somebody who has an employer, the same for all; `civil` are the
    words of the registration, `then` is what a case of the candidacy came to afterwards."""
    blocks = blocks or (("BC1", "BC2") if award == "full" else ("BC1",))
    one = journal_of(award, *blocks, name=name, person=person, body=body, company=company, civil=civil, then=then)
    records: list[Record] = []
    for position, (event, actor, at, data) in enumerate(one.journal, 1):
        prev = records[-1].hash if records else GENESIS
        records.append(chain(prev, position, name, CANDIDACY.name, at, actor, event, data))
    rows = Changes.between((), CANDIDACY.rows(one.state))
    async with database.writing() as connection:
        await journal.write(connection, Batch(
            name, CANDIDACY.name, records[-1].at, records, True, False, False, None, False, rows, None))
    return next(one.position for one in records if one.event == AWARD_VALIDATED)
