"""Real WebRTC peers for the tests: aiortc clients, a camera that costs little, a relay that loses packets."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import random
import struct
import sys
import termios
import time
from collections.abc import Callable
from fractions import Fraction
from typing import cast

import av
import numpy as np
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, MediaStreamTrack
from aiortc.rtp import AnyRtcpPacket, RtcpPacket, RtpPacket

from server.media.engine import Negotiated, RoomRights, SourceName
from server.media.sfu.built_in_engine import Sfu
from tests.pace import patient

ROOM = "room"
FRAME_RATE = 20


class Camera(MediaStreamTrack):
    """A small moving picture; `colour` is its luma, so that a viewer can tell two publishers apart."""

    kind = "video"

    def __init__(self, colour: int = 128, size: tuple[int, int] = (160, 120)) -> None:
        super().__init__()
        self.colour, self.size, self._count, self._start = colour, size, 0, time.monotonic()

    async def recv(self) -> av.VideoFrame:
        self._count += 1
        await asyncio.sleep(max(0.0, self._start + self._count / FRAME_RATE - time.monotonic()))
        width, height = self.size
        picture = np.full((height, width, 3), self.colour, np.uint8)
        picture[:16, self._count % (width - 16) :][:, :16] = 255
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = self._count * 90000 // FRAME_RATE, Fraction(1, 90000)
        return frame


class Client:
    """One aiortc connection and what it has received. `frames` and `packets` count; `sequences` is by
    SSRC."""

    def __init__(self) -> None:
        configuration = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        self.pc = RTCPeerConnection(configuration)
        self.resource = self.etag = ""
        self.frames: dict[str, int] = {"audio": 0, "video": 0}
        self.packets: list[RtpPacket] = []
        self.arrivals: list[float] = []
        self.luma = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self.rtcp: list[AnyRtcpPacket] = []
        self.pc.on("track", self._on_track)

    @property
    def dtls(self):
        return self.pc.getTransceivers()[0].receiver.transport

    @property
    def connection(self):
        return self.dtls.transport._connection

    def codec(self, kind: str, rtx: bool = False):
        """As negotiated: the codec of one kind, or its retransmission format."""
        return next(t for t in self.pc.getTransceivers() if t.kind == kind)._codecs[1 if rtx else 0]

    def of_kind(self, kind: str) -> list[RtpPacket]:
        """Received RTP packets of one kind, retransmissions left out."""
        return [p for p in self.packets if p.payload_type == self.codec(kind).payloadType]

    def repaired(self) -> set[int]:
        """Sequence numbers of video packets that came by retransmission."""
        rtx = self.codec("video", rtx=True).payloadType
        return {int.from_bytes(p.payload[:2], "big") for p in self.packets if p.payload_type == rtx}

    async def offer(self) -> str:
        await self.pc.setLocalDescription(await self.pc.createOffer())
        return self.pc.localDescription.sdp

    async def accept(self, negotiated: Negotiated, port: int | None = None) -> None:
        """`port`: the relay to go through instead of the server's own UDP port."""
        self.resource, self.etag = negotiated.resource, negotiated.etag
        sdp = without_tcp(negotiated.sdp)
        if port is not None:
            sdp = "".join(_at_port(line, port) for line in sdp.splitlines(keepends=True))
        self._listen()
        await self.pc.setRemoteDescription(RTCSessionDescription(sdp, "answer"))

    async def connected(self) -> None:
        await until(lambda: self.pc.connectionState == "connected")

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await self.pc.close()

    def vanish(self) -> None:
        """As a killed browser does: nothing is said, nothing answered."""
        for protocol in self.connection._protocols:
            protocol.transport.abort()
        for transceiver in self.pc.getTransceivers():
            transceiver.sender.replaceTrack(None)

    def _listen(self) -> None:
        handle = self.dtls._handle_rtp_data

        async def listening(data: bytes, arrival_time_ms: int) -> None:
            self.packets.append(RtpPacket.parse(data, self.dtls._rtp_header_extensions_map))
            self.arrivals.append(time.monotonic())
            await handle(data, arrival_time_ms=arrival_time_ms)

        self.dtls._handle_rtp_data = listening
        handle_rtcp = self.dtls._handle_rtcp_data

        async def listening_rtcp(data: bytes) -> None:
            self.rtcp.extend(RtcpPacket.parse(data))
            await handle_rtcp(data)

        self.dtls._handle_rtcp_data = listening_rtcp

    def _on_track(self, track: MediaStreamTrack) -> None:
        self._tasks.append(asyncio.ensure_future(self._consume(track)))

    async def _consume(self, track: MediaStreamTrack) -> None:
        while True:
            frame = await track.recv()
            self.frames[track.kind] += 1
            if isinstance(frame, av.VideoFrame):
                self.luma = float(frame.to_ndarray(format="gray").mean())


async def publish(
    sfu: Sfu,
    seat: str,
    source: SourceName = "main",
    colour: int = 128,
    port: int | None = None,
    size: tuple[int, int] = (160, 120),
) -> Client:
    client = Client()
    if source == "main":
        client.pc.addTransceiver(AudioStreamTrack(), "sendonly")
    client.pc.addTransceiver(Camera(colour, size), "sendonly")
    await client.accept(await sfu.publish(ROOM, seat, source, await client.offer()), port)
    await client.connected()
    return client


