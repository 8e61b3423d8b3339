"""What is chosen on the page about staffing, in the URL as codes: weekday (the filter's own), goal, formula, basis."""

import streamlit as st

from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.labels import weekday
from calldash.server.running import store
from calldash.staffing import options
from calldash.staffing.options import LIMITS, Options
from calldash.ui import address, fields

_ALL = "all"
_KEY = "staffing_{}"
# A number's title, and what it is for.
_NUMBERS = {
    "target": (mark("Answered in time, %"), mark("The share of calls to be answered within the seconds beside it.")),
    "within": (mark("within, seconds"), mark("A call answered within so many seconds is in time.")),
    "shrinkage": (
        mark("Away from the phones, %"),
        mark("Of paid time: breaks, training, leave, calls out. So many more must be on the roster."),
    ),
}
# A switch's title and the names of its codes.
_SWITCHES = {
    "model": (mark("Clients"), {"c": mark("wait on (Erlang C)"), "a": mark("lose patience (Erlang A)")}),
    "basis": (
        mark("Calls of"),
        {"mean": mark("a mean day"), "p90": mark("a busy day"), "forecast": mark("the forecast")},
    ),
    "hours": (mark("Half hours"), {"open": mark("worked"), "all": mark("all")}),
}


def current() -> Options:
    """The options in force: those of the URL, else the settings'."""
    return options.from_pairs(st.query_params.to_dict(), store().settings)


def draw(chosen: CallFilter, held: Options) -> None:
    """Draws the choices."""
    _weekday(chosen)
    with st.grid(3, min_column_width=150):
        for name, (title, words) in _NUMBERS.items():
            low, high = LIMITS[name]
            key = _KEY.format(name)
            fields.hold(key, getattr(held, name))
            st.number_input(_(title), low, high, step=1, key=key, help=_(words), on_change=_changed, args=(name,))
    with st.grid(3, min_column_width=300):
        for name, (title, words_of) in _SWITCHES.items():
            key = _KEY.format(name)
            fields.hold(key, getattr(held, name))
            names = {code: _(word) for code, word in words_of.items()}
            st.segmented_control(
                _(title), list(names), format_func=names.__getitem__, key=key, required=True, on_change=_changed,
                args=(name,),
            )  # fmt: skip


def _weekday(chosen: CallFilter) -> None:
    """One weekday, or all: the filter's own choice."""
    held = chosen.values("weekday")
    names = {_ALL: _("All days")} | {str(number): weekday(number) for number in range(1, 8)}
    key = _KEY.format("weekday")
    fields.hold(key, _ALL if not held else held[0] if len(held) == 1 else None)
    st.segmented_control(
        _("Weekday"), list(names), format_func=names.__getitem__, key=key, label_visibility="collapsed",
        on_change=_weekday_changed,
    )  # fmt: skip


def _weekday_changed() -> None:
    picked = st.session_state[_KEY.format("weekday")]
    address.put(address.filter_now().choose("weekday", [] if picked in (None, _ALL) else [picked]))


def _changed(name: str) -> None:
    held = vars(current()) | {name: st.session_state[_KEY.format(name)]}
    pairs = options.to_pairs(Options(**held), store().settings)
    others = {key: value for key, value in st.query_params.to_dict().items() if key not in options.NAMES}
    st.query_params.from_dict(others | pairs)
