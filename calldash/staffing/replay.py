"""The calls of real days once more, with other people: one line, first come first served, who waits too long leaves.

What is not known of a call is drawn: the same seed draws the same, so that plans are compared over equal days.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush, heapreplace
from math import inf, nan

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from calldash.staffing.days import HALF_S
from calldash.staffing.erlang import Floats

Change = tuple[float, int]  # from this second on so many people


@dataclass(frozen=True)
class Coming:
    """Calls in the order they come: when (seconds), how long each takes an agent, how long its client would wait."""

    begins: Floats
    handling_s: Floats
    patience_s: Floats


def replay(calls: Coming, staff: Sequence[Change]) -> Floats:
    """The seconds each call waits for an agent; NaN where its client leaves unserved.

    People leave when their number falls: the idle ones at once, the others after the call they are on.
    """
    free: list[float] = []  # when each agent is free, a heap
    changes, waits = list(staff), []
    step = 0
    columns = (calls.begins.tolist(), calls.handling_s.tolist(), calls.patience_s.tolist())
    for begins, handling, patience in zip(*columns, strict=True):
        start = max(begins, free[0]) if free else inf
        # Nobody after this call starts sooner than it could, so the changes up to then are due for them too.
        while step < len(changes) and changes[step][0] <= start:
            _change(free, *changes[step])
            step += 1
            start = max(begins, free[0]) if free else inf
        if free and start - begins <= patience:
            heapreplace(free, start + handling)
            waits.append(start - begins)
        else:
            waits.append(nan)
    return np.array(waits, dtype=np.float64)


def _change(free: list[float], now: float, people: int) -> None:
    for _one in range(people - len(free)):
        heappush(free, now)
    for _one in range(len(free) - people):
        heappop(free)


def drawn(calls: pd.DataFrame, begins: Floats, mean_patience_s: float, seed: int) -> Coming:
    """The calls of the report `replayed` with what it leaves open: talks of missed calls, patience not put to the test.

    A client who was answered, or turned away, would have waited on as long as clients do on average: patience does not
    age. A call of one's own is not made when nobody is free for half an hour.
    """
    dice = np.random.default_rng(seed)
    inbound = calls["is_inbound"].to_numpy(bool)
    handling = calls["handled_s"].to_numpy(np.float64, na_value=nan).copy()
    known = handling[inbound & ~np.isnan(handling)]
    lacking = np.isnan(handling)
    handling[lacking] = dice.choice(known, len(calls))[lacking] if len(known) else 0.0
    waited = calls["wait_s"].to_numpy(np.float64, na_value=nan)
    more = np.where(calls["gave_up"].to_numpy(bool), 0.0, dice.exponential(mean_patience_s, len(calls)))
    patience = np.where(inbound, np.nan_to_num(waited) + more, float(HALF_S))
    return Coming(begins, handling, patience)


def missed_clients(
    clients: Iterable[int | None], begins: Floats, waits: Floats, answered: NDArray[np.bool_], hours: float
) -> int:
    """How many clients are missed, each once until they get through or `hours` have passed, as `missed_clients` counts.

    Calls back are not replayed; who hides their number is nobody's client.
    """
    opened: dict[int, tuple[float, float]] = {}  # when the miss ended, until when it is open
    found = 0
    for client, at, wait, talked in zip(clients, begins.tolist(), waits.tolist(), answered.tolist(), strict=True):
        if client is None:
            continue
        since, until = opened.get(client, (inf, -inf))
        if talked and since <= at <= until:
            del opened[client]
        elif not talked and at > until:
            opened[client] = (at + wait, at + wait + hours * 3600)
            found += 1
    return found