async def view(sfu: Sfu, seat: str, peer: str, source: SourceName = "main", port: int | None = None) -> Client:
    client = Client()
    if source == "main":
        client.pc.addTransceiver("audio", "recvonly")
    client.pc.addTransceiver("video", "recvonly")
    await client.accept(await sfu.view(ROOM, seat, peer, source, await client.offer()), port)
    await client.connected()
    return client


def everybody(*seats: str) -> RoomRights:
    """Each may publish both sources, and see and hear all the others."""
    return RoomRights(
        publish={s: frozenset[SourceName](("main", "second")) for s in seats},
        view={s: frozenset(seats) - {s} for s in seats},
    )


async def until(condition: Callable[[], object], timeout: float = 8.0) -> None:
    deadline = time.monotonic() + patient(timeout)
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        await asyncio.sleep(0.02)


def without_tcp(sdp: str) -> str:
    """aioice speaks UDP alone."""
    return "".join(line for line in sdp.splitlines(keepends=True) if " 1 tcp " not in line)


def _at_port(line: str, port: int) -> str:
    words = line.split(" ")
    if line.startswith("a=candidate:"):
        words[5] = str(port)
    return " ".join(words)


class Relay(asyncio.DatagramProtocol):
    """UDP through 127.0.0.1 with loss: each side's `lose_*` is asked about every packet of media."""

    def __init__(self, server_port: int) -> None:
        self.server = ("127.0.0.1", server_port)
        self.lose_up: Callable[[bytes], bool] = lambda data: False
        self.lose_down: Callable[[bytes], bool] = lambda data: False
        self.lost = 0
        self._ups: dict[tuple[str, int], _Up] = {}

    async def open(self) -> int:
        loop = asyncio.get_running_loop()
        self.transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=("127.0.0.1", 0))
        return self.transport.get_extra_info("sockname")[1]

    def close(self) -> None:
        self.transport.close()
        self.rebind()

    def rebind(self) -> None:
        """Every peer's address changes, as behind a NAT that forgot."""
        for up in self._ups.values():
            up.close()
        self._ups.clear()

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        up = self._ups.get(addr)
        if up is None:
            up = self._ups[addr] = _Up(self, addr)
        if is_media(data) and self.lose_up(data):
            self.lost += 1
        else:
            up.send(data)

    def down(self, data: bytes, addr: tuple[str, int]) -> None:
        if is_media(data) and self.lose_down(data):
            self.lost += 1
        else:
            self.transport.sendto(data, addr)


class _Up(asyncio.DatagramProtocol):
    def __init__(self, relay: Relay, client: tuple[str, int]) -> None:
        self._relay, self._client, self._waiting = relay, client, list[bytes]()
        self._transport: asyncio.DatagramTransport | None = None
        self._task = asyncio.ensure_future(
            asyncio.get_running_loop().create_datagram_endpoint(lambda: self, remote_addr=relay.server)
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)
        for data in self._waiting:
            self.send(data)

    def send(self, data: bytes) -> None:
        if self._transport is None:
            self._waiting.append(data)
        else:
            self._transport.sendto(data)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._relay.down(data, self._client)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class TcpBridge(asyncio.DatagramProtocol):
    """Carries an aiortc peer's datagrams to the server's TCP port with RFC 4571 framing."""

    def __init__(self, server_port: int) -> None:
        self._port, self._client, self.packets, self._paused = server_port, None, 0, False

    async def open(self) -> int:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._task = asyncio.ensure_future(self._read())
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: self, local_addr=("127.0.0.1", 0)
        )
        self._transport = transport
        return transport.get_extra_info("sockname")[1]

    def close(self) -> None:
        self._task.cancel()
        self._writer.close()
        self._transport.close()

    def pause(self) -> None:
        """Reads no more: what the server sends piles up on both sides. Says no more either, for a closed socket
        answers that with a reset of its own."""
        self._task.cancel()
        self._paused = True
        cast(asyncio.Transport, self._writer.transport).pause_reading()

    async def drain(self) -> int:
        """Reads to the end. Returns how many bytes came that had not arrived here yet."""
        descriptor = os.dup(self._writer.get_extra_info("socket").fileno())
        there = int.from_bytes(fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4)), sys.byteorder)
        read, ended = 0, False
        for _ in range(100):
            await asyncio.sleep(0.01)
            try:
                data = os.read(descriptor, 1 << 20)
            except BlockingIOError:
                continue
            except ConnectionResetError:
                data = b""
            read += len(data)
            if not data:
                ended = True
                break
        os.close(descriptor)
        assert ended, "the connection goes on"
        return read - there

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._client = addr
        if self._paused:
            return
        self._writer.write(struct.pack("!H", len(data)) + data)

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                length = struct.unpack("!H", await self._reader.readexactly(2))[0]
                data = await self._reader.readexactly(length)
                self.packets += 1
                self._transport.sendto(data, self._client)


def is_media(data: bytes) -> bool:
    return 127 < data[0] < 192


def is_rtcp(data: bytes) -> bool:
    return is_media(data) and 191 < data[1] < 224


def losing(share: float, seed: int = 1) -> Callable[[bytes], bool]:
    chance = random.Random(seed)
    return lambda data: not is_rtcp(data) and chance.random() < share
