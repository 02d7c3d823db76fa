"""Serving: what is told to whoever starts it."""
from __future__ import annotations

import json

import pytest

from server import logs
from server.app.running import warn_of_plain_http
from server.config import ServerSettings


@pytest.mark.parametrize(("host", "url", "warned"), [
    ("127.0.0.1", "", False), ("::1", "", False), ("localhost", "", False), ("0.0.0.0", "", True), ("::", "", True),
    ("192.0.2.1", "https://jury.example.org", False), ("192.0.2.1", "http://jury.example.org", True),
])
def test_plain_http_that_others_can_hear_is_warned_about(capfd, host: str, url: str, warned: bool):
    logs.configure()
    warn_of_plain_http(ServerSettings(host=host, public_url=url))
    lines = [json.loads(one) for one in capfd.readouterr().err.splitlines()]
    assert [one["event"] for one in lines] == ["server.plain_http"] * warned
