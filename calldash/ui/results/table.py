"""What each source and campaign cost and brought, with the cases of a figure and how far it may be off."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from calldash import formats
from calldash.advertising.ad_results import Results
from calldash.advertising.results.intervals import Interval
from calldash.advertising.results.lines import Figure, Line
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import definition, short_title, title, value_label
from calldash.metrics import METRICS
from calldash.ui import drill, opening_table, parts
from calldash.ui.opening_table import Cell, Row

# Columns that fit side by side.
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "return": (mark("What it brought"), (
        "ad_cost", "sales_revenue", "gross_profit", "romi", "roas", "cac", "missed_ad_cost",
    )),
    "cost": (mark("What one costs"), (
        "ad_cost", "cost_per_call", "cost_per_target_call", "cost_per_target", "cost_per_client", "cac",
    )),
}  # fmt: skip
_GROUP, _KEY, _OPEN = "columns", "results_columns", "open"
_BY = ("source", "campaign")


def draw(found: Results, chosen: CallFilter) -> None:
    """The switch between groups of columns, and the table; what is open stands in the URL."""
    keys = GROUPS[_group()][1]
    opened = set(st.query_params.get_all(_OPEN))
    below: dict[str, list[Line]] = {}
    for line in found.campaigns:
        below.setdefault(line.codes[0] or "", []).append(line)
    lines = [found.whole]
    for line in found.sources:
        lines += [line, *(below.get(line.codes[0] or "", []) if (line.codes[0] or "") in opened else ())]
    heads = [(_("Source → campaign"), "")]
    heads += [(short_title(key), f"{title(key)}: {definition(key)}") for key in keys]
    rows = [_row(line, keys, opened, below) for line in lines]
    pressed = opening_table.draw("results_table", heads, rows, _("Each source"))
    st.caption(
        _(
            "Below a figure: where it lies with 95 % confidence, and from how many cases it comes. Of costs this "
            "follows from how many calls or buyers chance brings, of ROMI and ROAS from which buyers it brought, drawn "
            "2000 times. A source holds its free search too."
        )
    )
    if pressed and pressed.kind == "turned":
        _turn(lines[pressed.row].codes[0] or "", opened)
    elif pressed:
        behind = keys[pressed.cell] if pressed.cell >= 0 else None
        drill.open_calls(drill.narrowed(replace(chosen, behind=behind), _BY, lines[pressed.row].codes))


def _turn(source: str, opened: set[str]) -> None:
    st.query_params[_OPEN] = sorted(opened ^ {source})
    st.rerun()


def _group() -> str:
    titles = {code: words for code, (words, _keys) in GROUPS.items()}
    return parts.one_of(titles, _GROUP, _KEY, _("Columns"))


def _row(line: Line, keys: tuple[str, ...], opened: set[str], below: Mapping[str, list[Line]]) -> Row:
    cells = [_cell(key, line.figures[key]) for key in keys]
    if not line.codes:
        return Row(_("All paid sources"), cells, opens=False, total=True)
    name, source = value_label(_BY[len(line.codes) - 1], line.codes[-1]), line.codes[0] or ""
    if len(line.codes) > 1:
        return Row(name, cells, 1, "leaf")
    state = "leaf" if source not in below else "open" if source in opened else "closed"
    return Row(name, cells, 0, state)


def _cell(key: str, figure: Figure) -> Cell:
    if figure.value is None:
        return Cell(formats.NOTHING, help=why_not(key, figure))
    notes = [] if figure.interval is None else [between(METRICS[key].unit, figure.interval)]
    if figure.cases is not None:
        few = _("few: {number}") if figure.few else "n = {number}"
        notes.append(few.format(number=formats.number(figure.cases)))
    return Cell(formats.show(key, figure.value), " · ".join(notes), "bad" if figure.few else "", opens=True)


def why_not(key: str, figure: Figure) -> str:
    """Why a figure is not known."""
    if figure.cases == 0:
        return _("There was spend, but none of these came of it.")
    if key in ("sales_revenue", "gross_profit"):
        return _("No amount known, or several currencies")
    return _("No spend known here, or several currencies.")


def between(unit: str, found: Interval) -> str:
    """An interval as text; the unit stands once."""
    if found.high is None:
        return _("from {low}").format(low=formats.in_unit(unit, found.low))
    if unit == "share":
        low, high = formats.number(round(found.low * 100)), f"{formats.number(round(found.high * 100))}\u00a0%"
    else:
        whole = found.high >= 100
        low = formats.number(round(found.low) if whole else found.low)
        high = formats.money(round(found.high) if whole else found.high)
    return f"{low} … {high}" if found.low < 0 else f"{low}–{high}"
