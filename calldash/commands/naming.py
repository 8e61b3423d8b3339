"""`names`: names that mean the same campaign: brought from files, tried, listed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from calldash.advertising import look_alike, naming
from calldash.commands.given_files import each
from calldash.formats import money
from calldash.given.tables import Receipt
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.people import viewer
from calldash.store import Store
from calldash.store.naming import Move


def take(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`paths` of tables of names; each is taken whole or not at all."""
    who = viewer.current().login
    return each(arguments, lambda path: f"{path.name}: {told(naming.import_file(store, path, who, {}))}")


def told(receipt: Receipt) -> str:
    """A receipt in words."""
    text = _("rows: {new} new, {replaced} replaced, {same} same; calls changed: {calls}, lines of spend: {spend}")
    return text.format(
        new=receipt.new, replaced=receipt.replaced, same=receipt.same, calls=receipt.calls, spend=receipt.spend
    )


def preview(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """What of calls and spend the files of `paths` would move; nothing is changed."""
    return each(arguments, lambda path: _preview(store, path))


def _preview(store: Store, path: Path) -> str:
    found = naming.preview_file(store, path)
    head = ngettext("{number} move", "{number} moves", len(found)).format(number=len(found))
    return "\n".join([f"{path.name}: {head}", *(f"  {move(one)}" for one in found)])


def move(one: Move) -> str:
    """A move in words: what it was, what it would be, how many calls and how much spend."""
    sums = [money(amount, currency=code) for code, amount in sorted(one.spend.items())]
    parts = [_("calls {number}").format(number=one.calls)] if one.calls else []
    parts += [_("spend {amount}").format(amount=", ".join(sums))] if sums else []
    return f"{naming.told(one.before)} → {naming.told(one.after)}: {', '.join(parts)}"


def propose(store: Store, _arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """What spend without calls looks like among calls, as CSV that can be imported; nothing is changed."""
    return naming.as_csv(look_alike.as_names(look_alike.proposals(store)))


def show(store: Store, _arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """The table as CSV that can be imported again."""
    return naming.as_csv(naming.names(store))
