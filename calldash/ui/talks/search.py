"""What was said: words in any of their forms, found in the transcripts of the filter's calls; a line opens its call."""

from typing import Any

import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import value_label
from calldash.people import masking
from calldash.server.running import store
from calldash.telling.phones import shown as as_phone
from calldash.telling.values import moment
from calldash.transcripts import searching
from calldash.transcripts.searching import PAGE, SIDES, Asked, Hit
from calldash.transcripts.writing import NAMES
from calldash.ui import address, component, menu
from calldash.ui.journal import state

PHRASE, _WHO, _WIDE, _PAGE = "said", "talks_who", "talks_wide", "talks_page"
_show = component.listing("calldash_said", "talks/search", "hits")


def draw(chosen: CallFilter) -> None:
    """The field, and what was found. The phrase stands in the URL."""
    asked = _asked()
    if not asked.words:
        return
    seen = (asked, chosen)
    if st.session_state.get("talks_seen") != seen:
        st.session_state["talks_seen"] = seen
        st.session_state.pop(_PAGE, None)
    hits, lines, calls = searching.search(store(), asked, chosen, ((st.session_state.get(_PAGE) or 1) - 1) * PAGE)
    if not lines:
        st.info(_nothing(asked), icon=":material/search_off:")
        return
    st.markdown(_counted(lines, calls))
    opened = _show(key="talks_hits", data=_data(hits), on_open_change=lambda: None)
    if lines > PAGE:
        st.pagination(-(-lines // PAGE), key=_PAGE)
    if opened["open"] is not None:
        where = state.pairs_of(int(opened["open"]["call"])) | {"t": str(int(opened["open"]["t"]))}
        st.switch_page(menu.page("calls"), query_params=address.params(chosen) | where)


def _asked() -> Asked:
    """What the fields ask for."""
    phrase = st.text_input(
        _("Said in the talk"),
        key=PHRASE,
        bind="query-params",
        icon=":material/search:",
        placeholder=_("words in any form: contract price"),
    )
    names = {"": _("anybody"), **{side: _(NAMES[side]) for side in SIDES}}
    with st.container(horizontal=True, vertical_alignment="center"):
        who = st.segmented_control(
            _("Who said it"), list(names), format_func=names.__getitem__, key=_WHO, default="", required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        wide = st.toggle(_("Words may be far apart in the talk"), key=_WIDE)
    return Asked(phrase or "", who or "", wide)


def _nothing(asked: Asked) -> str:
    if not store().rows("SELECT 1 FROM transcripts LIMIT 1"):
        return _("There are no transcripts yet: attach one in the card of a call, or import a folder of them.")
    if len(asked.words) > 1 and not asked.in_call:
        return _("No line has all these words. They may be far apart in a talk: try that, or fewer words.")
    return _("Nobody said this in the calls chosen: try other words, a longer period or fewer filters.")


def _counted(lines: int, calls: int) -> str:
    found = ngettext("{number} line found", "{number} lines found", lines).format(number=formats.number(lines))
    return found + " " + ngettext("in {number} call", "in {number} calls", calls).format(number=formats.number(calls))


def _data(hits: list[Hit]) -> dict[str, Any]:
    return {
        "labels": {"list": _("Lines found"), "open": _("Open the call at this moment")},
        "hits": [
            {
                "call": hit.call_no,
                "t": int(hit.start_s),
                "at": formats.duration(hit.start_s),
                "when": moment(hit.started_at),
                "about": " · ".join(_about(hit)),
                "who": hit.who,
                "name": _(NAMES[hit.who]) if hit.who else hit.speaker,
                "pieces": hit.pieces,
            }
            for hit in hits
        ],
    }


def _about(hit: Hit) -> list[str]:
    return [value_label("employee", hit.employee), *([as_phone(masking.of_client(hit.client))] if hit.client else [])]
