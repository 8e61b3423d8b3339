"""How many calls have each length in seconds, from rollups where they can tell."""

from calldash.filters import CallFilter
from calldash.metrics.flags import depends_on_now
from calldash.metrics.lengths import LENGTHS
from calldash.query.asked import Asked
from calldash.query.conditions import conditions
from calldash.query.kept import Way, find, spread_rows
from calldash.query.picking import SOURCES, picked
from calldash.query.rollups import counted, texts_of
from calldash.query.terms import Moment, Question


def lengths(name: str, chosen: CallFilter, moment: Moment) -> Question:
    """The SELECT of `LENGTHS[name]`: a row each number of seconds, the fewest first, with how many calls have it."""
    wanted, asking, asked = LENGTHS[name], Asked((), chosen, moment), Question()
    found = list(wanted.counts.values())
    texts = texts_of(found)
    loose, rollup = asking.loose(any(map(depends_on_now, texts))), find("calls", asking, spread="lengths")
    if loose is not None and rollup:
        rows = spread_rows(Way(name, rollup, loose), found, asking, asked)
    else:
        limits = conditions(chosen, moment, asked)
        read = picked(SOURCES["calls"], texts, (), limits, moment, asked)
        rows = f"picked AS ({read}), kept AS ({counted(found, ())})"
    counts = [
        f"CAST(coalesce(sum(n) FILTER (spread = '{one.name}'), 0) AS BIGINT) AS {key}"
        for key, one in wanted.counts.items()
    ]
    asked.sql = (
        f"WITH {rows} SELECT value AS {wanted.name}, {', '.join(counts)} FROM kept "
        "WHERE value IS NOT NULL GROUP BY value ORDER BY value"
    )
    return asked
