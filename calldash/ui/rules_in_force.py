"""The rules that made the numbers what they are: how many, what they took for spam, and the way to them."""

from dataclasses import replace

import streamlit as st

from calldash import formats
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.marking import rules
from calldash.server.running import store
from calldash.ui import address, asking, menu
from calldash.ui.safe import as_markdown


def draw(chosen: CallFilter) -> None:
    """A line under numbers of the filter; nothing where no rule is in force."""
    number = sum(rule.active for rule in rules.rules(store()))
    if not number:
        return
    spam = int(asking.one(["spam_calls"], chosen.choose("ruled", ["spam"]))["spam_calls"])
    by = ngettext("By {number} rule", "By {number} rules", number).format(number=formats.number(number))
    taken = ngettext("{number} call was taken for spam by them", "{number} calls were taken for spam by them", spam)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if spam and menu.exists("calls"):
            st.caption(as_markdown(f"{by};"), width="content")
            behind = replace(chosen.choose("ruled", ["spam"]), behind="spam_calls")
            label = as_markdown(taken.format(number=formats.number(spam)))
            st.page_link(menu.page("calls"), label=label, query_params=address.params(behind))
        else:
            st.caption(as_markdown(f"{by}; {taken.format(number=formats.number(spam))}."), width="content")
        if menu.exists("advertising"):
            st.page_link(menu.page("advertising"), label=_("Open the rules"), query_params={"part": "rules"})
