"""Every threshold of the media engine, each with its unit; the application fills it from config.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MediaSettings:
    """Names end in their unit: `_s` seconds, `_bps` bits per second, `_bytes` bytes, `_packets` RTP
    packets."""

    addresses: tuple[str, ...] = ("127.0.0.1",)
    """Announced to browsers, the preferred one first: IP addresses, or host names resolved at start."""
    bind: str = "127.0.0.1"
    """Local address of both sockets (`0.0.0.0` or `::` for every interface)."""
    udp_port: int = 0
    """0 lets the system choose a free one."""
    tcp_port: int | None = 0
    """0 lets the system choose a free one; None offers no ICE-TCP."""
    receive_buffer_bytes: int = 8 << 20
    send_buffer_bytes: int = 8 << 20
    tcp_backlog_bytes: int = 128 << 10
    """When this much waits to be sent over a TCP path, media is dropped: late is useless."""
    tcp_handshake_s: float = 10.0
    """A TCP connection that has not authenticated by then is closed."""
    tcp_connections: int = 1000
    """TCP connections at once, however many descriptors there are."""
    tcp_share: float = 0.25
    """Of the descriptors of this process, what the media TCP port may take: pages, streams and files need the rest."""
    tcp_unproven_per_address: int = 64
    """TCP connections of one address (IPv6: one /64) that have not authenticated yet."""
    tcp_rest_s: float = 0.5
    """No TCP connection is taken for so long after the system had no descriptor left."""

    connect_s: float = 30.0
    """From the offer to the end of the DTLS handshake."""
    handshakes_per_address: int = 32
    """DTLS handshakes at once with one address (IPv6: one /64); further ones wait."""
    certificate_s: float = 86_400.0
    """So long one DTLS certificate serves new connections."""
    consent_s: float = 30.0
    """RFC 7675: a peer that has proved no life for so long is gone."""
    path_silent_s: float = 3.0
    """A selected path silent for longer yields to any other that speaks."""
    sweep_s: float = 5.0
    """Between two looks at everybody's consent."""

    watchdog_s: float = 2.5
    """A publication without RTP for longer is announced as silent."""
    viewer_silent_s: float = 10.0
    """A viewer's connection without any packet for longer is shown as silent."""

    feedback_s: float = 0.1
    """Between two transport-wide feedbacks, and between two rounds of retransmission requests."""
    report_s: float = 1.0
    """Between two receiver reports, and between two measures of bit rate."""
    keyframe_s: float = 0.4
    """Least time between two keyframe requests to one publisher."""
    nack_retry_s: float = 0.08
    """A packet still missing so long after it was asked for is asked for again."""
    nack_give_up_s: float = 1.0
    ring_packets: int = 1024
    """Video packets kept for retransmission to viewers; a power of two."""
    retransmissions_per_feedback: int = 128
    """Most packets one viewer may ask for again between two feedbacks."""
    control_bytes_per_feedback: int = 4096
    """RTCP taken from one connection between two feedbacks; browsers send some hundred bytes."""
    viewer_keyframes: int = 6
    """Keyframes one viewer may ask for in a row; then one each `viewer_keyframe_s`."""
    viewer_keyframe_s: float = 2.0

    viewer_floor_bps: int = 450_000
    """Below it the video of a congested viewer alone is paused, and no publisher is slowed further for a
    viewer."""
    pause_after_s: float = 3.0
    """A viewer's line must have been full below the floor for so long."""
    slow_for_s: float = 15.0
    """So long after a viewer's line was full its publisher sends no more than that line carries."""
    resume_after_s: float = 5.0
    """A paused viewer is tried again after it, then after twice as long, up to `resume_at_most_s`."""
    resume_at_most_s: float = 60.0

    offer_limit_bytes: int = 64 << 10
    """Largest SDP accepted."""
    offer_limit_lines: int = 2000
    """The same in lines: browsers offer some two hundred."""
    views_per_source: int = 2
    """Views one seat may hold of one source (two tabs); a further one closes the oldest."""

    capture_s: float = 3.0
    """How long a capture waits for a keyframe."""
    capture_pixels: int = 4096 * 2304
    """A larger picture is not decoded."""
    jpeg_quantiser: int = 1
    """Of what a picture loses as JPEG: 1 the least, 31 the most."""
