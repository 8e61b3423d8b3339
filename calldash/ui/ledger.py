"""The ledger of imports on the page: each file's passport, and its rejected rows to see and to take away."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st
from babel.dates import format_datetime

from calldash import formats
from calldash.i18n import gettext as _
from calldash.i18n import locale, ngettext, say_reason
from calldash.importing import oddities
from calldash.importing.ledger import REJECTED, entries, rejected
from calldash.server.running import store
from calldash.ui import downloads
from calldash.ui.safe import as_markdown, shorten

_ENTRIES = 30
_REJECTS = 200
_COUNTS = ("rows_read", "rows_new", "rows_changed", "rows_same", "rows_ignored", "rows_rejected")


def draw() -> None:
    """The newest imports, each to be opened."""
    found = entries(store(), _ENTRIES)
    if not found:
        st.info(_("Nothing was imported yet."), icon=":material/inbox:")
    for entry in found:
        with st.expander(_headline(entry), icon=":material/description:"):
            _passport(entry)


def _headline(entry: dict[str, Any]) -> str:
    rows = ngettext("{number} row", "{number} rows", entry["rows_read"]).format(
        number=formats.number(entry["rows_read"])
    )
    parts = [f"**{as_markdown(shorten(entry['file'], 60))}**", _instant(entry["imported_at"]), rows]
    if entry["rows_rejected"]:
        parts.append(_("rejected: {number}").format(number=formats.number(entry["rows_rejected"])))
    return " · ".join(parts)


def _instant(moment: datetime | None) -> str:
    """A UTC instant in the company's time."""
    if moment is None:
        return formats.NOTHING
    local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(store().settings.zone))
    return str(format_datetime(local, "short", locale=locale()))


def _passport(entry: dict[str, Any]) -> None:
    names = {
        "rows_read": _("rows read"),
        "rows_new": _("new"),
        "rows_changed": _("changed"),
        "rows_same": _("same as before"),
        "rows_ignored": _("left out on purpose"),
        "rows_rejected": _("rejected"),
    }
    counts = pd.DataFrame([{names[name]: formats.number(entry[name]) for name in _COUNTS}])
    st.dataframe(counts, hide_index=True, alt=_("Rows of the file"))
    facts = [
        (_("Kind of the file"), entry["provider"]),
        (_("Installation"), entry["system"]),
        (_("Period"), f"{_instant(entry['first_at'])} – {_instant(entry['last_at'])}"),
        ("SHA-256", entry["sha256"] or formats.NOTHING),
    ]
    st.markdown("  \n".join(f"{name}: {as_markdown(str(value))}" for name, value in facts))
    for code, count in sorted(entry["oddities"].items()):
        st.markdown(f"- {as_markdown(oddities.words(code))}: {formats.number(count)}")
    if entry["rows_rejected"]:
        _rejects(entry)


def _rejects(entry: dict[str, Any]) -> None:
    number = entry["import_id"]
    shown = _in_words(rejected(store(), number, _REJECTS))
    st.dataframe(shown, hide_index=True, key=f"rejects_{number}", alt=_("Rejected rows"))
    if entry["rows_rejected"] > _REJECTS:
        st.caption(_("The first {shown} are shown; the file has them all.").format(shown=_REJECTS))
    st.html(downloads.files("rejects", [(_("All rejected rows as CSV"), {"import": str(number)})]))


def _in_words(found: pd.DataFrame) -> pd.DataFrame:
    reasons = [say_reason(reason, values) for reason, values in zip(found["reason"], found["values"], strict=True)]
    return pd.DataFrame({_(title): found[key] for key, title in REJECTED.items()} | {_(REJECTED["reason"]): reasons})
