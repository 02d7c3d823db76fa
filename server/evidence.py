"""What a check leaves behind: its crops in the vault, its rows in the journal; both, or neither (R6.3, X1)."""
from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evaluation.codec import FieldError
from evaluation.people import SYSTEM
from evaluation.rules import Refusal
from evaluation.signals import FACE, Check
from evaluation.state import Hearing
from server import logs
from server.identity.signals import Crop, Signal, Signals
from server.sessions import Sessions
from server.storage.journal import StaleVersion
from server.storage.purge import CAPTURE
from server.storage.vault import Vault

log = logs.logger(__name__)
JPEG = "image/jpeg"
Row = Mapping[str, Any]


class Evidence:
    def __init__(self, sessions: Sessions, vault: Vault) -> None:
        self._sessions, self._vault = sessions, vault

    async def record(self, session: str, hearing: Hearing, check: Check, taken_at: int, signals: Signals) -> None:
        """Keep the crops, then journal the rows. Consent withdrawn meanwhile: the face's row is dropped, with its
        crops; nobody waiting any more: everything is."""
        person = hearing.candidate.person
        rows = list(await asyncio.gather(*(self._row(session, person, one) for one in signals.rows)))
        expiry = signals.row("expiry")
        date = str(expiry.values["date"]) if expiry is not None and "date" in expiry.values else None
        fields = {"hearing": hearing.id, "check": check.position, "taken_at": taken_at, "expiry": date}
        if not await self._journalled(session, fields, rows):
            faces = [row for row in rows if row["name"] == FACE]
            await self.discard(_pictures(faces))
            rest = [row for row in rows if row["name"] != FACE]
            if not faces or not await self._journalled(session, fields, rest):
                await self.discard(_pictures(rest))

    async def discard(self, pictures: Iterable[str]) -> None:
        for one in pictures:
            await self._vault.discard(one)

    async def _journalled(self, session: str, fields: Mapping[str, object], rows: Sequence[Row]) -> bool:
        """False when the rules refuse it. After any other failure the crops stay: the rows may have been kept."""
        try:
            await self._sessions.execute(session, SYSTEM, "RecordSignals", {**fields, "rows": rows}, by_server=True)
        except (Refusal, StaleVersion) as refused:
            log.info("check.not_kept", session=session, rule=getattr(refused, "rule", None))
            return False
        except FieldError:
            await self.discard(_pictures(rows))
            raise
        return True

    async def _row(self, session: str, person: str, signal: Signal) -> Row:
        copy, live = [await self._kept(session, person, one) for one in (signal.copy, signal.live)]
        return {"name": signal.name, "band": signal.band, "code": signal.code, "value": whole(signal),
                "copy": copy, "live": live}

    async def _kept(self, session: str, person: str, crop: Crop | None) -> dict[str, str] | None:
        if crop is None:
            return None
        stored = await self._vault.put_file(person, session, CAPTURE, JPEG, crop.jpeg)
        return {"id": stored.id, "digest": stored.digest}


def whole(signal: Signal) -> int | None:
    """As the journal holds it (`evaluation.signals.SignalRow`)."""
    if signal.value is None or signal.name == "expiry":
        return None
    return int(signal.value) if signal.name == "document" else round(signal.value * 1000)


def _pictures(rows: Iterable[Row]) -> list[str]:
    return [row[name]["id"] for row in rows for name in ("copy", "live") if row[name] is not None]
