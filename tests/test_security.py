"""What SECURITY.md says of keys and algorithms is what the code does, and what an administrator reads is there."""
from __future__ import annotations

import re
from dataclasses import fields

import pytest

from server.cli import main as cli
from server.config import Config
from server.media.sfu.ice import PASSWORD_BYTES
from server.media.sfu.shim import CIPHERS, DTLS_1_2
from server.storage.keys import KEY_BYTES, NONCE_BYTES
from tests.serving import ROOT

SECURITY = (ROOT / "server" / "SECURITY.md").read_text()


def test_algorithms_and_lengths_are_those_of_the_code():
    assert (KEY_BYTES * 8, NONCE_BYTES * 8, PASSWORD_BYTES * 8, DTLS_1_2) == (256, 96, 192, 0xFEFD)
    for said in ("AES-256-GCM, 96-bit random nonce", "192-bit password", "DTLS 1.2 or later",
                 "ECDHE-ECDSA with AES-128-GCM, AES-256-GCM or ChaCha20-Poly1305"):
        assert SECURITY.count(said) == 1
    assert CIPHERS.decode().split(":") == [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"]


def test_every_setting_and_command_it_names_exists():
    named = set(re.findall(r"`(storage|server|limits|media|mail|ice|retention)\.([a-z_]+)`", SECURITY))
    known = {(section.name, one.name) for section in fields(Config)
             for one in fields(getattr(Config(), section.name))}
    assert len(named) >= 10
    assert named - known == set()
    commands = set(re.findall(r"`visiojury ([a-z-]+)`", SECURITY))
    assert commands >= {"rotate-key", "doctor", "erase", "demo"}
    for command in sorted(commands):
        with pytest.raises(SystemExit) as end:
            cli._parser().parse_args([command, "--help"])
        assert (command, end.value.code) == (command, 0)
    assert "[`server/SECURITY.md`](server/SECURITY.md)" in (ROOT / "README.md").read_text()
