"""Where readers come from, as much of it as is kept: a network, never a whole address."""

from __future__ import annotations

import ipaddress

from fastapi import Request

UNKNOWN = "unknown"


def truncate(address: str) -> str:
    """The network of 256 addresses (IPv4) or of one site (IPv6, 48 bits) that an address is in."""
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return UNKNOWN
    mapped = known.ipv4_mapped if isinstance(known, ipaddress.IPv6Address) else None
    known = mapped or known
    bits = 24 if known.version == 4 else 48
    return str(ipaddress.ip_network((known, bits), strict=False))


def address_of(request: Request) -> str:
    """The truncated address of a reader; the only form in which any part of the site may keep or log it."""
    return truncate(request.client.host) if request.client else UNKNOWN
