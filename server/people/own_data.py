"""All that is held on one person, as a ZIP that a person can read (X1): who they are, their seats and candidacies, what
they wrote, the papers about them. Never what others wrote, nor a mark: that is not theirs to be given here."""
from __future__ import annotations

import asyncio
import io
import json
import zipfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, cast

from evaluation.candidacy.kind import CANDIDACY
from evaluation.candidacy.state import CandidacyState
from evaluation.deadlines import day_of
from server.journals.write_path import Journals
from server.people.cases_in_data import told_of_bars, told_of_candidacy, told_of_cases
from server.storage.accounts import Accounts
from server.storage.rows import Rows
from server.storage.vault import Erased, StoredFile, Unreadable, Vault

ASKED: Final = ("case_parties", "case_people", "sitting_people")
"""Indexes of who is asked something, or takes a part, in a case that is another's; of who sits in a certification jury.
"""
DRAWN: Final = ("image/webp", "application/json")
"""Pictures of pages and their text: made of a paper that is there as a file."""
ENDINGS: Final = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
HEADS: Final = {
    "identite": "Ce que la plateforme sait de vous", "places": "Vos places dans les journées de jury",
    "candidatures": "Vos candidatures", "dossiers": "Les dossiers d’incident ou de recours qui vous concernent",
    "interdictions": "Les interdictions de se présenter", "ecrits": "Ce que vous avez écrit",
    "fichiers": "Les fichiers qui vous concernent"}
ABOUT: Final = (
    "Ce dossier contient ce que Visiojury conserve à votre sujet. Les mêmes informations sont dans donnees.json, pour "
    "un logiciel, et les documents dans le dossier fichiers. Il ne contient ni ce que d’autres ont écrit, ni les notes "
    "et avis du jury. Pour corriger ou faire effacer vos données, écrivez à l’organisme certificateur.")


@dataclass(frozen=True)
class OwnData:
    """Where it is looked up."""

    accounts: Accounts
    journals: Journals
    rows: Rows
    vault: Vault

    async def zipped(self, person: str) -> AsyncIterator[bytes]:
        """The ZIP, piece by piece: one file of it is in memory at a time. LookupError for nobody who is known."""
        profile = await self.accounts.profile(person)
        if profile is None:
            raise LookupError(person)
        files = [one for one in await self.vault.all_files_of(person) if one.media_type not in DRAWN]
        told = await self._told(person, profile, files)
        sink = _Sink()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("index.html", page(told))
            archive.writestr("donnees.json", json.dumps(told, ensure_ascii=False, indent=2))
            yield sink.taken()
            for one in files:
                try:
                    data = await self.vault.read_file(one.id)
                except (FileNotFoundError, Erased, Unreadable):  # gone meanwhile, or spoiled: it is listed all the same
                    continue
                await asyncio.to_thread(archive.writestr, f"fichiers/{file_name(one)}", data)
                yield sink.taken()
        yield sink.taken()

    async def _told(self, person: str, profile: Mapping[str, Any], files: Sequence[StoredFile]) -> dict[str, Any]:
        seats = await self.rows.page("seats", person=person)
        candidacies = await self.rows.page("candidacies", person=person)
        cases = await self.rows.page("cases", person=person)
        asked = [one for index in ASKED for one in await self.rows.page(index, person=person)]
        streams = dict.fromkeys(row.stream for row in (*seats, *candidacies, *cases, *asked))
        acting = {person, *(row.key for row in seats)}
        return {
            "identite": dict(profile),
            "places": [{"session": row.stream, "place": row.key, "role": row.status} for row in seats],
            "candidatures": [await self._candidacy(row.stream) for row in candidacies],
            "dossiers": await told_of_cases(cases, self.journals, self.vault),
            "interdictions": await told_of_bars(person, self.rows),
            "ecrits": [one for stream in streams for one in await self._written(stream, acting)],
            "fichiers": [{"nom": file_name(one), "sorte": one.kind, "recu_le": day_of(one.created_at).isoformat(),
                          "octets": one.size} for one in files]}

    async def _candidacy(self, stream: str) -> dict[str, Any]:
        state = await self.journals.state(CANDIDACY, stream)
        assert isinstance(state, CandidacyState)
        told: dict[str, Any] = {
            "certification": state.certification.code, "titre": state.certification.title,
            "ouverte_le": state.opened_on.isoformat(), "resultats": [
                {"jour": one.awarded.ruled_on.isoformat(), "attribution": one.awarded.award,
                 "blocs": list(one.awarded.blocks)} for one in state.standing()]}
        if state.registration is not None:
            ref = state.registration.civil.ref
            told["inscription"] = (await self.vault.read_words((ref,))).get(ref, "")
        return {**told, **await told_of_candidacy(state, self.vault)}

    async def _written(self, stream: str, acting: set[str]) -> list[dict[str, str]]:
        """The words of acts that are theirs, in the order of the journal."""
        found = [(day_of(one.at).isoformat(), one.event, ref) for one in await self.journals.records(stream)
                 if one.actor in acting for ref in refs(one.data)]
        texts = await self.vault.read_words(ref for _day, _event, ref in found)
        return [{"jour": day, "acte": event, "texte": texts[ref]} for day, event, ref in found if ref in texts]


def refs(data: object) -> Iterator[str]:
    """Of the words in what an event holds; not of what it quotes, which is of another's act."""
    if isinstance(data, dict):
        held = cast("dict[str, object]", data)
        if set(held) == {"ref", "digest"}:
            yield str(held["ref"])
        elif not {"stream", "position", "event"} <= set(held):
            for one in held.values():
                yield from refs(one)
    elif isinstance(data, list):
        for one in cast("list[object]", data):
            yield from refs(one)


def file_name(one: StoredFile) -> str:
    return f"{one.kind}-{one.id[:8]}.{ENDINGS.get(one.media_type, 'bin')}"


def page(told: Mapping[str, Any]) -> str:
    """What a person reads, without a script, in any browser."""
    parts = [f"<h2>{escape(HEADS[name])}</h2>{_shown(value)}" for name, value in told.items()]
    return ('<!doctype html><html lang="fr"><meta charset="utf-8"><title>Mes données – Visiojury</title>'
            '<body style="font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem">'
            f"<h1>Mes données</h1><p>{escape(ABOUT)}</p>{''.join(parts)}</body></html>")


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        held = cast("Mapping[str, object]", value)
        lines = "".join(f"<dt><b>{escape(name)}</b></dt><dd>{_shown(one)}</dd>" for name, one in held.items() if one)
        return f"<dl>{lines}</dl>"
    if isinstance(value, list | tuple):
        several = cast("Sequence[object]", value)
        lines = "".join(f"<li>{_shown(one)}</li>" for one in several)
        return f"<ul>{lines}</ul>" if several else "<p>Rien.</p>"
    return escape(str(value)).replace("\n", "<br>")


class _Sink(io.RawIOBase):
    """Takes what the archive writes, and gives it away."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held
