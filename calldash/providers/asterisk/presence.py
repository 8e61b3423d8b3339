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


def presences(rows: Iterable[Row]) -> Iterator[Presence]:
    """The spans of the status rows among `rows`, in any order; one still open has no end. Queues may overlap."""
    status = sorted((row for row in rows if row.part == STATUS_PART and row.at), key=lambda row: (row.at, row.key))
    began: dict[tuple[str, str, str], datetime] = {}
    for row in status:
        assert row.at is not None
        employee, queue, event = agent_name(row.data["agent"]), row.data["queue"], row.data["event"].upper()
        if not employee:
            continue
        if state := _BEGINS.get(event):
            began.setdefault((employee, queue, state), row.at)
            if event == "ADDMEMBER" and row.data["data"].upper() == "PAUSED":
                began.setdefault((employee, queue, "break"), row.at)
        elif state := _ENDS.get(event):
            yield from _ended(began, employee, queue, state, row.at)
    for (employee, _queue, state), since in began.items():
        yield Presence(employee, state, since, None)


def _ended(
    began: dict[tuple[str, str, str], datetime], employee: str, queue: str, state: str, at: datetime
) -> Iterator[Presence]:
    """Closes the span of that queue; an end for no queue in particular closes all of the agent's."""
    every = queue.upper() in ("", "NONE")
    closed = [key for key in began if key[0] == employee and key[2] == state and (every or key[1] == queue)]
    for key in closed:
        yield Presence(employee, state, began.pop(key), at)
    if state == "signed_in":
        for key in [key for key in began if key[0] == employee and (every or key[1] == queue)]:
            yield Presence(employee, key[2], began.pop(key), at)
