"""What a check looks at, and what it finds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.store import Store

RESTORE = mark("Restore the newest backup that passes this check, and import what came since.")
REPAIR = mark("Compute what follows from the calls anew: python -m calldash check --repair")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `text` and `advice` are English msgids, `values` the places in them.

    A `note` tells of what may be so and is not wrong by itself.
    """

    text: str
    advice: str
    values: dict[str, Any] = field(default_factory=dict)
    note: bool = False

    def told(self) -> str:
        """What is wrong and what to do, in the language in force."""
        return f"{_(self.text).format(**self.values)} {_(self.advice).format(**self.values)}"


@dataclass(frozen=True)
class Looked:
    """A store as it is in the transaction of `cursor`; a check that takes long tells its share done by `step`."""

    store: Store
    cursor: Any
    known_head: str | None = None
    step: Callable[[float], None] = lambda _share: None

    def rows(self, text: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The result of a SELECT."""
        found: list[tuple[Any, ...]] = self.cursor.execute(text, values).fetchall()
        return found

    def each(self, text: str, at_once: int) -> Iterator[tuple[Any, ...]]:
        """The rows of a SELECT that may be many, so many of them in memory; nothing else is asked meanwhile."""
        self.cursor.execute(text)
        while some := self.cursor.fetchmany(at_once):
            yield from some
