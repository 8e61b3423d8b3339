"""What a rule may ask of a call: columns by type, and the comparisons that each type knows.

Not among them is what rules decide themselves, or what follows from that: spam in force, unique, repeat, target,
callbacks. `given` columns are meant as the phone system has them, whatever people or rules say.
"""

from dataclasses import dataclass

from calldash.metrics.columns import CALL_COLUMNS
from calldash.metrics.dimensions import DIMENSIONS


@dataclass(frozen=True)
class RuleColumn:
    """A column that a condition may name: its title (of a column of calls or a breakdown), type, SQL, values if few."""

    key: str
    title: str
    type: str
    sql: str
    values: tuple[str, ...] = ()
    given: bool = False


# By type: which comparisons there are. Several values mean any of them.
COMPARISONS = {
    "text": ("is", "is_not", "contains", "begins", "empty", "filled"),
    "phone": ("is", "is_not", "begins", "empty", "filled"),
    "number": ("at_least", "at_most", "empty", "filled"),
    "choice": ("is", "is_not", "empty", "filled"),
}
WITHOUT_VALUE = ("empty", "filled")
_YES_NO = ("yes", "no")
_FLAGS = ("answered", "roaming", "consent", "recorded", "working")
_SQL = {
    "answered": "if(answered, 'yes', 'no')",
    "roaming": "CASE roaming WHEN TRUE THEN 'yes' WHEN FALSE THEN 'no' END",
    "consent": "CASE consent WHEN TRUE THEN 'yes' WHEN FALSE THEN 'no' END",
    "recorded": "if(recording IS NULL, 'no', 'yes')",
    "working": "if({working}, 'yes', 'no')",
    "spam": "if(spam, 'yes', 'no')",
    "direction": "CAST(direction AS VARCHAR)",
    "kind": "CAST(kind AS VARCHAR)",
    "weekday": "CAST(weekday AS VARCHAR)",
}
_OF_TYPE = {
    "phone": ("client", "line"),
    "choice": ("direction", "kind", "miss_reason", "outcome", "weekday", "spam", "number_kind", *_FLAGS),
    "number": ("wait_s", "talk_s", "hold_s", "wrapup_s", "cost", "sale_amount", "hour"),
    "text": (
        "employee", "team", "queue", "source", "medium", "campaign", "keyword", "ad", "gclid", "yclid",
        "ym_client_id", "destination", "currency", "tags", "provider", "system", "id",
        "country", "region", "carrier",
    ),
}  # fmt: skip
# What is told of the client's number, later than the call comes; see `numbers`.
OF_NUMBERS = ("country", "region", "carrier", "number_kind")
_GIVEN = ("outcome", "spam", "tags", "sale_amount")
_TITLES = {"answered": "Answered"}


def _column(key: str, kind: str) -> RuleColumn:
    title = _TITLES.get(key) or (DIMENSIONS[key].title if key in DIMENSIONS else CALL_COLUMNS[key].title)
    known = DIMENSIONS[key].values if key in DIMENSIONS and kind == "choice" else ()
    values = _YES_NO if key in (*_FLAGS, "spam") else known
    sql = DIMENSIONS[key].sql if key in OF_NUMBERS else _SQL.get(key, key)
    return RuleColumn(key, title, kind, sql, values, key in _GIVEN)


RULE_COLUMNS = {key: _column(key, kind) for kind, keys in _OF_TYPE.items() for key in keys}
EFFECTS = ("spam", "not_spam", "target", "not_target", "tag")
