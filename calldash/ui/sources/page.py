"""Advertising sources: their numbers, and what a reader should know before comparing them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import day_label
from calldash.metrics import METRICS
from calldash.ui import address, asking, menu, rules_in_force
from calldash.ui.safe import as_markdown
from calldash.ui.sources import trust

WARM_UP = timedelta(days=14)  # from the first call on; most callers are seen for the first time then


def by_source(keys: Sequence[str], chosen: CallFilter) -> pd.DataFrame:
    """The numbers of each source, and of the calls whose source is not known."""
    return _not_empty(asking.ask(keys, ["source"], chosen, cases=True), keys)


def _not_empty(found: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Rows in which something was counted: internal calls, for one, have no source and none of these numbers."""
    counts = [key for key in keys if METRICS[key].unit == "count"]
    return found[found[counts].fillna(0).astype(bool).any(axis=1)].reset_index(drop=True)


def notes(chosen: CallFilter) -> None:
    """Says how many calls have no source, whose sales those hold, and whether nearly everybody is new."""
    if not chosen.values("source"):
        trust.draw(chosen)
        _unknown(chosen)
        _outbound_sales(chosen)
    rules_in_force.draw(chosen)
    known = asking.days()
    if known and (chosen.since or known[0]) < known[0] + WARM_UP:
        text = _("The data begin on {day}: in the first days nearly every client counts as unique.")
        st.caption(as_markdown(text.format(day=day_label(known[0]))))


def _unknown(chosen: CallFilter) -> None:
    unknown = replace(chosen.choose("source", [None]), behind=None)
    number, whole = (int(asking.one(["inbound_calls"], one)["inbound_calls"]) for one in (unknown, chosen))
    if not number:
        return
    text = ngettext(
        "The source of {number} inbound call of {whole} ({share}) is not known.",
        "The source of {number} inbound calls of {whole} ({share}) is not known.",
        number,
    )
    share = formats.share(number / whole)
    said = as_markdown(text.format(number=formats.number(number), whole=formats.number(whole), share=share))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(said, width="content")
        if menu.exists("calls"):
            where = address.params(replace(unknown, behind="inbound_calls"))
            st.page_link(menu.page("calls"), label=_("Open these calls"), query_params=where)


def _outbound_sales(chosen: CallFilter) -> None:
    """Such calls are ours, not the advertising's; only where nobody chose directions is it a surprise."""
    unknown = chosen.choose("source", [None]).choose("direction", ["outbound"])
    sold = 0 if chosen.values("direction") else int(asking.one(["sale_calls"], unknown)["sale_calls"])
    if sold:
        text = ngettext(
            "The row “not known” holds {number} outbound call that sold too.",
            "The row “not known” holds {number} outbound calls that sold too.",
            sold,
        )
        st.caption(as_markdown(text.format(number=formats.number(sold))))
