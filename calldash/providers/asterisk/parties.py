"""Who is who on a CDR: extensions, outside numbers, trunks, and which way a call went."""

import re
from functools import lru_cache

from calldash.numbers.phones import normalise
from calldash.providers.asterisk.cdr import Cdr
from calldash.providers.asterisk.options import Options

_CHANNEL = re.compile(r"[A-Za-z0-9]+/(?P<peer>[^@]*?)(@.*?)?(-[0-9a-f]{8})?(;\d)?(/n)?")
_DEVICE = re.compile(r"(?i)(sip|pjsip|iax2|local|sccp|skinny|dahdi|zap|h323|ooh323)/.")
_OUTSIDE = re.compile(r"\+?\d{7,}")
_IN_CLID = re.compile(r"<([^<>]*)>")


def peer(channel: str) -> str:
    """The name in a channel: `101` in `SIP/101-0000001a` and in `Local/101@agents-00000001;1`."""
    match = _CHANNEL.fullmatch(channel)
    return match["peer"] if match else ""


def agent_name(agent: str) -> str:
    """An agent's name as the queue_log has it; of a device only its number, as the CDR has it."""
    return peer(agent) if _DEVICE.match(agent) else agent


def is_internal(number: str, options: Options) -> bool:
    """Whether this is an extension."""
    return options.internal.fullmatch(number) is not None


def caller(row: Cdr, options: Options) -> str | None:
    """The extension that began this row's call. A Local channel is named after whom it rings, not after who calls."""
    own = "" if row.channel.lower().startswith("local/") else peer(row.channel)
    return next((text for text in (own, row.src, row.cnum) if is_internal(text, options)), None)


def direction(first: Cdr, options: Options) -> str:
    """`inbound`, `outbound` or `internal`, by the first row of a call."""
    trunk = options.trunk.search(peer(first.channel)) or options.inbound_context.search(first.dcontext)
    if trunk or caller(first, options) is None:
        return "inbound"
    return "outbound" if _OUTSIDE.fullmatch(first.dst) else "internal"


def called(row: Cdr, trunks: frozenset[str], options: Options) -> str | None:
    """The employee that this row rang: an extension or a name, not a trunk."""
    name = peer(row.dstchannel)
    for text in (name, name.rpartition("-")[2]):
        if is_internal(text, options):
            return text
    trunk = name in trunks or options.trunk.search(name) or f"@{name}" in row.lastdata or f"/{name}/" in row.lastdata
    return None if trunk or not re.search(r"[^\W\d]", name) else name


def source_number(row: Cdr) -> str:
    """Who calls, as the CDR has it."""
    match = _IN_CLID.search(row.clid)
    return row.src or row.cnum or (match[1] if match else "")


def is_outside(number: str) -> bool:
    """Whether this looks like a number of the public network."""
    return _OUTSIDE.fullmatch(number) is not None


@lru_cache(100_000)
def outside_number(text: str, region: str, prefix: re.Pattern[str] | None = None) -> str | None:
    """`text` as E.164 where it, or what follows an outside-line `prefix`, is a valid number; else as it stands.

    None for a hidden number.
    """
    bare = [text[length:] for length in (0, 1, 2) if not length or (prefix and prefix.fullmatch(text[:length]))]
    # Foreign numbers stand without a plus in many logs, but what is valid at home comes first.
    for form in (*bare, *(f"+{digits}" for digits in bare if digits.isdigit() and len(digits) > 10)):
        number = normalise([form], region)[form]
        if number is None or number.startswith("+"):
            return number
    return text or None
