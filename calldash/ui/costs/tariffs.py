"""Tariffs on the page: which there are, taking a table from a file, editing one, removing it."""

import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from calldash.costs.tariffs import Tariff, keeping, table
from calldash.costs.tariffs.columns import COLUMNS
from calldash.formats import exact
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext, say
from calldash.labels import period_label
from calldash.people import viewer
from calldash.problems import Problem, Reject
from calldash.server.running import store
from calldash.ui import drill, imports
from calldash.ui.safe import as_html, as_markdown

_MB = 16
_SAID, _WRONG = "tariffs_said", "tariffs_wrong"


def draw() -> None:
    """The tariffs there are, and what may be done with them."""
    held = [one for _number, one in keeping.tariffs(store())]
    if said := st.session_state.pop(_SAID, None):
        st.success(_(said))
    if held:
        _list(held)
    else:
        st.info(
            _("There are no tariffs yet: take a table from a file, or write one below."), icon=":material/payments:"
        )
    if viewer.current().may("tariffs"):
        left, right = st.columns(2)
        with left:
            _upload()
        with right:
            _remove(sorted({one.tariff for one in held}))
        _edit(held)
    with st.expander(_("Columns of a tariff table")):
        _columns()


def _list(held: list[Tariff]) -> None:
    rows = [
        {
            _("Tariff"): one.tariff,
            _("In force"): period_label(one.since, one.until),
            _("For"): _("bills") if one.own else _("comparison"),
            _("Calls of"): ", ".join(filter(None, (one.system, one.line))) or _("all"),
            _("Monthly fee"): exact(one.monthly, one.currency),
            _("Prices"): len(one.lines),
            _("Packages"): ", ".join(f"{name}: {size}" for name, size in one.packages),
        }
        for one in held
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("Tariffs"))


def _upload() -> None:
    drill.heading(_("From a file"))
    imports.words(_MB)
    file = st.file_uploader(_("CSV or XLSX with the columns below"), type=["csv", "xlsx", "txt"], key="tariffs_file")
    st.caption(_("A file takes the place of all versions of the tariffs it names, or of none where a row is wrong."))
    if file is None or not st.button(_("Take the tariffs"), key="tariffs_take", type="primary"):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(file.getvalue())
        try:
            _keep(table.from_file(path, _MB << 20, store().settings.currency, file.name))
        except Problem as problem:
            st.error(as_markdown(say(problem)))


def _keep(found: table.Read) -> None:
    wrong = found.rejects or tuple(keeping.keep(store(), viewer.current().login, found.tariffs))
    if wrong:
        refused(wrong)
        return
    st.session_state[_SAID] = mark("The tariffs are kept.")
    st.rerun()


def refused(wrong: tuple[Reject, ...]) -> None:
    """Lists what is wrong with each row, and says that nothing was taken."""
    text = ngettext(
        "Nothing was taken: {number} value is wrong.", "Nothing was taken: {number} values are wrong.", len(wrong)
    )
    st.error(text.format(number=len(wrong)), icon=":material/rule:")
    rows = [
        {
            _("Line"): one.line or None,
            _("Column"): COLUMNS[one.column].name if one.column in COLUMNS else one.column,
            _("Value"): one.value,
            _("Reason"): say(one),
        }
        for one in wrong
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("Wrong values"))


def _remove(names: list[str]) -> None:
    if not names:
        return
    drill.heading(_("Remove a tariff"))
    name = st.selectbox(_("Tariff"), names, key="tariffs_remove_name", index=None, placeholder=_("Choose"))
    if st.button(_("Remove"), key="tariffs_remove", disabled=name is None) and name:
        keeping.remove(store(), viewer.current().login, name)
        st.session_state[_SAID] = mark("The tariff is removed.")
        st.rerun()


def _edit(held: list[Tariff]) -> None:
    """All versions of one tariff as rows of the table."""
    drill.heading(_("Write or change a tariff"))
    names = sorted({one.tariff for one in held})
    name = st.selectbox(_("Tariff to change"), names, key="tariffs_name", index=None, placeholder=_("a new one"))
    rows = [row for one in held if one.tariff == name for row in table.rows_of(one)]
    usual = {key: column.usual or "" for key, column in COLUMNS.items()} | {"currency": store().settings.currency}
    frame = pd.DataFrame([{key: COLUMNS[key].told(text) for key, text in row.items()} for row in rows or [usual]])
    with st.form(f"tariffs_form_{name}", border=False):
        edited = st.data_editor(
            frame, hide_index=True, num_rows="dynamic", key=f"tariffs_rows_{name}",
            column_config={
                key: st.column_config.TextColumn(column.name, help=as_markdown(_(column.words)))
                for key, column in COLUMNS.items()
            },
        )  # fmt: skip
        if st.form_submit_button(_("Save the tariff"), type="primary"):
            _keep(table.read(enumerate(_texts(edited), 1), store().settings.currency))


def _texts(edited: pd.DataFrame) -> list[dict[str, str]]:
    """The rows that say something."""
    rows: list[dict[Any, Any]] = edited.to_dict("records")
    texts = [{str(key): "" if pd.isna(value) else str(value) for key, value in row.items()} for row in rows]
    return [row for row in texts if any(row.values())]


def _columns() -> None:
    listed = "".join(
        f"<tr><td><code>{as_html(key)}</code><br><code>{as_html(column.russian)}</code></td>"
        f"<td>{as_html(_(column.words))}</td>"
        f"<td>{as_html(_('required') if column.usual is None else column.told(column.usual))}</td></tr>"
        for key, column in COLUMNS.items()
    )
    st.html(f'<table class="cd-breakdowns">{listed}</table>')
