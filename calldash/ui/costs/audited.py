"""What the audit of a bill tells, asked quarter by quarter: how far it is is shown, and what is done stays known.

Over years of calls it takes long the first time. Whoever leaves the page and comes back goes on where it stopped, and
another period needs only the quarters that nobody asked for yet.
"""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.costs.tariffs import bill
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.server.running import store
from calldash.ui import address, asking

MOST = 200  # calls shown; a file has all
_HELD = 512  # answers


def sums(chosen: CallFilter) -> pd.DataFrame:
    """As `bill.sums_of`."""
    return bill.added(_each(chosen, _sums))


def differing(chosen: CallFilter, why: str | None) -> pd.DataFrame:
    """As `bill.differences_of`, the first MOST."""
    return bill.largest(_each(chosen, lambda key, one: _differing(key, one, why)), MOST)


def _each(chosen: CallFilter, ask: Callable[[str, CallFilter], pd.DataFrame]) -> list[pd.DataFrame]:
    parts = bill.stretches(chosen, *address.span())
    if len(parts) == 1:
        return [ask(_key(chosen), chosen)]
    place = st.empty()
    found = []
    for at, one in enumerate(parts):
        words = _("The bill is checked: {done} of {all} quarters. You may leave and come back.")
        text = words.format(done=formats.number(at), all=formats.number(len(parts)))
        place.progress(at / len(parts), text=text)
        found.append(ask(_key(one), one))
    place.empty()
    return found


def _key(chosen: CallFilter) -> str:
    return repr((chosen, asking.stamp()))


@st.cache_data(max_entries=_HELD, show_spinner=False)
def _sums(key: str, _chosen: CallFilter) -> pd.DataFrame:  # noqa: ARG001
    return bill.sums_of(store(), _chosen)


@st.cache_data(max_entries=_HELD, show_spinner=False)
def _differing(key: str, _chosen: CallFilter, why: str | None) -> pd.DataFrame:  # noqa: ARG001
    return bill.differences_of(store(), _chosen, why, MOST)
