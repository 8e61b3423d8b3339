"""Results of advertising on the page: answers kept until data or settings change, what counts in them, their trust."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from calldash import formats
from calldash.advertising import ad_results
from calldash.advertising.results.trust import Moved
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.labels import dimension_title
from calldash.server.running import store
from calldash.ui import address, asking, menu
from calldash.ui.safe import as_markdown

Answer = TypeVar("Answer")


def asked(question: Callable[..., Answer], *given: Any) -> Answer:
    """The answer of a function of `calldash.advertising.ad_results` to the process's store, cached."""
    key = repr((question.__name__, given, asking.stamp()))
    found: Answer = _answer(question, given, key)
    return found


@st.cache_data(max_entries=64, show_spinner=False)
def _answer(_question: Callable[..., Any], _given: tuple[Any, ...], key: str) -> Any:  # noqa: ARG001
    return _question(store(), *_given)


def narrowed(chosen: CallFilter) -> CallFilter:
    """The filter that advertising can be counted by; says what of the reader's is left aside."""
    kept = ad_results.narrowed(chosen)
    aside = [dimension_title(name) for name, _values in chosen.chosen if name not in dict(kept.chosen)]
    if aside or chosen.ranges:
        text = _("Spend is not known by: {names}. Here these filters are left aside.")
        names = ", ".join([*aside, *([_("limits")] if chosen.ranges else [])])
        st.info(as_markdown(text.format(names=names)), icon=":material/filter_alt_off:")
    return kept


def nothing() -> None:
    """Says that there is no cost to set anything against, or two currencies of it."""
    known = asking.ask(["ad_cost"], ["currency"], CallFilter())
    if known["ad_cost"].notna().sum() > 1:
        text = _("There is spend in several currencies, which are never added: filter by source to see one.")
    else:
        text = _("There is no ad spend in these days, so there is nothing to set calls and sales against.")
    st.info(text, icon=":material/payments:")
    if menu.exists("advertising"):
        where = address.page_params("advertising") | {"part": "spend"}
        st.page_link(menu.page("advertising"), label=_("Enter ad spend"), query_params=where)


def in_force() -> None:
    """Says which sales count, put down to which calls, at which margin and VAT."""
    settings = store().settings
    said = [_sales(ad_results.sales_from(store()))]
    said.append(_("Margin where a deal has none: {share}.").format(share=formats.share(settings.margin)))
    vat = _("Spend is with VAT.") if settings.ad_cost_vat == "in" else _("Spend is without VAT.")
    st.caption(as_markdown(" ".join([*said, vat])))


def _sales(source: str) -> str:
    settings = store().settings
    if source == "calls":
        return _("Revenue is that of calls marked as sold (setting sales_from).")
    text = _("Revenue is that of won deals (setting sales_from), put down to: {model}, up to {days} before the deal.")
    model = _(ad_results.MODELS[settings.attribution])
    return text.format(model=model[:1].lower() + model[1:], days=formats.days(settings.attribution_window_days))


def trust(moved: Moved | None) -> None:
    """Says how far ROMI could move if the callers of unknown sources belonged to advertising."""
    if moved is None:
        return
    low, high = formats.share(moved.as_it_is), formats.share(moved.if_all)
    if low == high:
        text = _("Buyers whose source is not known would not move ROMI: it is {low}.")
    else:
        text = _(
            "ROMI is {low} when no buyer of an unknown source came by paid advertising, {high} if all of them did: "
            "the truth lies between."
        )
    icon = ":material/warning:" if moved.turns else ":material/balance:"
    st.markdown(f"{icon} {as_markdown(text.format(low=low, high=high))}")
