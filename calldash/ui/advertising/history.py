"""Who changed tables and rules about advertising, when, and what: the lines of the audit trail in words."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_datetime

from calldash import audit, formats
from calldash.i18n import gettext as _
from calldash.i18n import locale, mark, ngettext
from calldash.server.running import store
from calldash.ui import drill
from calldash.ui.safe import as_markdown

# What a line says of names: its key, in words.
_WORDS = {
    "added": mark("added: {names}"),
    "removed": mark("removed: {names}"),
    "changed": mark("changed: {names}"),
    "on": mark("switched on: {names}"),
    "off": mark("switched off: {names}"),
    "order": mark("new order: {names}"),
}


def draw(lines: Sequence[tuple[datetime, str, str, str, str]]) -> None:
    """The lines, the newest first; nothing without any."""
    if not lines:
        return
    drill.heading(_("Changes"))
    zone = ZoneInfo(store().settings.zone)
    for at, who, _action, _subject, text in lines:
        detail = json.loads(text)
        when = format_datetime(at.replace(tzinfo=UTC).astimezone(zone), "short", locale=locale())
        number = int(detail.get("calls") or 0)
        calls = ngettext("{number} call changed", "{number} calls changed", number).format(
            number=formats.number(number)
        )
        st.caption(f"**{as_markdown(when)}** · {as_markdown(' · '.join([_named(who), _said(detail), calls]))}")


def _named(who: str) -> str:
    return _("at the machine") if who == audit.LOCAL else who


def _said(detail: dict[str, list[str]]) -> str:
    found = [_(words).format(names="; ".join(detail[key])) for key, words in _WORDS.items() if detail.get(key)]
    return ". ".join(found)
