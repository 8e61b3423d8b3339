"""Talk analytics on a page: how far listening has come, why some calls say nothing, and each employee's figures."""

import streamlit as st

from calldash import charts, formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.server.running import store
from calldash.store import Store
from calldash.talk import kept
from calldash.ui import asking, drill, run, tables
from calldash.ui.safe import as_markdown
from calldash.ui.talks.figures import REASONS

CARDS = ("avg_agent_share", "avg_silence_share", "interruptions_per_talk", "avg_longest_monologue_s")
COLUMNS = (
    "talks_analysed",
    "avg_agent_share",
    "avg_silence_share",
    "interruptions_per_talk",
    "interrupted_per_talk",
    "avg_longest_monologue_s",
)
_LOOK_S = 10.0
_LISTENING = "talks_listening"


def progress() -> None:
    """How many recordings have been listened to; told anew until all have, then the page is drawn with all of them."""
    recorded, known = _counted(store(), asking.stamp())
    run.fragment(_progress, _LOOK_S if known < recorded else None)()


@st.cache_data(max_entries=16, show_spinner=False)
def _counted(_store: Store, stamp: tuple[str, ...]) -> tuple[int, int]:  # noqa: ARG001
    return kept.progress(_store)


def _progress() -> None:
    recorded, known = _counted(store(), asking.stamp())
    if known < recorded:
        st.session_state[_LISTENING] = True
        text = _("Listening to recordings: {known} of {recorded} answered calls with a recording are analysed.")
        st.progress(known / recorded, text.format(known=formats.number(known), recorded=formats.number(recorded)))
    elif st.session_state.pop(_LISTENING, False):
        st.rerun()


def why_not(chosen: CallFilter) -> None:
    """How many talks the figures speak of, and why others say nothing."""
    number = int(asking.one(["talks_analysed"], chosen)["talks_analysed"])
    parts = [
        ngettext("Analysed: {number} talk", "Analysed: {number} talks", number).format(number=formats.number(number))
    ]
    for code, calls in asking.report("talks_unknown", chosen).itertuples(index=False):
        parts.append(f"{_(REASONS[code])}: {formats.number(int(calls))}")
    st.caption(as_markdown("; ".join(parts)))


def by_employee(chosen: CallFilter) -> None:
    """The figures of each employee, as bars and as a table."""
    found = asking.ask(COLUMNS, ["employee"], chosen)
    found = found[found["talks_analysed"] > 0].reset_index(drop=True)
    if found.empty:
        st.info(_("None of these calls has a stereo recording that is analysed."), icon=":material/search_off:")
        return
    shares, monologues = charts.level(
        charts.bars(found, "employee", "avg_agent_share"), charts.bars(found, "employee", "avg_longest_monologue_s")
    )
    left, right = st.columns(2)
    with left:
        drill.heading(_("Share of talk by employee"))
        drill.chart(shares, "talk_shares", chosen, ["employee"], "avg_agent_share")
    with right:
        drill.heading(_("Longest monologue by employee"))
        drill.chart(monologues, "talk_monologues", chosen, ["employee"], "avg_longest_monologue_s")
    drill.heading(_("Each employee"))
    tables.show(found, "employee", COLUMNS, chosen, "talks_people", bars=["avg_agent_share"])
