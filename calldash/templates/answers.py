"""The answer of a report as a table for export: figures as people read a pivot, or the calls one by one."""

import re
from collections.abc import Iterator
from datetime import date

from calldash import export
from calldash.export import Column, Table
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import dimension_title, title, value_label
from calldash.metrics import METRICS
from calldash.problems import Problem
from calldash.store import Store
from calldash.templates.content import Content
from calldash.templates.pivot import Codes, Figures, Pivot, pivot

_WIDEST = 1_000  # columns of figures in a file
_UNFIT = re.compile(r"[^\w.-]+")


def answer(store: Store, content: Content, chosen: CallFilter, name: str = "") -> tuple[Table, int]:
    """The table of a content over a filter, called `name`, and how many rows it has."""
    if content.is_figures:
        found = pivot(store, content, chosen, _WIDEST)
        if found.left_out:
            raise Problem("The report has more than {most} columns: make one of them a row.", most=_WIDEST)
        return of_pivot(found, name), len(found.lines)
    listed = export.calls(store, chosen, content.columns, content.sort or "started_at", content.descending)
    return Table(name or listed.name, listed.columns, listed.rows), export.count(store, chosen)


def of_pivot(found: Pivot, name: str) -> Table:
    """A pivot as a table: the rows' dimensions, the figures of each column, and of all columns together."""
    content = found.content
    totals = [(*_total_words(len(content.rows)), *_line(found, None))] if found.grand is not None else []
    columns = [Column(key, dimension_title(key), "day" if key == "day" else "label", key) for key in content.rows]
    columns += [_figures_of(head, content, metric) for head in found.heads for metric in content.metrics]
    if content.across and content.totals:
        columns += [_total_of(content, metric) for metric in content.metrics]
    return Table(name or _("Figures"), tuple(columns), _lines(found), tuple(totals))


def _lines(found: Pivot) -> Iterator[tuple[object, ...]]:
    for line in found.lines:
        values = zip(found.content.rows, line, strict=True)
        names = [date.fromisoformat(code) if key == "day" and code else code for key, code in values]
        yield (*names, *_line(found, line))


def _line(found: Pivot, line: Codes | None) -> Figures:
    """The figures of a line, None meaning the line of totals."""
    content, nothing = found.content, tuple(METRICS[key].of_nothing for key in found.content.metrics)
    if line is None:
        if not content.across:
            return found.grand or ()
        parts = [found.of_heads.get(head, nothing) for head in found.heads]
        return tuple(figure for part in (*parts, found.grand or ()) for figure in part)
    parts = [found.figures(line, head) for head in found.heads]
    if content.across and content.totals:
        parts.append(found.of_lines.get(line, nothing))
    return tuple(figure for part in parts for figure in part)


def _total_words(count: int) -> list[str | None]:
    return [_("Total"), *([None] * (count - 1))]


def _figures_of(head: Codes, content: Content, metric: str) -> Column:
    return _named(head_words(head, content), "/".join(code or "" for code in head), content, metric)


def _total_of(content: Content, metric: str) -> Column:
    return _named([_("Total")], "total", content, metric)


def _named(words: list[str], key: str, content: Content, metric: str) -> Column:
    """The column of a metric under a head; the only metric under one need not be named."""
    names = words if words and len(content.metrics) == 1 else [*words, title(metric)]
    return Column(f"{key}/{metric}" if words else metric, " · ".join(names), METRICS[metric].unit)


def head_words(head: Codes, content: Content) -> list[str]:
    """The values of a column as people read them."""
    return [value_label(key, code) for key, code in zip(content.across, head, strict=True)]


def file_name(stem: str, chosen: CallFilter, ending: str) -> str:
    """A name such as calls_2026-10-01_2026-10-31.csv; open ends of the period are left out."""
    days = [day.isoformat() for day in (chosen.since, chosen.until) if day]
    return f"{'_'.join([_UNFIT.sub('_', stem).strip('_.') or 'report', *days])}.{ending}"
