"""A list of deals: each line read and checked. What is wrong is told by line; a deal without a number is kept, told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from calldash.given import values
from calldash.given.cells import Cells, WrongError
from calldash.given.deals_shapes import STAGES
from calldash.given.lines import Line, Read
from calldash.i18n import mark
from calldash.numbers import phones
from calldash.problems import Reject
from calldash.settings import Settings
from calldash.store.deals import Deal

_END = time(23, 59, 59)


@dataclass
class Listed:
    """Deals with the number of their line, what is wrong, and the lines of deals without a usable number."""

    deals: list[Deal] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    wrong: list[Reject] = field(default_factory=list)
    numberless: list[int] = field(default_factory=list)


def listed(read: Read, given: Mapping[str, str], settings: Settings) -> Listed:
    """The deals of a file. `given` are values for what its lines do not say: origin, currency, status.

    Raises Problem where neither tells the days or the stages.
    """
    defaults = {"currency": read.told("amount")[0] or settings.currency, "origin": read.found.shape.key}
    defaults |= {name: text for name, text in given.items() if text}
    read.need(("happened", "status"), defaults)
    return check(read.rows, defaults, settings, read.rejects)


def check(
    rows: Iterable[Line], defaults: Mapping[str, str], settings: Settings, wrong: Iterable[Reject] = ()
) -> Listed:
    """Lines of cells as deals; `defaults` stand where a line has nothing."""
    rows = list(rows)
    done = Listed(wrong=list(wrong))
    american = values.month_first(line.cells.get("happened", "") for line in rows)
    numbers = phones.normalise({_phone(line.cells) for line in rows}, settings.region)
    seen: dict[tuple[str, str], tuple[int, Deal]] = {}
    for line in rows:
        client = numbers[_phone(line.cells)]
        usable = client if client and client.lstrip("+").isdigit() else None
        try:
            deal = _deal(Cells({**defaults, **line.cells}, american), usable, ZoneInfo(settings.zone))
            _only_once(seen, deal)
        except WrongError as error:
            done.wrong.append(error.at(line.number))
            continue
        if seen.setdefault((deal.origin, deal.id), (line.number, deal))[0] == line.number:
            done.deals.append(deal)
            done.lines.append(line.number)
            done.numberless += [] if usable else [line.number]
    return done


def _phone(cells: Mapping[str, str]) -> str:
    """The first number of a cell that may hold several."""
    return cells.get("phone", "").replace(";", ",").split(",")[0].strip(" '\"")


def _only_once(seen: Mapping[tuple[str, str], tuple[int, Deal]], deal: Deal) -> None:
    earlier = seen.get((deal.origin, deal.id))
    if earlier and earlier[1] != deal:
        raise WrongError("id", deal.id, mark("stands on line {other} with other values"), other=earlier[0])


def _deal(cells: Cells, client: str | None, zone: ZoneInfo) -> Deal:
    day, local = cells.moment("happened")
    local = local or datetime.combine(day, _END)
    stage = cells.text("status")
    return Deal(
        origin=cells.needed("origin"), id=cells.needed("id"), title=cells.text("title"), phone=cells.text("phone"),
        client=client, happened_at=local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None), day=day,
        amount=cells.amount("amount"), margin=cells.signed_amount("margin"), currency=cells.currency("currency"),
        status=_status(stage, cells.text("otherwise")), stage=stage,
    )  # fmt: skip


def _status(stage: str | None, otherwise: str | None) -> str:
    """What a stage means; one that is not known means `otherwise`, which CRMs with stages of their own have."""
    if stage is None:
        raise WrongError("status", "", mark("is not given"))
    for status, beginnings in STAGES.items():
        if stage.lower().replace("ё", "е").startswith(beginnings):
            return status
    if otherwise:
        return otherwise
    raise WrongError("status", stage, mark("is none of: {known}"), known=", ".join(STAGES))
