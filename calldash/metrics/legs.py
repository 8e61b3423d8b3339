"""The numbers over legs: what each person did, and each queue. Employee, team and queue are the leg's own.

A transferred call counts for everyone who talked, so these do not add up to the company's calls.
"""

from calldash.metrics.kinds import Metric

# One call and one employee, however often the phone rang; a call without legs of its own has just one pair.
_PAIR = "hash(call_no, employee)"


def _pairs(rows: str) -> str:
    # CASE, not FILTER: DuckDB takes a second for the FILTER of a DISTINCT over ten million rows, whatever it lets pass.
    listed = f"count(DISTINCT CASE WHEN {rows} AND listed THEN {_PAIR} END)"
    return f"(count(*) FILTER ({rows} AND NOT listed) + {listed})"


_RINGS, _TAKEN, _HANDLED = _pairs("{rung}"), _pairs("{rung} AND reached"), _pairs("{took}")
_TALK = "CASE WHEN count(*) FILTER ({took}) = 0 THEN 0 ELSE sum(leg_talk_s) FILTER ({took}) END"
_VISITS = "count(*) FILTER ({visit})"

LEGS: tuple[Metric, ...] = (
    Metric(
        "handled_calls", "count", "Handled calls",
        "Calls in which the employee talked; a transferred call counts for each.",
        _HANDLED, "{took}", "higher", "legs",
    ),
    Metric(
        "handled_talk_s", "seconds", "Talk of employees", "Talking time of employees, each their own part.",
        _TALK, "{took}", "", "legs", sums_up=True,
    ),
    Metric(
        "avg_handled_talk_s", "seconds", "Mean talk of employees",
        "Talk of employees / handled calls whose talk is known.",
        f"{_TALK} / nullif({_pairs('{took} AND leg_talk_s IS NOT NULL')}, 0)", "{took}", "", "legs",
    ),
    Metric(
        "rings", "count", "Rings", "Calls that rang at the employee, each once however often it rang.",
        _RINGS, "{rung}", "", "legs",
    ),
    Metric(
        "missed_rings", "count", "Missed rings", "Calls that rang at the employee and that they never picked up.",
        _pairs("{rung} AND NOT reached"), "{rung} AND NOT reached", "lower", "legs",
    ),
    Metric(
        "pickup_share", "share", "Pick-up share", "Calls the employee picked up / calls that rang at them.",
        f"{_TAKEN} / nullif({_RINGS}, 0)", "{rung}", "higher", "legs", cases=_RINGS,
    ),
    Metric(
        "avg_pickup_s", "seconds", "Time to pick up",
        "Mean time from the ring at the employee until they answer it, where the phone system reports each ring.",
        "avg({pickup_s}) FILTER ({taken_ring})", "{taken_ring}", "lower", "legs",
    ),
    Metric(
        "ring_attempts", "count", "Ring attempts", "How often phones rang, every attempt counted.",
        "count(*) FILTER ({rung})", "{rung}", "", "legs",
    ),
    Metric(
        "load_share", "share", "Load share", "Talk of the employee / talk of everybody in the selection.",
        f"{_TALK} / nullif(sum({_TALK}) OVER (), 0)", "{took}", "", "legs",
    ),
    Metric(
        "load_balance", "share", "Balance of load", "1 − Gini coefficient of talk per employee: 1 when all talk alike.",
        "1 - (2 * sum(place * talk_s) / nullif(count(*) * sum(talk_s), 0) - (count(*) + 1) / count(*))",
        "{took}", "higher", "people",
    ),
    Metric(
        "peak_parallel", "count", "Peak in parallel", "The most employees who talked to clients at one moment.",
        "coalesce(max(at_once), 0)", "{took}", "", "moments",
    ),
    Metric(
        "longest_break_s", "seconds", "Longest break between calls",
        "The longest time between two talks of one employee on one day.", "max(if(gap_s < 0, 0, gap_s))",
        "{took}", "", "gaps",
    ),
    Metric(
        "queue_visits", "count", "Queue visits", "Passes of a call through a queue; one call may visit several.",
        _VISITS, "{visit}", "", "legs",
    ),
    Metric(
        "queue_answered", "count", "Answered in queue", "Queue visits that ended with an employee.",
        "count(*) FILTER ({visit} AND picked_up)", "{visit} AND picked_up", "higher", "legs",
    ),
    Metric(
        "queue_abandoned", "count", "Left the queue", "Queue visits in which the client hung up while waiting.",
        "count(*) FILTER ({visit} AND leg_reason = 'abandoned')", "{visit} AND leg_reason = 'abandoned'",
        "lower", "legs",
    ),
    Metric(
        "avg_queue_wait_s", "seconds", "Mean wait in queue", "Mean waiting time of queue visits that were answered.",
        "avg({visit_wait_s}) FILTER ({visit} AND picked_up)", "{visit} AND picked_up", "lower", "legs",
    ),
    Metric(
        "queue_talk_s", "seconds", "Talk after queue", "Talking time of answered queue visits.",
        "coalesce(sum(leg_talk_s) FILTER ({visit} AND picked_up), 0)", "{visit} AND picked_up", "", "legs",
        sums_up=True,
    ),
)  # fmt: skip
