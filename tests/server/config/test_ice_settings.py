"""What browsers are told to reach the media port by."""
import base64
import hashlib
import hmac

from server.config import IceSettings, ice_servers


def test_turn_credentials_are_those_of_the_turn_rest_api(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("north\n")
    settings = IceSettings(("stun:s",), ("turn:t",), secret, ttl_seconds=60)
    digest = hmac.new(b"north", b"1060:seat", hashlib.sha1).digest()
    assert ice_servers(settings, "seat", 1_000_999) == [
        {"urls": ["stun:s"]},
        {"urls": ["turn:t"], "username": "1060:seat", "credential": base64.b64encode(digest).decode()},
    ]


def test_no_ice_servers_by_default():
    assert ice_servers(IceSettings(), "seat", 0) == []
