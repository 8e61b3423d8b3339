"""What a report shows, apart from its filter: figures as a pivot, or calls one by one; to and from a URL."""

from collections.abc import Mapping
from dataclasses import dataclass

from calldash.filters import arranged
from calldash.filters.arranged import USUAL
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, METRICS

FIGURES, CALLS = "figures", "calls"
REPORT = "report"  # the name in a URL that says which report was opened
MOST_ROWS, MOST_ACROSS, MOST_METRICS = 3, 2, 12
_NAMES = ("what", "rows", "across", "metrics", "totals", "columns", "sort", "order")
NAMES = frozenset((REPORT, *_NAMES))


@dataclass(frozen=True)
class Content:
    """`figures`: `metrics` by the dimensions `rows` and `across`; `calls`: a list with `columns`.

    `sort` is a metric or a column; without it rows stand in their natural order, calls by their start.
    """

    what: str = CALLS
    rows: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ("calls",)
    totals: bool = True
    columns: tuple[str, ...] = USUAL
    sort: str = ""
    descending: bool = True

    @property
    def is_figures(self) -> bool:
        return self.what == FIGURES


def to_pairs(content: Content) -> dict[str, str]:
    """The content as names and texts that `from_pairs` understands; defaults but for `what` are left out."""
    pairs = {"what": content.what}
    if content.is_figures:
        lists = {"rows": content.rows, "across": content.across, "metrics": content.metrics}
        pairs |= {name: ",".join(keys) for name, keys in lists.items() if keys}
        pairs |= {} if content.totals else {"totals": "no"}
    else:
        pairs |= arranged.column_pairs(content.columns)
    return pairs | arranged.sorting_pairs(content.sort, content.descending)


def from_pairs(pairs: Mapping[str, str]) -> Content:
    """The content that `pairs` describe; what is nonsense counts as not given."""
    if pairs.get("what") != FIGURES:
        sort, descending = arranged.sorting(pairs, CALL_COLUMNS)
        return Content(columns=arranged.columns(pairs), sort=sort, descending=descending)
    rows = arranged.keys(pairs, "rows", DIMENSIONS)[:MOST_ROWS]
    across = tuple(key for key in arranged.keys(pairs, "across", DIMENSIONS) if key not in rows)[:MOST_ACROSS]
    metrics = arranged.keys(pairs, "metrics", METRICS)[:MOST_METRICS] or ("calls",)
    sort, descending = arranged.sorting(pairs, metrics)
    return Content(FIGURES, rows, across, metrics, pairs.get("totals") != "no", sort=sort, descending=descending)
