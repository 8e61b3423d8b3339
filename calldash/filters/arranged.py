"""Which columns a list of calls has and how it, or a table of figures, is sorted: to and from the pairs of a URL."""

from collections.abc import Container, Mapping

from calldash.metrics import CALL_COLUMNS

USUAL = tuple(key for key, column in CALL_COLUMNS.items() if column.usual)
COLUMNS, SORT, ORDER = "columns", "sort", "order"


def keys(pairs: Mapping[str, str], name: str, known: Container[str]) -> tuple[str, ...]:
    """The keys under `name` that are known, each once, in their order."""
    return tuple(dict.fromkeys(key for key in pairs.get(name, "").split(",") if key in known))


def columns(pairs: Mapping[str, str]) -> tuple[str, ...]:
    """The columns of calls that `pairs` name; where there are none, the usual ones."""
    return keys(pairs, COLUMNS, CALL_COLUMNS) or USUAL


def sorting(pairs: Mapping[str, str], known: Container[str], usual: str = "") -> tuple[str, bool]:
    """What to sort by, `usual` where nothing known is named, and whether the largest comes first."""
    sort = pairs.get(SORT, "")
    return sort if sort in known else usual, pairs.get(ORDER) != "up"


def column_pairs(shown: tuple[str, ...]) -> dict[str, str]:
    """The pairs of columns; the usual ones have none."""
    return {COLUMNS: ",".join(shown)} if shown != USUAL else {}


def sorting_pairs(sort: str, descending: bool, usual: str = "") -> dict[str, str]:
    """The pairs of a sorting; what is usual has none."""
    return ({SORT: sort} if sort != usual else {}) | ({} if descending else {ORDER: "up"})
