"""A format of one's own without programming: choose which column is what, look at the result, keep it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.importing import mapping
from calldash.problems import Problem
from calldash.providers import Context
from calldash.providers.own import Own, distinct
from calldash.providers.plain import COLUMNS, Column
from calldash.reading import Source, open_source
from calldash.server.running import store
from calldash.ui.safe import as_markdown

_FIRST = ("id", "started_at", "direction", "client", "answered", "wait_s", "talk_s", "employee")
_NONE = ""


def draw() -> None:
    """The form: a sample file, the columns, a preview, and the button that keeps the format."""
    st.write(
        _("If a file is not recognised, say here which of its columns is what. The format is kept for all such files.")
    )
    file = st.file_uploader(_("A sample of the file"), key="mapping_file")
    if file is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sample"
        path.write_bytes(file.getvalue())
        try:
            _form(open_source(path, store().settings.max_file_mb << 20, file.name))
        except Problem as problem:
            st.error(say(problem))


def _form(source: Source) -> None:
    header = distinct(source.sample.header)
    st.caption(_("Columns of the file: {columns}").format(columns=as_markdown(", ".join(header))))
    name = st.text_input(_("Name of the format"), value=Path(source.name).stem, key="mapping_name")
    zone = st.text_input(_("Time zone of the file"), value=store().settings.zone, key="mapping_zone")
    choice = _Choice(header, mapping.propose(source.sample), {}, {})
    for column in (column for column in COLUMNS if column.name in _FIRST):
        choice.ask(column)
    with st.expander(_("More columns")):
        for column in (column for column in COLUMNS if column.name not in _FIRST):
            choice.ask(column)
    own = mapping.own_of(name.strip() or source.name, source.sample, choice.chosen, choice.fixed, zone or None)
    _preview(own, source)
    if st.button(_("Keep this format"), key="mapping_keep", type="primary"):
        path = mapping.save(own, store().settings.data / "providers")
        st.success(_("Kept as {file}: files with these columns are recognised from now on.").format(file=path.name))


@dataclass
class _Choice:
    """What was chosen for each calldash column: a column of the file, or the same value for every row."""

    header: tuple[str, ...]
    proposed: dict[str, str]
    chosen: dict[str, str]
    fixed: dict[str, str]

    def ask(self, column: Column) -> None:
        """Draws the choice for one column."""
        label = f"{column.name} — {_meaning(column)}"
        values = [f"= {value}" for value in column.choices or (("true", "false") if column.type == "flag" else ())]
        options = [_NONE, *self.header, *values]
        proposed = self.proposed.get(column.name, _NONE)
        picked = st.selectbox(
            label, options, index=options.index(proposed), format_func=_shown, key=f"mapping_{column.name}"
        )
        if picked in values:
            self.fixed[column.name] = picked.removeprefix("= ")
        elif picked:
            self.chosen[column.name] = picked


def _shown(option: str) -> str:
    return option or _("— none —")


def _meaning(column: Column) -> str:
    words: dict[str, Any] = {
        "id": _("a number or text that no other call has"),
        "started_at": _("date and time when the call began"),
        "direction": _("inbound, outbound or internal"),
        "client": _("the client's number"),
        "answered": _("whether a person talked: true, false, 1, 0, yes, no, да, нет"),
        "wait_s": _("seconds of waiting"),
        "talk_s": _("seconds of talk"),
        "employee": _("who talked"),
    }
    kinds = {
        "choice": _("one of: {values}").format(values=", ".join(column.choices)),
        "flag": _("yes or no"),
        "seconds": _("seconds"),
        "money": _("amount"),
        "phone": _("phone number"),
    }
    return str(words.get(column.name) or kinds.get(column.type) or _("text"))


def _preview(own: Own, source: Source) -> None:
    zone = own.read.zone or store().settings.zone
    try:
        context = Context(ZoneInfo(zone), store().settings.region)
    except (KeyError, ValueError, OSError) as error:
        raise Problem("There is no time zone {zone}.", zone=zone) from error
    rows, rejects = mapping.preview(own, source, context)
    st.caption(_("How the first rows are read"))
    st.dataframe(rows, hide_index=True, alt=_("How the first rows are read"))
    if rejects:
        frame = pd.DataFrame({_("Line"): [r.line for r in rejects], _("Reason"): [say(r) for r in rejects]})
        st.dataframe(frame, hide_index=True, alt=_("Rejected rows"))
