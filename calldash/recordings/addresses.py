"""Which machines recordings may be fetched from: public ones, and those of one's own network that the settings name."""

import asyncio
import ipaddress
import socket

from calldash.problems import Problem

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


async def checked(host: str, port: int, allowed: str | None) -> str:
    """The address of `host` to connect to. Raises Problem when it has none, or one that is not public.

    The caller connects to this very address: a name that changes its address after the check gains nothing.
    """
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Problem("There is no machine called {host}.", host=host) from error
    found = [ipaddress.ip_address(answer[4][0]) for answer in answers]
    if not all(_is_public(address) or _is_allowed(host, address, allowed) for address in found):
        raise Problem("The recording's link leads to {host}, a machine of an internal network.", host=host)
    return str(found[0])


def _is_public(address: _Address) -> bool:
    """Whether an address, and the one wrapped in it, is of the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


def _is_allowed(host: str, address: _Address, allowed: str | None) -> bool:
    """Whether the settings name the machine: by its name, its address, or a network that it is in."""
    for one in filter(None, (part.strip() for part in (allowed or "").split(","))):
        if one.lower() == host.lower():
            return True
        try:
            if address in ipaddress.ip_network(one, strict=False):
                return True
        except ValueError:
            continue
    return False
