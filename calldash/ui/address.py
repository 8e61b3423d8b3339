"""The URL is the state: filter, comparison and language stand in it as codes, so a link shows what its sender sees.

What a page adds under names of its own is left alone. Nothing is written before somebody changes something: each
write is a step for the browser's Back.
"""

from dataclasses import replace
from datetime import date

import streamlit as st

from calldash.filters import RANGES, CallFilter, from_pairs, to_pairs
from calldash.metrics import DIMENSIONS
from calldash.ui import asking, periods

COMPARE, LANGUAGE = "compare", "lang"
_OWN = frozenset((*DIMENSIONS, *RANGES, "since", "until", "behind", COMPARE, LANGUAGE))
_PAGE = "address_page"
CALLS = "calls"  # the page that shows the calls behind a number


def read() -> dict[str, str]:
    """The pairs in the URL that are this module's."""
    return {name: st.query_params[name] for name in st.query_params if name in _OWN}


def write(pairs: dict[str, str]) -> None:
    """Makes `pairs` those in the URL."""
    others = {name: st.query_params[name] for name in st.query_params if name not in _OWN}
    if others | pairs != dict(st.query_params):
        st.query_params.from_dict(others | pairs)


def put(chosen: CallFilter) -> None:
    """Sets the filter; language and comparison stay."""
    write(params(chosen))


def put_option(name: str, value: str | None) -> None:
    """Sets one of the other names; None takes it out."""
    pairs = {key: held for key, held in read().items() if key != name}
    write(pairs | ({name: value} if value is not None else {}))


def on_page(key: str) -> None:
    """Notes which page is shown: only Calls looks at "behind a number"."""
    st.session_state[_PAGE] = key


def filter_now() -> CallFilter:
    """The filter in force; without a period in the URL it is the default one."""
    chosen = from_pairs(read())
    if st.session_state.get(_PAGE) != CALLS:
        chosen = replace(chosen, behind=None)
    if chosen.since or chosen.until:
        return chosen
    first, today = span()
    since, until = periods.days_of(periods.DEFAULT, today, first)
    return replace(chosen, since=since, until=until)


def span() -> tuple[date, date]:
    """The first day there is, and the one that presets count from."""
    today = asking.today()
    known = asking.days()
    return (known[0] if known else today), today


def params(chosen: CallFilter) -> dict[str, str]:
    """The query parameters of a link that shows `chosen` with this reader's language and comparison."""
    kept = {name: value for name, value in read().items() if name in (COMPARE, LANGUAGE)}
    return to_pairs(chosen) | kept


def page_params(key: str) -> dict[str, str]:
    """The query parameters of the menu's link to a page: those here, but "behind a number" only for Calls."""
    return {name: value for name, value in read().items() if name != "behind" or key == CALLS}
