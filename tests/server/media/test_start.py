"""Starting the engine: the libraries it relies on, its ports, its buffers."""

from __future__ import annotations

import dataclasses
import socket

import aiortc
import pytest
from structlog.testing import capture_logs

from server.media.media_settings import MediaSettings
from server.media.sfu import shim
from server.media.sfu.built_in_engine import Sfu


class TestShim:
    def test_another_version_of_aiortc_is_refused(self, monkeypatch):
        monkeypatch.setattr(aiortc, "__version__", "1.17.0")
        with pytest.raises(shim.ShimError, match=r"1\.16\.0 is required, 1\.17\.0 is installed"):
            shim.verify()

    @pytest.mark.parametrize("name", ["start", "_recv_next", "_set_state"])
    def test_a_missing_attribute_is_named(self, monkeypatch, name):
        monkeypatch.delattr(shim.RTCDtlsTransport, name)
        with pytest.raises(shim.ShimError, match=name):
            shim.verify()

    async def test_what_is_verified_at_start(self, monkeypatch):
        monkeypatch.setattr(shim, "AIORTC", "0.0.1")
        engine = Sfu()
        with pytest.raises(shim.ShimError):
            await engine.start()
        await engine.stop()


class TestPorts:
    @pytest.mark.parametrize("kind", [socket.SOCK_DGRAM, socket.SOCK_STREAM])
    async def test_a_taken_port_is_said_and_nothing_stays_open(self, kind):
        with socket.socket(socket.AF_INET, kind) as taken:
            taken.bind(("127.0.0.1", 0))
            if kind == socket.SOCK_STREAM:
                taken.listen()
            port = taken.getsockname()[1]
            ports = {"udp_port": port} if kind == socket.SOCK_DGRAM else {"tcp_port": port}
            engine = Sfu(dataclasses.replace(MediaSettings(), **ports))
            with pytest.raises(OSError, match=r"[Aa]ddress already in use"):
                await engine.start()
            await engine.stop()

    async def test_the_announced_addresses_are_those_configured(self):
        settings = dataclasses.replace(MediaSettings(), addresses=("203.0.113.7", "localhost"), tcp_port=None)
        engine = Sfu(settings)
        await engine.start()
        found = [[*line.split()[2:6:2], line.split()[5]] for line in engine._port.candidates()]
        assert [(transport, address) for transport, address, _ in found] == [
            ("udp", "203.0.113.7"),
            ("udp", "127.0.0.1"),
        ]
        assert {port for _, _, port in found} == {str(engine.udp_port)}
        assert engine.tcp_port is None
        await engine.stop()


async def test_a_buffer_the_system_caps_is_logged():
    engine = Sfu(dataclasses.replace(MediaSettings(), receive_buffer_bytes=1 << 30, send_buffer_bytes=4096))
    with capture_logs() as logs:
        await engine.start()
    await engine.stop()
    capped = [entry for entry in logs if entry["event"] == "media.socket_buffer_capped"]
    assert [(entry["buffer"], entry["sysctl"]) for entry in capped] == [("receive", "net.core.rmem_max")]
    assert 0 < capped[0]["got_bytes"] < 1 << 30
