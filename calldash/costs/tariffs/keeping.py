"""Tariffs in the store: put in the place of those of the same names, all or none; read back; removed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from calldash import audit
from calldash.costs.tariffs.tariff import Line, Tariff
from calldash.problems import Problem, Reject
from calldash.store import Store

_LINE = (
    "kind", "direction", "roaming", "prefix", "price", "first_s", "step_s", "connection", "free_s", "threshold_s",
    "billed", "package",
)  # fmt: skip
_TARIFF = ("tariff", "own", "since", "until", "currency", "monthly", "system", "line", "decimals")


def tariffs(store: Store, name: str | None = None) -> list[tuple[int, Tariff]]:
    """The versions of all tariffs, or of one: their numbers, by name and first day."""
    lines: dict[int, list[Line]] = {}
    for number, *values in store.rows(f"SELECT tariff_no, {', '.join(_LINE)} FROM tariff_lines ORDER BY line_no"):
        lines.setdefault(number, []).append(Line(**dict(zip(_LINE, values, strict=True))))
    packages: dict[int, list[tuple[str, int]]] = {}
    for number, package, size in store.rows("SELECT tariff_no, package, size FROM tariff_packages ORDER BY package"):
        packages.setdefault(number, []).append((package, size))
    found = store.rows(
        f"SELECT tariff_no, {', '.join(_TARIFF)} FROM tariffs WHERE coalesce(tariff = $1, TRUE) ORDER BY tariff, since",
        [name],
    )
    return [
        (number, Tariff(lines=tuple(lines[number]), packages=tuple(packages.get(number, ())),
                        **dict(zip(_TARIFF, values, strict=True))))
        for number, *values in found
    ]  # fmt: skip


def any_packages(store: Store) -> bool:
    """Whether some tariff has packages."""
    return bool(store.rows("SELECT 1 FROM tariff_packages LIMIT 1"))


def conflicts(store: Store, given: Sequence[Tariff]) -> list[Reject]:
    """Tariffs that bills would be checked by beside others for the same calls on the same days."""
    names = {one.tariff for one in given}
    others = [one for _number, one in tariffs(store) if one.tariff not in names] + list(given)
    found = []
    for one in given:
        for other in others:
            same = (one.system, one.line) == (other.system, other.line)
            if one.tariff != other.tariff and one.own and other.own and same and one.overlaps(other):
                reason = "the period overlaps with that of the tariff {tariff}, which is for the same calls"
                found.append(Reject(0, "since", f"{one.tariff}, {one.since}", reason, values={"tariff": other.tariff}))
    return found


def keep(store: Store, who: str, given: Sequence[Tariff]) -> list[Reject]:
    """Puts tariffs in the place of all versions of the same names. Gives what is wrong; then nothing is kept."""
    if wrong := conflicts(store, given):
        return wrong
    names = sorted({one.tariff for one in given})
    with store.writing() as cursor:
        _remove(cursor, names)
        for one in given:
            _insert(cursor, one)
    audit.record(store, who, "tariff", ", ".join(names), versions=len(given), lines=sum(len(t.lines) for t in given))
    return []


def remove(store: Store, who: str, name: str) -> None:
    """Removes all versions of a tariff. Raises Problem when there is none of that name."""
    if not tariffs(store, name):
        raise Problem("There is no tariff {tariff}.", tariff=name)
    with store.writing() as cursor:
        _remove(cursor, [name])
    audit.record(store, who, "remove tariff", name)


def _remove(cursor: Any, names: Sequence[str]) -> None:
    old = "(SELECT tariff_no FROM tariffs WHERE tariff IN (SELECT unnest($1)))"
    for table in ("tariff_lines", "tariff_packages"):
        cursor.execute(f"DELETE FROM {table} WHERE tariff_no IN {old}", [list(names)])
    cursor.execute("DELETE FROM tariffs WHERE tariff IN (SELECT unnest($1))", [list(names)])


def _insert(cursor: Any, one: Tariff) -> None:
    (number,) = cursor.execute("SELECT nextval('tariff_numbers')").fetchone()
    _rows(cursor, "tariffs", [(number, *(getattr(one, name) for name in _TARIFF))])
    _rows(cursor, "tariff_lines", [
        (number, at, *(getattr(line, name) for name in _LINE)) for at, line in enumerate(one.lines, 1)
    ])  # fmt: skip
    _rows(cursor, "tariff_packages", [(number, *package) for package in one.packages])


def _rows(cursor: Any, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        cursor.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def in_force(store: Store, since: date, until: date) -> list[Tariff]:
    """The tariffs that bills of those days are checked by."""
    return [one for _number, one in tariffs(store) if one.own and one.since <= until and since <= one.last]
