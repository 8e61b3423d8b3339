"""Marks on calls: what people say of them stands in the place of what the phone system says, and can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import duckdb

from calldash.settings import Settings
from calldash.store import days, facts


@dataclass(frozen=True)
class Mark:
    """A kind of mark: its column in `marked`, as SQL of the new value $value, what it may be, and what else it sets."""

    column: str
    sql: str
    values: tuple[str, ...] = ()
    also: Mapping[str, str] = field(default_factory=dict)


_YES_NO = "CASE $value WHEN 'yes' THEN TRUE WHEN 'no' THEN FALSE END"
_WITH = "list_sort(list_distinct(list_append({}, $value)))"
_WITHOUT = "list_filter({}, lambda one: one <> $value)"
# A sale's value is its amount and currency, as `1500.00 RUB`.
_AMOUNT = "CAST(split_part($value, ' ', 1) AS DECIMAL(18, 6))"
_CURRENCY = "split_part($value, ' ', 2)"
# What sold is a success; a call that is none any more did not sell.
_ONLY_SUCCESS = {name: f"if($value = 'success', marked.{name}, NULL)" for name in ("sale_amount", "sale_currency")}
_SOLD = {"sale_currency": _CURRENCY, "outcome": "if($value IS NULL, marked.outcome, 'success')"}
MARKS = {
    "outcome": Mark("outcome", "$value", ("success", "failure"), _ONLY_SUCCESS),
    "sale": Mark("sale_amount", _AMOUNT, also=_SOLD),
    "target": Mark("target", _YES_NO, ("yes", "no")),
    "spam": Mark("spam", _YES_NO, ("yes", "no")),
    "note": Mark("note", "nullif(trim($value), '')"),
    # A tag that is put on is no longer taken off, and the other way round.
    "tag": Mark("tagged", _WITH.format("tagged"), also={"untagged": _WITHOUT.format("untagged")}),
    "untag": Mark("untagged", _WITH.format("untagged"), also={"tagged": _WITHOUT.format("tagged")}),
}
TAGS_OF = r"list_distinct(regexp_split_to_array(nullif(trim({}, ' ;'), ''), '[\s;]*;[\s;]*'))"
_GIVEN_TAGS = f"coalesce({TAGS_OF.format('m.given_tags')}, [])"
# The columns of a call that marks and rules decide, given its line `m` of `marked`: people before rules before rows.
IN_FORCE = {
    "outcome": "coalesce(m.outcome, m.given_outcome)",
    # Of a call whose rows speak of another currency the amount by hand does not count: a call has one currency.
    "sale_amount": (
        "if(coalesce(m.given_currency, m.sale_currency) = m.sale_currency, m.sale_amount, m.given_sale_amount)"
    ),
    "currency": "coalesce(m.given_currency, m.sale_currency)",
    "spam": "coalesce(m.spam, m.ruled_spam, m.given_spam)",
    "tags": (
        "CASE WHEN len(m.tagged) + len(m.untagged) + coalesce(len(m.ruled_tags), 0) = 0 THEN m.given_tags ELSE "
        f"nullif(array_to_string(list_filter(list_sort(list_distinct({_GIVEN_TAGS} || coalesce(m.ruled_tags, []) "
        "|| m.tagged)), lambda one: NOT list_contains(m.untagged, one)), ';'), '') END"
    ),
    "marked_target": "coalesce(m.target, m.ruled_target)",
    "note": "m.note",
    "ruled": (
        "CASE WHEN m.spam IS NULL AND m.ruled_spam IS NOT NULL THEN if(m.ruled_spam, 'spam', 'not_spam') "
        "WHEN m.target IS NULL AND m.ruled_target IS NOT NULL THEN if(m.ruled_target, 'target', 'not_target') "
        "WHEN len(m.ruled_tags) > 0 THEN 'tag' END"
    ),
}


_TAGS_NOW = f"coalesce({TAGS_OF.format('picked.tags')}, [])"
# The columns of `marked` about sales.
SALES = ("sale_amount", "sale_currency", "given_sale_amount", "given_currency")
_TELLS_NEW = {"tag": f"NOT list_contains({_TAGS_NOW}, $value)", "untag": f"list_contains({_TAGS_NOW}, $value)"}


def put(
    cursor: duckdb.DuckDBPyConnection,
    settings: Settings,
    selected: str,
    values: Mapping[str, Any],
    what: str,
    value: str | None,
    who: str,
) -> int:
    """Marks the calls that the SELECT `selected` (column call_no) gives; None as value takes the mark back.

    Gives how many calls it changed. Facts and rollups follow. Raises KeyError for a kind of mark there is not.
    """
    mark = MARKS[what]
    _select(cursor, selected, values)
    asked = {"value": value}
    # A tag is put on where it is not, and taken off where it is; any other mark is made where it says something new.
    changed = _TELLS_NEW.get(what, f"m.{mark.column} IS DISTINCT FROM {mark.sql}")
    cursor.execute(
        f"DELETE FROM picked USING marked m WHERE m.system = picked.system AND m.id = picked.id AND NOT ({changed})",
        asked,
    )
    count = cursor.execute("SELECT count(*) FROM picked").fetchall()[0][0]
    if count:
        _note(cursor, what, value, who)
        _apply(cursor, mark, asked)
        _bring_up_to_date(cursor, settings, what == "spam")
    return int(count)


def _select(cursor: duckdb.DuckDBPyConnection, selected: str, values: Mapping[str, Any]) -> None:
    """Temporary table `picked`: the calls meant; each has a line in `marked`."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE picked AS "
        "SELECT call_no, system, id, client_id, day, tags, sale_amount, currency FROM calls "
        f"WHERE call_no IN (SELECT call_no FROM ({selected}))",
        dict(values),
    )
    cursor.execute(
        "INSERT INTO marked (system, id, tagged, untagged, given_outcome, given_spam, given_tags) "
        "SELECT c.system, c.id, [], [], c.outcome, c.spam, c.tags "
        "FROM calls c JOIN picked USING (call_no) "
        "WHERE NOT EXISTS (FROM marked m WHERE m.system = c.system AND m.id = c.id)"
    )
    # Lines that rules made, or that are older than sales by hand, do not know yet what they stand in the place of.
    cursor.execute(
        "UPDATE marked SET given_sale_amount = p.sale_amount, given_currency = p.currency FROM picked p "
        "WHERE marked.system = p.system AND marked.id = p.id AND marked.sale_amount IS NULL"
    )


