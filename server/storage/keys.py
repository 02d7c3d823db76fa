"""Keys: what is sealed says how, and a master key's seal says by which one.

AES-256-GCM (NIST SP 800-38D). Sealed bytes are a version of this form, the id of the key where a master key seals, a
random 96-bit nonce, the ciphertext and its tag; associated data are all before the nonce and the item's id, so that no
sealed item can be put in another's place. Keyed digests are HMAC-SHA256 (RFC 2104) under a key of their own (RFC 5869).
"""
from __future__ import annotations

import hashlib
import hmac
import os
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32
ID_BYTES = 8


class Unreadable(Exception):
    """Sealed with another key, in another form, or altered since."""


class Key:
    """Seals, opens and makes keyed digests."""

    def __init__(self, raw: bytes, identity: bytes = b"") -> None:
        self._cipher = AESGCM(raw)
        self._digest = _derived(raw, b"visiojury digest", KEY_BYTES)
        self._before = VERSION + identity

    def seal(self, item: str, plain: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return self._before + nonce + self._cipher.encrypt(nonce, plain, self._before + item.encode())

    def open(self, item: str, sealed: bytes) -> bytes:
        """Unreadable unless it is this very item under this very key."""
        before, rest = sealed[:len(self._before)], sealed[len(self._before):]
        if before != self._before:
            raise Unreadable(item)
        try:
            return self._cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], before + item.encode())
        except (InvalidTag, ValueError):
            raise Unreadable(item) from None

    def digest(self, item: str, plain: bytes) -> str:
        """64 hexadecimal digits. The same words under two ids give two digests."""
        return hmac.new(self._digest, item.encode() + b"\0" + plain, hashlib.sha256).hexdigest()


class MasterKey(Key):
    """Wraps the other keys. Each of its seals bears its id, which tells nothing else of it."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.id = raw, _derived(raw, b"visiojury key id", ID_BYTES)
        super().__init__(raw, self.id)


def sealed_by(sealed: bytes) -> bytes:
    """The id of the master key that sealed this."""
    return sealed[len(VERSION):len(VERSION) + ID_BYTES]


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _derived(raw: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(raw)
