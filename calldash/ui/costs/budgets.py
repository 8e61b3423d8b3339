"""Budgets on the page: how far each is used, where the month will end, and the form in which they are set."""

from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.costs import budgets
from calldash.costs.budgets import COMPANY, State
from calldash.filters import CallFilter
from calldash.formats import exact
from calldash.i18n import gettext as _
from calldash.i18n import mark, say
from calldash.labels import day_label, value_label
from calldash.people import viewer
from calldash.server.running import store
from calldash.ui import asking, drill
from calldash.ui.safe import as_markdown

_MONTHS = 13  # back from the next one
_ALARMS = {
    "over": (mark("The budget of {team} is exceeded by {amount}."), "error"),
    "ahead": (mark("The budget of {team} will be exceeded by {amount} at the month's end."), "trending_up"),
}
_SAID = "budgets_said"


def draw() -> None:
    """The month, its budgets, what they come to, and the form."""
    month = _month()
    found = budgets.states(store(), month)
    for state in found:
        if state.alarm:
            text, icon = _ALARMS[state.alarm]
            top = state.spent if state.alarm == "over" else state.projected
            amount = exact((top or 0) - state.budget.amount, state.budget.currency)
            said = as_markdown(_(text).format(team=_team(state.budget.team), amount=amount))
            (st.error if state.alarm == "over" else st.warning)(said, icon=f":material/{icon}:")
    if found:
        _table(found, month)
        st.caption(
            _(
                "Month end: spent so far, and for each working day left the mean of a working day so far. Working days "
                "are those of the team's working hours, without holidays; what is spent on free days counts too."
            )
        )
    else:
        st.info(_("No budget is set for this month."), icon=":material/savings:")
    if viewer.current().may("tariffs"):
        _form(month)


def _month() -> date:
    first = budgets.today(store()).replace(day=1)
    following = budgets.end_of(first).toordinal() + 1
    months = [date.fromordinal(following)]
    while len(months) < _MONTHS:
        months.append(date.fromordinal(months[-1].toordinal() - 1).replace(day=1))
    return st.selectbox(
        _("Month"), months, index=1, key="budgets_month", format_func=lambda day: day_label(day, "month"), width=260
    )


def _team(team: str) -> str:
    return team or _("The whole company")


def _table(found: list[State], month: date) -> None:
    rows = [
        {
            "team": _team(one.budget.team), "amount": exact(one.budget.amount, one.budget.currency),
            "spent": _("several currencies") if one.mixed else exact(one.spent, one.budget.currency),
            "used": formats.in_unit("share", one.used), "days": f"{one.done} / {one.done + one.left}",
            "end": exact(one.projected, one.budget.currency),
        }
        for one in found
    ]  # fmt: skip
    titles = {
        "team": _("Team"), "amount": _("Budget"), "spent": _("Spent"), "used": _("Used"), "days": _("Working days"),
        "end": _("Month end"),
    }  # fmt: skip
    columns = {
        key: st.column_config.TextColumn(title, pinned=key == "team", alignment="left" if key == "team" else "right")
        for key, title in titles.items()
    }
    picked = st.dataframe(
        pd.DataFrame(rows), hide_index=True, column_config=columns, key=f"budgets_{month}", on_select="rerun",
        selection_mode="single-cell", alt=_("Budgets"),
    )  # fmt: skip
    for at, _column in picked["selection"]["cells"][:1]:
        team = found[at].budget.team
        chosen = CallFilter(month, budgets.end_of(month), behind="total_cost")
        drill.open_calls(chosen if team == COMPANY else chosen.choose("team", [team]))


def _form(month: date) -> None:
    """The budgets of the month as rows to edit: a row a team, the whole company in the row without one."""
    drill.heading(_("Set budgets"))
    held = {one.team: one for one in budgets.budgets(store(), month)}
    teams = [value or COMPANY for value in asking.values("team")]
    names = list(dict.fromkeys([COMPANY, *(team for team in teams if team), *held]))
    usual = store().settings.currency
    rows = pd.DataFrame(
        {
            "team": [_team(name) for name in names],
            "amount": [f"{held[name].amount.normalize():f}" if name in held else "" for name in names],
            "currency": [held[name].currency if name in held else usual for name in names],
        }
    )
    with st.form(f"budgets_form_{month}", border=False):
        edited = st.data_editor(
            rows, hide_index=True, num_rows="fixed", key=f"budgets_edit_{month}", disabled=["team"],
            column_config={
                "team": st.column_config.TextColumn(value_label("team", _("Team"))),
                "amount": st.column_config.TextColumn(_("Budget of the month")),
                "currency": st.column_config.TextColumn(_("Currency")),
            },
        )  # fmt: skip
        if st.form_submit_button(_("Save budgets"), type="primary"):
            texts = zip(names, edited["amount"], edited["currency"], strict=True)
            _save(month, [{"team": name, "amount": amount, "currency": code} for name, amount, code in texts])
    if said := st.session_state.pop(_SAID, None):
        st.success(_(said))


def _save(month: date, rows: list[dict[str, Any]]) -> None:
    given, wrong = budgets.read(
        [row for row in rows if str(row["amount"] or "").strip()], month, store().settings.currency
    )
    for one in wrong:
        st.error(as_markdown(f"{_('Row')} {one.line}: {one.value} {say(one)}"))
    if not wrong:
        budgets.keep(store(), viewer.current().login, month, given)
        st.session_state[_SAID] = mark("Budgets are saved.")
        st.rerun()
