"""Above the calls that a bill charges otherwise: what they were charged, what the tariff says, and the difference."""

from dataclasses import replace

import streamlit as st

from calldash.filters import CallFilter
from calldash.formats import exact
from calldash.i18n import gettext as _
from calldash.ui.costs import audited
from calldash.ui.safe import as_markdown

_BEHIND = "charge:"


def draw(chosen: CallFilter) -> None:
    """A line for each currency; nothing where other calls are listed."""
    if not (chosen.behind or "").startswith(_BEHIND):
        return
    sums = audited.sums(replace(chosen, behind=None))
    for row in sums[sums["why"] == str(chosen.behind).removeprefix(_BEHIND)].to_dict("records"):
        text = _("Was charged: {charged}; by the tariff: {due}; difference: {difference}.")
        amounts = {name: exact(row[name], str(row["currency"])) for name in ("charged", "due", "difference")}
        st.markdown(as_markdown(text.format(**amounts)))
