"""The pages of the menu, as a table: whom each is for; a page whose file is not there is left out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from calldash.i18n import gettext
from calldash.people import LOCAL, NOBODY, Person, viewer

FOLDER = Path(__file__).resolve().parents[2] / "pages"


@dataclass(frozen=True)
class Entry:
    """A page: key (its file and its address), title (a msgid), icon; has it the filter bar, a period, a comparison?"""

    key: str
    title: str
    icon: str
    filtered: bool = True
    compared: bool = True
    dated: bool = True
    needs: str = "figures"

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.key}.py"


# The menu in sections: the heading (a msgid; the first has none) and its pages.
SECTIONS = (
    ("", (
        Entry("overview", "Overview", "dashboard"),
        Entry("callbacks", "To call back", "phone_callback", compared=False, dated=False, needs="calls"),
        Entry("calls", "Calls", "call_log", compared=False, needs="calls"),
        Entry("talks", "Talks", "forum", needs="transcripts"),
        Entry("reports", "Reports", "table_chart", filtered=False),
    )),
    ("Service", (
        Entry("missed", "Missed calls and callbacks", "phone_missed"),
        Entry("waiting", "Waiting", "hourglass_top"),
        Entry("load", "Load", "stacked_bar_chart"),
        Entry("employees", "Employees", "groups"),
        Entry("staffing", "Staffing", "schedule"),
        Entry("forecast", "Forecast", "online_prediction", compared=False),
    )),
    ("Money", (
        Entry("sources", "Advertising sources", "campaign"),
        Entry("results", "Results of advertising", "price_check"),
        Entry("advertising", "Advertising data", "ads_click", filtered=False, needs="advertising"),
        Entry("costs", "Telephony cost", "payments"),
    )),
    ("System", (
        Entry("imports", "Imports", "upload_file", filtered=False, needs="imports"),
        Entry("people", "People", "manage_accounts", filtered=False, needs="people"),
        Entry("privacy", "Privacy", "shield_person", filtered=False, needs="privacy"),
        Entry("trail", "Audit trail", "history", filtered=False, needs="trail"),
        Entry("account", "My account", "account_circle", filtered=False, needs=""),
        Entry("glossary", "Glossary", "menu_book", filtered=False),
    )),
)  # fmt: skip
PAGES = tuple(entry for _heading, found in SECTIONS for entry in found)


def entries() -> list[Entry]:
    """The pages there are for who is asking, in the order of the menu."""
    return [entry for entry in PAGES if _is_open(entry)]


def closed() -> list[Entry]:
    """The pages that there are, but not for who is asking."""
    return [entry for entry in PAGES if not _is_for(viewer.current(), entry) and entry.path.exists()]


def _is_open(entry: Entry) -> bool:
    return _is_for(viewer.current(), entry) and entry.path.exists()


def _is_for(reader: Person, entry: Entry) -> bool:
    return reader.may(entry.needs) if entry.needs else reader not in (LOCAL, NOBODY)


def opens_elsewhere() -> bool:
    """Whether who is asking may not see the page that calldash opens with."""
    return not viewer.current().may(PAGES[0].needs)


def exists(key: str) -> bool:
    """Whether there is such a page for who is asking."""
    return any(entry.key == key and _is_open(entry) for entry in PAGES)


def page(key: str) -> Any:
    """Streamlit's page of an entry, for `st.navigation`, `st.page_link` and `st.switch_page`."""
    entry = next(entry for entry in PAGES if entry.key == key and _is_open(entry))
    icon = f":material/{entry.icon}:"
    first = not opens_elsewhere() and entry == next(filter(_is_open, PAGES))
    return st.Page(entry.path, title=gettext(entry.title), icon=icon, url_path=key, default=first)
