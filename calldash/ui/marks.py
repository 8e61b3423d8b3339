"""Making marks on pages, on the card of a call and for the picked ones: what came of it is said, tags are offered."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import ngettext, say
from calldash.marking import marks
from calldash.people import viewer
from calldash.problems import Problem
from calldash.server.running import store
from calldash.ui import asking

_SAID = "marks_said"


def make(what: str, value: str | None, calls: Sequence[int] | CallFilter) -> None:
    """Marks calls; what came of it is said when the page is drawn again."""
    try:
        st.session_state[_SAID] = marks.put(store(), viewer.current().login, what, value, calls)
    except Problem as problem:
        keep(problem)


def keep(problem: Problem) -> None:
    """What went wrong is said when the page is drawn again."""
    st.session_state[_SAID] = problem


def told() -> bool:
    """Says what came of the last mark; whether there was one."""
    if _SAID not in st.session_state:
        return False
    came = st.session_state.pop(_SAID)  # said here: a callback does not know the reader's language
    if isinstance(came, Problem):
        st.toast(say(came), icon=":material/error:")
    else:
        words = ngettext("{number} call marked.", "{number} calls marked.", came).format(number=formats.number(came))
        st.toast(words, icon=":material/check:")
    return True


def offered(known: Sequence[str] = ()) -> list[str]:
    """The tags to choose from: those on the list, those on calls, and `known` ones."""
    found = {*marks.tags(store()), *known, *(tag for tag in asking.values("tag") if tag)}
    return sorted(found, key=str.casefold)


def split(tags: object) -> list[str]:
    """The tags in the text of a call."""
    return [] if pd.isna(tags) else [part.strip() for part in str(tags).split(";") if part.strip()]  # type: ignore[call-overload]
