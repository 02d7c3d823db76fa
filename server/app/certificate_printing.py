"""The papers of certificates, made as soon as their numbers are given: sealed, and kept under the register's own key.
What a restart interrupts is made after it."""
from __future__ import annotations

import asyncio
from typing import Any, Final

from evaluation.body.kind import BODY
from evaluation.body.state import BodyState
from evaluation.deadlines import day_of
from evaluation.people import SYSTEM
from evaluation.register.kind import REGISTER
from evaluation.register.state import Certificate, RegisterState
from evaluation.rules import Refusal
from server import logs
from server.clock import Now
from server.documents.certificate_pdf import certificate_pdf
from server.documents.seals import Seals
from server.http.office.framework_files import framework_of
from server.journals.ledger import Commit
from server.journals.write_path import Journals
from server.people.certificate_holder import holder_of
from server.rounds import go_rounds
from server.storage.rows import Entry, Rows
from server.storage.vault import Vault
from server.views.register.certificate_paper import Printing, certificate_paper

log = logs.logger(__name__)
PRINTS: Final = "certificate_prints"
PAPER: Final = "paper"


class CertificatePrinting:
    """`url` is where the public pages are."""

    def __init__(self, journals: Journals, rows: Rows, vault: Vault, seals: Seals, now: Now, url: str,
                 retry_seconds: float) -> None:
        self._journals, self._rows, self._vault, self._seals = journals, rows, vault, seals
        self._now, self._url, self._retry = now, url, retry_seconds
        self._woken = asyncio.Event()

    def wake(self, commit: Commit[Any]) -> None:
        """A listener of `Journals.on_commit`: a number may have been given."""
        if commit.kind.name == REGISTER.name and commit.records:
            self._woken.set()

    async def run(self) -> None:
        """Until cancelled."""
        await go_rounds(self._woken, self._round, log, failed="certificates.failed", again_seconds=self._retry)

    async def _round(self) -> float | None:
        return None if await self.print_all() else self._retry

    async def print_all(self) -> bool:
        """Everything that waits, in the order of the numbers; whether nothing is left. Safe to repeat; one that fails
        holds up no other."""
        left = [await self._printed(row) for row in await self._rows.page(PRINTS, order="key")]
        return all(left)

    async def _printed(self, row: Entry) -> bool:
        number, copy = int(str(row.data["number"])), int(str(row.data["duplicate"]))
        try:
            await self._print(row.stream, number, copy)
        except Refusal:  # replaced or revoked meanwhile: there is nothing to print any more
            return True
        except Exception as error:
            log.error("certificates.failed", exc_info=error, session=row.stream)
            return False
        return True

    async def _print(self, register: str, number: int, copy: int) -> None:
        state = await self._journals.state(REGISTER, register)
        body = await self._journals.state(BODY, state.body) if state is not None else None
        if state is None or body is None:
            return
        drawn = await self._draw(state, body, state.certificate(number), copy)
        subject = f"stream:{register}"
        name = self._vault.digest("certificate", f"{register} {number} {copy}".encode())[:32]
        kept = await self._vault.put_file(subject, register, PAPER, "application/pdf", drawn, name=name)
        await self._journals.execute(REGISTER, register, SYSTEM, "KeepPaper", {
            "number": number, "paper": {"file": name, "digest": kept.digest}, "duplicate": copy}, by_server=True)

    async def _draw(self, state: RegisterState, body: BodyState, one: Certificate, copy: int) -> bytes:
        texts = await self._vault.read_words([one.holder.ref])
        holder = holder_of(texts.get(one.holder.ref, ""))
        if holder is None:
            raise ValueError("the register's copy of the name cannot be read")
        replaced = state.text(one.replaces) if one.replaces is not None else ""
        blocks, address = _framework(body, one)
        written = certificate_paper(Printing(
            one, holder, body.name, address, blocks, f"{self._url}/certificate/{one.text}/{one.code}",
            self._seals.demonstration, day_of(self._now()), copy, replaced))
        return (await self._seals.seal(await certificate_pdf(written), f"{written['title']} {one.text}")).content


def _framework(body: BodyState, one: Certificate) -> tuple[dict[str, str], tuple[str, ...]]:
    """The titles of the blocks and the awarding body's address, as far as the version's file is here."""
    known = (each.certification for each in body.in_force
             if (each.certification.code, each.certification.version) == (one.under, one.version))
    certification = next(known, None)
    file = framework_of(certification) if certification is not None else None
    return ({each.code: each.title for each in file.blocks}, file.appeal_address) if file is not None else ({}, ())
