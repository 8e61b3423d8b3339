"""What a tariff is: a version with its period, its lines of prices, its packages."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

FOREVER = date.max


@dataclass(frozen=True)
class Line:
    """The price of calls of one kind and direction to numbers that begin with `prefix` (digits; empty: all).

    `price` is of a minute, or of a message. At least `first_s` seconds are charged, then steps of `step_s`; `free_s`
    are taken off, talks of at most `threshold_s` cost nothing at all. `billed` is the
    talk, or the call from its beginning.
    """

    price: Decimal
    prefix: str = ""
    kind: str = "voice"
    direction: str = "outbound"
    roaming: bool = False
    first_s: int = 60
    step_s: int = 60
    connection: Decimal = Decimal(0)
    free_s: int = 0
    threshold_s: int = 0
    billed: str = "talk"
    package: str | None = None

    @property
    def calls(self) -> tuple[str, str, bool, str]:
        """Which calls it is for; no other line of the tariff is for the same."""
        return self.kind, self.direction, self.roaming, self.prefix


@dataclass(frozen=True)
class Tariff:
    """A version of a tariff: in force on the local days `since` to `until` (None: open) for calls of `system`, `line`.

    `own` ones are what providers charge by, others are offers. `packages` are minutes (messages) a month by name.
    """

    tariff: str
    since: date
    lines: tuple[Line, ...]
    until: date | None = None
    own: bool = True
    currency: str = "RUB"
    monthly: Decimal = Decimal(0)
    system: str | None = None
    line: str | None = None
    decimals: int = 2
    packages: tuple[tuple[str, int], ...] = ()

    @property
    def last(self) -> date:
        """The last day in force."""
        return self.until or FOREVER

    def overlaps(self, other: "Tariff") -> bool:
        """Whether some day lies in the periods of both."""
        return self.since <= other.last and other.since <= self.last
