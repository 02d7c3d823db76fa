"""Papers sealed: a PAdES signature (ETSI EN 319 142-1, level B-B, or B-T with a timestamp) over the whole file.

The seal is added after the paper, so that its pages, tags and claims (PDF/A, PDF/UA) stay as they were drawn. Its field
is invisible: zero in size, out of the page's box, and to be printed, as both standards together want it.
"""
from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from server.documents.demo_seal import demo_seal
from server.documents.seal_check import name_of
from server.documents.seal_settings import SealSettings

FIELD: Final = "cachet"
DIGEST: Final = "sha256"


class SealUnavailable(Exception):
    """The timestamp authority gave no answer: nothing was sealed, and it can be tried again."""


@dataclass(frozen=True)
class Seal:
    """`demonstration`: made by ourselves, and said so wherever it is shown."""

    signer: SimpleSigner
    demonstration: bool
    timestamps: HTTPTimeStamper | None = None

    @property
    def name(self) -> str:
        """Whose seal it is, as its certificate says."""
        named = self.signer.signing_cert
        return name_of(named) if named is not None else ""

    async def seal(self, pdf: bytes, title: str) -> bytes:
        """The paper with its seal. `title` is what a screen reader says of the seal's field. SealUnavailable."""
        signer = PdfSigner(
            PdfSignatureMetadata(field_name=FIELD, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES,
                                 certify=True, docmdp_permissions=MDPPerm.NO_CHANGES),
            signer=self.signer, timestamper=self.timestamps,
            new_field_spec=SigFieldSpec(FIELD, readable_field_name=title, invis_sig_settings=InvisSigSettings(
                set_print_flag=True, box_out_of_bounds=True)))
        sealed = BytesIO()
        try:
            await cast("Any", signer).async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=sealed)
        except (TimestampRequestError, TimeoutError) as problem:
            raise SealUnavailable from problem
        return sealed.getvalue()


def read_seal(settings: SealSettings, folder: Path) -> Seal:
    """The seal that is set; without one, that for demonstration, kept in `folder`. ValueError, in words, for a file
    that is none, or does not open with its password."""
    timestamps = HTTPTimeStamper(settings.timestamp_url, timeout=settings.timestamp_seconds) \
        if settings.timestamp_url else None
    if settings.certificate_file is None:
        return Seal(demo_seal(folder), True, timestamps)
    return Seal(_own(settings.certificate_file, settings.password_file), False, timestamps)


def _own(file: Path, password_file: Path | None) -> SimpleSigner:
    try:
        password = password_file.read_bytes().strip() if password_file is not None else None
        return SimpleSigner.load_pkcs12_data(file.read_bytes(), other_certs=[], passphrase=password)
    except OSError as problem:
        raise ValueError(f"{problem.filename}: {problem.strerror}") from None
    except Exception:
        raise ValueError(f"{file} is no PKCS#12 file with a key, or its password is another") from None
