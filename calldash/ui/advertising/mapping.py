"""Which column of a file is what: chosen here where no known export has such a header; kept for all such files."""

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from calldash.given import kept
from calldash.given.lines import header_of, read
from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.problems import Problem
from calldash.server.running import store
from calldash.ui.advertising import files
from calldash.ui.advertising.files import Kind, Outcome
from calldash.ui.safe import as_markdown

_NONE = ""
_ROWS = 8


def draw(kind: Kind) -> None:
    """A form for each file whose columns nobody knows."""
    for number, outcome in enumerate(files.outcomes(kind)):
        if outcome.content is not None:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "file"
                path.write_bytes(outcome.content)
                _form(kind, outcome, path, f"map_{kind.key}_{number}")


def _form(kind: Kind, outcome: Outcome, path: Path, key: str) -> None:
    most = store().settings.max_file_mb
    header = [cell.strip() for cell in header_of(path, most, outcome.name) if cell.strip()]
    with st.container(border=True):
        st.markdown(_("**{file}**: which column is what?").format(file=as_markdown(outcome.name)))
        columns = _columns(kind, header, key)
        name = st.text_input(_("Name of the format"), value=Path(outcome.name).stem, key=f"{key}_name")
        missing = [one for one in kind.needed if one not in columns]
        if missing:
            st.caption(
                _("Still to choose: {columns}").format(columns=", ".join(_(kind.columns[one]) for one in missing))
            )
            return
        _preview(kind, name, columns, path, outcome.name)
        if st.button(_("Keep the format and import the file"), key=f"{key}_keep", type="primary"):
            _keep(kind, outcome, name, columns)


def _columns(kind: Kind, header: list[str], key: str) -> dict[str, str]:
    chosen = {}
    with st.grid(3, min_column_width=240, gap="small"):
        for ours in kind.columns:
            like = next((theirs for theirs in header if theirs.casefold() == ours), _NONE)
            options = [_NONE, *header]
            label = _(kind.columns[ours]) + (" *" if ours in kind.needed else "")
            theirs = st.selectbox(label, options, index=options.index(like), format_func=_shown, key=f"{key}_{ours}")
            if theirs:
                chosen[ours] = theirs
    return chosen


def _shown(option: str) -> str:
    return option or _("— none —")


def _preview(kind: Kind, name: str, columns: dict[str, str], path: Path, file: str) -> None:
    """The first lines by our names."""
    try:
        found = read(path, [kept.shape(name, columns, {})], store().settings.max_file_mb, file)
    except Problem as problem:
        st.error(say(problem))
        return
    frame = pd.DataFrame([dict(line.cells) for line in found.rows[:_ROWS]], columns=list(columns)).fillna("")
    frame.columns = pd.Index([_(kind.columns[ours]) for ours in columns])
    st.caption(_("How the first rows are read"))
    st.dataframe(frame, hide_index=True, alt=_("How the first rows are read"))


def _keep(kind: Kind, outcome: Outcome, name: str, columns: dict[str, str]) -> None:
    assert outcome.content is not None
    try:
        kept.keep(store().settings.data, kind.key, name, columns, {})
    except Problem as problem:
        st.error(say(problem))
        return
    given = st.session_state.get(f"given_{kind.key}_given", {})
    done = files.take(kind, outcome.name, outcome.content, given)
    found = files.outcomes(kind)
    found[found.index(outcome)] = done
    st.rerun()
