"""Tracking numbers on the page: how far sources are known, the lines to edit or bring as a file, who changed them."""

from dataclasses import astuple

import streamlit as st

from calldash import formats
from calldash.advertising import tracking
from calldash.commands import classing
from calldash.filters import CallFilter
from calldash.given import titles
from calldash.given.tables import Row
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.people import viewer
from calldash.server.running import store
from calldash.ui import drill
from calldash.ui.advertising import history, kept_table
from calldash.ui.advertising.files import Kind
from calldash.ui.advertising.kept_table import Kept
from calldash.ui.sources import trust

KIND = Kind("tracking", tracking.import_file, classing.told, titles.LINES, ("line", "source"))


def draw() -> None:
    """The whole part."""
    trust.draw(CallFilter())
    drill.heading(_("Lines and their sources"))
    st.write(
        _("An inbound call whose source the phone system does not name has that of the line that was called.")
        + " "
        + _("A row counts from its first day to its last, both included; an empty day is an open end.")
    )
    kept_table.draw(_TABLE)
    history.draw(tracking.history(store()))


def _save(rows: list[Row]) -> str:
    """The rows of the table take the place of all; what is wrong is told by the row's number in it."""
    count = tracking.save(store(), viewer.current().login, rows)
    text = ngettext("Saved. {number} call changed.", "Saved. {number} calls changed.", count)
    return text.format(number=formats.number(count))


_TABLE = Kept(
    KIND,
    lambda: [astuple(one) for one in tracking.lines(store())],
    _save,
    mark("CSV or XLSX with the columns line, source and, if you like, medium, campaign, from_day, until_day."),
    mark("File of tracking numbers"),
    ("from_day", "until_day"),
)
