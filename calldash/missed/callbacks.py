"""Clients who wait for a callback, one item each, and what people did about them: taken, released, closed, reopened.

A step hangs on the client's last missed call known then and speaks of the client's missed calls up to it. An item
closes itself when an answered call, either way, reaches the client.
"""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from calldash import audit, reports
from calldash.asking import ask, sees
from calldash.filters import CallFilter
from calldash.hours.worktime import Worktime
from calldash.i18n import mark
from calldash.people import masking, viewer
from calldash.problems import Problem
from calldash.query import Moment, Question, visible
from calldash.settings import Settings
from calldash.store import Store

STEPS = ("taken", "released", "closed", "reopened")
# Why an item is closed by hand.
REASONS = {
    "reached": mark("Reached another way"),
    "needless": mark("Needs nothing any more"),
    "unreachable": mark("Tried several times, not reached"),
    "wrong": mark("Wrong number or advertising"),
    "duplicate": mark("The same client under another number"),
    "other": mark("Other"),
}
# Counts nowhere yet, counts as not in time, counts as in time: what the share of timely callbacks makes of an item.
STATES = ("pending", "late", "due")
MOST = 20_000
_LONGEST_NOTE = 500
_URGENCY = {"pending": 0, "late": 1, "due": 2}


def newest_step(store: Store) -> int:
    """The number of the last step; 0 before the first."""
    return int(store.rows("SELECT coalesce(max(step_no), 0) FROM callbacks")[0][0])


def since(store: Store) -> datetime:
    """From when on (UTC) missed calls can still be open, over all systems."""
    now = min(store.now().values(), default=datetime.now(UTC).replace(tzinfo=None))
    return now - timedelta(days=store.settings.ledger_days)


def ledger(store: Store, chosen: CallFilter, step: int | None = None) -> pd.DataFrame:
    """The open items within the filter's lines, queues and sources, whatever its period; the most urgent first.

    Columns of `miss_ledger.sql` and those of `judged`.
    """
    scope = CallFilter(chosen=chosen.chosen, ranges=chosen.ranges)
    found = reports.run(
        store, "miss_ledger", scope, Moment(store.settings, store.now()),
        days=store.settings.ledger_days, since=since(store).date() - timedelta(days=1), limit=MOST,
        step=newest_step(store) if step is None else step,
    )  # fmt: skip
    return judged(found, store.settings, sources(store))


def sources(store: Store) -> dict[str | None, float]:
    """What an answered inbound call of each source brought on average; None: of any source."""
    inbound = CallFilter().choose("direction", ["inbound"])
    keys = ["revenue", "answered_calls"]
    by_source, whole = ask(store, keys, ["source"], inbound), ask(store, keys, [], inbound)
    names = [None if pd.isna(name) else str(name) for name in by_source["source"]]
    rows = [*zip(names, by_source["revenue"], by_source["answered_calls"], strict=True)]
    rows = [row for row in rows if row[0] is not None]
    rows.append((None, whole["revenue"].iloc[0], whole["answered_calls"].iloc[0]))
    return {name: float(sold) / int(calls) for name, sold, calls in rows if calls and not pd.isna(sold)}


def judged(found: pd.DataFrame, settings: Settings, worth: dict[str | None, float]) -> pd.DataFrame:
    """The items with `waiting_s` and `working_s` (how long, by either clock), `left_s` of the target by the clock in
    force, `state`, `expected`, what a talk with the client brings on average, and `over`: the window has ended.
    """
    if found.empty:
        return found.assign(waiting_s=[], working_s=[], left_s=[], state=[], expected=[], over=[])
    waiting = _seconds(found["since"], found["at_present"])
    tried = _seconds(found["since"], found["first_try_at"].fillna(found["at_present"]))
    working = _working(found, found["at_present"], settings)
    used = tried
    if settings.callback_clock == "working":
        used = _working(found, found["first_try_at"].fillna(found["at_present"]), settings)
    left = (settings.callback_target_min * 60 - used).astype(np.int64)
    untried = (found["tries"] == 0).to_numpy()
    state = np.where(left < 0, "late", np.where(untried, "pending", "due"))
    state = np.where(untried & (left == 0), "late", state)
    own = found["sold"].where(found["sales"] > 0).astype(float) / found["talks"].where(found["talks"] > 0).astype(float)
    usual = [worth.get(name, worth.get(None)) for name in found["source"].where(found["source"].notna(), None)]
    told = found.assign(waiting_s=waiting, working_s=working, left_s=left, state=state)
    told["expected"] = own.fillna(pd.Series(usual, index=found.index, dtype=float))
    return _sorted(told, settings.callback_window_h * 3600)


