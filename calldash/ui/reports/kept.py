"""The reports there are: own ones, those of the operator's files, ready-made ones."""

from itertools import groupby

import streamlit as st

from calldash.i18n import gettext as _
from calldash.i18n import language, say
from calldash.people.roles import ROLES
from calldash.templates import Shelf, Template
from calldash.ui import address, asking, menu
from calldash.ui.reports import keep, state, words
from calldash.ui.safe import as_markdown


def draw(found: Shelf) -> None:
    """Draws the list, and what is wrong with templates that cannot be read."""
    with st.container(horizontal=True, vertical_alignment="center", key="reports-new"):
        st.page_link(
            menu.page("reports"),
            label=_("New report"),
            icon=":material/add:",
            query_params=state.pairs_of_new(),
        )
        keep.take_file()
    for problem in found.problems:
        st.warning(say(problem))
    for origin, templates in groupby(found.templates.values(), key=words.origin):
        st.subheader(origin, anchor=False)
        with st.grid(3, min_column_width=300):
            for template in sorted(templates, key=lambda one: one.title(language()).casefold()):
                _card(template)


def _card(template: Template) -> None:
    with st.container(border=True, gap="xsmall", height="stretch", key=f"reports-{template.key}"):
        label = as_markdown(template.title(language()))
        st.page_link(menu.page("reports"), label=label, icon=_icon(template), query_params=state.pairs_of(template))
        period = words.period(template, asking.is_today(address.span()[1]))
        said = [words.shows(template.content), period]
        if template.shared_with:
            said.append(_("seen by: {role}").format(role=_(ROLES[template.shared_with].title)))
        st.caption(as_markdown(" · ".join(said)))


def _icon(template: Template) -> str:
    if not template.content.is_figures:
        return ":material/list:"
    return ":material/grid_on:" if template.content.across else ":material/table_rows:"
