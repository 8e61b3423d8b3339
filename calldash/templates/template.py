"""A report template: a name, a filter with a period, what is shown, and who sees it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from calldash.asking import ask
from calldash.filters import CallFilter
from calldash.filters.periods import days_of
from calldash.store import Store
from calldash.templates.content import Content

BUILT_IN, FILE, OWN = "built_in", "file", "own"


@dataclass(frozen=True)
class Template:
    """`titles` are texts by language, under "" for every other. `period` is a code of `periods`; without one the days
    of `chosen` count. `origin` tells where it comes from, `shared_with` the role that sees it besides its owner.
    """

    key: str
    titles: Mapping[str, str]
    content: Content
    chosen: CallFilter = field(default_factory=CallFilter)
    period: str = ""
    origin: str = OWN
    owner: str = ""
    shared_with: str = ""

    def title(self, language: str) -> str:
        """Its name in a language, else the one it has."""
        return self.titles.get(language) or self.titles.get("") or next(iter(self.titles.values()), self.key)

    def filter(self, first: date, today: date) -> CallFilter:
        """Its filter with days; a relative period counts from `today`, and reaches back to `first` at most."""
        if not self.period:
            return self.chosen
        since, until = days_of(self.period, today, first)
        return replace(self.chosen, since=since, until=until)


def span(store: Store) -> tuple[date, date]:
    """The first day in the data, and the one that periods count from: today where calls come in live, else the last."""
    zone = ZoneInfo(store.settings.zone)
    clock = datetime.now(zone).date()
    newest = [moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone).date() for moment in store.now().values()]
    days = ask(store, ["calls"], ["day"])["day"]
    today = min(max(newest, default=clock), clock)
    return (days.iloc[0].date() if len(days) else today), today
