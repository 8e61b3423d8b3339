"""The rows that a question is about, with the dimensions and flags it needs computed once."""

from collections.abc import Iterable, Sequence

from calldash.metrics import DIMENSIONS
from calldash.query.conditions import where
from calldash.query.terms import NAME, Moment, Question, expand

# Where the rows of a table come from; the others are made of legs.
SOURCES = {
    "calls": "calls",
    "legs": "leg_rows",
    "people": "leg_rows",
    "moments": "leg_rows",
    "gaps": "leg_rows",
    "presence": "presence_rows",
    "signed": "signed_rows",
    "talks": "talk_rows",
    "spend": "spend_rows",
    "paid_sources": "spend_rows",
    "ads": "calls",
    "buyers": "calls",
    "callers": "calls",
}
# What the tables made of legs need besides the flags that metrics name.
NEEDED = {"people": "{took}", "moments": "{took}", "gaps": "{took}"}


def picked(
    source: str, texts: Iterable[str], by: Sequence[str], limits: Sequence[str], moment: Moment, asked: Question
) -> str:
    """The SELECT of the rows of `source` within `limits`: dimensions as d_…, each flag that `texts` name as f_…"""
    made = [f"{expand(DIMENSIONS[key].sql, moment, asked)} AS d_{key}" for key in by]
    flags = sorted(set(NAME.findall(" ".join(texts))))
    made += [f"{expand('{' + name + '}', moment, asked)} AS f_{name}" for name in flags]
    return f"SELECT {', '.join(['*', *made])} FROM {source}{where(limits)}"


def with_flags(text: str) -> str:
    """SQL over picked rows: {name} is the column f_name."""
    return NAME.sub(lambda found: f"f_{found[1]}", text)
