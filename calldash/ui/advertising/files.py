"""Files of spend or of deals on a page: taken whole or not at all, with each line that is wrong."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.commands.given_files import lines_of
from calldash.given.lines import UnknownColumns
from calldash.given.refused import Refused
from calldash.i18n import gettext as _
from calldash.i18n import ngettext, say
from calldash.people import viewer
from calldash.problems import Problem, Reject
from calldash.server.running import store
from calldash.store import Store
from calldash.ui import imports
from calldash.ui.safe import as_markdown

_SHOWN = 200  # wrong lines in a table


@dataclass(frozen=True)
class Kind:
    """A kind of file: its key, what takes one, what tells of it, its columns with their titles (msgids)."""

    key: str
    take: Callable[[Store, Path, str, Mapping[str, str], str], Any]
    told: Callable[[Any], str]
    columns: Mapping[str, str]
    needed: tuple[str, ...]


@dataclass
class Outcome:
    """What became of a file: words on what was taken, or the trouble; `content` where its columns are to be told."""

    name: str
    words: str = ""
    trouble: str = ""
    wrong: list[Reject] = field(default_factory=list)
    content: bytes | None = None


def outcomes(kind: Kind) -> list[Outcome]:
    """What became of the files brought last in this session."""
    found: list[Outcome] = st.session_state.setdefault(f"given_{kind.key}_outcomes", [])
    return found


def upload(kind: Kind, label: str, details: Callable[[], dict[str, str]]) -> None:
    """The place for files, what may be said about them, the button, and what became of the files before."""
    imports.words()
    round_ = st.session_state.setdefault(f"given_{kind.key}_round", 0)
    files = st.file_uploader(label, accept_multiple_files=True, key=f"given_{kind.key}_{round_}")
    with st.expander(_("What the files do not say")):
        given = details()
    if st.button(_("Import"), type="primary", disabled=not files, key=f"given_{kind.key}_go",
                 icon=":material/upload_file:"):  # fmt: skip
        found = [take(kind, file.name, file.getvalue(), given) for file in files or []]
        st.session_state[f"given_{kind.key}_outcomes"] = found
        st.session_state[f"given_{kind.key}_round"] = round_ + 1
        st.rerun()
    for outcome in outcomes(kind):
        _show(kind, outcome)


def take(kind: Kind, name: str, content: bytes, given: Mapping[str, str]) -> Outcome:
    """Takes one file, and tells what became of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        try:
            return Outcome(name, kind.told(kind.take(store(), path, viewer.current().login, given, name)))
        except Refused as refused:
            return Outcome(name, trouble=say(refused), wrong=refused.wrong)
        except UnknownColumns as problem:
            return Outcome(name, trouble=say(problem), content=content)
        except Problem as problem:
            return Outcome(name, trouble="\n".join([say(problem), *lines_of(problem)]))


def _show(kind: Kind, outcome: Outcome) -> None:
    if outcome.words:
        lines = [as_markdown(line.strip()) for line in outcome.words.split("\n")]
        st.success("  \n".join(lines), icon=":material/check:")
        return
    st.error(f"**{as_markdown(outcome.name)}** — {as_markdown(outcome.trouble)}", icon=":material/error:")
    wrong_lines(kind, outcome.wrong)


def wrong_lines(kind: Kind, wrong: list[Reject]) -> None:
    """Each line that is wrong, with column, value and reason."""
    if not wrong:
        return
    rows = wrong[:_SHOWN]
    frame = pd.DataFrame(
        {
            _("Line of the file"): [one.line for one in rows],
            _("Column"): [_(kind.columns.get(one.column, "")) or one.column for one in rows],
            _("Value"): [one.value for one in rows],
            _("Reason"): [say(one) for one in rows],
        }
    )
    st.dataframe(frame, hide_index=True, alt=_("Lines that are wrong"))
    if len(wrong) > _SHOWN:
        more = ngettext("… and {number} line more", "… and {number} lines more", len(wrong) - _SHOWN)
        st.caption(more.format(number=formats.number(len(wrong) - _SHOWN)))
