"""Different clients: counted exactly by bitmaps of their numbers, in a quarter of the time that DISTINCT takes."""

from collections.abc import Sequence

from calldash.query.asked import Asked
from calldash.query.conditions import conditions
from calldash.query.picking import SOURCES, picked, with_flags
from calldash.query.terms import Question

_BITS = 10  # clients of a bitmap, as a power of 2: small ones, for what is drawn may have many groups


def bitmaps(rows: str, groups: Sequence[str], counted: str) -> str:
    """The SELECT of bitmaps `seen` of the clients of the rows `counted`, by `groups` and `part` of their numbers.

    Those of several groups are one by bit_or.
    """
    mask = (1 << _BITS) - 1
    seen = f"bitstring_agg(client_id & {mask}, 0, {mask}) AS seen"
    listed = ", ".join([*groups, f"client_id >> {_BITS} AS part"])
    return f"SELECT {listed}, {seen} FROM {rows} WHERE ({counted}) AND client_id IS NOT NULL GROUP BY ALL"


def clients(key: str, rows: str, asking: Asked) -> Question:
    """The SELECT of the different clients among `rows` of the calls, as column `key`."""
    asked = Question()
    limits = conditions(asking.chosen, asking.moment, asked)
    source = picked(SOURCES["calls"], [rows], asking.by, limits, asking.moment, asked)
    groups = [f"d_{name}" for name in asking.by]
    total = f"grouping({asking.group}) > 0" if asking.totals else "FALSE"
    sets = f"({', '.join([*groups, 'part'])})" + (", (part)" if asking.totals else "")
    seen = (
        f"bit_count(bitstring_agg(client_id & {(1 << _BITS) - 1}, 0, {(1 << _BITS) - 1}) "
        f"FILTER ({with_flags(rows)} AND client_id IS NOT NULL)) AS seen"
    )
    parts = (
        f"SELECT {', '.join([*groups, f'{total} AS total', seen])} "
        f"FROM (SELECT *, client_id >> {_BITS} AS part FROM picked) GROUP BY GROUPING SETS ({sets})"
    )
    number = f"CAST(coalesce(sum(seen), 0) AS BIGINT) AS {key}"
    listed = [*(f"d_{name} AS {name}" for name in asking.by), number, *(["FALSE AS total"] if asking.totals else [])]
    found = [f"SELECT {', '.join(listed)} FROM parts WHERE NOT total{f' GROUP BY {asking.group}' if groups else ''}"]
    if asking.totals:
        found.append(f"SELECT {', '.join([*('NULL' for _group in groups), number])}, TRUE FROM parts WHERE total")
    order = f" ORDER BY {', '.join(asking.by)}" if groups else ""
    asked.sql = f"WITH picked AS ({source}), parts AS ({parts}) {' UNION ALL '.join(found)}{order}"
    return asked
