"""The keys: one master key in a file, one data key per subject, wrapped by the master key.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front and the item's id as associated data, so that no
sealed item can be put in another's place. Keyed digests are HMAC-SHA256 (RFC 2104) under a key of their own (RFC 5869).
"""
from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12
KEY_BYTES = 32


class Unreadable(Exception):
    """Sealed with another key, or altered since."""


class Key:
    """Seals, opens and makes keyed digests."""

    def __init__(self, raw: bytes) -> None:
        self._cipher = AESGCM(raw)
        self._digest = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"visiojury digest").derive(raw)

    def seal(self, item: str, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, item.encode())

    def open(self, item: str, sealed: bytes) -> bytes:
        """Unreadable unless it is this very item under this very key."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], item.encode())
        except (InvalidTag, ValueError):
            raise Unreadable(item) from None

    def digest(self, item: str, plain: bytes) -> str:
        """64 hexadecimal digits. The same words under two ids give two digests."""
        return hmac.new(self._digest, item.encode() + b"\0" + plain, hashlib.sha256).hexdigest()


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def read_master_key(path: Path, create: bool = True) -> Key:
    """The master key's file, made with mode 0600 if missing. ValueError when it is not a key, or others may read it."""
    if create:
        _create(path)
    if path.stat().st_mode & 0o077:
        raise ValueError(f"{path}: others may read this key; chmod 600 it")
    raw = path.read_bytes()
    if len(raw) != KEY_BYTES:
        raise ValueError(f"{path}: a master key is {KEY_BYTES} bytes, this file has {len(raw)}")
    return Key(raw)


def _create(path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written aside and linked: another process starting now finds a whole key or none, and never a second one.
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new_key())
            file.flush()
            os.fsync(file.fileno())
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
