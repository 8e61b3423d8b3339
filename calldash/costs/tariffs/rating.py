"""The plain reading of a tariff: what each call costs, one by one, in DECIMAL; `query.rated` is the quick one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from calldash.costs.tariffs.tariff import Line, Tariff

_MINUTE = 60


@dataclass(frozen=True)
class Talk:
    """What of a call its price depends on; `talk_s` None is not known. `number` is E.164, other text, or None."""

    day: date
    number: str | None
    talk_s: int | None
    whole_s: int = 0
    answered: bool = True
    kind: str = "voice"
    direction: str = "outbound"
    roaming: bool = False


@dataclass(frozen=True)
class Charge:
    """What a call costs by a tariff: the line it is under (None: not in the tariff), seconds charged, those of them
    that a package covered, and the amount (None: cannot be told)."""

    line: Line | None
    seconds: int | None
    covered: int
    amount: Decimal | None


def line_of(tariff: Tariff, talk: Talk) -> Line | None:
    """The line with the longest prefix of the number."""
    digits = (talk.number or "").removeprefix("+")
    fits = [
        line
        for line in tariff.lines
        if line.calls[:3] == (talk.kind, talk.direction, talk.roaming) and digits.startswith(line.prefix)
    ]
    return max(fits, key=lambda line: len(line.prefix), default=None)


def rate(tariff: Tariff, talks: Iterable[Talk]) -> Iterator[Charge]:
    """The charges of all calls under a tariff, in the order of time: packages are used up in it, month by month."""
    left: dict[tuple[str, date], int] = {}
    sizes = dict(tariff.packages)
    for talk in talks:
        line = line_of(tariff, talk)
        whole = _whole(talk, line.billed) if line else None
        if line is None or whole is None:
            yield Charge(line, None, 0, None)
            continue
        seconds = _seconds(line, talk.kind, whole)
        covered = 0
        if line.package:
            month = (line.package, talk.day.replace(day=1))
            rest = left.setdefault(month, sizes[line.package] * _MINUTE)
            covered = min(seconds, rest)
            left[month] = rest - covered
        connected = talk.kind != "voice" or whole > line.threshold_s
        paid = connected and not (seconds and covered == seconds)
        yield Charge(line, seconds, covered, _amount(line, seconds - covered, tariff.decimals) if paid else Decimal(0))


def _whole(talk: Talk, billed: str) -> int | None:
    """The seconds of a call that are billed at all; a message is as good as a minute."""
    if talk.kind != "voice":
        return _MINUTE
    if not talk.answered:
        return 0
    return talk.whole_s if billed == "call" else talk.talk_s


def _seconds(line: Line, kind: str, whole: int) -> int:
    if kind != "voice":
        return whole
    return 0 if whole <= line.threshold_s else charged_seconds(whole - line.free_s, line)


def charged_seconds(seconds: int, line: Line) -> int:
    """Seconds rounded up to what the line charges at least, and to its steps."""
    if seconds <= 0:
        return 0
    if seconds <= line.first_s:
        return line.first_s
    return line.first_s + -(-(seconds - line.first_s) // line.step_s) * line.step_s


def _amount(line: Line, seconds: int, decimals: int) -> Decimal:
    exact = line.connection + line.price * seconds / _MINUTE
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
