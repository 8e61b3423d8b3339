"""`upload-back`: target and missed calls in the columns that an advertising system takes, or how many there are."""

from collections.abc import Callable
from typing import Any

from calldash import audit, formats
from calldash.advertising.upload_back import REASONS, TARGETS, Upload, table, upload
from calldash.commands.kpi import chosen_of
from calldash.export import separated
from calldash.filters import to_pairs
from calldash.i18n import gettext as _
from calldash.people import viewer
from calldash.store import Store


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`target`, `since`, `until`, `where`, and `count` for numbers in place of rows; gives what is printed."""
    target, chosen = TARGETS[arguments["target"]], chosen_of(arguments)
    found = upload(store, target, chosen, listed=not arguments.get("count"))
    if arguments.get("count"):
        return "\n".join(told(found))
    details = {"format": target.key, "rows": found.going, "asked": to_pairs(chosen)}
    audit.record(store, viewer.current().login, "export", "upload-back", **details)
    return b"".join(separated.write(table(store, target, found))).decode().rstrip("\n")


def told(found: Upload) -> list[str]:
    """How many calls go in, and how many are left out and why; a line each."""
    lines = [_("Calls that go in: {number}.").format(number=formats.number(found.going))]
    return lines + [
        _("Left out, {reason}: {number}.").format(reason=_(words), number=formats.number(found.left_out[reason]))
        for reason, words in REASONS.items()
        if found.left_out.get(reason)
    ]
