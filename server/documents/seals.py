"""The seal of one installation, read when the first paper is sealed: what seals takes long to load."""
from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from server.documents.seal_settings import SealSettings

if TYPE_CHECKING:
    from server.documents.sealing import Seal


@dataclass(frozen=True)
class SealedPaper:
    """`demonstration`: the seal proves nothing, and pages say so beside it."""

    content: bytes
    by: str
    demonstration: bool


class Seals:
    def __init__(self, settings: SealSettings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._read: Seal | None = None

    @property
    def demonstration(self) -> bool:
        """Whether papers bear a seal that proves nothing."""
        return self._settings.certificate_file is None

    async def seal(self, pdf: bytes, title: str) -> SealedPaper:
        """As `Seal.seal`; ValueError, in words, where the certificate that is set cannot be read."""
        if self._read is None:
            self._read = await asyncio.to_thread(_read, self._settings, self._folder)
        return SealedPaper(await self._read.seal(pdf, title), self._read.name, self._read.demonstration)


def _read(settings: SealSettings, folder: Path) -> Seal:
    from server.documents.sealing import read_seal

    return read_seal(settings, folder)


def in_words(settings: SealSettings, folder: Path) -> str:
    """Whose seal is set, and who is believed, for `visiojury doctor`. Nothing is made. ValueError as above."""
    from server.documents.seal_check import authorities

    known = len(authorities(settings.authorities_file))
    believed = f"{known} authorities are believed" if known else "no authority is believed: set seal.authorities_file"
    if settings.certificate_file is None:
        return f"for demonstration, proves nothing: set seal.certificate_file; {believed}"
    stamped = settings.timestamp_url or "no timestamp authority"
    return f"{_read(settings, folder).name}, {stamped}; {believed}"
