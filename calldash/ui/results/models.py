"""The same deals put down to calls by each model, side by side."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.advertising import ad_results
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import value_label
from calldash.server.running import store
from calldash.ui import drill, opening_table
from calldash.ui.opening_table import Cell, Row
from calldash.ui.results import page as results


def draw(chosen: CallFilter) -> None:
    """Deals, revenue and ROMI of each source by each model; the one in use is marked."""
    if ad_results.sales_from(store()) != "deals":
        st.info(
            _("Sales of calls belong to the calls they were made in: models are for deals."), icon=":material/info:"
        )
        return
    found = results.asked(ad_results.by_models, chosen)
    if found.empty:
        st.info(_("No won deal in these days."), icon=":material/search_off:")
        return
    in_force = store().settings.attribution
    drill.heading(_("The same deals by each model"), _("won deals by the day of the deal"))
    heads = [(_("Source"), "")]
    heads += [(_(name) + (" ✓" if model == in_force else ""), "") for model, name in ad_results.MODELS.items()]
    rows = [_row(row) for row in found.to_dict("records")]
    opening_table.draw("results_models", heads, rows, _("The same deals by each model"))
    st.caption(
        _(
            "Revenue; below it the won deals and ROMI. A deal that calls of several sources share counts for each. The "
            "model in use (✓) is the setting attribution. Where models differ much, no single one is the truth."
        )
    )


def _row(row: Mapping[Any, Any]) -> Row:
    cells = []
    for model in ad_results.MODELS:
        count, revenue, romi = (row[f"{model}_{key}"] for key in ("deals", "deal_revenue", "romi"))
        known = formats.NOTHING if pd.isna(romi) else formats.show("romi", romi)
        note = _("deals: {number}").format(number=formats.show("deals", count))
        cells.append(Cell(formats.show("deal_revenue", revenue), f"{note} · ROMI {known}"))
    return Row(value_label("source", row["source"]), cells, opens=False)
