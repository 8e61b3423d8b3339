"""When agents were signed in and when on a break, out of the queue_log's events about members and agents."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from calldash.providers import Presence, Row
from calldash.providers.asterisk.parties import agent_name
from calldash.providers.asterisk.queue_log import STATUS_PART

# Event -> what begins or ends with it. A pair is open per agent and per queue it names (NONE: all queues).
_BEGINS = {
    "AGENTLOGIN": "signed_in",
    "AGENTCALLBACKLOGIN": "signed_in",
    "ADDMEMBER": "signed_in",
    "PAUSE": "break",
    "PAUSEALL": "break",
}
_ENDS = {
    "AGENTLOGOFF": "signed_in",
    "AGENTCALLBACKLOGOFF": "signed_in",
    "REMOVEMEMBER": "signed_in",
    "UNPAUSE": "break",
    "UNPAUSEALL": "break",
}
_Open = dict[tuple[str, str, str], tuple[datetime, str | None]]  # (employee, queue, state): since when, reason


def presences(rows: Iterable[Row]) -> Iterator[Presence]:
    """The spans of the status rows among `rows`, in any order; one still open has no end. Queues may overlap."""
    status = sorted((row for row in rows if row.part == STATUS_PART and row.at), key=lambda row: (row.at, row.key))
    began: _Open = {}
    for row in status:
        assert row.at is not None
        employee, queue, event = agent_name(row.data["agent"]), row.data["queue"], row.data["event"].upper()
        if not employee:
            continue
        if state := _BEGINS.get(event):
            said = row.data["data"] or None
            began.setdefault((employee, queue, state), (row.at, said if state == "break" else None))
            if event == "ADDMEMBER" and row.data["data"].upper() == "PAUSED":
                began.setdefault((employee, queue, "break"), (row.at, None))
        elif state := _ENDS.get(event):
            yield from _ended(began, employee, queue, state, row.at)
    for key in list(began):
        yield _span(began, key, None)


def _ended(began: _Open, employee: str, queue: str, state: str, at: datetime) -> Iterator[Presence]:
    """Closes the span of that queue; an end for no queue in particular closes all of the agent's."""
    every = _is_every(queue)
    for key in [key for key in began if key[0] == employee and key[2] == state and (every or key[1] == queue)]:
        yield _span(began, key, at)
    if state == "signed_in":
        for key in [key for key in began if key[0] == employee and (every or key[1] == queue)]:
            yield _span(began, key, at)


def _span(began: _Open, key: tuple[str, str, str], at: datetime | None) -> Presence:
    (employee, queue, state), (since, reason) = key, began.pop(key)
    return Presence(employee, state, since, at, None if _is_every(queue) else queue, reason)


def _is_every(queue: str) -> bool:
    return queue.upper() in ("", "NONE")
