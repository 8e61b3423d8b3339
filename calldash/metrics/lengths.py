"""Lengths of which pages need every value: how many calls have each, by what came of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from calldash.metrics.parts import Spread


@dataclass(frozen=True)
class Lengths:
    """Counts of calls by whole seconds: the name of the seconds, and of each count whose seconds they are."""

    name: str
    counts: Mapping[str, Spread]


def _of(name: str, seconds: str, counts: Mapping[str, tuple[str, str]]) -> Lengths:
    return Lengths(seconds, {key: Spread(f"{name}_{key}", *count) for key, count in counts.items()})


_WINDOW = "ended_at + to_seconds({callback_window_h} * 3600)"
_LEFT_AT = f"least(coalesce(closed_at, {_WINDOW}), {_WINDOW}, {{now}})"

LENGTHS = {
    # How long inbound calls waited; `gave_up`: of the missed, whose client hung up.
    "waits": _of(
        "waits", "wait_s",
        {
            "answered": ("wait_s", "{inbound} AND answered"),
            "missed": ("wait_s", "{missed}"),
            "gave_up": ("wait_s", "{gave_up}"),
        },
    ),
    # How long missed clients waited for a first attempt, or until they left without one: because they got through,
    # their window ended, or "now" came. Seconds since the end of the missed call.
    "callback_delays": _of(
        "delays", "delay_s",
        {
            "tried": ("greatest(epoch(first_attempt_at - ended_at), 0)", "{attempted}"),
            "gone": (f"greatest(epoch({_LEFT_AT} - ended_at), 0)", "{episode} AND first_attempt_at IS NULL"),
        },
    ),
}  # fmt: skip
