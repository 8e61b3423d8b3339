"""Tracking numbers on the page: how far sources are known, the lines to edit or bring as a file, who changed them."""

from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats, tracking
from calldash.commands import classing
from calldash.filters import CallFilter
from calldash.given.refused import Refused
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext, say
from calldash.people import viewer
from calldash.server.running import store
from calldash.ui import drill, imports
from calldash.ui.advertising import files, history
from calldash.ui.advertising.files import Kind, Outcome
from calldash.ui.safe import as_markdown
from calldash.ui.sources import trust

_DAYS = ("from_day", "until_day")
_ROUND, _OUTCOME = "tracking_round", "tracking_outcome"


_TITLES = {
    "line": mark("Line"),
    "source": mark("Source"),
    "medium": mark("Medium"),
    "campaign": mark("Campaign"),
    "from_day": mark("First day"),
    "until_day": mark("Last day"),
}
KIND = Kind("tracking", tracking.import_file, classing.told, _TITLES, ("line", "source"))


def draw() -> None:
    """The whole part."""
    trust.draw(CallFilter())
    st.session_state.setdefault(_ROUND, 0)
    drill.heading(_("Lines and their sources"))
    st.write(
        _("An inbound call whose source the phone system does not name has that of the line that was called.")
        + " "
        + _("A row counts from its first day to its last, both included; an empty day is an open end.")
    )
    _table()
    _file()
    _show(st.session_state.get(_OUTCOME))
    history.draw(tracking.history(store()))


def _table() -> None:
    rows = tracking.lines(store())
    frame = pd.DataFrame([[getattr(one, name) for name in tracking.COLUMNS] for one in rows], columns=tracking.COLUMNS)
    frame = frame.astype({name: "object" if "day" in name else "str" for name in tracking.COLUMNS}).where(
        frame.notna(), None
    )
    key = f"tracking_table_{st.session_state[_ROUND]}_{store().version}"
    edited = st.data_editor(
        frame, key=key, num_rows="dynamic", hide_index=True, column_config=_config(), placeholder=""
    )
    changed = any(st.session_state.get(key, {}).values())
    if st.button(_("Save the changes"), key="tracking_save", disabled=not changed, icon=":material/save:"):
        _save(edited)


def _config() -> dict[str, Any]:
    days = {name: st.column_config.DateColumn(_(_TITLES[name]), format="DD.MM.YYYY") for name in _DAYS}
    texts = {
        name: st.column_config.TextColumn(_(title), required=name in KIND.needed)
        for name, title in _TITLES.items()
        if name not in _DAYS
    }
    return texts | days


def _save(edited: pd.DataFrame) -> None:
    """The rows of the table take the place of all; what is wrong is told by the row's number in it."""
    records = edited.astype("object").where(edited.notna(), None).to_dict("records")
    rows = [
        (number, {str(name): str(cell) for name, cell in row.items() if cell is not None})
        for number, row in enumerate(records, 1)
    ]
    try:
        count = tracking.save(store(), viewer.current().login, [row for row in rows if row[1]])
    except Refused as refused:
        st.session_state[_OUTCOME] = Outcome("", trouble=say(refused), wrong=refused.wrong)
        return
    text = ngettext("Saved. {number} call changed.", "Saved. {number} calls changed.", count)
    _begin_anew(Outcome("", words=text.format(number=formats.number(count))))


def _begin_anew(outcome: Outcome) -> None:
    st.session_state[_OUTCOME] = outcome
    st.session_state[_ROUND] += 1
    st.rerun()


def _file() -> None:
    imports.words()
    with st.popover(_("From a file"), icon=":material/upload_file:"):
        st.caption(
            _("CSV or XLSX with the columns line, source and, if you like, medium, campaign, from_day, until_day.")
        )
        file = st.file_uploader(
            _("File of tracking numbers"), type=["csv", "xlsx", "txt"], key=f"tracking_file_{st.session_state[_ROUND]}"
        )
        if st.button(_("Import"), type="primary", disabled=file is None, key="tracking_import") and file:
            _begin_anew(files.take(KIND, file.name, file.getvalue(), {}))


def _show(outcome: Outcome | None) -> None:
    if outcome is None:
        return
    if outcome.words:
        st.success(as_markdown(outcome.words), icon=":material/check:")
    else:
        st.error(as_markdown(outcome.trouble), icon=":material/error:")
        files.wrong_lines(KIND, outcome.wrong)
