"""Names that mean the same campaign: the table of what is written and what it counts as, for calls and for spend."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal

import duckdb

from calldash.store import deals, sources

Pair = tuple[str, str | None]  # a source and a campaign


@dataclass(frozen=True)
class Name:
    """What is written, and what it counts as. Without campaigns: all of the source, each under its own name."""

    source: str
    campaign: str | None
    as_source: str
    as_campaign: str | None


@dataclass(frozen=True)
class Move:
    """What is written and what it counts as, before and after a change: so many calls, and spend by currency."""

    written: Pair
    before: Pair
    after: Pair
    calls: int
    spend: dict[str, Decimal]


def counts_as(names: Iterable[Name], source: str, campaign: str | None) -> Pair:
    """What a source and campaign as they are written count as: the source first, then the campaign of what it is."""
    known = {(one.source, one.campaign): one for one in names}
    if whole := known.get((source, None)):
        source = whole.as_source
    if campaign is not None and (one := known.get((source, campaign))):
        return one.as_source, one.as_campaign
    return source, campaign


def names(cursor: duckdb.DuckDBPyConnection) -> list[Name]:
    """The rows of the table, in order."""
    found = cursor.execute(
        "SELECT source, campaign, as_source, as_campaign FROM campaign_names ORDER BY source, campaign NULLS FIRST"
    ).fetchall()
    return [Name(*row) for row in found]


def replace(cursor: duckdb.DuckDBPyConnection, wanted: Sequence[Name], who: str) -> tuple[int, int]:
    """Puts `wanted` in the place of the whole table; calls, deals and spend follow.

    Gives how many calls and lines of spend changed; the calls stay in the temporary table `tracked`.
    """
    before = set(names(cursor))
    for one in before - set(wanted):
        cursor.execute(
            "DELETE FROM campaign_names WHERE source = $1 AND campaign IS NOT DISTINCT FROM $2",
            [one.source, one.campaign],
        )
    for one in [one for one in wanted if one not in before]:
        cursor.execute("INSERT INTO campaign_names VALUES ($1, $2, $3, $4, $5)", [*astuple(one), who])
    concerned = {"sources": _concerned(before, wanted)}
    calls = sources.derive(cursor, f"{sources.WRITTEN['source']} IN (SELECT unnest($sources))", concerned)
    deals.follow_sources(cursor)
    return calls, sources.derive_spend(cursor)


def _concerned(before: Iterable[Name], after: Iterable[Name]) -> list[str]:
    """The sources, as written, whose calls may count as something else."""
    old, new = set(before), set(after)
    changed = {one.source for one in old ^ new}
    return sorted(changed | {one.source for one in old | new if one.campaign is None and one.as_source in changed})


def moves(cursor: duckdb.DuckDBPyConnection, wanted: Sequence[Name]) -> list[Move]:
    """What of calls and spend would count as something else with `wanted` in the place of the table."""
    before = names(cursor)
    values = [_concerned(before, wanted)]
    pairs = ", ".join(sources.WRITTEN.values())
    scope = f"WHERE {sources.WRITTEN['source']} IN (SELECT unnest($1)) GROUP BY ALL"
    calls: dict[Pair, int] = {
        (source, campaign): count
        for source, campaign, count in cursor.execute(
            f"SELECT {pairs}, count(*) FROM calls {scope}", values
        ).fetchall()
    }  # fmt: skip
    spend: dict[Pair, dict[str, Decimal]] = {}
    for source, campaign, currency, amount in cursor.execute(
        f"SELECT {pairs}, currency, sum(amount) FROM spend {scope}", values
    ).fetchall():
        spend.setdefault((source, campaign), {})[currency] = amount
    found = (
        Move(pair, counts_as(before, *pair), counts_as(wanted, *pair), calls.get(pair, 0), spend.get(pair, {}))
        for pair in sorted({*calls, *spend}, key=lambda pair: (pair[0], pair[1] or ""))
    )
    return [one for one in found if one.before != one.after]


def forget(cursor: duckdb.DuckDBPyConnection, who: str) -> None:
    """Removes what `who` entered."""
    made = {Name(*row[:4]) for row in cursor.execute("FROM campaign_names WHERE made_by = $1", [who]).fetchall()}
    if made:
        replace(cursor, [one for one in names(cursor) if one not in made], who)
