"""What is in force besides the period, as chips: each takes itself out, the last takes out all."""

from dataclasses import dataclass, replace

import streamlit as st

from calldash.filters import RANGES, Bound, CallFilter
from calldash.formats import in_unit
from calldash.i18n import gettext as _
from calldash.labels import dimension_title, period_label, value_label
from calldash.numbers.client_search import client_numbers
from calldash.server.running import store
from calldash.ui import address, behind_words
from calldash.ui.safe import as_markdown, shorten

_SHOWN = 2  # values named in one chip


@dataclass(frozen=True)
class Chip:
    """A part of the filter: its text and the filter without it."""

    name: str
    text: str
    without: CallFilter


def chips(chosen: CallFilter) -> list[Chip]:
    """The parts of a filter that limit it besides the period."""
    found = [
        Chip(name, f"{dimension_title(name)}: {_named(name, values)}", chosen.choose(name, []))
        for name, values in chosen.chosen
    ]
    found += [
        Chip(
            name, f"{_(RANGES[name].title)}: {_bounds(RANGES[name].unit, low, high)}", chosen.between(name, None, None)
        )
        for name, low, high in chosen.ranges
    ]
    if chosen.behind:
        found.append(Chip("behind", behind_words.text(chosen.behind), replace(chosen, behind=None)))
    return found


def draw(chosen: CallFilter, dated: bool = True) -> None:
    """Draws the days that are shown, where the page is `dated`, and the chips."""
    parts = chips(chosen)
    if not parts and not dated:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="chips"):
        if dated:
            st.caption(as_markdown(period_label(chosen.since, chosen.until)), width="content")
        for chip in parts:
            label = as_markdown(shorten(chip.text, 60))
            st.button(
                label, key=f"chip_{chip.name}", icon=":material/close:", icon_position="right",
                help=_("Remove this filter"), on_click=address.put, args=(chip.without,),
            )  # fmt: skip
        if len(parts) > 1:
            bare = CallFilter(chosen.since, chosen.until)
            st.button(_("Reset all"), key="chip_all", type="tertiary", on_click=address.put, args=(bare,))


def _named(dimension: str, values: tuple[str | None, ...]) -> str:
    if dimension == "client_id":
        known = client_numbers(store(), [int(value) for value in values if value])
        names = [known.get(int(value), value) if value else value_label(dimension, None) for value in values]
    else:
        names = [value_label(dimension, value) for value in values]
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" +{rest}" if rest > 0 else "")


def _bounds(unit: str, low: Bound, high: Bound) -> str:
    first, last = (in_unit(unit, bound) for bound in (low, high))
    if low is None:
        return _("up to {time}").format(time=last)
    return _("from {time}").format(time=first) if high is None else f"{first}–{last}"
