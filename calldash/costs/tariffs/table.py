"""A table of tariffs -> tariffs, or every row that is wrong with the reason; and back to rows of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from calldash.costs.tariffs.columns import COLUMNS, WrongError
from calldash.costs.tariffs.tariff import Line, Tariff
from calldash.problems import Problem, Reject
from calldash.reading import Columns, open_source
from calldash.reading.tables import LINE

Row = Mapping[str, str]
_OF_LINE = (
    "kind", "direction", "roaming", "prefix", "price", "first_s", "step_s", "connection", "free_s", "threshold_s",
    "billed", "package",
)  # fmt: skip
_OF_ALL = tuple(key for key, column in COLUMNS.items() if column.of_all)


@dataclass(frozen=True)
class Read:
    """What a table says: its tariffs, or, where anything is wrong, no tariffs and what is wrong."""

    tariffs: tuple[Tariff, ...]
    rejects: tuple[Reject, ...]


def from_file(path: Path, limit: int, currency: str, name: str | None = None) -> Read:
    """The tariffs of a CSV or XLSX file of at most `limit` bytes. Raises Problem for one that is no such table."""
    source = open_source(path, limit, name)
    header = _header(source.sample.header)
    rows: list[tuple[int, Row]] = []
    rejects: list[Reject] = []
    for batch in source.batches(Columns(header, source.sample.delimiter)):
        rejects += batch.rejects
        rows += [(int(row[LINE]), {key: row[key] or "" for key in header}) for row in batch.table.to_pylist()]
    found = read(rows, currency)
    return Read((), (*rejects, *found.rejects)) if rejects else found


def _header(given: Sequence[str]) -> tuple[str, ...]:
    """The keys of a file's columns, by their own or their Russian names."""
    russian = {column.russian: key for key, column in COLUMNS.items()}
    names = [name.strip().lower() for name in given]
    header = tuple(russian.get(name, name) for name in names)
    if unknown := [name for name in header if name not in COLUMNS]:
        message = "Unknown columns: {columns}. Known ones are: {known}."
        raise Problem(message, columns=", ".join(unknown), known=", ".join(COLUMNS))
    missing = [key for key, column in COLUMNS.items() if column.usual is None and key not in header]
    if missing:
        raise Problem("The file lacks the columns: {columns}.", columns=", ".join(missing))
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise Problem("Columns that stand twice in the header: {columns}.", columns=", ".join(twice))
    return header


def read(rows: Iterable[tuple[int, Row]], currency: str) -> Read:
    """The tariffs of rows of text with their line numbers; `currency` is that of tariffs that name none."""
    rejects: list[Reject] = []
    versions: dict[tuple[str, date], list[tuple[int, dict[str, Any]]]] = {}
    for number, row in rows:
        values = _values(number, row, currency, rejects)
        if values:
            versions.setdefault((values["tariff"], values["since"]), []).append((number, values))
    for version in versions.values():
        rejects += _differing(version)
        rejects += _twice(version)
    tariffs = [_tariff(version) for version in versions.values()]
    rejects += _periods(tariffs, {key: version[0][0] for key, version in versions.items()})
    if not tariffs and not rejects:
        rejects.append(Reject(1, "tariff", "", "is missing"))
    rejects.sort(key=lambda reject: reject.line)
    return Read(() if rejects else tuple(tariffs), tuple(rejects))


def _values(number: int, row: Row, currency: str, rejects: list[Reject]) -> dict[str, Any]:
    """The typed values of a row; none when some are wrong."""
    values: dict[str, Any] = {}
    wrong = []
    for key, column in COLUMNS.items():
        text = row.get(key, "").strip() or (currency if key == "currency" else column.usual)
        try:
            if text is None:
                raise WrongError("is missing")
            values[key] = column.read(text)
        except WrongError as error:
            wrong.append(Reject(number, key, text or "", str(error), values=error.values))
    if not wrong:
        wrong = list(_together(number, values))
    rejects += wrong
    return {} if wrong else values


def _together(number: int, values: Mapping[str, Any]) -> Iterator[Reject]:
    """What is wrong with values that are right one by one."""
    if values["until"] and values["until"] < values["since"]:
        yield Reject(number, "until", values["until"].isoformat(), "is before the first day")
    if values["package_size"] and not values["package"]:
        yield Reject(number, "package", "", "is missing")


def _differing(version: Sequence[tuple[int, dict[str, Any]]]) -> Iterator[Reject]:
    """Rows that say otherwise what all rows of a version must say alike."""
    first, wanted = version[0]
    for number, values in version[1:]:
        for key in _OF_ALL:
            if values[key] != wanted[key]:
                yield Reject(number, key, _text(values[key]), "differs from line {line}", values={"line": first})
    sizes: dict[str, tuple[int, int]] = {}
    for number, values in version:
        name, size = values["package"], values["package_size"]
        if name and size and sizes.setdefault(name, (number, size))[1] != size:
            line = sizes[name][0]
            yield Reject(number, "package_size", str(size), "differs from line {line}", values={"line": line})
    for number, values in version:
        if values["package"] and values["package"] not in sizes:
            yield Reject(number, "package_size", "", "is missing")


def _twice(version: Sequence[tuple[int, dict[str, Any]]]) -> Iterator[Reject]:
    """Rows for the very calls of an earlier one."""
    known: dict[tuple[Any, ...], int] = {}
    for number, values in version:
        calls = tuple(values[key] for key in ("kind", "direction", "roaming", "prefix"))
        if (line := known.setdefault(calls, number)) != number:
            yield Reject(number, "prefix", values["prefix"], "stands in line {line} already", values={"line": line})


def _periods(tariffs: Sequence[Tariff], lines: Mapping[tuple[str, date], int]) -> Iterator[Reject]:
    """Versions of one tariff that are in force at the same time."""
    for at, one in enumerate(tariffs):
        for other in tariffs[:at]:
            if one.tariff == other.tariff and one.overlaps(other):
                line, known = lines[one.tariff, one.since], lines[other.tariff, other.since]
                reason = "the period overlaps with that of line {line}"
                yield Reject(line, "since", one.since.isoformat(), reason, values={"line": known})


def _tariff(version: Sequence[tuple[int, dict[str, Any]]]) -> Tariff:
    _number, first = version[0]
    of_all = {key: first[key] for key in _OF_ALL if key != "use"}
    lines = tuple(Line(**{key: values[key] for key in _OF_LINE}) for _line, values in version)
    packages = {v["package"]: v["package_size"] for _line, v in version if v["package"] and v["package_size"]}
    return Tariff(first["tariff"], first["since"], lines, own=first["use"] == "own",
                  packages=tuple(sorted(packages.items())), **of_all)  # fmt: skip


def rows_of(tariff: Tariff) -> Iterator[dict[str, str]]:
    """The rows of text that `read` makes this tariff of."""
    sizes = dict(tariff.packages)
    of_all = {key: _text(getattr(tariff, key)) for key in _OF_ALL if key != "use"}
    of_all |= {"tariff": tariff.tariff, "since": tariff.since.isoformat(), "use": "own" if tariff.own else "offer"}
    for line in tariff.lines:
        found = of_all | {key: _text(getattr(line, key)) for key in _OF_LINE}
        yield {key: (found | {"package_size": _text(sizes.get(line.package or ""))})[key] for key in COLUMNS}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else str(value)
