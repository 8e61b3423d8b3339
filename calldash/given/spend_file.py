"""A list of ad spend: each line read and checked, then the list as a whole. What is wrong is told by line."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from calldash.given import values
from calldash.given.cells import Cells, WrongError
from calldash.given.lines import Line, Read
from calldash.i18n import mark
from calldash.problems import Reject
from calldash.settings import Settings
from calldash.store.spend import Spend

_LONGEST_DAYS = 3660
VAT = {"in": "in", "out": "out", "yes": "in", "no": "out", "да": "in", "нет": "out", "с ндс": "in", "без ндс": "out"}


@dataclass
class Listed:
    """Spend with the number of its line, what is wrong with the list, and how many lines tell no amount."""

    spend: list[Spend] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    wrong: list[Reject] = field(default_factory=list)
    empty: int = 0


def listed(read: Read, given: Mapping[str, str], settings: Settings) -> Listed:
    """The spend of a file. `given` are values for what its lines do not say.

    Raises Problem where neither tells the days or the source.
    """
    told_currency, told_vat = read.told("amount")
    defaults = {"currency": told_currency or settings.currency, "vat": told_vat or ""}
    titles = values.days_in(" ".join(read.titles))
    if len(titles) >= 2 and "since" not in read.found.places:
        defaults |= {"since": min(titles).isoformat(), "until": max(titles).isoformat()}
    defaults |= {name: value for name, value in given.items() if value}
    read.need(("source", "since"), defaults)
    rows = [_in_days(one, ZoneInfo(settings.zone)) for one in read.rows] if read.found.shape.seconds else read.rows
    if read.found.shape.whole_is_micros and _all_whole(rows):
        rows = [Line(one.number, {("micros" if name == "amount" else name): text for name, text in one.cells.items()})
                for one in rows]  # fmt: skip
    return check(rows, defaults, read.rejects)


def _in_days(line: Line, zone: ZoneInfo) -> Line:
    days = {name: values.seconds_as_days(line.cells[name], zone) for name in ("since", "until") if name in line.cells}
    return Line(line.number, {**line.cells, **days})


def _all_whole(rows: Iterable[Line]) -> bool:
    return all(text.isdigit() for one in rows if not values.is_nothing(text := one.cells.get("amount", "")))


def check(rows: Iterable[Line], defaults: Mapping[str, str], wrong: Iterable[Reject] = ()) -> Listed:
    """Lines of cells as spend; `defaults` stand where a line has nothing."""
    rows = list(rows)
    done = Listed(wrong=list(wrong))
    american = values.month_first(line.cells.get(name, "") for line in rows for name in ("since", "until"))
    for line in rows:
        try:
            found = _spend(Cells({**defaults, **line.cells}, american))
        except WrongError as error:
            done.wrong.append(error.at(line.number))
            continue
        if found is None:
            done.empty += 1
        else:
            done.spend.append(found)
            done.lines.append(line.number)
    _add_up(done)
    _check_whole(done)
    return done


def _spend(cells: Cells) -> Spend | None:
    """One line as spend; None where it tells no amount."""
    micros = cells.amount("micros")
    amount = cells.amount("amount") if micros is None else (micros * values.MICRO).quantize(values.MICRO)
    if amount is None:
        return None
    since, until = cells.period("since", "until")
    if until < since:
        raise WrongError("until", until.isoformat(), mark("is before the first day"))
    if (until - since).days >= _LONGEST_DAYS:
        raise WrongError("until", until.isoformat(), mark("is more than ten years after the first day"))
    rate = cells.amount("vat_rate")
    if rate is not None and rate >= 100:
        raise WrongError("vat_rate", str(rate), mark("is no rate of VAT"))
    return Spend(
        cells.text("account") or "", cells.needed("source"), cells.text("medium"), cells.text("campaign"),
        cells.text("keyword"), cells.text("ad"), since, until, amount, cells.currency("currency"),
        cells.choice("vat", VAT, mark("is neither in nor out")), rate, cells.count("clicks"),
        cells.count("impressions"),
    )  # fmt: skip


def _add_up(done: Listed) -> None:
    """Lines that differ in nothing that is kept, as those by device do, become one."""
    places: dict[Spend, int] = {}
    spend: list[Spend] = []
    lines: list[int] = []
    for one, line in zip(done.spend, done.lines, strict=True):
        alike = replace(one, amount=Decimal(0), clicks=None, impressions=None)
        if alike in places:
            held = spend[places[alike]]
            spend[places[alike]] = replace(
                held,
                amount=held.amount + one.amount,
                clicks=_sum(held.clicks, one.clicks),
                impressions=_sum(held.impressions, one.impressions),
            )
        else:
            places[alike] = len(spend)
            spend.append(one)
            lines.append(line)
    done.spend, done.lines = spend, lines


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one + (other or 0)


def _check_whole(done: Listed) -> None:
    """Two currencies, and periods of one campaign that overlap without being the same, are wrong."""
    first = done.spend[0].currency if done.spend else ""
    spans: dict[tuple[str, str, str], dict[tuple[date, date], int]] = defaultdict(dict)
    for one, line in zip(done.spend, done.lines, strict=True):
        if one.currency != first:
            reason = "stands beside {other}: a file has one currency"
            done.wrong.append(Reject(line, "currency", one.currency, reason, "", {"other": first}))
        spans[one.key].setdefault((one.since, one.until), line)
    for held in spans.values():
        latest, of_line = date.min, 0
        for (since, until), line in sorted(held.items()):
            if since <= latest:
                reason = "overlaps the period of the same campaign on line {other}"
                done.wrong.append(Reject(line, "since", since.isoformat(), reason, "", {"other": of_line}))
            if until > latest:
                latest, of_line = until, line