def _sorted(told: pd.DataFrame, window_s: float) -> pd.DataFrame:
    """Those who can still be called in time, the tightest first; then late ones nobody tried, then tried ones, and
    last those whose window is over: in each who is worth more, then who waits longer.
    """
    tried, over = told["tries"] > 0, told["waiting_s"] > window_s
    rank = told["state"].map(_URGENCY) + ((told["state"] == "late") & tried) + 4 * over
    tight = told["left_s"].where(told["state"] == "pending", 0)
    order = told.assign(over=over, _rank=rank, _tight=tight, _worth=-told["expected"].fillna(0))
    order = order.sort_values(["_rank", "_tight", "_worth", "since", "client_id"], kind="stable")
    return order.drop(columns=["_rank", "_tight", "_worth"]).reset_index(drop=True)


def _seconds(since: "pd.Series[pd.Timestamp]", until: "pd.Series[pd.Timestamp]") -> "np.ndarray":
    return np.maximum((until - since).dt.total_seconds().to_numpy(), 0).astype(np.int64)


def _working(found: pd.DataFrame, until: "pd.Series[pd.Timestamp]", settings: Settings) -> "np.ndarray":
    """Working seconds of each item's team from its beginning to `until`."""
    first, last = found["since"].min().date() - timedelta(days=1), until.max().date() + timedelta(days=1)
    own = found["team"].where(found["team"].isin([name for name, _hours in settings.team_hours]), "")
    seconds = np.zeros(len(found), dtype=np.int64)
    for team in own.unique():
        at = (own == team).to_numpy()
        clock = Worktime(settings.schedule, settings.zone, str(team) or None, first, last)
        seconds[at] = clock.between(found["since"].to_numpy()[at], until.to_numpy()[at])
    return np.maximum(seconds, 0)


def step(store: Store, who: str, what: str, call: tuple[str, str], reason: str | None = None, note: str = "") -> None:
    """Records that `who` did `what` about the client of the missed `call` (system, id), up to that call.

    Raises Problem for a closing without a known reason, a note that is too long, or a call of others.
    """
    if what == "closed" and reason not in REASONS:
        raise Problem("Say why the client need not be called back.")
    if len(note) > _LONGEST_NOTE:
        raise Problem("A note has at most {most} characters.", most=_LONGEST_NOTE)
    system, id_ = call
    theirs = store.rows("SELECT call_no FROM calls WHERE system = $1 AND id = $2", [system, id_])
    if not viewer.current().may("marks") or not all(sees(store, number) for (number,) in theirs):
        raise Problem("Your role does not allow this.")
    now = datetime.now(UTC).replace(tzinfo=None)
    with store.noting() as cursor:
        cursor.execute(
            "INSERT INTO callbacks (system, id, what, reason, note, who, done_at) "
            "VALUES ($system, $id, $what, $reason, $note, $who, $now)",
            {"system": system, "id": id_, "what": what, "reason": reason, "note": note.strip() or None, "who": who,
             "now": now},
        )  # fmt: skip
    audit.record(store, who, "callback", f"{system}/{id_}", what=what, reason=reason)


def done(store: Store, most: int = 20) -> pd.DataFrame:
    """The last steps about calls that are seen, the newest first: step_no, what, reason, note, who, done_at (UTC),
    client (masked for whom it is), client_id, system, id, and `undone`: a closing that was taken back.
    """
    asked = Question(values={"most": most})
    found = store.frame(
        "SELECT b.step_no, b.what, b.reason, b.note, b.who, b.done_at, c.client, c.client_id, b.system, b.id, "
        "b.what = 'closed' AND EXISTS (FROM callbacks a WHERE a.system = b.system AND a.id = b.id "
        "AND a.step_no > b.step_no AND a.what = 'reopened') AS undone FROM callbacks b JOIN "
        f"(FROM calls WHERE {visible(Moment(store.settings), asked)}) c ON c.system = b.system AND c.id = b.id "
        "ORDER BY b.step_no DESC LIMIT $most",
        asked.values,
    )
    return found.assign(client=found["client"].map(masking.of_client, na_action="ignore"))
