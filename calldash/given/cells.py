"""One line's cells as values; what cannot be used is told by column, value and reason."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from calldash.given import values
from calldash.i18n import mark
from calldash.problems import Reject

_LONGEST = 500
NOT_GIVEN = mark("is not given")
NO_DAY = mark("is no day such as 31.01.2026")
TWO_WAYS = mark("may be one of two days: write it as 2026-01-31")


class WrongError(Exception):
    """A cell that cannot be used; `reason` is a msgid, with places."""

    def __init__(self, column: str, value: str, reason: str, **places: Any) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason, self.places = column, value, reason, places

    def at(self, line: int) -> Reject:
        """The same as the reject of a line."""
        return Reject(line, self.column, self.value, self.reason, "", self.places)


class Cells:
    """The cells of a line by our names; `american` tells which way round dates with slashes are."""

    def __init__(self, cells: Mapping[str, str], american: bool | None = None) -> None:
        self._cells, self._american = cells, american

    def text(self, name: str) -> str | None:
        """A text in one line, None where there is none."""
        found = " ".join(self._cells.get(name, "").split())
        if len(found) > _LONGEST:
            raise WrongError(name, found[:40], mark("is too long"))
        return None if values.is_nothing(found) else found

    def needed(self, name: str) -> str:
        """A text that must be there."""
        found = self.text(name)
        if found is None:
            raise WrongError(name, "", NOT_GIVEN)
        return found

    def amount(self, name: str) -> Decimal | None:
        """Money of at least nothing, None where there is none."""
        if self.text(name) is None:
            return None
        found: Decimal = self._as(name, values.amount, mark("is no amount"))
        if found < 0:
            raise WrongError(name, self._cells[name], mark("is less than nothing"))
        return found

    def signed_amount(self, name: str) -> Decimal | None:
        """Money, also less than nothing; None where there is none."""
        return None if self.text(name) is None else self._as(name, values.amount, mark("is no amount"))

    def count(self, name: str) -> int | None:
        """A whole number, None where there is none."""
        found: int | None = self._as(name, values.count, mark("is no whole number"))
        return found

    def day(self, name: str) -> date:
        """A day that must be there."""
        self.needed(name)
        found: date = self._as(name, lambda text: values.day(text, self._american), NO_DAY)
        return found

    def moment(self, name: str) -> tuple[date, datetime | None]:
        """A day that must be there, and the local moment where the cell has a time."""
        self.needed(name)
        found: tuple[date, datetime | None] = self._as(name, lambda text: values.moment(text, self._american), NO_DAY)
        return found

    def period(self, first: str, last: str) -> tuple[date, date]:
        """The first and the last day: of two cells, or both in one; a cell alone is one day."""
        both = values.days_in(self.needed(first))
        if len(both) == 2:
            return min(both), max(both)
        since = self.day(first)
        return since, self.day(last) if self.text(last) else since

    def currency(self, name: str) -> str:
        """A currency that must be there, by its code or name; gives its code of ISO 4217."""
        self.needed(name)
        found: str = self._as(name, values.currency, mark("is no currency"))
        return found

    def choice(self, name: str, words: Mapping[str, str], reason: str) -> str | None:
        """What the words of a cell stand for, None where there are none."""
        found = (self.text(name) or "").lower()
        if found and found not in words:
            raise WrongError(name, found, reason, known=", ".join(dict.fromkeys(words.values())))
        return words.get(found)

    def _as(self, name: str, read: Callable[[str], Any], reason: str) -> Any:
        text = self._cells.get(name, "")
        try:
            return read(text)
        except values.TwoWaysError as error:
            raise WrongError(name, text, TWO_WAYS) from error
        except ValueError as error:
            raise WrongError(name, text, reason) from error
