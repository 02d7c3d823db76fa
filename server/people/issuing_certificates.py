"""Certificates issued for many at once (R8.3): each for itself, on the award as the commission validated it, under the
names that the person has today."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain, count
from typing import Any, Final

from evaluation.body.kind import BODY
from evaluation.body.state import BodyState
from evaluation.deadlines import day_of
from evaluation.offices import OfficeRole, held
from evaluation.people import SYSTEM
from evaluation.quoted_events import CERTIFICATION_SUPERSEDED
from evaluation.register.kind import REGISTER
from evaluation.register.terms import register_id
from evaluation.rules import N_, Refusal
from server.clock import Now
from server.config import CertificateSettings
from server.journals.write_path import Journals, KeyReused
from server.people.certificate_holder import Holder, holder_from
from server.storage.accounts import Accounts
from server.storage.mass_acts import MassAct
from server.storage.rows import Entry, Rows
from server.storage.vault import Vault

ISSUE_CERTIFICATES: Final = "issue-certificates"
TO_CERTIFY, CERTIFICATES = "to_certify", "issued_certificates"
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a code: none that looks like another."""
CODE_LETTERS: Final = 16
NO_LONGER: Final = N_("Cette attribution n’attend plus de certificat : il est établi, ou l’attribution est suspendue.")
NO_NAME: Final = N_("Les données de cette personne sont effacées : il n’y a plus de nom à écrire sur le certificat.")
NO_CLERK: Final = N_("Vous ne tenez plus le secrétariat de l’organisme certificateur : une autre personne peut établir "
                     "ces certificats.")


def certificate_code(vault: Vault, what: str) -> str:
    """Nobody can guess it who has not the platform's key; the same however often it is asked for."""
    number, letters = int(vault.digest("certificate code", what.encode()), 16), ""
    for _ in range(CODE_LETTERS):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


class IssuingCertificates:
    def __init__(self, journals: Journals, rows: Rows, accounts: Accounts, vault: Vault, now: Now,
                 settings: CertificateSettings) -> None:
        self._journals, self._rows, self._accounts, self._vault = journals, rows, accounts, vault
        self._now, self._settings = now, settings

    async def issue(self, act: MassAct, item: str, key: str) -> None:
        """A `Handler` of acts for many: `item` is a candidacy, the act's stream the awarding body."""
        row = await self._rows.one(TO_CERTIFY, item)
        if row is None or row.body != act.stream:
            if await self._issued(item, act.begun_at):  # before a restart
                return
            raise Refusal("R8.3", NO_LONGER)
        body = await self._journals.state(BODY, act.stream)
        if body is None:
            raise LookupError(act.stream)
        try:
            await self._issue(body, act.actor, row, key)
        except KeyReused:  # it was issued before a restart, under what was known then
            return

    async def _issued(self, candidacy: str, since: int) -> bool:
        """Whether it was done since."""
        row = await self._rows.one("candidacies", candidacy)
        rows = await self._rows.page(CERTIFICATES, person=row.person) if row is not None else ()
        return any(row.data["candidacy"] == candidacy and (row.at or 0) >= since for row in rows)

    async def _issue(self, body: BodyState, person: str, row: Entry, key: str) -> None:
        candidacy, position = row.key, int(str(row.data["position"]))
        holder = await self._holder(row)
        ruled_on = date.fromisoformat(str(row.data["ruled_on"]))
        register = await self.open(body.id, date.fromisoformat(str(row.data["validated_on"])).year)
        await self._journals.execute(REGISTER, register, person, "IssueCertificate", {
            "candidacy": candidacy, "award": await self._journals.quote(candidacy, position),
            "holder": holder.as_words(), "code": certificate_code(self._vault, f"{candidacy} {position} {key}"),
            "office": await self._office(body, person),
            "superseded": await self._superseded(body, str(row.about), ruled_on)}, key=key)

    async def _holder(self, row: Entry) -> Holder:
        profile: Mapping[str, Any] | None = await self._accounts.profile(row.person or "")
        holder = holder_from(profile or {})
        if holder is None:
            raise Refusal("X1", NO_NAME)
        return holder

    async def open(self, body: str, year: int) -> str:
        """The register of a year, begun where it is not yet."""
        register = register_id(body, year)
        if await self._journals.state(REGISTER, register) is None:
            try:
                await self._journals.execute(REGISTER, register, SYSTEM, "OpenRegister", {
                    "register": register, "body": body, "year": year, "prefix": await self._prefix(body)},
                    by_server=True)
            except Refusal:  # somebody else's certificate was quicker
                if await self._journals.state(REGISTER, register) is None:
                    raise
        return register

    async def _prefix(self, body: str) -> str:
        """The one that is set; with a number where another awarding body has it: no two have a number in common."""
        taken, wanted = set[str](), self._settings.prefix
        for register in await self._journals.stream_ids(REGISTER):
            state = await self._journals.state(REGISTER, register)
            taken |= {state.prefix} if state is not None and state.body != body else set()
        others = (f"{wanted}{number}" for number in count(2))
        return next(one for one in chain((wanted,), others) if one not in taken)

    async def _office(self, body: BodyState, person: str) -> dict[str, object]:
        today = day_of(self._now())
        mine = next((one for one in body.offices.values()
                     if one.office.role is OfficeRole.CLERK and held((one.office,), person, today)), None)
        if mine is None:
            raise Refusal("X15", NO_CLERK)
        return await self._journals.quote(body.id, mine.position)

    async def _superseded(self, body: BodyState, code: str, ruled_on: date) -> list[dict[str, object]]:
        """How other codes took the place of the certification's by the day of the ruling, in their order."""
        following, found = body.superseded.get(code), list[dict[str, object]]()
        if following is None or following.since > ruled_on:
            return found
        records = await self._journals.records(body.id)
        said = {str(one.data["code"]): one for one in records if one.event == CERTIFICATION_SUPERSEDED}
        while following is not None and following.since <= ruled_on:
            found.append(await self._journals.quote(body.id, said[code].position))
            code = following.by
            following = body.superseded.get(code)
        return found
