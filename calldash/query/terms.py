"""A question's SQL with its parameters, and the names of the catalogue put into SQL."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from calldash.metrics import FLAGS
from calldash.people import masking, viewer
from calldash.settings import Settings

NAME = re.compile(r"\{(\w+)\}")
Limits = tuple[tuple[str, tuple[str, ...]], ...]


def _of_who_asks() -> Limits:
    return viewer.current().limits


def _are_masked() -> bool:
    return masking.key() is not None or not viewer.current().may("numbers")


@dataclass(frozen=True)
class Moment:
    """What definitions depend on besides the calls: the thresholds, and each system's now (UTC).

    `loose` are the days that the rollups do not speak for, `moving` those they do not where "now" matters; None
    without rollups, which need `sources`, those with spend, too. `endless` tells whether talks go on for days. `limits`
    are dimensions and values: whoever asks sees no other calls, and with `masked` no whole number of a client; with
    `key` its pseudonym.
    """

    settings: Settings
    now: Mapping[str, datetime] = field(default_factory=dict)
    loose: Sequence[date] | None = None
    moving: Sequence[date] = ()
    endless: bool = False
    sources: Sequence[str] = ()
    limits: Limits = field(default_factory=_of_who_asks)
    masked: bool = field(default_factory=_are_masked)
    key: bytes | None = field(default_factory=masking.key)


@dataclass
class Question:
    """SQL with named parameters."""

    sql: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    def value(self, value: Any) -> str:
        """The place of a new parameter."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"${name}"


def expand(text: str, moment: Moment, asked: Question) -> str:
    """SQL with each {name} replaced: flags by what they stand for, thresholds by values, `now` by each system's."""

    def named(found: re.Match[str]) -> str:
        name = found[1]
        if name in FLAGS:
            return f"({NAME.sub(named, FLAGS[name])})"
        if name == "now":
            return _now(moment, asked)
        return str(getattr(moment.settings, name))

    return NAME.sub(named, text)


def _now(moment: Moment, asked: Question) -> str:
    """The now of a call's system; NULL without systems."""
    known = asked.values
    if not moment.now:
        return "CAST(NULL AS TIMESTAMP)"
    if len(moment.now) == 1:
        known["now"] = next(iter(moment.now.values()))
        return "CAST($now AS TIMESTAMP)"
    cases = []
    for number, (system, now) in enumerate(moment.now.items()):
        known |= {f"system{number}": system, f"now{number}": now}
        cases.append(f"WHEN $system{number} THEN CAST($now{number} AS TIMESTAMP)")
    return f"CASE system {' '.join(cases)} END"
