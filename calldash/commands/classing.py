"""`tracking` and `rules`: the table of tracking numbers, and rules as TOML: listed, tried, saved."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import BaseModel, ConfigDict

from calldash import audit
from calldash.advertising import tracking
from calldash.commands.given_files import each
from calldash.formats import show
from calldash.given.tables import Receipt
from calldash.i18n import gettext as _
from calldash.i18n import ngettext
from calldash.labels import title
from calldash.marking import rules
from calldash.numbers import places
from calldash.reading.described import described
from calldash.store import Store
from calldash.store.rule_conditions import Condition, Rule


class _Told(BaseModel):
    """A rule as a file tells it; `number` is that of a rule there is."""

    model_config = ConfigDict(extra="forbid")
    name: str
    does: str
    when: list[tuple[str, str, list[str]]] = []
    tag: str | None = None
    burst_calls: int | None = None
    burst_minutes: int | None = None
    active: bool = True
    number: int | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    rule: list[_Told] = []


def take(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`paths` of tables of tracking numbers; each is taken whole or not at all."""
    return each(arguments, lambda path: f"{path.name}: {told(tracking.import_file(store, path, audit.LOCAL, {}))}")


def told(receipt: Receipt) -> str:
    """A receipt in words."""
    text = _("rows: {new} new, {replaced} replaced, {same} same; calls changed: {calls}")
    return text.format(new=receipt.new, replaced=receipt.replaced, same=receipt.same, calls=receipt.calls)


def lines(store: Store, _arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """The table of tracking numbers as CSV."""
    return tracking.as_csv(tracking.lines(store))


def rules_in_force(store: Store, _arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """All rules as TOML, in their order; the file can be changed and saved."""
    listed = [_as_told(rule).model_dump(exclude_none=True) for rule in rules.rules(store)]
    return tomli_w.dumps({"rule": listed}).rstrip("\n")


def preview(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """What saving the rules in the file `path` would change."""
    found = rules.tried(store, _wanted(store, arguments))
    text = ngettext("{number} call would change.", "{number} calls would change.", found.calls)
    moved = [f"{title(key)}: {show(key, a)} → {show(key, b)}" for key, (a, b) in found.figures.items() if a != b]
    return "\n".join([text.format(number=found.calls), *moved])


def save(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """Puts the rules in the file `path` in the place of all rules."""
    count = rules.save(store, audit.LOCAL, _wanted(store, arguments))
    return ngettext("Saved. {number} call changed.", "Saved. {number} calls changed.", count).format(number=count)


def _wanted(store: Store, arguments: dict[str, Any]) -> list[Rule]:
    """The rules in the file `path`; where they ask for places of numbers, these are told first."""
    wanted = _read(Path(arguments["path"]))
    places.fill_for(store, (one.column for rule in wanted for one in rule.conditions))
    return wanted


def _as_told(rule: Rule) -> _Told:
    when = [(one.column, one.comparison, list(one.values)) for one in rule.conditions]
    return _Told(
        name=rule.name, does=rule.does, when=when, tag=rule.tag, burst_calls=rule.burst_calls,
        burst_minutes=rule.burst_minutes, active=rule.active, number=rule.rule_no,
    )  # fmt: skip


def _read(path: Path) -> list[Rule]:
    """The rules that a file tells. Raises Problem with the place that is wrong."""
    found = described(path, _File)
    return [
        Rule(
            one.name, one.does, tuple(Condition(column, how, tuple(values)) for column, how, values in one.when),
            one.tag, one.burst_calls, one.burst_minutes, one.active, one.number,
        )
        for one in found.rule
    ]  # fmt: skip
