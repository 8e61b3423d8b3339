"""Spend whose campaign no call has, with the reason; here it is said which campaign of calls it means."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from calldash import formats
from calldash.advertising import look_alike, naming
from calldash.advertising.look_alike import Proposal
from calldash.commands.given_files import lines_of
from calldash.given.refused import Refused
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.people import viewer
from calldash.server.running import store
from calldash.store import spend
from calldash.store.naming import Pair
from calldash.store.spend import Unknown
from calldash.ui import asking, drill
from calldash.ui.advertising import moves
from calldash.ui.safe import as_markdown

_MOST, _MOST_PROPOSED = 100, 10
_REASONS = {
    True: mark("Calls of this source have no such campaign"),
    False: mark("No call has this source"),
}
_SAID = "unmatched_said"


def draw() -> None:
    """The list and the form; nothing where all spend meets calls."""
    if _SAID in st.session_state:
        st.success(as_markdown(st.session_state.pop(_SAID)), icon=":material/check:")
    found = _unknown(asking.stamp())
    if not found:
        _proposed(_proposals(asking.stamp()))
        return
    drill.heading(_("Spend that meets no calls"))
    text = ngettext(
        "{number} campaign with spend is on no call: its cost stands beside no calls. Say here what it means.",
        "{number} campaigns with spend are on no call: their cost stands beside no calls. Say here what they mean.",
        len(found),
    )
    st.warning(text.format(number=formats.number(len(found))), icon=":material/link_off:")
    _table(found[:_MOST])
    _proposed(_proposals(asking.stamp()))
    _form(found)


@st.cache_data(max_entries=4, show_spinner=False)
def _unknown(stamp: tuple[str, ...]) -> list[Unknown]:  # noqa: ARG001
    with store().cursor() as cursor:
        return [one for one in spend.unknown(cursor) if one.amount]


@st.cache_data(max_entries=4, show_spinner=False)
def _proposals(stamp: tuple[str, ...]) -> list[Proposal]:  # noqa: ARG001
    return look_alike.proposals(store())


def _proposed(found: list[Proposal]) -> None:
    """Names of calls that look like the spend's, each with a button; nothing counts so before it is pressed."""
    if not found:
        return
    st.markdown(f"**{_('These look like the same')}**")
    for at, one in enumerate(found[:_MOST_PROPOSED]):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"proposed_{at}"):
            calls = ngettext("{number} call", "{number} calls", one.calls).format(number=formats.number(one.calls))
            sums = ", ".join(_sum(amount, code) for code, amount in sorted(one.spend.items()))
            said = f"**{as_markdown(_named(one.written))}** → **{as_markdown(_named(one.counts))}**"
            st.markdown(f"{said} · {as_markdown(' · '.join(filter(None, (sums, calls))))}", width="content")
            if st.button(_("Count it so"), key=f"proposed_save_{at}", icon=":material/link:"):
                _save(one.written, one.counts)
    if len(found) > _MOST_PROPOSED:
        st.caption(_("More of them follow when these are settled."))


def _table(found: list[Unknown]) -> None:
    table = pd.DataFrame(
        {
            _("Spend as written"): [as_markdown(naming.told((one.source, one.campaign))) for one in found],
            _("Amount"): [_sum(one.amount, one.currency) for one in found],
            _("Reason"): [_(_REASONS[one.source_known]) for one in found],
        }
    )
    st.table(table, border="horizontal", hide_index=True)


def _sum(amount: Decimal, currency: str) -> str:
    return formats.money(amount, currency=currency)


def _form(found: list[Unknown]) -> None:
    """What is written, what it counts as, what would move, and the button."""
    left, right = st.columns(2)
    names = naming.names(store())
    found = [look_alike.named(names, one) for one in found]
    whole = [(one.source, None) for one in found if not one.source_known]
    pairs = list(dict.fromkeys([*((one.source, one.campaign) for one in found), *whole]))
    written = left.selectbox(
        _("Spend as written"), pairs, format_func=_named, index=None, key="unmatched_written",
        placeholder=_("Choose spend"),
    )  # fmt: skip
    counts = right.selectbox(
        _("Counts as the calls’ campaign"), _of_calls(asking.stamp(), bool(written and written[1])),
        format_func=_named, index=None, key="unmatched_counts", placeholder=_("Choose what calls have"),
    )  # fmt: skip
    chosen = (written, counts) if written and counts else None
    fits = chosen is not None and _seen(*chosen)
    button = st.button(_("Count it so"), key="unmatched_save", disabled=not fits, icon=":material/link:")
    if button and chosen:
        _save(*chosen)


def _seen(written: Pair, counts: Pair) -> bool:
    """What would move; whether it can be."""
    try:
        moves.draw(naming.preview_one(store(), written, counts))
    except Refused as refused:
        _refused(refused)
        return False
    return True


def _refused(refused: Refused) -> None:
    st.error(as_markdown("\n".join(line.strip() for line in lines_of(refused))), icon=":material/error:")


def _named(pair: Pair) -> str:
    return f"{pair[0]} / {pair[1] or _('all campaigns')}"


@st.cache_data(max_entries=4, show_spinner=False)
def _of_calls(stamp: tuple[str, ...], campaigns: bool) -> list[Pair]:  # noqa: ARG001
    """What calls have: campaigns, or sources as a whole; the most calls first."""
    column = "campaign" if campaigns else "NULL"
    limit = "campaign IS NOT NULL" if campaigns else "TRUE"
    return store().rows(
        f"SELECT source, {column} AS named FROM calls WHERE source IS NOT NULL AND {limit} "
        "GROUP BY ALL ORDER BY count(*) DESC, 1, 2"
    )


def _save(written: Pair, counts: Pair) -> None:
    try:
        changed = naming.add(store(), viewer.current().login, written, counts)
    except Refused as refused:
        _refused(refused)
        return
    text = _("{written} counts as {counts} from now on. Lines of spend that moved: {number}; calls: {calls}.")
    st.session_state[_SAID] = text.format(
        written=_named(written), counts=_named(counts), number=formats.number(changed.spend),
        calls=formats.number(changed.calls),
    )  # fmt: skip
    st.rerun()
