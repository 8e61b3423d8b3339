"""How far the sources of calls can be trusted: the share that is known, in a word, and who names them."""

from typing import Literal

import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.ui import asking
from calldash.ui.safe import as_markdown

# From which share on: the word, its colour, its icon.
_LEVELS: tuple[tuple[float, str, Literal["green", "orange", "red"], str], ...] = (
    (0.9, mark("Sources are known"), "green", "verified"),
    (0.7, mark("Sources are mostly known"), "orange", "help"),
    (0.0, mark("Sources are poorly known"), "red", "warning"),
)


def draw(chosen: CallFilter) -> None:
    """The badge over the filter's inbound calls, and the counts behind it; nothing where there are none."""
    found = asking.ask(["inbound_calls"], ["source_by"], chosen)
    by = {str(row["source_by"]): int(row["inbound_calls"]) for row in found.to_dict("records")}
    whole, provider, line = sum(by.values()), by.get("provider", 0), by.get("tracking", 0)
    if not whole:
        return
    unknown = whole - provider - line
    share = (provider + line) / whole
    word, colour, icon = next((word, colour, icon) for least, word, colour, icon in _LEVELS if share >= least)
    parts = [_("The phone system names the source of {provider} inbound calls, the line that of {line}.")]
    if unknown:
        parts.append(_("For {unknown} of {whole} nobody does: {share} have a source."))
    numbers = {"provider": provider, "line": line, "unknown": unknown, "whole": whole}
    told = {name: formats.number(value) for name, value in numbers.items()} | {"share": formats.share(share)}
    said = " ".join(parts).format(**told)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(_(word), color=colour, icon=f":material/{icon}:")
        st.caption(as_markdown(said), width="content")
