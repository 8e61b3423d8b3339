"""The catalogue: every number and every way to break it down, as data.

Format, colour, comparison, glossary, commands and tests follow from the entries. Knows no database.
"""

from calldash.metrics.advertising import ADVERTISING
from calldash.metrics.calls import CALLS
from calldash.metrics.columns import CALL_COLUMNS, PERSONAL, CallColumn
from calldash.metrics.dimensions import DIMENSIONS, Dimension
from calldash.metrics.flags import FLAGS, MISS_REASONS, depends_on_now
from calldash.metrics.kinds import Metric
from calldash.metrics.legs import LEGS
from calldash.metrics.levels import LEVEL_KEYS, LEVELS
from calldash.metrics.presence import PRESENCE
from calldash.metrics.talks import TALKS

METRICS = {metric.key: metric for metric in (*CALLS, *LEVELS, *LEGS, *PRESENCE, *TALKS, *ADVERTISING)}

__all__ = [
    "CALL_COLUMNS",
    "DIMENSIONS",
    "FLAGS",
    "LEVEL_KEYS",
    "METRICS",
    "MISS_REASONS",
    "PERSONAL",
    "CallColumn",
    "Dimension",
    "Metric",
    "depends_on_now",
]
