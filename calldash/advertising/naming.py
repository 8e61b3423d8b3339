"""Names that mean the same campaign: the table of what is written and what it counts as; all of it or nothing.

A source is looked up first, then the campaign of what the source counts as. Nothing counts as what counts as something
else: so one look tells what a name comes to.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from pathlib import Path

from calldash import audit
from calldash.given import tables
from calldash.given.cells import Cells, WrongError
from calldash.given.refused import Refused
from calldash.given.tables import Layout, Receipt, Row
from calldash.i18n import mark
from calldash.problems import Reject
from calldash.store import Store, rules
from calldash.store import naming as stored
from calldash.store.naming import Move, Name, Pair

SUBJECT = "naming"
COLUMNS = tuple(one.name for one in fields(Name))
_LAYOUT = Layout(COLUMNS, ("source", "as_source"), {
    "источник": "source", "кампания": "campaign", "считать источником": "as_source",
    "считать кампанией": "as_campaign",
})  # fmt: skip


@dataclass(frozen=True)
class Changed:
    """What followed a change of the table: calls and lines of spend that count as something else."""

    calls: int
    spend: int


def names(store: Store) -> list[Name]:
    """The table, in order."""
    with store.cursor() as cursor:
        return stored.names(cursor)


def history(store: Store, most: int = 20) -> list[tuple[datetime, str, str, str, str]]:
    """The latest changes: instant (UTC), who, action, subject, detail as JSON."""
    return audit.trail(store, SUBJECT, most)


def preview(store: Store, rows: Iterable[Row]) -> list[Move]:
    """What of calls and spend would move with `rows` as the whole table. Raises Refused as `save` does."""
    wanted = _checked(rows, "")
    with store.cursor() as cursor:
        return stored.moves(cursor, wanted)


def save(store: Store, who: str, rows: Iterable[Row], file: str = "") -> Changed:
    """Puts rows (number and cells by COLUMNS) in the place of the whole table.

    Raises Refused, with nothing changed, that tells every row that is wrong.
    """
    return _put(store, who, _checked(rows, file))


def add(store: Store, who: str, written: Pair, counts: Pair) -> Changed:
    """One more row, in the place of one for the same: what is `written` counts as `counts`. Raises Refused."""
    return save(store, who, _with_one(store, written, counts))


def preview_one(store: Store, written: Pair, counts: Pair) -> list[Move]:
    """What of calls and spend would move if the row were added. Raises Refused as `save` does."""
    return preview(store, _with_one(store, written, counts))


def _with_one(store: Store, written: Pair, counts: Pair) -> list[Row]:
    return _rows([*(one for one in names(store) if _place(one) != written), Name(*written, *counts)])


def import_file(store: Store, path: Path, who: str, _given: Mapping[str, str], name: str | None = None) -> Receipt:
    """Adds the rows of a CSV or XLSX; a row of the same source and campaign takes the other's place.

    Raises Problem for a file that cannot be read, Refused for one with rows that are wrong.
    """
    before, (kept, wanted) = names(store), _with_file(store, path, name)
    same = len(set(wanted) & set(before)) - kept
    replaced = len(before) - kept - same
    changed = _put(store, who, wanted)
    new = len(wanted) - kept - same - replaced
    return Receipt(name or path.name, new, replaced, same, changed.calls, changed.spend)


def preview_file(store: Store, path: Path) -> list[Move]:
    """What of calls and spend would move if the file were imported. Raises as `import_file` does."""
    _kept, wanted = _with_file(store, path, None)
    with store.cursor() as cursor:
        return stored.moves(cursor, wanted)


def _with_file(store: Store, path: Path, name: str | None) -> tuple[int, list[Name]]:
    """How many rows of the table stay, and the table with the file's rows."""
    file = name or path.name
    rows, rejects = tables.read(path, name, _LAYOUT)
    places = {_place(one) for one in _checked(rows, file, rejects, alone=True)}
    kept = [one for one in names(store) if _place(one) not in places]
    return len(kept), _checked([*_rows(kept), *rows], file)


def as_csv(found: Sequence[Name]) -> str:
    """The rows as a file that can be imported again."""
    return tables.as_csv(COLUMNS, map(astuple, found))


def told(pair: Pair) -> str:
    """A source and a campaign in one line."""
    return " / ".join((pair[0], pair[1] or "—"))


def _rows(found: Iterable[Name]) -> list[Row]:
    """Rows of the table as the cells of a file; their number is 0."""
    return [(0, {name: cell or "" for name, cell in zip(COLUMNS, astuple(one), strict=True)}) for one in found]


def _place(one: Name) -> Pair:
    return one.source, one.campaign


def _put(store: Store, who: str, wanted: Sequence[Name]) -> Changed:
    before = set(names(store))
    if before == set(wanted):
        return Changed(0, 0)
    with store.writing() as cursor:
        calls, spend = stored.replace(cursor, wanted, who)
        rules.follow_tracked(cursor, store.settings)
    added, removed = (
        sorted(f"{told(_place(one))} → {told((one.as_source, one.as_campaign))}" for one in some)
        for some in (set(wanted) - before, before - set(wanted))
    )
    audit.record(store, who, "naming", SUBJECT, added=added, removed=removed, calls=calls, spend=spend)
    return Changed(calls, spend)


def _checked(rows: Iterable[Row], file: str, rejects: Iterable[Reject] = (), alone: bool = False) -> list[Name]:
    """The rows as names, in their order. Raises Refused with all that is wrong; `alone`: each by itself."""
    found: dict[Pair, tuple[int, Name]] = {}
    wrong = list(rejects)
    for number, cells in rows:
        try:
            one = _name(Cells(cells))
            if _place(one) in found:
                raise WrongError("source", told(_place(one)), mark("stands twice"))
            found[_place(one)] = number, one
        except WrongError as error:
            wrong.append(error.at(number))
    for number, one in () if alone else found.values():
        wrong += _chained(number, one, found)
    if wrong:
        raise Refused(file, wrong)
    return [one for _number, one in found.values()]


def _name(cells: Cells) -> Name:
    one = Name(
        cells.needed("source"), cells.text("campaign"), cells.text("as_source") or cells.needed("source"),
        cells.text("as_campaign"),
    )  # fmt: skip
    if one.campaign and not one.as_campaign:
        raise WrongError("as_campaign", "", mark("is not given"))
    if one.as_campaign and not one.campaign:
        raise WrongError("campaign", "", mark("is not given, though a campaign is what it counts as"))
    if (one.as_source, one.as_campaign) == _place(one):
        raise WrongError("as_source", told(_place(one)), mark("is what it counts as already"))
    return one


def _chained(number: int, one: Name, found: Mapping[Pair, tuple[int, Name]]) -> list[Reject]:
    """What keeps a row from being told by one look."""
    whole = found.get((one.source, None)) if one.campaign else None
    target = found.get((one.as_source, None)) or found.get((one.as_source, one.as_campaign))
    reason = mark("counts as {other} itself: name that here")
    wrong = []
    for column, met in (("source", whole), ("as_source", target)):
        if met and (column == "source" or met[1] is not one):
            other = told((met[1].as_source, met[1].as_campaign))
            wrong.append(Reject(number or met[0], column, getattr(one, column), reason, "", {"other": other}))
    return wrong
