"""Marks in words: what is said of a call, and by whom."""

from collections.abc import Callable

from calldash import audit, formats
from calldash.i18n import gettext as _
from calldash.marking import sales

# What a mark of two values is called, and its values.
CHOICES: dict[str, Callable[[], tuple[str, dict[str, str]]]] = {
    "outcome": lambda: (_("Outcome"), {"success": _("Success"), "failure": _("Failure")}),
    "target": lambda: (_("Target call"), {"yes": _("Target"), "no": _("Not target")}),
    "spam": lambda: (_("Spam"), {"yes": _("Spam"), "no": _("Not spam")}),
}


def who(name: str) -> str:
    """Who made a mark, in words."""
    return _("who sat at the app") if name == audit.LOCAL else name


def title(what: str, value: str | None) -> str:
    """A mark in words: what was said of the call."""
    if what in CHOICES:
        name, values = CHOICES[what]()
        return f"{name}: {values[value] if value else _('as the phone system has it')}"
    if what == "sale":
        return _("Sale for {amount}").format(amount=_sum(value)) if value else _("Sale: no amount by hand")
    words = {"tag": _("Tag put on: {value}"), "untag": _("Tag taken off: {value}"), "note": _("Note: {value}")}
    return words[what].format(value=value or "—")


def _sum(value: str) -> str:
    return formats.exact(*sales.split(value))
