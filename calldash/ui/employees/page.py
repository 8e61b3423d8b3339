"""Employees: each with their team, how alike a team's members are loaded, and who was on the phone on a day."""

from dataclasses import replace
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from calldash import charts, formats
from calldash.charts import Span
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import language, ngettext
from calldash.labels import dimension_title, value_code, value_label
from calldash.metrics import METRICS
from calldash.server.running import store
from calldash.ui import asking, drill, tables

COLUMNS = (
    "handled_calls",
    "handled_talk_s",
    "avg_handled_talk_s",
    "load_share",
    "rings",
    "missed_rings",
    "pickup_share",
    "avg_pickup_s",
    "outbound_calls",
    "reach_rate",
    "occupancy",
)
_RARE = ("avg_pickup_s", "occupancy")
PAGE = 25  # rows of a day that fit a screen
_DAY, _NAME, _PART = "employees_day", "employees_name", "employees_part"
_WAYS = ("inbound", "outbound")


def draw(chosen: CallFilter) -> None:
    """Draws the talk of each employee, the balance of the teams, and the table of all numbers."""
    found = people(chosen)
    talk, alike = charts.level(charts.bars(found, "employee", "handled_talk_s"), balance(chosen))
    left, right = st.columns(2)
    with left:
        drill.heading(_("Talk by employee"), charts.first_of(found))
        drill.chart(talk, "talk", chosen, ["employee"], "handled_talk_s")
    with right:
        drill.heading(_("Balance of the teams"), _("a dot is an employee"))
        drill.chart(alike, "balance", chosen, ["team", "employee"], "handled_talk_s")
    drill.heading(_("Each employee"))
    table(found, chosen)


def people(chosen: CallFilter) -> pd.DataFrame:
    """A row an employee with the numbers of `COLUMNS` and the team they talked for most."""
    found = asking.ask(COLUMNS, ["employee"], chosen, cases=True).dropna(subset=["employee"])
    counts = [key for key in COLUMNS if METRICS[key].unit == "count"]
    found = found.fillna(dict.fromkeys([*counts, "handled_talk_s", "load_share"], 0)).reset_index(drop=True)
    teams = _teams(chosen)
    return found.assign(team_name=found["employee"].map(teams))


def _teams(chosen: CallFilter) -> dict[str, str | None]:
    found = asking.ask(["handled_calls", "rings"], ["employee", "team"], chosen).dropna(subset=["employee"])
    first = found.sort_values(["handled_calls", "rings"], kind="stable").drop_duplicates("employee", keep="last")
    return {name: value_code("team", team) for name, team in zip(first["employee"], first["team"], strict=True)}


def table(found: pd.DataFrame, chosen: CallFilter) -> None:
    """The employees of `people`, who talked most first; what few phone systems tell only where it is known."""
    columns = [key for key in COLUMNS if key not in _RARE or found[key].notna().any()]
    shown = found.assign(team_name=[value_label("team", team) for team in found["team_name"]])
    beside = {"team_name": dimension_title("team")}
    tables.show(shown, "employee", columns, chosen, "people", "handled_talk_s", ["load_share"], beside)


def balance(chosen: CallFilter) -> go.Figure | None:
    """Each team with its members as dots, and how alike they are loaded. Clicks carry (team, employee)."""
    members = asking.ask(["handled_talk_s"], ["team", "employee"], chosen).dropna(subset=["employee"])
    members = members[members["handled_talk_s"] > 0]
    teams = asking.ask(["load_balance"], ["team"], chosen)
    sizes = members.groupby("team", dropna=False).size()
    notes = {
        value_code("team", team): _note(float(value), int(sizes.get(team, 0)))
        for team, value in zip(teams["team"], teams["load_balance"], strict=True)
        if pd.notna(value)
    }
    return charts.spread(members, "team", "employee", "handled_talk_s", notes)


def _note(value: float, size: int) -> str:
    """A team's balance and how many it speaks of; of one alone there is nothing to compare."""
    shown = formats.show("load_balance", value if size > 1 else None)
    return f"{shown} · " + ngettext("{number} person", "{number} people", size).format(number=formats.number(size))


def timeline(chosen: CallFilter) -> None:
    """Who was on the phone on a day of the filter's period, chosen here."""
    talked = asking.ask(["handled_calls"], ["day"], chosen)
    days = [pd.Timestamp(day).date() for day in talked.loc[talked["handled_calls"] > 0, "day"]]
    if not days:
        drill.chart(None, "day", chosen)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        picked = _day(days)
        day = replace(chosen, since=picked, until=picked)
        talks = asking.report("day_talks", day, zone=store().settings.zone)
        talks = _some(talks)
    spans = [_span(*row) for row in talks[["employee", "direction", "begins", "ends"]].itertuples(index=False)]
    names = {way: value_label("direction", way) for way in _WAYS}
    drill.chart(charts.timeline(spans, names, lanes=_WAYS), "day", day, ["employee"], "handled_calls")


def _day(days: list[date]) -> date:
    held = st.session_state.get(_DAY)
    if held is None or not days[0] <= held <= days[-1]:
        st.session_state[_DAY] = days[-1]
    order = "DD.MM.YYYY" if language() == "ru" else "DD/MM/YYYY"
    picked = st.date_input(_("Day"), key=_DAY, min_value=days[0], max_value=days[-1], format=order, width=180)
    return picked if isinstance(picked, date) else days[-1]


def _some(talks: pd.DataFrame) -> pd.DataFrame:
    """The talks of as many employees as fit: those with a name asked for, by pages."""
    names = sorted(set(talks["employee"]), key=str.casefold)
    if len(names) > PAGE or st.session_state.get(_NAME):
        asked = st.text_input(_("Find an employee"), key=_NAME, width=230).strip().casefold()
        names = [name for name in names if asked in name.casefold()]
    pages = -(-len(names) // PAGE)
    if pages > 1:
        if st.session_state.get(_PART, 1) > pages:
            st.session_state[_PART] = 1
        first = (st.pagination(pages, key=_PART) - 1) * PAGE
        names = names[first : first + PAGE]
    found = talks[talks["employee"].isin(names)]
    return found.sort_values(["employee", "begins"], key=lambda column: column.map(_order), kind="stable")


def _order(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _span(employee: str, direction: str, begins: pd.Timestamp, ends: pd.Timestamp) -> Span:
    talk = formats.duration((ends - begins).total_seconds())
    words = f"{employee}\n{value_label('direction', direction)}: {begins:%H:%M}–{ends:%H:%M}, {talk}"
    return Span(employee, begins, ends, direction, words, employee)
