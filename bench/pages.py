"""What each page asks of the big store, beside one hand-written SELECT over the same rows."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.testing.v1 import AppTest

from bench import spend
from bench.scratch import Scratch
from bench.table import Line, seconds_of
from calldash import rollups
from calldash.server import running
from calldash.store import Store

_PAGES = (
    "overview",
    "callbacks",
    "missed",
    "waiting",
    "load",
    "staffing",
    "forecast",
    "employees",
    "sources",
    "results",
    "calls",
)
# Parts of pages that ask otherwise than the first.
_PARTS = {
    "load": ("peaks", "day"),
    "employees": ("fair",),
    "sources": ("time", "clients", "hours"),
    "results": ("missed", "planner", "cohorts", "upload"),
}
_FOLDER = Path(__file__).parents[1] / "pages"
_BY_HAND = (
    "SELECT day, count(*), sum(talk_s), sum(wait_s), sum(cost), count(DISTINCT client_id), quantile_disc(wait_s, 0.9) "
    "FROM calls WHERE day BETWEEN $1 AND $2 GROUP BY day ORDER BY day"
)
Asked = list[tuple[str, Any]]


def pages(scratch: Scratch) -> list[Line]:
    """The queries of each page for the last 90 days and for everything."""
    os.environ["CALLDASH_DB"] = str(scratch.big_store().db)
    store = running.store()
    spend.put(store)
    first, last = store.rows("SELECT min(day), max(day) FROM calls")[0]
    started = time.perf_counter()
    days = rollups.refresh(store)
    lines = [Line("rollups brought up to date", f"{days} days in {time.perf_counter() - started:.1f} s")]
    for name, since in (("90 days", last - timedelta(days=89)), ("everything", first)):
        alone = seconds_of(lambda since=since: store.rows(_BY_HAND, [since, last]))  # type: ignore[misc]
        lines.append(Line(f"by hand, {name}", f"{alone * 1000:.0f} ms"))
        asked = [(page, part) for page in shown_pages() for part in ("", *_PARTS.get(page, ()))]
        lines += [_line(store, page, part, name, since, last, alone) for page, part in asked]
    running.close()
    return lines


def shown_pages() -> list[str]:
    """The pages of figures that there are."""
    return [page for page in _PAGES if (_FOLDER / f"{page}.py").exists()]


def _line(store: Store, page: str, part: str, name: str, since: date, until: date, alone: float) -> Line:
    asked = asked_by(page, since, until, part)
    seconds = seconds_of(lambda: [store.frame(*one) for one in asked])
    text = f"{seconds / alone:.2f} ({len(asked)} queries, {seconds * 1000:.0f} ms)"
    return Line(f"  {' '.join(filter(None, (page, part)))}, {name}", text, seconds / alone, 1.5)


def asked_by(page: str, since: date, until: date, part: str = "") -> Asked:
    """What the page asks when the period changes to these days, and not what it asks once whatever the period."""
    st.cache_data.clear()
    _run(page, until, until, part)
    with _recorded() as asked:
        _run(page, since, until, part)
    return asked


def _run(page: str, since: date, until: date, part: str) -> None:
    app = AppTest.from_file(_FOLDER / f"{page}.py", default_timeout=120)
    app.query_params["since"] = since.isoformat()
    app.query_params["until"] = until.isoformat()
    if part:
        app.query_params["part"] = part
    app.run()
    if app.exception:
        raise RuntimeError(app.exception[0].value)


@contextmanager
def _recorded() -> Iterator[Asked]:
    """Notes what is asked of any store while this lasts."""
    asked: Asked = []
    frame, rows = Store.frame, Store.rows

    def noted_frame(store: Store, text: str, values: Any = ()) -> pd.DataFrame:
        asked.append((text, values))
        return frame(store, text, values)

    def noted_rows(store: Store, text: str, values: Any = ()) -> list[tuple[Any, ...]]:
        asked.append((text, values))
        return rows(store, text, values)

    Store.frame, Store.rows = noted_frame, noted_rows  # type: ignore[method-assign, assignment]
    try:
        yield asked
    finally:
        Store.frame, Store.rows = frame, rows  # type: ignore[method-assign]
