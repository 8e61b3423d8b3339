"""Which report is open and what it shows, in the URL as codes; its filter is the filter of the page."""

from dataclasses import dataclass, replace

import streamlit as st

from calldash.filters import CallFilter
from calldash.filters.periods import ALL
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.templates import Content, Shelf, Template
from calldash.templates.content import FIGURES, NAMES, REPORT, from_pairs, to_pairs
from calldash.ui import address

NEW = Content(FIGURES, rows=("employee",), metrics=("calls",))


@dataclass(frozen=True)
class Opened:
    """What the page shows: its content and filter, and the template that was opened; None for a new report."""

    content: Content
    chosen: CallFilter
    template: Template | None = None

    @property
    def title(self) -> str:
        return self.template.title(language()) if self.template else _("New report")

    @property
    def changed(self) -> bool:
        """Whether it is no longer what the template says."""
        found = self.template
        return found is not None and (found.content, filter_of(found)) != (self.content, self.chosen)


def current(found: Shelf) -> Opened | None:
    """What the URL opens; None for the list of reports. Raises Problem for a template that is not there.

    A template that is only named, as in a bookmark, puts all it says into the URL first.
    """
    key = st.query_params.get(REPORT)
    if "what" not in st.query_params:
        if key is None:
            return None
        st.query_params.from_dict(_here() | pairs_of(found.find(key)))
        st.rerun()
    return Opened(from_pairs(_here()), address.filter_now(), found.templates.get(key or ""))


def period_of(template: Template) -> str:
    """The relative period of a template; on the page "all time" is one, for a page always has days."""
    return template.period or ("" if template.chosen.since or template.chosen.until else ALL)


def filter_of(template: Template) -> CallFilter:
    """The filter that a template gives the page."""
    return replace(template, period=period_of(template)).filter(*address.span())


def pairs_of(template: Template) -> dict[str, str]:
    """The query parameters of a link that opens a template with this reader's language."""
    return {REPORT: template.key} | to_pairs(template.content) | address.params(filter_of(template))


def pairs_of_new() -> dict[str, str]:
    """The query parameters of a link that begins a report of one's own."""
    return to_pairs(NEW) | address.params(address.filter_now())


def put(content: Content, **more: str) -> None:
    """Shows another content; which template it began with stays."""
    kept = {name: value for name, value in _here().items() if name == REPORT or name not in NAMES}
    st.query_params.from_dict(kept | more | to_pairs(content))


def close() -> None:
    """Back to the list of reports."""
    st.query_params.from_dict({name: value for name, value in address.read().items() if name == address.LANGUAGE})


def _here() -> dict[str, str]:
    return {name: st.query_params[name] for name in st.query_params}
