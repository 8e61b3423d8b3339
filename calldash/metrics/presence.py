"""The numbers over the time employees were signed in, where the phone system reports it; queues at once count once."""

from calldash.metrics.kinds import Metric

_BY = ("employee", "day", "week", "month", "weekday", "system")

PRESENCE: tuple[Metric, ...] = (
    Metric(
        "occupancy", "share", "Occupancy",
        "(Talk + after-call work) / (signed-in time − breaks), where the phone system reports who is signed in.",
        "coalesce(sum(leg_talk_s + coalesce(wrapup_s, 0)) FILTER ({took}), 0) / nullif(sum(there_s), 0)",
        "{took}", "", "presence", only_by=_BY,
    ),
    Metric(
        "signed_in_s", "seconds", "Signed in",
        "Time employees were signed in, breaks too; several queues at once count once.",
        "sum(signed_s)", "{took}", "", "signed", only_by=_BY,
    ),
    Metric(
        "break_s", "seconds", "On a break",
        "Time employees were on a break while signed in; several queues at once count once.",
        "sum(break_s)", "{took}", "", "signed", only_by=_BY,
    ),
)  # fmt: skip
