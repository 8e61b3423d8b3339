"""Clients of paid advertising by their first call: what came of them, and which of them are too young to tell."""

from datetime import timedelta

import streamlit as st

from calldash import formats
from calldash.advertising import ad_results
from calldash.advertising.results.cohorts import HORIZONS, Cohort, Reached, usual
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import day_short, period_label
from calldash.ui import asking, drill, opening_table
from calldash.ui.opening_table import Cell, Row
from calldash.ui.results import page as results
from calldash.ui.sources.page import WARM_UP

_STEPS = 8


def draw(chosen: CallFilter) -> None:
    """A row a cohort: its clients, what they cost, how mature it is, and what it had come to after so many days."""
    found = results.asked(ad_results.cohorts, chosen)
    if not found:
        st.info(
            _("No client called for the first time by paid advertising in these days."), icon=":material/search_off:"
        )
        return
    drill.heading(_("Clients by their first call"), _("share that bought within so many days, and what returned"))
    heads = [
        (_("First call"), ""),
        (_("Clients"), _("Clients whose first call came by paid advertising.")),
        (_("Ad cost"), ""),
        (_("Maturity"), _("How much of the longest horizon all clients of the row have had.")),
        *((_("within {days}").format(days=formats.days(days)), "") for days in HORIZONS),
    ]
    rows = [_usual(found), *(_row(one) for one in reversed(found))]
    opening_table.draw("results_cohorts", heads, rows, _("Clients by their first call"))
    st.caption(
        _(
            "A row is told of a horizon only when all its clients have had that long; until then the day is named from "
            "which it is known: such a row is young, not bad. Below a share: its 95 % interval (Wilson), and how many "
            "times their cost these clients earned within that time (gross profit)."
        )
    )
    if usual(found, HORIZONS[-1]) is None:
        st.caption(_("Choose a longer period to see rows that are old enough for the longest horizon."))
    known = asking.days()
    if known and found[0].first < known[0] + WARM_UP:
        st.caption(_("In the first two weeks of the data nearly every client counts as new: those rows are mixed."))


def _usual(found: list[Cohort]) -> Row:
    shares = [usual(found, days) for days in HORIZONS]
    cells = [Cell(formats.number(sum(one.clients for one in found))), Cell(""), Cell("")]
    cells += [Cell(formats.in_unit("share", share)) for share in shares]
    return Row(_("All that are old enough"), cells, opens=False, total=True)


def _row(one: Cohort) -> Row:
    full = round(one.maturity * _STEPS)
    bar = "▰" * full + "▱" * (_STEPS - full)
    cells = [Cell(formats.number(one.clients)), Cell(formats.in_unit("money", one.cost))]
    cells.append(Cell(f"{formats.number(round(one.maturity * 100))}\u00a0%", bar))
    return Row(period_label(one.first, one.last), [*cells, *(_cell(one, at) for at in one.reached)], opens=False)


def _cell(one: Cohort, at: Reached) -> Cell:
    if at.buyers is None or at.profit is None:
        known = day_short(at.known_from + timedelta(days=1))
        return Cell(formats.NOTHING, _("from {day}").format(day=known), help=_("Too young to tell."))
    share = at.buyers / one.clients
    notes = [formats.interval(share, one.clients)]
    if one.cost:
        notes.append(f"×{formats.number(round(at.profit / one.cost, 1))}")
    words = _("{buyers} of {clients} clients").format(
        buyers=formats.number(at.buyers), clients=formats.number(one.clients)
    )
    return Cell(formats.share(share), " · ".join(notes), help=words)
