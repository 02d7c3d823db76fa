"""[server]: the address, its proxies, and what a connection may take."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from server.config.fields import NotEmpty, Port, Positive


@dataclass(frozen=True)
class ServerSettings:
    host: NotEmpty = "127.0.0.1"
    port: Port = 8080
    """0 lets the system choose a free one."""
    public_url: str = ""
    """As browsers and letters write it, without a slash at the end; empty: http://HOST:PORT, "localhost" for this
    machine: a passkey needs a name."""
    locale: Literal["fr", "en"] = "fr"
    """The language of a browser that states none we have, and of letters."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    shutdown_seconds: Positive = 10
    log_addresses: Literal["whole", "network", "none"] = "whole"
    """What security events say of where a request came from: its address, the network it is in (IPv4 /24, IPv6 /48) or
    nothing. How long logs are kept is for whoever collects them."""
    clock_look_seconds: Positive = 10
    """Between two looks at whether the machine's clock was set."""
    clock_step_milliseconds: Positive = 1000
    """By which it must have been set for the log and /healthz to say so."""
    clock_ahead_hours: Positive = 24
    """A start goes on from the newest event of the open sessions. A session dated further ahead of the machine's clock
    than this moves nobody else's time: its own stands still until then."""
    hsts_subdomains: bool = True
    """Over HTTPS browsers are told to stay there, on subdomains of the public address, too (RFC 6797 §6.1.2)."""
    connections: Positive = 2000
    """At once, HTTP; the one idle for longest gives way to a new one."""
    connections_share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    """Of the descriptors this process may have open: never more connections than that."""
    connections_per_address: Positive = 200
    """At once; our own proxies have as many as they like."""
    backlog: Positive = 128
    """Connections that wait to be taken."""
    keep_alive_seconds: Positive = 75
    """How long a connection idles between two requests."""
    header_seconds: Positive = 15
    """From a connection's, or a request's, first byte to the end of its headers."""
    header_lines: Positive = 100
    header_bytes: Positive = 8190
    """Of one header, and of the line with the address."""
    body_silent_seconds: Positive = 20
    """Of a body nothing comes for longer, or nothing of an answer is read: it is given up."""
    body_bytes_per_second: Positive = 500
    """A body that has come more slowly since `body_silent_seconds`, or was read more slowly, is given up."""

    @property
    def https(self) -> bool:
        """Whether browsers reach us by https."""
        return self.public_url.startswith("https://")
