"""`deals`: deals of a CRM from files into the store, and what is there."""

import csv
import io
from collections.abc import Callable
from typing import Any

from calldash.commands.given_files import each
from calldash.formats import number
from calldash.given import deals_import, taking_back
from calldash.given.deals_import import Receipt
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.people import viewer
from calldash.store import Store, deals

_COLUMNS = ("origin", "id", "title", "phone", "happened_at", "amount", "margin", "currency", "status")
_SHOWN = 10  # numbers of lines in a message


def take(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`paths`, and `given`: values for what the files do not say. Each file is taken whole or not at all."""
    given = arguments.get("given") or {}
    return each(arguments, lambda path: told(deals_import.import_file(store, path, viewer.current().login, given)))


def told(receipt: Receipt) -> str:
    """A receipt in words."""
    first = _("{file}: {shape}; deals: {new} new, {changed} changed, {same} same")
    counts = {"new": receipt.new, "changed": receipt.changed, "same": receipt.same}
    lines = [first.format(file=receipt.file, shape=receipt.shape, **counts)]
    if receipt.numberless:
        some = ", ".join(map(str, receipt.numberless[:_SHOWN])) + ("…" if len(receipt.numberless) > _SHOWN else "")
        text = _("  deals without a usable number, whose source stays unknown: {count}; lines {lines}")
        lines.append(text.format(count=len(receipt.numberless), lines=some))
    if receipt.uncalled:
        lines.append(_("  deals whose client had not called before: {count}").format(count=receipt.uncalled))
    return "\n".join(lines)


def remove(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """Takes back the deals of the list `origin`, or those of its numbers `ids`."""
    count = taking_back.deals_of(store, viewer.current().login, arguments["origin"], arguments.get("ids") or [])
    return ngettext("Removed: {number} deal.", "Removed: {number} deals.", count).format(number=number(count))


def show(store: Store, _arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """What is stored, as CSV; instants are UTC."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    with store.cursor() as cursor:
        for one in deals.stored(cursor).values():
            values = (getattr(one, name) for name in _COLUMNS)
            writer.writerow(["" if value is None else value for value in values])
    return out.getvalue().rstrip("\n")
