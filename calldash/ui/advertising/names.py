"""Names that mean the same campaign on the page: the table to edit, what would move, who changed it."""

from dataclasses import astuple

import streamlit as st

from calldash import formats
from calldash.advertising import naming
from calldash.commands import naming as words
from calldash.given import titles
from calldash.given.tables import Row
from calldash.i18n import gettext as _
from calldash.i18n import mark, ngettext
from calldash.people import viewer
from calldash.server.running import store
from calldash.ui import drill
from calldash.ui.advertising import history, kept_table, moves, unmatched
from calldash.ui.advertising.files import Kind
from calldash.ui.advertising.kept_table import Kept

KIND = Kind("naming", naming.import_file, words.told, titles.NAMES, ("source",))


def draw() -> None:
    """The whole part."""
    unmatched.draw()
    drill.heading(_("Names that mean the same"))
    st.write(
        _("Calls and spend meet where their source and campaign have the same name. A row says what a name counts as.")
        + " "
        + _("Without a campaign it is about the whole source. What was written comes back when the row is gone.")
    )
    kept_table.draw(_TABLE)
    history.draw(naming.history(store()))


def _save(rows: list[Row]) -> str:
    return said(naming.save(store(), viewer.current().login, rows))


def said(changed: naming.Changed) -> str:
    """What followed a change of the names, in words."""
    calls = ngettext("Saved. {number} call changed.", "Saved. {number} calls changed.", changed.calls)
    spend = ngettext("{number} line of spend changed.", "{number} lines of spend changed.", changed.spend)
    texts = (calls.format(number=formats.number(changed.calls)), spend.format(number=formats.number(changed.spend)))
    return " ".join(texts)


def _preview(rows: list[Row]) -> None:
    moves.draw(naming.preview(store(), rows))


_TABLE = Kept(
    KIND,
    lambda: [astuple(one) for one in naming.names(store())],
    _save,
    mark("CSV or XLSX with the columns source, campaign, as_source, as_campaign."),
    mark("File of campaign names"),
    preview=_preview,
)
