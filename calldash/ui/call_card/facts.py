"""A call's own values, and the rows it was made of: the beginning and the end of its card."""

from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.colours import colour
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.metrics import CALL_COLUMNS
from calldash.telling.phones import place
from calldash.telling.values import cell, column_title, moment
from calldash.ui.safe import as_html, as_markdown

# Shown always, "—" when not known, and shown only where there is something to show.
_FACTS = (
    "started_at", "ended_at", "client", "line", "direction", "status", "employee", "team", "queue", "wait_s", "talk_s",
    "cost", "source",
)  # fmt: skip
_MORE = (
    "destination", "roaming", "miss_reason", "hold_s", "wrapup_s", "source_by", "medium", "campaign", "keyword",
    "ad", "written_source", "written_campaign", "sale_amount", "outcome", "nature", "tags", "kind", "system", "id",
)  # fmt: skip


def markup(call: dict[str, Any]) -> str:
    """The call's own values as HTML, from a row of report `call`."""
    call = call | {"started_at": call["started_local"], "ended_at": call["ended_local"]}
    known = [key for key in _MORE if _tells(call[key])]
    shown = "".join(_fact(column_title(key), _value(key, call)) for key in (*_FACTS, *known))
    return f"<dl class='cd-facts'>{shown}</dl>"


def _tells(value: Any) -> bool:
    """Whether a value that most calls do not have is worth a place."""
    return not pd.isna(value) and value not in ("", False, "voice")


def _fact(name: str, markup: str) -> str:
    return f"<div><dt>{as_html(name)}</dt><dd>{markup}</dd></div>"


def _value(key: str, call: dict[str, Any]) -> str:
    found = cell(key, call[key], call["currency"] or None)
    before = f"<i style='color:{colour(found.meaning)}' aria-hidden='true'>{found.mark}</i> " if found.mark else ""
    if key == "cost" and pd.isna(call[key]):
        return before + as_html(found.text) + f"<small>{as_html(_('the phone system names none'))}</small>"
    if key == "tags":
        return as_html(", ".join(tag.strip() for tag in found.text.split(";") if tag.strip()))
    if CALL_COLUMNS[key].unit != "phone" or pd.isna(call[key]):
        return before + as_html(found.text)
    about = "".join(f"<small>{as_html(text)}</small>" for text in place(str(call[key]), language()))
    return as_html(found.text) + about


def origin(rows: pd.DataFrame, erased: bool = False) -> None:
    """Draws the files and lines a call was made of, a frame of report `call_rows`, and the rows as they stood there."""
    st.subheader(_("Where it comes from"), anchor=False)
    if rows.empty and erased:
        st.caption(_("The client was erased, and with it the rows that the call was made of."))
        return
    if rows.empty:
        st.caption(_("It was made by the program itself; there is no row of a file behind it."))
        return
    for (file, imported), part in rows.groupby(["file", "imported_local"], dropna=False, sort=False):
        lines = ", ".join(formats.number(line) for line in part["line"])
        words = _("File {file}, line {lines}, imported {time}").format(
            file=file, lines=lines, time=moment(pd.Timestamp(str(imported)))
        )
        st.markdown(as_markdown(words))
    with st.expander(_("The row as it came") if len(rows) == 1 else _("The rows as they came")):
        for data in rows["data"]:
            st.code(data, language=None, wrap_lines=True)
