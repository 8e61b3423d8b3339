"""The last part of a long period, for numbers that look at every moment: over years they would take too long."""

from dataclasses import replace
from datetime import timedelta

import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import period_label
from calldash.ui import asking

DAYS = 31


def period(chosen: CallFilter) -> CallFilter:
    """The filter cut to the last 31 days of its period; the same filter where it has no more."""
    known = asking.days()
    if known is None:
        return chosen
    until = min(chosen.until or known[1], known[1])
    first = until - timedelta(days=DAYS - 1)
    if (chosen.since or known[0]) >= first:
        return chosen
    return replace(chosen, since=first, until=until)


def note(seen: CallFilter) -> None:
    """Says that only these days were counted."""
    text = _("Counted over the last {days} of the period: {period}.")
    st.caption(text.format(days=formats.days(DAYS), period=period_label(seen.since, seen.until)))
