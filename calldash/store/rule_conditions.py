"""A rule, and its conditions as SQL over a call; names come from the table of columns, values travel as parameters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from calldash.metrics.rule_columns import RULE_COLUMNS, RuleColumn
from calldash.settings import Settings

_NAME = re.compile(r"\{(\w+)\}")
_FEW = 20  # values compared one by one


class Condition(NamedTuple):
    """What a rule asks of a column: any of `values` must fit; `empty` and `filled` have none."""

    column: str
    comparison: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """What calls must be like, and what they are then. A burst: so many such calls, one client, one line, minutes."""

    name: str
    does: str  # spam, not_spam, target, not_target, tag
    conditions: tuple[Condition, ...] = ()
    tag: str | None = None
    burst_calls: int | None = None
    burst_minutes: int | None = None
    active: bool = True
    rule_no: int | None = None


@dataclass
class Compiled:
    """SQL under way, with the parameters it names."""

    settings: Settings
    values: dict[str, Any] = field(default_factory=dict)

    def place(self, value: Any) -> str:
        """The place of a new parameter."""
        name = f"r{len(self.values)}"
        self.values[name] = value
        return f"${name}"

    def all_of(self, conditions: Sequence[Condition]) -> str:
        """The SQL that every one of `conditions` holds; it is never NULL. Raises KeyError for what is not known."""
        return " AND ".join(self._one(one) for one in conditions) or "TRUE"

    def _one(self, condition: Condition) -> str:
        column = RULE_COLUMNS[condition.column]
        sql = f"({_NAME.sub(lambda found: str(getattr(self.settings, found[1])), column.sql)})"
        if condition.comparison in _EMPTY:
            return f"{sql} {_EMPTY[condition.comparison]}"
        text, made = _COMPARED[condition.comparison]
        spelled, values = _spelled(sql, column), [_kept(one, column) for one in condition.values]
        if not text:
            holds = self._among(spelled, values)
        elif condition.comparison == "begins" and len(values) > _FEW:
            # Of each length there is one beginning of a text, which is looked up.
            lengths = sorted({len(one) for one in values})
            holds = " OR ".join(
                self._among(f"left({spelled}, {length})", [one for one in values if len(one) == length])
                for length in lengths
            )
        else:
            holds = " OR ".join(text.format(sql=spelled, value=self._place(one, column)) for one in values)
        holds = f"coalesce({holds}, FALSE)"
        return f"NOT {holds}" if made == "not" else holds

    def _among(self, sql: str, values: list[str]) -> str:
        """The SQL that a text is one of `values`; a block list may be long, and is looked up then."""
        if len(values) > _FEW:
            return f"{sql} IN (SELECT unnest(CAST({self.place(values)} AS VARCHAR[])))"
        return f"{sql} IN ({', '.join(self.place(one) for one in values)})"

    def _place(self, value: str, column: RuleColumn) -> str:
        return f"CAST({self.place(value)} AS DECIMAL(18, 6))" if column.type == "number" else self.place(value)


_EMPTY = {"empty": "IS NULL", "filled": "IS NOT NULL"}
# Each comparison of a column `sql` with a `value` (none: it is one of them), and whether the contrary is meant.
_COMPARED = {
    "is": ("", ""),
    "is_not": ("", "not"),
    "contains": ("contains({sql}, {value})", ""),
    "begins": ("starts_with({sql}, {value})", ""),
    "at_least": ("{sql} >= {value}", ""),
    "at_most": ("{sql} <= {value}", ""),
}


def _kept(value: str, column: RuleColumn) -> str:
    return value.lower() if column.type == "text" else value


def _spelled(sql: str, column: RuleColumn) -> str:
    """Words are the same in capitals."""
    return f"lower({sql})" if column.type == "text" else sql


def asks_given(conditions: Sequence[Condition]) -> bool:
    """Whether a condition is about what the phone system says where people or rules may say something else."""
    return any(RULE_COLUMNS[one.column].given for one in conditions)
