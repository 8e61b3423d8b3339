"""`erase` and `retention`: what is taken out of the store for people's sake, with a receipt."""

from collections.abc import Callable
from typing import Any

from calldash.people import viewer
from calldash.privacy import erasing, retention
from calldash.store import Store


def erase(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`number` (in any spelling), `calls`: remove them too, `dry_run`, `format` (text or json); gives the receipt."""
    who, tried = viewer.current().login, bool(arguments.get("dry_run"))
    receipt = erasing.erase(store, who, arguments["number"], bool(arguments.get("calls")), tried)
    return receipt.as_json() if arguments.get("format") == "json" else receipt.as_text()


def keep(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`dry_run`: tells what has outlived its time; without, it goes."""
    return retention.told(retention.run(store, viewer.current().login, tried=bool(arguments.get("dry_run"))))
