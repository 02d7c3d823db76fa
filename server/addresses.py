"""Addresses of peers, and whom one stands for."""
from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

LOOPBACKS = frozenset({"127.0.0.1", "::1"})
SUBSCRIBER_BITS = 64
"""What one IPv6 subscriber has to choose addresses from, at the least (RFC 6177): it counts as one address."""
Address = IPv4Address | IPv6Address


def parse_address(text: str) -> Address | None:
    """None for what is no address, as a Unix socket's."""
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def network_of(address: Address, bits: int) -> Address:
    """The first address of its network."""
    return ip_network((address, bits), strict=False).network_address


def who_at(address: str) -> str:
    """Whom a limit counts at an address: for IPv6, everybody of its /64."""
    found = parse_address(address)
    if isinstance(found, IPv6Address):
        return f"{network_of(found, SUBSCRIBER_BITS)}/{SUBSCRIBER_BITS}"
    return str(found or address)


def named(host: str) -> str:
    """As an address in a browser. This machine is called by its name: a passkey belongs to a name, never to a number
    (Web Authentication Level 3, 5.1.3: the relying party's id is a domain)."""
    if host in LOOPBACKS:
        return "localhost"
    return f"[{host}]" if ":" in host else host
