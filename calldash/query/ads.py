"""What is asked of advertising, and the rows that answer it: kept ones, and those of calls, spend and deals."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from calldash.metrics import Metric, depends_on_now
from calldash.metrics.parts import Merged, Part
from calldash.query.ad_parts import CLIENTS, pieces
from calldash.query.asked import Asked
from calldash.query.by_source import OF_SOURCE
from calldash.query.conditions import conditions
from calldash.query.kept import Way, find, part_rows
from calldash.query.picking import picked
from calldash.query.rollups import Rollup
from calldash.query.terms import Question


@dataclass(frozen=True)
class Ads:
    """Figures over all rows (`plain`), and those over what is told of each source; the rollups that know them."""

    asking: Asked
    plain: dict[str, Merged]
    by_source: list[Metric]
    ads: Rollup
    buyers: Rollup
    callers: Rollup
    loose: tuple[date, ...]

    @property
    def by_deals(self) -> bool:
        return self.asking.moment.settings.sales_from == "deals"

    @property
    def fine(self) -> tuple[str, ...]:
        """The dimensions of all rows."""
        return tuple(dict.fromkeys([*self.asking.by, "source"]))

    @property
    def columns(self) -> list[str]:
        """The same as columns: what is asked for, and apart from it the source."""
        return [*(f"d_{key}" for key in self.asking.by), "d_source AS of_source"]

    @property
    def told(self) -> dict[str, Merged]:
        """What is told of each source, where it is asked for."""
        return {name: pieces(sql) for name, sql in OF_SOURCE.items()} if self.by_source else {}

    def parts(self) -> list[Part]:
        """What all figures are made of."""
        wholes = [*self.plain.values(), *self.told.values()]
        return list({part.name: part for whole in wholes for part in whole.parts}.values())

    def kept_clients(self) -> set[str]:
        """The parts of different clients that stand in the rollup as they are asked for: of days and sources."""
        inner = {part.name for part in self.told[CLIENTS].parts} if self.told else set()
        outer = {part.name for whole in self.plain.values() for part in whole.parts}
        kept = self.ads.clients and "day" in self.fine and ("source" in self.asking.by or not inner & outer)
        return inner if kept else set()

    def paid(self, asked: Question, column: str = "d_source") -> str:
        """The SQL condition of rows of sources with spend."""
        places = ", ".join(asked.value(source) for source in self.asking.moment.sources)
        return f"{column} IN ({places})" if places else "FALSE"

    def kept(self, rollup: Rollup, parts: Collection[Part], asked: Question, also: Sequence[str] = ()) -> str:
        """The SELECT of kept parts by the dimensions of all rows and `also`."""
        rows = part_rows(Way("parts", rollup, self.loose), parts, [*self.fine, *also], self.asking, asked)
        return f"WITH {rows} SELECT * FROM kept"

    def money(self, texts: Sequence[str], asked: Question) -> str:
        """The SELECT of days of spend, and of deals where texts need them."""
        source = "money_rows" if any("deal_" in text or "{won}" in text for text in texts) else "cost_rows"
        return self.rows(source, texts, asked)

    def rows(self, source: str, texts: Iterable[str], asked: Question) -> str:
        """The SELECT of the rows of `source` themselves."""
        moment = self.asking.moment
        return picked(source, texts, self.fine, conditions(self.asking.chosen, moment, asked, source), moment, asked)


def ads_of(plain: dict[str, Merged], by_source: list[Metric], asking: Asked) -> Ads | None:
    """What is asked with the rollups that can tell it; None where none can."""
    sqls = [part.sql for whole in plain.values() for part in whole.parts]
    loose = asking.loose(any(map(depends_on_now, [*sqls, *(OF_SOURCE.values() if by_source else ())])))
    ads, buyers, callers = (find(table, asking, ["source"]) for table in ("ads", "buyers", "callers"))
    if loose is None or not ads or not buyers or not callers or asking.moment.settings.sales_from == "auto":
        return None
    return Ads(asking, plain, by_source, ads, buyers, callers, loose)
