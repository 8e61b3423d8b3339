"""A table that people keep on the page: edited in place, seen before it is saved, or brought as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from calldash.given.refused import Refused
from calldash.given.tables import Row
from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.server.running import store
from calldash.ui import imports
from calldash.ui.advertising import files
from calldash.ui.advertising.files import Kind, Outcome
from calldash.ui.safe import as_markdown


@dataclass(frozen=True)
class Kept:
    """A table: its rows, what takes them all anew and tells of it, what is seen before, and words on its file.

    `days` are columns of days, the others texts. `note` and `label` are msgids.
    """

    kind: Kind
    rows: Callable[[], Sequence[Sequence[Any]]]
    save: Callable[[list[Row]], str]
    note: str
    label: str
    days: tuple[str, ...] = ()
    preview: Callable[[list[Row]], None] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, in order."""
        return tuple(self.kind.columns)


def draw(kept: Kept) -> None:
    """The table, its file, and what came of the last change."""
    _table(kept)
    _file(kept)
    outcome: Outcome | None = st.session_state.get(_outcome(kept))
    if outcome is None:
        return
    if outcome.words:
        st.success(as_markdown(outcome.words), icon=":material/check:")
    else:
        st.error(as_markdown(outcome.trouble), icon=":material/error:")
        files.wrong_lines(kept.kind, outcome.wrong)


def _table(kept: Kept) -> None:
    frame = pd.DataFrame(kept.rows(), columns=kept.columns)
    frame = frame.astype({name: "object" if name in kept.days else "str" for name in kept.columns}).where(
        frame.notna(), None
    )
    key = f"{kept.kind.key}_table_{st.session_state.setdefault(_round(kept), 0)}_{store().version}"
    edited = st.data_editor(
        frame, key=key, num_rows="dynamic", hide_index=True, column_config=_config(kept), placeholder=""
    )
    changed = any(st.session_state.get(key, {}).values())
    rows = _as_rows(edited)
    if changed and kept.preview:
        _seen(kept, rows)
    if st.button(_("Save the changes"), key=f"{kept.kind.key}_save", disabled=not changed, icon=":material/save:"):
        try:
            done = Outcome("", words=kept.save(rows))
        except Refused as refused:
            st.session_state[_outcome(kept)] = Outcome("", trouble=say(refused), wrong=refused.wrong)
            return
        begin_anew(kept, done)


def _seen(kept: Kept, rows: list[Row]) -> None:
    """What saving would change; rows that are not whole yet are told when they are saved."""
    assert kept.preview
    try:
        kept.preview(rows)
    except Refused as refused:
        files.wrong_lines(kept.kind, refused.wrong)


def _config(kept: Kept) -> dict[str, Any]:
    titles = kept.kind.columns
    days = {name: st.column_config.DateColumn(_(titles[name]), format="DD.MM.YYYY") for name in kept.days}
    texts = {
        name: st.column_config.TextColumn(_(title), required=name in kept.kind.needed)
        for name, title in titles.items()
        if name not in kept.days
    }
    return texts | days


def _as_rows(edited: pd.DataFrame) -> list[Row]:
    """The rows of the editor as those of a file, by their number in it; empty ones are none."""
    records = edited.astype("object").where(edited.notna(), None).to_dict("records")
    rows = [
        (number, {str(name): str(cell) for name, cell in row.items() if cell is not None})
        for number, row in enumerate(records, 1)
    ]
    return [row for row in rows if any(cell.strip() for cell in row[1].values())]


def begin_anew(kept: Kept, outcome: Outcome) -> None:
    """Draws the page with the table as it is now, and says what came of it."""
    st.session_state[_outcome(kept)] = outcome
    st.session_state[_round(kept)] = st.session_state.get(_round(kept), 0) + 1
    st.rerun()


def _file(kept: Kept) -> None:
    imports.words()
    key = kept.kind.key
    with st.popover(_("From a file"), icon=":material/upload_file:"):
        st.caption(_(kept.note))
        file = st.file_uploader(
            _(kept.label), type=["csv", "xlsx", "txt"], key=f"{key}_file_{st.session_state[_round(kept)]}"
        )
        if st.button(_("Import"), type="primary", disabled=file is None, key=f"{key}_import") and file:
            begin_anew(kept, files.take(kept.kind, file.name, file.getvalue(), {}))


def _outcome(kept: Kept) -> str:
    return f"{kept.kind.key}_outcome"


def _round(kept: Kept) -> str:
    return f"{kept.kind.key}_round"
