"""`import`: files into the store, and what became of their rows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from calldash.i18n import gettext as _
from calldash.i18n import say
from calldash.importing import Receipt, import_file, oddities
from calldash.problems import Problem
from calldash.store import Store


class SomeFailed(Problem):
    """Of several files some could not be imported; the text tells about each."""


def run(store: Store, arguments: dict[str, Any], progress: Callable[[float], None]) -> str:
    """`paths`, `provider`, `system`, `zone`; gives what is printed. Each file is imported or not at all."""
    texts, failed = [], 0
    paths = [Path(path) for path in arguments["paths"]]
    for number, path in enumerate(paths):

        def step(share: float, number: int = number) -> None:
            progress((number + share) / len(paths))

        try:
            receipt = import_file(
                store, path, arguments.get("provider"), arguments.get("system"), arguments.get("zone"), progress=step
            )
            texts.append(told(receipt))
        except Problem as problem:
            failed += 1
            texts.append(f"{path.name}: {say(problem)}")
    if failed:
        raise SomeFailed("\n".join(texts))
    return "\n".join(texts)


def told(receipt: Receipt) -> str:
    """A receipt in words."""
    counts = _("{file}: {provider}; {read} rows read: {new} new, {changed} changed, {same} same, {rejected} rejected")
    lines = [
        counts.format(
            file=receipt.file,
            provider=receipt.provider,
            read=receipt.rows_read,
            new=receipt.rows_new,
            changed=receipt.rows_changed,
            same=receipt.rows_same,
            rejected=receipt.rows_rejected,
        )
    ]
    if receipt.rows_ignored:
        lines.append("  " + _("{count} rows left out on purpose").format(count=receipt.rows_ignored))
    if receipt.first_at and receipt.last_at:
        period = _("calls written: {count}, from {first} to {last} (UTC)")
        lines.append("  " + period.format(count=receipt.calls_written, first=receipt.first_at, last=receipt.last_at))
    lines += [f"  {oddities.words(name)}: {count}" for name, count in sorted(receipt.oddities.items())]
    if receipt.demo_removed:
        lines.append("  " + _("The demo data ({count} calls) were removed.").format(count=receipt.demo_removed))
    return "\n".join(lines)
