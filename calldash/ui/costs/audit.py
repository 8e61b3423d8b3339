"""The audit of a bill on the page: sums by reason, the calls that differ, and what other tariffs would have cost."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.costs.tariffs import bill, keeping
from calldash.costs.tariffs.bill import WHYS, AsIf
from calldash.filters import CallFilter, to_pairs
from calldash.formats import exact
from calldash.i18n import gettext as _
from calldash.i18n import pgettext
from calldash.labels import value_label
from calldash.server.running import store
from calldash.ui import address, asking, downloads, drill, menu
from calldash.ui.costs import audited
from calldash.ui.costs.audited import MOST
from calldash.ui.costs.page import picked_cell
from calldash.ui.journal import state
from calldash.ui.safe import as_markdown

_ALL = "all"


def draw(chosen: CallFilter) -> None:
    """Sums, calls, other tariffs."""
    if not keeping.tariffs(store()):
        st.info(_("There are no tariffs to check the bill by: enter them under Tariffs."), icon=":material/payments:")
        return
    key = repr((chosen, asking.stamp()))
    sums = audited.sums(chosen)
    _told(sums)
    _reasons(sums, chosen)
    _calls(chosen, sums)
    drill.heading(_("The same calls by other tariffs"))
    with st.spinner(_("Every call is priced by every tariff …")):
        compared = _compared(key, chosen)
    _what_if(compared, chosen)


@st.cache_data(max_entries=32, show_spinner=False)
def _compared(key: str, _chosen: CallFilter) -> list[AsIf]:  # noqa: ARG001
    return bill.what_if(store(), _chosen)


def _told(sums: pd.DataFrame) -> None:
    """Says for each currency how many calls differ and by how much in all."""
    for currency, rows in sums.groupby("currency"):
        wrong = rows[rows["why"] != "right"]
        known = [value for value in wrong["difference"] if value is not None]
        text = _("{wrong} of {calls} calls and messages differ; charged too much: {more}, too little: {less}.").format(
            wrong=formats.number(int(wrong["calls"].sum())), calls=formats.number(int(rows["calls"].sum())),
            more=exact(sum((one for one in known if one > 0), Decimal(0)), str(currency)),
            less=exact(-sum((one for one in known if one < 0), Decimal(0)), str(currency)),
        )  # fmt: skip
        st.markdown(as_markdown(text))


def _reasons(sums: pd.DataFrame, chosen: CallFilter) -> None:
    drill.heading(_("Why charges differ"))
    wrong = sums[sums["why"] != "right"]
    if wrong.empty:
        st.success(_("Every charge is what the tariff says."), icon=":material/check:")
        return
    rows = [
        {
            _("Reason"): _(WHYS[why]), _("Calls"): formats.number(calls), _("Was charged"): exact(charged, currency),
            _("By the tariff"): exact(due, currency), _("Difference"): exact(difference, currency),
        }
        for currency, why, calls, charged, due, difference in wrong.itertuples(index=False)
    ]  # fmt: skip
    if cell := _table(rows, "audit_reasons", _("Why charges differ")):
        row = wrong.iloc[cell[0]]
        drill.open_calls(replace(_in_currency(chosen, str(row["currency"])), behind=f"charge:{row['why']}"))


def _table(rows: list[dict[str, str]], key: str, alt: str) -> tuple[int, str] | None:
    """A table of texts; gives the cell that was clicked, where there are calls to open."""
    frame, columns = pd.DataFrame(rows), _right(rows[0])
    if not menu.exists("calls"):
        st.dataframe(frame, hide_index=True, column_config=columns, alt=alt)
        return None
    drawn = st.dataframe(
        frame, hide_index=True, column_config=columns, alt=alt, key=key, on_select="rerun",
        selection_mode="single-cell",
    )  # fmt: skip
    st.caption(_("A click on a line opens its calls."))
    return picked_cell(drawn)


def _in_currency(chosen: CallFilter, currency: str) -> CallFilter:
    """The calls charged in a currency; where a call says none it is the usual one."""
    usual = currency == store().settings.currency
    held = chosen.values("currency")
    wanted = [one for one in ((currency, None) if usual else (currency,)) if not held or one in held]
    return chosen.choose("currency", wanted)


def _right(row: dict[str, str]) -> dict[str, Any]:
    """Columns of texts, all but the first to the right."""
    return {name: st.column_config.TextColumn(name, alignment="right" if at else "left") for at, name in enumerate(row)}


def _formatted() -> dict[str, Any]:
    """The columns of amounts, to the right, and the moment."""
    names = (_("Was charged"), _("By the tariff"), _("Difference"), pgettext("call", "Talk"))
    start = st.column_config.DatetimeColumn(_("Start"), format="DD.MM.YYYY HH:mm:ss")
    return {_("Start"): start} | {name: st.column_config.TextColumn(name, alignment="right") for name in names}


def _calls(chosen: CallFilter, sums: pd.DataFrame) -> None:
    """The calls that differ, of one reason or of all; a click opens the call."""
    whys = [why for why in WHYS if why in set(sums["why"])]
    if not whys:
        return
    drill.heading(_("Calls that differ"), _("the largest difference first"))
    names = {_ALL: _("All reasons")} | {why: _(WHYS[why]) for why in whys}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox(_("Reason"), list(names), format_func=names.__getitem__, key="audit_why", width=420)
        downloads.draw(to_pairs(chosen) | {"what": "bill"}, key="audit_file")
    why = None if picked == _ALL else picked
    found = audited.differing(chosen, why)
    rows = pd.DataFrame([_row(row) for row in found.to_dict("records")])
    drawn = st.dataframe(
        rows, hide_index=True, key=f"audit_calls_{picked}", on_select="rerun", selection_mode="single-cell",
        alt=_("Calls that differ"), column_config=_formatted(), height=min(len(rows), 12) * 35 + 38,
    )  # fmt: skip
    if len(rows) == MOST:
        st.caption(_("Shown are the first {number}; a file has all of them.").format(number=formats.number(MOST)))
    if (cell := picked_cell(drawn)) and menu.exists("calls"):
        where = address.params(chosen) | state.pairs_of(int(found["call_no"].iloc[cell[0]]))
        st.switch_page(menu.page("calls"), query_params=where)


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    """A call that differs, in words."""
    currency = row["currency"]
    return {
        _("Start"): row["started_at"], _("Client"): row["client"] or formats.NOTHING,
        pgettext("call", "Talk"): formats.in_unit("seconds", row["talk_s"]),
        _("Was charged"): exact(row["charged"], currency), _("By the tariff"): exact(row["due"], currency),
        _("Difference"): exact(row["difference"], currency), _("Reason"): _(WHYS[row["why"]]),
        _("Tariff"): row["tariff"] or formats.NOTHING, _("Prefix"): row["prefix"] or formats.NOTHING,
        _("Employee"): value_label("employee", row["employee"]),
    }  # fmt: skip


def _what_if(found: list[AsIf], chosen: CallFilter) -> None:
    best = bill.cheapest(found)
    if best and best.saved is not None and best.saved > 0:
        text = _("The cheapest is {tariff}: {total}, {saved} less than was paid.")
        st.success(
            as_markdown(text.format(tariff=best.tariff, total=exact(best.total, best.currency),
                                    saved=exact(best.saved, best.currency))), icon=":material/savings:",
        )  # fmt: skip
    elif best:
        st.info(as_markdown(_("No tariff here is cheaper than what was paid; the cheapest is {tariff}.").format(
            tariff=best.tariff)), icon=":material/savings:")  # fmt: skip
    _tariffs(found, chosen)
    st.caption(
        _(
            "The newest version of each tariff, over all calls of the selection. Fees of a part of a month count in "
            "part. What a tariff does not price stays as it was charged."
        )
    )


def _tariffs(found: list[AsIf], chosen: CallFilter) -> None:
    """A line for each tariff, which opens the calls it prices, or those it does not."""
    rows = [
        {
            _("Tariff"): one.tariff,
            _("In all"): _("several currencies") if one.foreign else exact(one.total, one.currency),
            _("Less than was paid"): exact(one.saved, one.currency), _("Calls"): exact(one.due, one.currency),
            _("Monthly fee"): exact(one.monthly, one.currency),
            _("Not in the tariff, as charged"): exact(one.kept_cost, one.currency),
            _("Calls priced"): formats.number(one.priced), _("Not in the tariff"): formats.number(one.kept),
        }
        for one in found
    ]  # fmt: skip
    if cell := _table(rows, "audit_whatif", _("Other tariffs")):
        beside = cell[1] in (_("Not in the tariff"), _("Not in the tariff, as charged"))
        drill.open_calls(replace(chosen, behind=f"{'untold' if beside else 'tariff'}:{found[cell[0]].tariff_no}"))
