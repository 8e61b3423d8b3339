"""What changed on the day and in the week that matter: a sentence each, which opens the calls behind it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from calldash.changes import scope
from calldash.changes.clock import times
from calldash.changes.found import Found
from calldash.changes.ringing import Times
from calldash.changes.study import study
from calldash.changes.sums import Answers
from calldash.changes.terms import TERMS
from calldash.changes.words import icon, nothing, sentence
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.server.running import store
from calldash.ui import asking, attention
from calldash.ui import terms as glossary_terms
from calldash.ui.attention import Notice


def draw(chosen: CallFilter) -> None:
    """Draws the sentences under a heading; one quiet line when nothing is beyond noise."""
    found = around_now(chosen)
    today = datetime.now(ZoneInfo(store().settings.zone)).date()
    notices = [Notice(icon(one), sentence(one, today), one.calls) for one in found]
    if notices:
        attention.listed("changes", _("What changed"), notices)
    elif quiet := nothing(found, today):
        st.caption(f":material/check: {quiet}")


def terms(asked: str) -> None:
    """For the glossary: what the sentences mean in whose name, key or meaning `asked` occurs."""
    glossary_terms.draw(_("What changed"), [(_(title), key, _(words)) for key, title, words in TERMS], asked)


def around_now(chosen: CallFilter) -> Found:
    """What changed around the data's now, within the filter but for its days."""
    known = asking.days()
    when = times(store().now().values(), known[0] if known else None, store().settings)
    if when is None:
        return Found()
    within = scope.whole(chosen)
    return _studied(within, when, repr((within, when.now, asking.stamp())))


@st.cache_data(max_entries=64, show_spinner=False)
def _studied(_within: CallFilter, _when: Times, key: str) -> Found:  # noqa: ARG001
    return study(Answers(asking.ask, asking.report), _within, _when, store().settings.zone)
