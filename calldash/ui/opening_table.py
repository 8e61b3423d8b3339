"""A table whose rows open into the rows below them; its numbers have a note below and open the calls behind them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from calldash.i18n import gettext as _
from calldash.ui import component, menu

_draw = component.table("calldash_opening", "opening_table")


@dataclass(frozen=True)
class Cell:
    """A number as text, what stands below it in which tone (good, bad), what hovering says, and whether it opens."""

    text: str
    note: str = ""
    tone: str = ""
    help: str = ""
    opens: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its name, how deep it lies, whether it is open, closed, a leaf (empty: nothing can open), its cells."""

    name: str
    cells: Sequence[Cell]
    level: int = 0
    state: str = ""
    opens: bool = True
    total: bool = False


@dataclass(frozen=True)
class Pressed:
    """What was pressed: `turned` a row, or `opened` its cell; -1 is the name."""

    kind: str
    row: int
    cell: int


def draw(key: str, heads: Sequence[tuple[str, str]], rows: Sequence[Row], caption: str) -> Pressed | None:
    """Draws the table, `heads` being the texts of its columns and what hovering says; gives what was pressed."""
    words = {
        "open": _("Open the calls") if menu.exists("calls") else "",
        "expand": _("Open the row"),
        "collapse": _("Close the row"),
    }
    data = {
        "caption": caption,
        "heads": [{"text": text, "help": more} for text, more in heads],
        "rows": [asdict(row) for row in rows],
        "words": words,
    }
    pressed = _draw(key=key, data=data, on_act_change=lambda: None)["act"]
    return Pressed(str(pressed[0]), int(pressed[1]), int(pressed[2])) if pressed else None
