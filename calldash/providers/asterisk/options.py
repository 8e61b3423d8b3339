"""What differs from one Asterisk to the next: patterns and lists of names, with defaults that suit most."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Patterns are regular expressions; lists are separated by spaces, letter case does not matter in them.
DEFAULTS: Mapping[str, str] = {
    "internal": r"\d{2,6}",  # an extension, whole
    "outside_prefix": r"9|99|8\d?|0",  # dialled to get an outside line, whole
    "inbound_context": r"(?i)^(from-(trunk|pstn|did|outside|zaptel|dahdi|sip-external)|ext-did|inbound|incoming)",
    "trunk": r"(?!)",  # the name of a trunk's peer
    "queue_apps": "queue appqueue",
    "conference_apps": "confbridge meetme",
    "called_apps": "appdial appdial2 appqueue pickup pickupchan",  # the called side's own record of the same talk
    "robot_apps": "voicemail voicemailmain vmauthenticate minivmrecord minivmgreet playback background read record "
    "directory echo milliwatt musiconhold playtones saydigits saynumber sayalpha ivr",
    "robot_channel": r"(?i)^(cbann|cbrec|announcer|recorder|voicemail|message)/|@(app-)?(vm|voicemail|confbridge)",
    "recordings_root": "/var/spool/asterisk/monitor/",
}


@dataclass(frozen=True)
class Options:
    """The table above, ready for use."""

    internal: re.Pattern[str]
    outside_prefix: re.Pattern[str]
    inbound_context: re.Pattern[str]
    trunk: re.Pattern[str]
    robot_channel: re.Pattern[str]
    queue_apps: frozenset[str]
    conference_apps: frozenset[str]
    called_apps: frozenset[str]
    robot_apps: frozenset[str]
    recordings_root: str


_PATTERNS = ("internal", "outside_prefix", "inbound_context", "trunk", "robot_channel")
_LISTS = ("queue_apps", "conference_apps", "called_apps", "robot_apps")


def options_of(given: Mapping[str, str]) -> Options:
    """The defaults with what is `given` over them. Raises re.error for a broken pattern."""
    texts = {**DEFAULTS, **{name: text for name, text in given.items() if name in DEFAULTS}}
    values: dict[str, Any] = {name: re.compile(texts[name]) for name in _PATTERNS}
    values |= {name: frozenset(texts[name].lower().split()) for name in _LISTS}
    return Options(**values, recordings_root=texts["recordings_root"])
