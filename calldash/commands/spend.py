"""`spend`: ad spend from files into the store, and what is there."""

import csv
import io
from collections.abc import Callable
from typing import Any

from calldash.commands.given_files import each
from calldash.formats import exact, number
from calldash.given import spend_import, taking_back
from calldash.given.spend_import import Receipt
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import day_label
from calldash.people import viewer
from calldash.store import Store, spend
from calldash.store.spend import Spend

_COLUMNS = tuple(Spend.__dataclass_fields__)


def take(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`paths`, and `given`: values for what the files do not say. Each file is taken whole or not at all."""
    given = arguments.get("given") or {}
    return each(arguments, lambda path: told(spend_import.import_file(store, path, viewer.current().login, given)))


def told(receipt: Receipt) -> str:
    """A receipt in words."""
    first = _("{file}: {shape}; spend lines: {new} new, {replaced} replaced, {same} same")
    counts = {"new": receipt.new, "replaced": receipt.replaced, "same": receipt.same}
    lines = [first.format(file=receipt.file, shape=receipt.shape, **counts)]
    if receipt.since and receipt.until:
        text = _("  {amount}, {since} – {until}")
        amount = exact(receipt.amount, receipt.currency)
        lines.append(text.format(amount=amount, since=day_label(receipt.since), until=day_label(receipt.until)))
    if receipt.empty:
        lines.append(_("  lines without an amount, left out: {count}").format(count=receipt.empty))
    if receipt.totals:
        lines.append(_("  lines of totals, left out: {count}").format(count=receipt.totals))
    if receipt.doubled:
        text = _("  spend of the same days is there with campaigns and without, and counts twice: {sources}")
        lines.append(text.format(sources=", ".join(receipt.doubled)))
    if receipt.unknown:
        names = ", ".join(f"{source} / {campaign or '—'}" for source, campaign in receipt.unknown)
        lines.append(_("  no call has these campaigns: {names}").format(names=names))
    return "\n".join(lines)


def remove(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """Takes back the lines that `which` tells of."""
    count = taking_back.spend_of(store, viewer.current().login, arguments["which"])
    return ngettext("Removed: {number} line.", "Removed: {number} lines.", count).format(number=number(count))


def show(store: Store, _arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """What is stored, as CSV that can be imported again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    with store.cursor() as cursor:
        for held in spend.stored(cursor):
            values = (getattr(held.spend, name) for name in _COLUMNS)
            writer.writerow(["" if value is None else value for value in values])
    return out.getvalue().rstrip("\n")
