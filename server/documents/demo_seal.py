"""A seal for demonstration: its certificate vouches for itself alone, and says so in its name. Made once in a folder,
so that all papers of one installation bear the same."""
from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign.signers import SimpleSigner

from server.durable import write_new

FILE: Final = "demonstration-seal.p12"
NAME: Final = "Visiojury, cachet de démonstration"
LASTS: Final = timedelta(days=3650)


def demo_seal(folder: Path) -> SimpleSigner:
    """The seal that is kept in the folder, made where there is none yet. ValueError for a file that is none."""
    file = folder / FILE
    if not file.exists():
        with contextlib.suppress(FileExistsError):  # another process made it meanwhile
            write_new(file, made_seal(NAME))
    try:
        return SimpleSigner.load_pkcs12_data(file.read_bytes(), other_certs=[])
    except Exception:
        raise ValueError(f"{file} is damaged: take it away, and another is made") from None


def made_seal(name: str, password: bytes | None = None) -> bytes:
    """A key and a certificate that vouches for itself, as PKCS#12."""
    key = ec.generate_private_key(ec.SECP256R1())
    who, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    for_seals = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False)
    certificate = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LASTS).add_extension(for_seals, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True).sign(key, SHA256()))
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, None, BestAvailableEncryption(password) if password else NoEncryption())
