"""Deals on the page: files of them, where sales are taken from, and what each way of attribution says."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.advertising.ad_results import MODELS
from calldash.commands import deals as words
from calldash.given import deals_import, titles
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import value_label
from calldash.people import masking, viewer
from calldash.server.running import store
from calldash.ui import drill, opening_table
from calldash.ui.advertising import files, mapping, models
from calldash.ui.advertising.files import Kind
from calldash.ui.opening_table import Cell, Row

KIND = Kind("deals", deals_import.import_file, words.told, titles.DEALS, ("id", "happened", "status"))
_NEWEST = 100
STATUSES = {"won": mark("won"), "open": mark("in progress"), "lost": mark("lost")}
_FROM = {
    "deals": mark("Sales are those of the deals below."),
    "calls": mark("Sales are those of calls: deals count in no figure but their own."),
}


def draw() -> None:
    """The whole part."""
    drill.heading(_("Files of deals"))
    st.write(_("CSV or XLSX of amoCRM or Bitrix24, or a table of your own. A deal is known by its number."))
    files.upload(KIND, _("Files of deals"), _details)
    mapping.draw(KIND)
    found = _newest()
    _said_of_sales(bool(len(found)))
    if len(found):
        _models()
        _list(found)


def _details() -> dict[str, str]:
    """What stands for all lines that do not say it themselves."""
    left, middle, right = st.columns(3)
    status = {"": _("not told"), **{code: _(text) for code, text in STATUSES.items()}}
    found = {
        "origin": left.text_input(_("List the numbers are of"), key="deals_given_origin").strip(),
        "currency": middle.text_input(_("Currency"), key="deals_given_currency").strip(),
        "status": right.selectbox(
            _("Deal status"), list(status), format_func=status.__getitem__, key="deals_given_status"
        ),
    }
    given = {name: text for name, text in found.items() if text}
    st.session_state[f"given_{KIND.key}_given"] = given
    return given


def _said_of_sales(any_deals: bool) -> None:
    """Which sales count: there is one answer, and no sale counts twice."""
    settings = store().settings
    source = settings.sales_from if settings.sales_from != "auto" else "deals" if any_deals else "calls"
    model = _("Model: “{model}”, calls up to {days} before the deal.").format(
        model=_(MODELS[settings.attribution]), days=formats.days(settings.attribution_window_days)
    )
    st.info(f"{_(_FROM[source])} {model}" if any_deals else _(_FROM[source]), icon=":material/info:")


def _models() -> None:
    """Deals and their revenue by source, by each model."""
    drill.heading(_("The same deals by each model"))
    found = models.by_source(store(), tuple(MODELS))
    in_force = store().settings.attribution
    heads = [(_("Source"), "")]
    heads += [(_(title) + (" ✓" if model == in_force else ""), "") for model, title in MODELS.items()]
    rows = [_row(row) for row in found.to_dict("records")]
    opening_table.draw("deals_models", heads, rows, _("The same deals by each model"))
    st.caption(_("The revenue of won deals, and how many. The model in use (✓) is the setting attribution."))


def _row(row: Mapping[Any, Any]) -> Row:
    """A source with the revenue by each model, and below it the deals."""
    told = _("deals: {number}")
    cells = [
        Cell(
            formats.in_unit("money", row[f"{model}_revenue"]), told.format(number=formats.number(row[f"{model}_deals"]))
        )
        for model in MODELS
    ]
    return Row(value_label("source", row["source"]), cells, opens=False)


def _newest() -> pd.DataFrame:
    return store().frame(
        "SELECT d.day, d.title, d.id, d.client, d.amount, d.margin, d.currency, d.status, d.file, d.line, "
        "(SELECT count(*) FROM attributed a WHERE a.deal_no = d.deal_no AND a.model = 'linear') AS calls "
        f"FROM deals d ORDER BY d.happened_at DESC, d.id LIMIT {_NEWEST}"
    )


def _titles(found: pd.DataFrame) -> list[str]:
    """What deals are called, without the client's number for whom it is masked."""
    names = found["title"].fillna(found["id"])
    if viewer.current().may("numbers"):
        return list(names)
    return [masking.beside(name, "" if pd.isna(of) else of) for name, of in zip(names, found["client"], strict=True)]


def _list(found: pd.DataFrame) -> None:
    drill.heading(_("The newest deals"))
    none = _("none")
    calls = [formats.number(one) if one else none for one in found["calls"]]
    table = pd.DataFrame(
        {
            _("Day"): found["day"].dt.date,
            _("Deal"): _titles(found),
            _("Client"): found["client"].map(masking.of_client, na_action="ignore"),
            _("Amount"): found["amount"],
            _("Currency"): found["currency"],
            _("Deal status"): [_(STATUSES[one]) for one in found["status"]],
            _("Calls before it"): calls,
        }
    )
    if not viewer.current().may("numbers"):  # that a deal has calls tells that its number called
        table = table.drop(columns=_("Calls before it"))
    column = {_("Day"): st.column_config.DateColumn(format="DD.MM.YYYY")}
    shown = table.style.format({_("Amount"): formats.number}, na_rep=formats.NOTHING)
    st.dataframe(shown, hide_index=True, column_config=column, alt=_("The newest deals"), key="deals_newest")
