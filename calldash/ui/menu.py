"""The pages of the menu, as a table; a page whose file is not there is left out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from calldash.i18n import gettext

FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class Entry:
    """A page: key (its file and its address), title (a msgid), icon; has it the filter bar, and does it compare?"""

    key: str
    title: str
    icon: str
    filtered: bool = True
    compared: bool = True

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.key}.py"


PAGES = (
    Entry("overview", "Overview", "dashboard"),
    Entry("callbacks", "To call back", "phone_callback", compared=False),
    Entry("missed", "Missed calls and callbacks", "phone_missed"),
    Entry("waiting", "Waiting", "hourglass_top"),
    Entry("load", "Load", "stacked_bar_chart"),
    Entry("staffing", "Staffing", "schedule"),
    Entry("employees", "Employees", "groups"),
    Entry("sources", "Advertising sources", "campaign"),
    Entry("calls", "Calls", "call_log", compared=False),
    Entry("reports", "Reports", "table_chart", filtered=False),
    Entry("talks", "Talks", "forum"),
    Entry("imports", "Imports", "upload_file", filtered=False),
    Entry("glossary", "Glossary", "menu_book", filtered=False),
)


def entries() -> list[Entry]:
    """The pages there are, in the order of the menu; the first is the default."""
    return [entry for entry in PAGES if entry.path.exists()]


def exists(key: str) -> bool:
    """Whether there is such a page."""
    return any(entry.key == key for entry in entries())


def page(key: str) -> Any:
    """Streamlit's page of an entry, for `st.navigation`, `st.page_link` and `st.switch_page`."""
    found = entries()
    entry = next(entry for entry in found if entry.key == key)
    icon = f":material/{entry.icon}:"
    return st.Page(entry.path, title=gettext(entry.title), icon=icon, url_path=key, default=entry == found[0])