def _note(cursor: duckdb.DuckDBPyConnection, what: str, value: str | None, who: str) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    cursor.execute(
        "INSERT INTO marks (system, id, what, value, who, made_at) SELECT system, id, $what, $value, $who, $now "
        "FROM picked ORDER BY call_no",
        {"what": what, "value": value, "who": who, "now": now},
    )


def _apply(cursor: duckdb.DuckDBPyConnection, mark: Mark, asked: dict[str, Any]) -> None:
    sets = ", ".join(f"{column} = {sql}" for column, sql in ({mark.column: mark.sql} | dict(mark.also)).items())
    cursor.execute(f"UPDATE marked SET {sets} FROM picked p WHERE marked.system = p.system AND marked.id = p.id", asked)
    sets = ", ".join(f"{column} = {sql}" for column, sql in IN_FORCE.items())
    cursor.execute(
        f"UPDATE calls SET {sets} FROM marked m "
        "WHERE m.system = calls.system AND m.id = calls.id AND calls.call_no IN (SELECT call_no FROM picked)"
    )


def _bring_up_to_date(cursor: duckdb.DuckDBPyConnection, settings: Settings, neighbours: bool) -> None:
    days.touch(cursor, days.of(cursor, "SELECT DISTINCT day FROM picked"))
    if neighbours:  # spam calls are nobody's neighbours
        cursor.execute(
            "CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT client_id FROM picked WHERE client_id IS NOT NULL"
        )
        facts.refresh(cursor, settings)
    cursor.execute("DROP TABLE picked")


def keep_given(cursor: duckdb.DuckDBPyConnection) -> None:
    """What the batch's rows say of marked calls is kept, to be shown again when a mark is taken back."""
    if not cursor.execute("SELECT 1 FROM marked LIMIT 1").fetchone():
        return
    cursor.execute(
        "UPDATE marked SET given_outcome = i.given_outcome, given_spam = i.given_spam, given_tags = i.given_tags, "
        "given_sale_amount = i.given_sale_amount, given_currency = i.given_currency "
        "FROM incoming i WHERE i.system = marked.system AND i.id = marked.id"
    )
