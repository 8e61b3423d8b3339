"""What each model of attribution says of the same deals, by source."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from calldash.filters import CallFilter
from calldash.query import Moment, questions
from calldash.store import Store
from calldash.ui import asking

_KEYS = ("deals", "deal_revenue")


def by_source(store: Store, models: Sequence[str]) -> pd.DataFrame:
    """A row a source with the columns <model>_deals and <model>_revenue, the most revenue first."""
    return _answer(store, tuple(models), asking.stamp()).copy()


@st.cache_data(max_entries=16, show_spinner=False)
def _answer(_store: Store, models: tuple[str, ...], stamp: tuple[str, ...]) -> pd.DataFrame:  # noqa: ARG001
    found = pd.DataFrame({"source": pd.Series(dtype=object)})
    now = Moment(_store.settings, _store.now())
    for model in models:
        moment = replace(now, settings=_store.settings.model_copy(update={"attribution": model}))
        (asked,) = questions(_KEYS, ["source"], CallFilter(), moment)
        names = {"deals": f"{model}_deals", "deal_revenue": f"{model}_revenue"}
        rows = _store.frame(asked.sql, asked.values).rename(columns=names)
        found = found.merge(rows[rows[f"{model}_deals"] > 0], on="source", how="outer")
    counts = [f"{model}_deals" for model in models]
    sums = [f"{model}_revenue" for model in models]
    found[counts] = found[counts].fillna(0)
    return found.sort_values(sums, ascending=False, na_position="last", ignore_index=True)
