"""What a check leaves behind: its crops in the vault, its rows in the journal; both, or neither (R6.3, X1).

The comparison of faces lies in the vault whole, its row included: the chain holds a reference that says nothing, so
that a withdrawn consent leaves nothing of it."""
from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evaluation.codec import FieldError, encode
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.session.measured import FACE, Check, Side, SignalName, SignalRow
from evaluation.session.state import Hearing
from server import logs
from server.checking.supplied import lines_on
from server.identity.signals import Crop, Signal, Signals
from server.journals.of_kind import Sessions
from server.storage.journal import StaleVersion
from server.storage.purge import CAPTURE, FACE_CROP
from server.storage.vault import Vault

log = logs.logger(__name__)
JPEG = "image/jpeg"
CROPS = ("copy", "live")
ATTEMPTS, PAUSE_S = 5, 0.2
CONSENT = "X1"
"""The rule that refuses faces to which no consent is given (any more)."""
Row = Mapping[str, Any]
FRONT: tuple[SignalName, ...] = ("document", "portrait", "text", "face")
LINES: tuple[SignalName, ...] = ("mrz", "expiry", "names")


class Evidence:
    def __init__(self, sessions: Sessions, vault: Vault) -> None:
        self._sessions, self._vault = sessions, vault

    async def record(self, place: tuple[str, str], check: Check, taken_at: int, signals: Signals) -> None:
        """Keep the crops, then journal the rows, with those that the other side gave before. Consent withdrawn
        meanwhile: the face's row is dropped, with its crops; nobody waiting any more: everything is. Raises
        StaleVersion where the session kept moving on, FieldError: nothing is kept then."""
        session, hearing_id = place
        state = self._sessions.known(session)
        assert state is not None
        hearing = state.hearing(hearing_id)
        carried, expiry = await self._of_the_other_side(hearing, check.side)
        measured = [one for one in signals.rows if one.name not in carried]
        person = hearing.candidate.person
        kept = await self._rows(session, person, measured)
        fresh = {row["name"]: row for row in kept}
        rows = [fresh.get(one.name) or carried[one.name] for one in signals.rows]
        fields = {"hearing": hearing_id, "check": check.position, "taken_at": taken_at,
                  "expiry": expiry if "expiry" in carried else date_of(signals)}
        rest, face = [row for row in rows if row["name"] != FACE], next((r for r in rows if r["name"] == FACE), None)
        try:
            if not await self._journalled(session, {**fields, "rows": rest}, face):
                await self.discard(_pictures(row for name, row in fresh.items() if name == FACE))
        except (Refusal, FieldError, StaleVersion) as refused:  # nothing was kept
            log.info("check.not_kept", session=session, error=getattr(refused, "rule", type(refused).__name__))
            await self.discard(_pictures(fresh.values()))
            if not isinstance(refused, Refusal):
                raise

    async def _rows(self, session: str, person: str, measured: Sequence[Signal]) -> list[Row]:
        """Rows with their crops stored; where one cannot be, none stays, and its error is raised."""
        kept = await asyncio.gather(*(self._row(session, person, one) for one in measured), return_exceptions=True)
        failed = next((one for one in kept if isinstance(one, BaseException)), None)
        rows = [one for one in kept if not isinstance(one, BaseException)]
        if failed is not None:
            await self.discard(_pictures(rows))
            raise failed
        return rows

    async def _of_the_other_side(self, hearing: Hearing, side: Side) -> tuple[dict[str, Row], str | None]:
        """The rows that the side asked for says nothing about, as they were measured before, and the date read then.
        What this side shows is always measured anew: another document held up is never covered by an older row."""
        last = hearing.signals[-1] if hearing.signals else None
        if last is None:
            return {}, None
        document = last.row("document")
        front = FRONT if side == "back" and document is not None and document.band != "not_measurable" else ()
        lines = LINES if (lines_on(hearing) or "back") != side else ()
        carried: dict[str, Row] = {row.name: encode(row) for row in last.rows if row.name in front or (
            row.name in lines and row.band != "not_measurable")}
        texts = await self._sessions.words([one.ref for one in last.words()])
        if FACE in front and last.apart is not None and last.apart.ref in texts:
            carried[FACE] = json.loads(texts[last.apart.ref])
        return carried, None if last.expiry is None else texts.get(last.expiry.ref)

    async def discard(self, pictures: Iterable[str]) -> None:
        for one in pictures:
            await self._vault.discard(one)

    async def _journalled(self, session: str, fields: Mapping[str, object], face: Row | None) -> bool:
        """False where the consent to it was withdrawn meanwhile, and the rest was kept without it. After a failure
        that leaves open what was kept the crops stay: the rows may have been, too."""
        if face is not None:
            pictures = [one for name in CROPS if (one := face[name]) is not None]
            apart = {"apart": json.dumps(face, ensure_ascii=False), "apart_pictures": pictures}
            try:
                await self._recorded(session, {**fields, **apart})
                return True
            except Refusal as refused:
                if refused.rule != CONSENT:
                    raise
        await self._recorded(session, fields)
        return face is None

    async def _recorded(self, session: str, fields: Mapping[str, object]) -> None:
        """A session that moves on too fast is no reason to lose what was measured."""
        for left in reversed(range(ATTEMPTS)):
            try:
                await self._sessions.execute(session, SYSTEM, "RecordSignals", fields, by_server=True)
                return
            except StaleVersion:
                if not left:
                    raise
            await asyncio.sleep(PAUSE_S)

    async def _row(self, session: str, person: str, signal: Signal) -> Row:
        kind = FACE_CROP if signal.name == FACE else CAPTURE
        row = {**encode(journal_row(signal)), **dict.fromkeys(CROPS)}
        try:
            for name, crop in zip(CROPS, (signal.copy, signal.live), strict=True):
                row[name] = await self._kept(session, person, kind, crop)
        except BaseException:
            await self.discard(_pictures([row]))
            raise
        return row

    async def _kept(self, session: str, person: str, kind: str, crop: Crop | None) -> dict[str, str] | None:
        if crop is None:
            return None
        stored = await self._vault.put_file(person, session, kind, JPEG, crop.jpeg)
        return {"id": stored.id, "digest": stored.digest}


def date_of(signals: Signals) -> str | None:
    """The date of expiry as printed, where it was read."""
    expiry = signals.row("expiry")
    return str(expiry.values["date"]) if expiry is not None and "date" in expiry.values else None


def journal_row(signal: Signal) -> SignalRow:
    """As the journal holds it, without its pictures."""
    def whole(value: float | None) -> int | None:
        if value is None or signal.name == "expiry":
            return None
        return int(value) if signal.name == "document" else round(value * 1000)

    return SignalRow(signal.name, signal.band, signal.code, whole(signal.value), near=whole(signal.near),
                     away=whole(signal.away))


def _pictures(rows: Iterable[Row]) -> list[str]:
    return [row[name]["id"] for row in rows for name in CROPS if row[name] is not None]
