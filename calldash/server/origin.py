"""Where a request comes from: from a page of ours or of another site, from this machine or from elsewhere."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

_READING = ("GET", "HEAD", "OPTIONS")
_THROUGH_A_PROXY = ("forwarded", "x-forwarded-for", "x-real-ip")


def address_of(scope: Scope) -> str:
    """The address a request comes from, as far as this machine can tell."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def from_here(scope: Scope) -> bool:
    """Whether somebody on this machine asks, by a name of this machine: a proxy on it speaks for others, and a name
    that another site had pointed here speaks for that site."""
    headers = Headers(scope=scope)
    if any(name in headers for name in _THROUGH_A_PROXY) or not is_this_machine(_host(headers.get("host", ""))):
        return False
    return not scope.get("client") or _is_loopback(address_of(scope))


def from_another_site(scope: Scope) -> bool:
    """Whether a page of another site opens a socket or sends something. Reading is judged by the routes."""
    headers = Headers(scope=scope)
    if scope["type"] == "http" and scope["method"] in _READING:
        return False
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.casefold() != headers.get("host", "").casefold()


def _host(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def is_this_machine(name: str) -> bool:
    """Whether a name or an address leads from a machine to itself, and from nowhere else."""
    return name == "localhost" or _is_loopback(name)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
