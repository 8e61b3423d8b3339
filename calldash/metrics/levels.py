"""The service level as others count it: the same calls answered in time, over other wholes.

`service_level` itself, the one in use, stands with the other numbers over calls; `LEVEL_KEYS` names them all, it first.
"""

from calldash.metrics.kinds import share

_IN_TIME = "{served} AND wait_s <= {service_level_s}"
_KNOWN = "{inbound} AND wait_s IS NOT NULL"
_SETTINGS = ("service_level_s",)

LEVELS = (
    share(
        "service_level_of_all", _IN_TIME, _KNOWN, "Service level of all calls",
        "Inbound calls answered within the threshold / inbound calls with known wait, short abandons too.",
        "higher", _SETTINGS,
    ),
    share(
        "service_level_of_answered", _IN_TIME, "{served}", "Service level of answered calls",
        "Inbound calls answered within the threshold / answered inbound calls whose wait is known.",
        "higher", _SETTINGS,
    ),
    share(
        "service_level_with_abandons", "({served} OR {gave_up}) AND wait_s <= {service_level_s}", _KNOWN,
        "Service level with early abandons",
        "Inbound calls answered, or whose client hung up, within the threshold / inbound calls with known wait.",
        "higher", _SETTINGS,
    ),
)  # fmt: skip
LEVEL_KEYS = ("service_level", *(metric.key for metric in LEVELS))
