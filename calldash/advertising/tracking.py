"""Tracking numbers: the table of lines and what each advertises when, from a page or a file; all of it or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from datetime import date, datetime
from pathlib import Path

from calldash import audit
from calldash.given import tables
from calldash.given.cells import Cells, WrongError
from calldash.given.refused import Refused
from calldash.given.tables import Layout, Receipt, Row
from calldash.i18n import mark
from calldash.numbers import phones
from calldash.problems import Reject
from calldash.store import Store, rules
from calldash.store import tracking as stored
from calldash.store.tracking import Line

SUBJECT = "tracking"
COLUMNS = tuple(one.name for one in fields(Line))
# How headers of files may name the columns.
_NAMES = {
    "номер": "line", "линия": "line", "number": "line", "источник": "source", "канал": "medium",
    "кампания": "campaign", "from": "from_day", "since": "from_day", "с": "from_day", "until": "until_day",
    "to": "until_day", "по": "until_day",
}  # fmt: skip
_LAYOUT = Layout(COLUMNS, ("line", "source"), _NAMES)


def lines(store: Store) -> list[Line]:
    """The table, by line and day."""
    with store.cursor() as cursor:
        return stored.lines(cursor)


def history(store: Store, most: int = 20) -> list[tuple[datetime, str, str, str, str]]:
    """The latest changes: instant (UTC), who, action, subject, detail as JSON."""
    return audit.trail(store, SUBJECT, most)


def save(store: Store, who: str, rows: Iterable[Row], file: str = "") -> int:
    """Puts rows (number and cells by COLUMNS) in the place of the whole table; gives how many calls changed.

    Raises Refused, with nothing changed, that tells every row that is wrong.
    """
    wanted = _checked(rows, store.settings.region, file)
    return _put(store, who, wanted)


def import_file(store: Store, path: Path, who: str, _given: Mapping[str, str], name: str | None = None) -> Receipt:
    """Adds the rows of a CSV or XLSX; a row of the same line and first day takes the other's place.

    Raises Problem for a file that cannot be read, Refused for one with rows that are wrong.
    """
    rows, rejects = tables.read(path, name, _LAYOUT)
    file = name or path.name
    coming = _checked(rows, store.settings.region, file, rejects)
    before = lines(store)
    places = {(one.line, one.from_day) for one in coming}
    kept = [one for one in before if (one.line, one.from_day) not in places]
    numbered = dict(zip(coming, (number for number, _cells in rows), strict=True))
    if wrong := _overlaps([*((0, one) for one in kept), *((number, one) for one, number in numbered.items())]):
        raise Refused(file, wrong)
    same = len(set(coming) & set(before))
    replaced = len(before) - len(kept) - same
    count = _put(store, who, [*kept, *coming])
    return Receipt(file, len(coming) - same - replaced, replaced, same, count)


def as_csv(found: Sequence[Line]) -> str:
    """The rows as a file that can be imported again."""
    return tables.as_csv(COLUMNS, map(astuple, found))


def _put(store: Store, who: str, wanted: Sequence[Line]) -> int:
    before = lines(store)
    if set(before) == set(wanted):
        return 0
    with store.writing() as cursor:
        count = stored.replace(cursor, wanted, who)
        rules.follow_tracked(cursor, store.settings)
    added, removed = ([_told(one) for one in some] for some in (set(wanted) - set(before), set(before) - set(wanted)))
    audit.record(store, who, "tracking", SUBJECT, added=sorted(added), removed=sorted(removed), calls=count)
    return count


def _told(one: Line) -> str:
    """A row in one line."""
    span = f"{one.from_day or '…'} – {one.until_day or '…'}"
    return f"{one.line}: {' / '.join(part for part in (one.source, one.medium, one.campaign) if part)}, {span}"


def _checked(rows: Iterable[Row], region: str, file: str, rejects: Iterable[Reject] = ()) -> list[Line]:
    """The rows as lines, in their order. Raises Refused with all that is wrong."""
    found: list[tuple[int, Line]] = []
    wrong = list(rejects)
    for number, cells in rows:
        try:
            found.append((number, _line(Cells(cells), region)))
        except WrongError as error:
            wrong.append(error.at(number))
    wrong += _overlaps(found)
    if wrong:
        raise Refused(file, wrong)
    return [one for _number, one in found]


def _line(cells: Cells, region: str) -> Line:
    text = cells.needed("line")
    number = phones.normalise([text], region)[text]
    if number is None:
        raise WrongError("line", text, mark("is no number"))
    first, last = (cells.day(name) if cells.text(name) else None for name in ("from_day", "until_day"))
    if first and last and last < first:
        raise WrongError("until_day", str(last), mark("is before the first day"))
    return Line(number, cells.needed("source"), cells.text("medium"), cells.text("campaign"), first, last)


def _overlaps(rows: Sequence[tuple[int, Line]]) -> list[Reject]:
    """The rows whose days another row of the same line has too; rows of number 0 are in the table already."""
    wrong = []
    furthest: tuple[int, Line] | None = None  # of the rows of this line so far
    for number, one in sorted(rows, key=lambda row: (row[1].line, row[1].from_day or date.min)):
        before = furthest if furthest and furthest[1].line == one.line else None
        if before and (before[1].until_day or date.max) >= (one.from_day or date.min):
            told, other = (one, before[1]) if number else (before[1], one)
            reason = mark("overlaps with another row of this line: {other}. End the earlier one first.")
            wrong.append(Reject(number or before[0], "line", told.line, reason, "", {"other": _told(other)}))
        if not before or (one.until_day or date.max) > (before[1].until_day or date.max):
            furthest = (number, one)
    return wrong
