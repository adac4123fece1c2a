"""Where a request comes from, for counting what strangers do."""

from ipaddress import IPv6Address, ip_address
from typing import Any

from tinhso.core.settings import current


def address_of(request: Any) -> str:
    """The visitor's address; empty when none can be told."""
    passed_on = request.headers.get("X-Forwarded-For", "") if current().trust_proxy else None
    return visitor(request.META.get("REMOTE_ADDR", ""), passed_on)


def visitor(nearest: str, passed_on: str | None) -> str:
    """The address to count by: of IPv6 the network's part, for one line has a whole network.

    `passed_on` is what a server in front wrote into `X-Forwarded-For`; of it only the last is its own word, and without
    it everybody would be one visitor: then nobody is counted. None: there is no server in front.
    """
    given = nearest if passed_on is None else passed_on.rpartition(",")[2]
    try:
        address = ip_address(given.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)
