"""Unusual spending on the page: what each rule found, each line of which opens its calls."""

import streamlit as st

from calldash.costs import unusual
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.server.running import store
from calldash.ui import asking, drill, tables


def draw(chosen: CallFilter) -> None:
    """A table for each rule that found something."""
    found = _found(repr((chosen, asking.stamp())), chosen)
    if not found:
        st.success(_("Nothing unusual was found in this selection."), icon=":material/check:")
    for one in found:
        drill.heading(_(one.rule.title))
        st.caption(_(one.rule.words))
        tables.show(
            one.rows, unusual.BY, ["total_cost", "priced_calls"], one.calls, f"unusual_{one.rule.key}", "total_cost"
        )
    listed = ", ".join(_(rule.title) for rule in unusual.RULES)
    st.caption(_("Looked for: {rules}.").format(rules=listed))


@st.cache_data(max_entries=32, show_spinner=False)
def _found(key: str, _chosen: CallFilter) -> list[unusual.Found]:  # noqa: ARG001
    return unusual.unusual(store(), _chosen)
