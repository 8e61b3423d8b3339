"""What the page about waiting says of the service level, of lengths of waits, and of queues."""

import pandas as pd
import streamlit as st

from calldash import charts, formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.server.running import store
from calldash.ui import asking, drill, tables

_QUEUES = ("inbound_calls", "queue_visits", "avg_wait_s", "median_wait_s", "p90_wait_s", "service_level")


def target() -> tuple[float, str]:
    """The service level to reach, and the name of its line."""
    wanted = store().settings.service_level_target
    return wanted, _("target {share}").format(share=formats.share(wanted))


def definition() -> None:
    """Says which service level is shown: its threshold, and who is left out of it."""
    held = store().settings
    text = _("Answered within {threshold} / inbound calls with a known wait, without clients who left before {short}.")
    st.caption(
        text.format(threshold=formats.duration(held.service_level_s), short=formats.duration(held.short_abandon_s))
    )


def distribution(chosen: CallFilter) -> None:
    """Draws how long answered and missed calls waited, and says how many waits are not known."""
    found = asking.report("waits", chosen)
    threshold = store().settings.service_level_s
    words = _("threshold {time}").format(time=formats.duration(threshold))
    drill.chart(charts.waits(found, threshold, words), "waits", chosen, ["wait_s", "status"], "inbound_calls")
    known = found[["answered", "missed"]].to_numpy().sum()
    unknown = int(asking.one(["inbound_calls"], chosen)["inbound_calls"] - known)
    if unknown:
        text = ngettext("The wait of {number} call is not known.", "The wait of {number} calls is not known.", unknown)
        st.caption(text.format(number=formats.number(unknown)))


def by_queue(chosen: CallFilter) -> None:
    """Draws the table of queues; visits only where the phone system tells of them."""
    found = asking.ask(_QUEUES, ["queue"], chosen, cases=True)
    keys = [key for key in _QUEUES if key != "queue_visits" or found[key].fillna(0).any()]
    found = found.assign(counted=[_cases(count) for count in found["service_level_cases"]])
    tables.show(found, "queue", keys, chosen, "queues", beside={"counted": _("Counted")})
    st.caption(_("Waits are the whole call's, over all queues it passed. Counted: calls the service level speaks of."))


def _cases(count: float) -> str:
    return formats.NOTHING if pd.isna(count) else formats.number(int(count))
