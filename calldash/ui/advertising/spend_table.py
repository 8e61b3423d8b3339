"""The lines of ad spend in a table to edit: checked as a file is, saved together or not at all."""

from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.given import spend_import
from calldash.given.refused import Refused
from calldash.i18n import gettext as _
from calldash.i18n import language, mark, ngettext, say
from calldash.people import viewer
from calldash.server.running import store
from calldash.store import spend
from calldash.ui import drill
from calldash.ui.advertising import files
from calldash.ui.advertising.files import Kind

_COLUMNS = ("source", "medium", "campaign", "since", "until", "amount", "currency", "vat", "vat_rate")
_VAT = {"in": mark("with VAT"), "out": mark("without VAT")}
_MOST = 500
_HEIGHT = 380


def draw(kind: Kind) -> None:
    """The newest lines, to change, remove and add."""
    drill.heading(_("Lines of spend"))
    rows = _stored()
    st.caption(_("A line of several days is spread evenly over them. Changes count once they are saved."))
    round_ = st.session_state.setdefault("spend_table_round", 0)
    frame = pd.DataFrame([_cells(one) for one in rows], columns=list(_COLUMNS))
    key = f"spend_table_{round_}_{store().version}"
    edited = st.data_editor(
        frame, key=key, num_rows="dynamic", hide_index=True, height=_HEIGHT if len(rows) > 8 else "auto",
        column_config=_config(), column_order=_COLUMNS, placeholder="",
    )  # fmt: skip
    if len(rows) == _MOST:
        st.caption(_("The newest {number} lines are shown.").format(number=formats.number(_MOST)))
    changes = st.session_state.get(key, {})
    if st.button(_("Save the changes"), key="spend_table_save", disabled=not any(changes.values()),
                 icon=":material/save:"):  # fmt: skip
        _save(kind, rows, edited, changes)


def _stored() -> list[spend.Stored]:
    with store().cursor() as cursor:
        newest = f"spend_no IN (SELECT spend_no FROM spend ORDER BY since DESC, spend_no DESC LIMIT {_MOST})"
        return spend.stored(cursor, newest)


def _cells(one: spend.Stored) -> dict[str, Any]:
    held = {name: getattr(one.spend, name) for name in _COLUMNS}
    return held | {name: None if held[name] is None else float(held[name]) for name in ("amount", "vat_rate")}


def _config() -> dict[str, Any]:
    day = "DD.MM.YYYY" if language() == "ru" else "DD/MM/YYYY"
    return {
        "source": st.column_config.TextColumn(_("Source"), required=True),
        "medium": st.column_config.TextColumn(_("Medium")),
        "campaign": st.column_config.TextColumn(_("Campaign")),
        "since": st.column_config.DateColumn(_("First day"), required=True, format=day),
        "until": st.column_config.DateColumn(_("Last day"), format=day),
        "amount": st.column_config.NumberColumn(_("Amount"), required=True, min_value=0, format="%.2f"),
        "currency": st.column_config.TextColumn(_("Currency"), max_chars=3, default=store().settings.currency),
        "vat": st.column_config.SelectboxColumn(
            _("VAT"), options=list(_VAT), format_func=lambda code: _(_VAT[str(code)])
        ),
        "vat_rate": st.column_config.NumberColumn(_("Rate, %"), min_value=0, max_value=99),
    }  # fmt: skip


def _save(kind: Kind, rows: list[spend.Stored], edited: pd.DataFrame, changes: dict[str, Any]) -> None:
    """Changed lines are removed and added as they read now."""
    touched = sorted({int(at) for at in changes.get("edited_rows", {})} - set(changes.get("deleted_rows", [])))
    gone = [rows[at].spend_no for at in (*touched, *changes.get("deleted_rows", []))]
    added = [*(_line(edited.loc[[at]].iloc[0]) | _kept(rows[at]) for at in touched), *_new(rows, edited)]
    try:
        count = spend_import.edit(store(), viewer.current().login, gone, added)
    except Refused as refused:
        st.error(say(refused), icon=":material/error:")
        files.wrong_lines(kind, refused.wrong)
        return
    st.session_state["spend_table_round"] += 1
    text = ngettext("Saved: {number} line", "Saved: {number} lines", count or len(gone))
    st.toast(text.format(number=formats.number(count or len(gone))), icon=":material/check:")
    st.rerun()


def _new(rows: list[spend.Stored], edited: pd.DataFrame) -> list[dict[str, str]]:
    return [_line(edited.loc[[at]].iloc[0]) for at in edited.index if at >= len(rows)]


def _line(row: "pd.Series[Any]") -> dict[str, str]:
    """A row of the editor as the cells of a file."""
    found = {name: row[name] for name in _COLUMNS if not pd.isna(row[name])}
    return {name: f"{value:.6f}" if isinstance(value, float) else str(value) for name, value in found.items()}


def _kept(one: spend.Stored) -> dict[str, str]:
    """What the editor does not show, as it was."""
    held = {name: getattr(one.spend, name) for name in ("account", "keyword", "ad", "clicks", "impressions")}
    return {name: str(value) for name, value in held.items() if value is not None}
