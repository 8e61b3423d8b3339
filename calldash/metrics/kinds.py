"""What a metric is, and the usual kinds of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Metric:
    """A number: how it is called and computed, what its unit is, and which way is better.

    `better` is `higher`, `lower` or empty. `table` is what its aggregate runs over: calls, legs, talks (recordings
    listened to), people (talk per employee), moments (calls beginning and ending), gaps (between talks), presence or
    signed (time signed in), spend (calls, days of spend, deals), paid_sources (the same by source). `rows` is the
    condition of the calls behind it; `cases` is the denominator of a share: how many cases it speaks of.
    """

    key: str
    unit: str  # count, share, seconds, money, rate
    title: str
    words: str
    sql: str
    rows: str
    better: str = ""
    table: str = "calls"
    cases: str | None = None
    settings: tuple[str, ...] = ()
    only_by: tuple[str, ...] | None = None  # dimensions it can be broken down and filtered by; None: all
    sums_up: bool = False  # 0, not unknown, where there is nothing; counts always are

    @property
    def one_scan(self) -> bool:
        """Whether one pass over the rows gives it for each group and for all of them."""
        return self.table in ("calls", "legs", "presence", "talks") and " OVER " not in self.sql

    @property
    def of_nothing(self) -> int | None:
        """The number over no calls at all."""
        return 0 if (self.unit == "count" or self.sums_up) and self.only_by is None else None


def count(key: str, rows: str, title: str, words: str, better: str = "", settings: tuple[str, ...] = ()) -> Metric:
    return Metric(key, "count", title, words, f"count(*) FILTER ({rows})", rows, better, settings=settings)


def share(
    key: str, part: str, whole: str, title: str, words: str, better: str = "", settings: tuple[str, ...] = ()
) -> Metric:
    cases = f"count(*) FILTER ({whole})"
    sql = f"count(*) FILTER ({part}) / nullif({cases}, 0)"
    return Metric(key, "share", title, words, sql, part, better, cases=cases, settings=settings)


def seconds(key: str, of: str, rows: str, title: str, words: str, better: str = "", how: str = "avg({})") -> Metric:
    sql = f"{how.format(of)} FILTER ({rows})"
    return Metric(key, "seconds", title, words, sql, f"{rows} AND {of} IS NOT NULL", better)


def money(key: str, of: str, rows: str, title: str, words: str, better: str, sums_up: bool = False) -> Metric:
    return Metric(key, "money", title, words, of, rows, better, sums_up=sums_up)


HALF, NINE = "quantile_disc({}, 0.5)", "quantile_disc({}, 0.9)"
# Two currencies are never added.
_ONE_CURRENCY = "min(currency) FILTER ({rows}) IS NOT DISTINCT FROM max(currency) FILTER ({rows})"


def one_currency(rows: str, value: str) -> str:
    return f"CASE WHEN {_ONE_CURRENCY.replace('{rows}', rows)} THEN {value} END"
