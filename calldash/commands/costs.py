"""`costs` and `tariffs`: unusual spending, budgets, tariff tables, the audit of a bill, other tariffs."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from calldash import audit
from calldash.asking import value_text
from calldash.commands.imports import SomeFailed
from calldash.commands.kpi import chosen_of
from calldash.costs import budgets
from calldash.costs.tariffs import bill, bill_table, keeping, table
from calldash.costs.tariffs.columns import COLUMNS
from calldash.costs.unusual import BY, unusual
from calldash.export import FORMATS
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext, say
from calldash.numbers import places
from calldash.problems import Problem, Reject
from calldash.store import Store

Progress = Callable[[float], None]


def run_unusual(store: Store, arguments: dict[str, Any], _progress: Progress) -> str:
    """What each rule of unusual spending finds: a row a rule, day, person and country."""
    places.fill(store)
    rows = [
        [found.rule.key, *(value_text(name, row[name]) for name in BY), row["priced_calls"], row["total_cost"]]
        for found in unusual(store, chosen_of(arguments))
        for row in found.rows.to_dict("records")
    ]
    return _written(pd.DataFrame(rows, columns=["rule", *BY, "priced_calls", "total_cost"]), arguments)


def run_budgets(store: Store, arguments: dict[str, Any], _progress: Progress) -> str:
    """Sets a budget where `team` and `amount` are given; prints the budgets of `month` (2026-03; default: newest)."""
    month = _month(arguments.get("month")) or budgets.today(store).replace(day=1)
    if arguments.get("amount") is not None:
        _set(store, month, arguments)
    rows = [
        [
            one.budget.team,
            one.budget.amount,
            one.budget.currency,
            one.spent,
            one.done,
            one.left,
            one.projected,
            one.alarm,
        ]
        for one in budgets.states(store, month)
    ]
    names = ["team", "budget", "currency", "spent", "days_done", "days_left", "month_end", "alarm"]
    return _written(pd.DataFrame(rows, columns=names, dtype=object), arguments)


def _set(store: Store, month: date, arguments: dict[str, Any]) -> None:
    row = {"team": arguments.get("team") or budgets.COMPANY} | {
        key: arguments.get(key) for key in ("amount", "currency")
    }
    given, wrong = budgets.read([row], month, store.settings.currency)
    if wrong:
        raise Problem("The budget {value}: {reason}.", value=wrong[0].value, reason=say(wrong[0]))
    others = [one for one in budgets.budgets(store, month) if one.team != given[0].team]
    budgets.keep(store, audit.LOCAL, month, [*others, *given])


def _month(text: str | None) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m").date() if text else None
    except ValueError as error:
        raise Problem("{text} is not a month such as 2026-01.", text=text) from error


def run_import(store: Store, arguments: dict[str, Any], _progress: Progress) -> str:
    """Takes the tariffs of the file `path`, all or none. Raises SomeFailed that lists what is wrong."""
    path = Path(arguments["path"])
    found = table.from_file(path, store.settings.max_file_mb << 20, store.settings.currency)
    wrong = found.rejects or tuple(keeping.keep(store, audit.LOCAL, found.tariffs))
    if wrong:
        raise SomeFailed("\n".join([_refused(len(wrong)), *map(_line, wrong)]))
    names = sorted({one.tariff for one in found.tariffs})
    lines = sum(len(one.lines) for one in found.tariffs)
    text = _("Tariffs: {names}; versions: {versions}, prices: {lines}.")
    return text.format(names=", ".join(names), versions=len(found.tariffs), lines=lines)


def _refused(count: int) -> str:
    return ngettext(
        "Nothing was taken: {number} value is wrong.", "Nothing was taken: {number} values are wrong.", count
    ).format(number=count)


def _line(wrong: Reject) -> str:
    text = _("  line {line}, {column} “{value}”: {reason}")
    column = COLUMNS[wrong.column].name if wrong.column in COLUMNS else wrong.column
    return text.format(line=wrong.line or "—", column=column, value=wrong.value, reason=say(wrong))


def run_list(store: Store, arguments: dict[str, Any], _progress: Progress) -> str:
    """All tariffs, or the one of `name`, as the CSV that can be imported again."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    for _number, one in keeping.tariffs(store, arguments.get("name")):
        writer.writerows(table.rows_of(one))
    return out.getvalue().rstrip("\n")


def run_audit(store: Store, arguments: dict[str, Any], _progress: Progress) -> str:
    """The sums of the audit by reason; with `out` the calls that differ as a file in the `form` of an export."""
    chosen = _chosen(store, arguments)
    if not arguments.get("out"):
        return _written(bill.sums_of(store, chosen), arguments)
    with Path(arguments["out"]).open("wb") as file:
        for part in FORMATS[arguments["form"]].write(bill_table.table(store, chosen)):
            file.write(part)
    return _("Written: {path}").format(path=arguments["out"])


def _chosen(store: Store, arguments: dict[str, Any]) -> CallFilter:
    """The filter of the command; where it asks for places of numbers, they are told first."""
    chosen = chosen_of(arguments)
    places.fill_for(store, (name for name, _values in chosen.chosen))
    return chosen


def run_whatif(store: Store, arguments: dict[str, Any], _progress: Progress) -> str:
    """What each tariff would have cost, the cheapest first."""
    names = ["tariff", "currency", "total", "saved", "calls", "monthly", "kept_cost", "priced", "kept", "foreign"]
    rows = [
        [one.tariff, one.currency, one.total, one.saved, one.due, one.monthly, one.kept_cost, one.priced, one.kept,
         one.foreign]
        for one in bill.what_if(store, _chosen(store, arguments))
    ]  # fmt: skip
    return _written(pd.DataFrame(rows, columns=names, dtype=object), arguments)


def _written(found: pd.DataFrame, arguments: dict[str, Any]) -> str:
    plain = found.astype(object).map(_plain)
    form = arguments.get("format") or "table"
    if form == "json":
        return json.dumps(plain.to_dict("records"), ensure_ascii=False, indent=2)
    texts = plain.map(lambda value: "" if value is None else value)
    return (
        texts.to_csv(index=False, lineterminator="\n").rstrip("\n") if form == "csv" else texts.to_string(index=False)
    )


def _plain(value: Any) -> Any:
    """Amounts as text with their last digit, at least the cent; nothing known is None."""
    if value is None or (isinstance(value, float) and pd.isna(value)):
        return None
    if isinstance(value, Decimal):
        return f"{value:.{max(2, -int(value.normalize().as_tuple().exponent))}f}"
    return value.item() if hasattr(value, "item") else value
