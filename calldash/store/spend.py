"""Ad spend as it is stored: what a new list of it takes the place of, and writing it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from calldash.store import sources

_MONEY = pa.decimal128(18, 6)
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("account", "source", "medium", "campaign", "keyword", "ad")),
        ("since", pa.date32()), ("until", pa.date32()), ("amount", _MONEY), ("currency", pa.string()),
        ("vat", pa.string()), ("vat_rate", pa.decimal128(6, 3)), ("gross", _MONEY), ("net", _MONEY),
        ("clicks", pa.int64()), ("impressions", pa.int64()), ("file", pa.string()), ("line", pa.int64()),
        ("who", pa.string()), ("entered_at", pa.timestamp("us")),
    ]
)  # fmt: skip
_MICRO = Decimal("0.000001")


@dataclass(frozen=True)
class Spend:
    """What one campaign cost on the days `since` to `until`. `vat`: the amount is with it (in), without (out)."""

    account: str
    source: str
    medium: str | None
    campaign: str | None
    keyword: str | None
    ad: str | None
    since: date
    until: date
    amount: Decimal
    currency: str
    vat: str | None = None
    vat_rate: Decimal | None = None
    clicks: int | None = None
    impressions: int | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What is spent for: on one day there is one list of it."""
        return self.account, self.source, self.campaign or ""

    @property
    def days(self) -> range:
        """Its days as ordinal numbers."""
        return range(self.since.toordinal(), self.until.toordinal() + 1)

    @property
    def with_vat(self) -> Decimal:
        """The amount with VAT, or as it is where VAT is not told."""
        return self._times(self._factor) if self.vat == "out" else self.amount

    @property
    def without_vat(self) -> Decimal:
        """The amount without VAT, or as it is where VAT is not told."""
        return self._times(1 / self._factor) if self.vat == "in" else self.amount

    @property
    def _factor(self) -> Decimal:
        return 1 + (self.vat_rate or Decimal(0)) / 100

    def _times(self, factor: Decimal) -> Decimal:
        return (self.amount * factor).quantize(_MICRO)


@dataclass(frozen=True)
class Stored:
    """A stored line: its number, what it says, and where it came from (file and line; no file: by hand)."""

    spend_no: int
    spend: Spend
    file: str
    line: int


@dataclass
class Change:
    """What a list of spend does: which of it is new, which stored lines it replaces or repeats, which it only meets."""

    new: list[int]
    replaced: list[Stored]
    same: int
    meets: list[tuple[int, Stored]]


_COLUMNS = ", ".join(f"{sources.WRITTEN[name]} AS {name}" if name in sources.WRITTEN else name
                     for name in Spend.__dataclass_fields__)  # fmt: skip


def stored(
    cursor: duckdb.DuckDBPyConnection, where: str = "TRUE", values: Mapping[str, Any] | None = None
) -> list[Stored]:
    """The stored lines that `where` holds of, as they were written, by source, campaign and day."""
    found = cursor.execute(
        f"SELECT spend_no, file, line, {_COLUMNS} FROM spend WHERE {where} "
        "ORDER BY source, campaign, since, until, account, keyword, ad, spend_no",
        dict(values or {}),
    ).fetchall()
    return [Stored(number, Spend(*rest), file, line) for number, file, line, *rest in found]


def compare(there: Iterable[Stored], given: Sequence[Spend]) -> Change:
    """What `given` would do to what is stored: a stored line all of whose days are given anew is replaced."""
    by_day: dict[tuple[tuple[str, str, str], int], list[int]] = defaultdict(list)
    for at, one in enumerate(given):
        for day in one.days:
            by_day[one.key, day].append(at)
    change = Change([], [], 0, [])
    repeated: set[int] = set()
    for held in there:
        met = [by_day.get((held.spend.key, day), []) for day in held.spend.days]
        twin = next((at for at in met[0] if given[at] == held.spend and at not in repeated), None)
        if twin is not None:
            repeated.add(twin)
        elif all(met):
            change.replaced.append(held)
        elif any(met):
            change.meets.append((next(at for some in met for at in some), held))
    change.same = len(repeated)
    change.new = [at for at in range(len(given)) if at not in repeated]
    return change


def remove(cursor: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> None:
    """Removes stored lines by number."""
    cursor.execute("DELETE FROM spend WHERE spend_no IN (SELECT unnest($1))", [list(numbers)])


def forget(cursor: duckdb.DuckDBPyConnection, account: str) -> None:
    """Removes all that was spent by an account."""
    cursor.execute("DELETE FROM spend WHERE account = $1", [account])


def add(cursor: duckdb.DuckDBPyConnection, given: Sequence[Spend], lines: Sequence[int], file: str, who: str) -> None:
    """Writes lines of spend; `lines` are their numbers in `file`, which is empty where they were entered by hand."""
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        asdict(one)
        | {"gross": one.with_vat, "net": one.without_vat, "file": file, "line": line, "who": who, "entered_at": now}
        for one, line in zip(given, lines, strict=True)
    ]
    cursor.register("spend_given", pa.Table.from_pylist(rows, schema=_SCHEMA))
    cursor.execute("INSERT INTO spend BY NAME SELECT * FROM spend_given")
    cursor.unregister("spend_given")
    sources.derive_spend(cursor)


@dataclass(frozen=True)
class Unknown:
    """Spend that no call has: its source and campaign as written, and whether calls have at least the source."""

    source: str
    campaign: str | None
    currency: str
    amount: Decimal
    source_known: bool


def unknown(cursor: duckdb.DuckDBPyConnection) -> list[Unknown]:
    """Spend on sources and campaigns that no call has, under the names that they count as; the most first."""
    written = ", ".join(sources.WRITTEN.values())
    found = cursor.execute(
        "WITH known AS (SELECT DISTINCT source, campaign FROM calls WHERE source IS NOT NULL) "
        f"SELECT {written}, currency, sum(amount), source IN (SELECT k.source FROM known k) FROM spend s "
        "WHERE NOT EXISTS (FROM known c WHERE c.source = s.source AND (s.campaign IS NULL OR c.campaign = s.campaign)) "
        "GROUP BY ALL ORDER BY 4 DESC, 1, 2"
    ).fetchall()
    return [Unknown(*row) for row in found]
