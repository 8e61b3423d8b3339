"""Recordings of calls: found, fetched, checked, made playable, drawn, forwarded."""

from pathlib import Path

from calldash.recordings import fetching
from calldash.recordings.finding import Call, call_of, call_with_id, find, is_there, local
from calldash.recordings.places import is_link
from calldash.settings import Settings
from calldash.store import Store

__all__ = [
    "Call",
    "agent_channel",
    "call_of",
    "call_with_id",
    "file_of",
    "find",
    "is_fetched",
    "is_link",
    "is_there",
    "local",
]


def file_of(store: Store, call_no: int, fetch: bool = False) -> Path:
    """The original file of a call's recording. Raises Problem when there is none here."""
    return find(store, call_of(store, call_no), fetch)


def is_fetched(store: Store, link: str) -> bool:
    """Whether the recording at a link has been fetched and is still here."""
    return fetching.fetched(store, link) is not None


def agent_channel(settings: Settings, system: str) -> int:
    """The channel of a stereo recording of `system` on which the agent speaks: 0 is the left one."""
    usual, *others = (part.strip() for part in settings.agent_channel.split(","))
    sides = dict(part.split("=") for part in others)
    return int({name.strip(): side.strip() for name, side in sides.items()}.get(system, usual) == "right")
