"""Whether a sealed paper is as it was sealed, and by whom; how many pages a paper of ours has."""
from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from asn1crypto.x509 import Certificate
from pyhanko import keys
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True)
class SealFound:
    """`unchanged`: every byte of the file is as it was sealed. `trusted`: an authority that we know vouches for it, and
    for its timestamp where it bears one. `stamped_at` is the timestamp's, in ms since the epoch."""

    by: str
    unchanged: bool
    trusted: bool
    stamped_at: int | None

    @property
    def valid(self) -> bool:
        return self.unchanged and self.trusted


def name_of(certificate: Certificate) -> str:
    """Whose it is, as it says."""
    return str(cast("Any", certificate).subject.native.get("common_name", ""))


def authorities(file: Path | None) -> tuple[Certificate, ...]:
    """Those of a PEM file; none without one. ValueError, in words, for a file that is none."""
    if file is None:
        return ()
    try:
        return tuple(cast("Iterable[Certificate]", cast("Any", keys).load_certs_from_pemder([str(file)])))
    except (OSError, ValueError):
        raise ValueError(f"{file} holds no certificates in PEM") from None


async def find_seal(pdf: bytes, trusted: Sequence[Certificate]) -> SealFound | None:
    """None for a file without a seal, or whose seal cannot be read any more."""
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        if not found:
            return None
        known = ValidationContext(trust_roots=list(trusted), allow_fetching=False)
        status = await async_validate_pdf_signature(found[-1], known, known)
    except (PdfError, SignatureValidationError, ValueErrorWithMessage, ValueError):
        return None
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE and status.modification_level in (
        None, ModificationLevel.NONE)
    stamp = status.timestamp_validity
    vouched = stamp is None or bool(stamp.intact and stamp.valid and stamp.trusted)
    return SealFound(name_of(status.signing_cert), bool(status.intact and status.valid and whole),
                     bool(status.trusted and vouched),
                     round(stamp.timestamp.timestamp() * 1000) if stamp is not None else None)


async def page_count(pdf: bytes) -> int:
    """Read by what seals it: what opens others' documents has no place in the server's own process."""
    return await asyncio.to_thread(_pages, pdf)


def _pages(pdf: bytes) -> int:
    root = cast("Any", PdfFileReader(BytesIO(pdf)).root)
    return int(root["/Pages"]["/Count"])
