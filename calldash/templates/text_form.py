"""A template as TOML, to be kept in files and in the store; what is wrong is told with its place."""

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import tomli_w
from pydantic import BaseModel, ConfigDict, ValidationError

from calldash.filters import RANGES, CallFilter, strict_filter, to_pairs
from calldash.filters.arranged import USUAL
from calldash.filters.periods import PRESETS
from calldash.i18n import LANGUAGES, say
from calldash.metrics import CALL_COLUMNS, DIMENSIONS, METRICS
from calldash.people.roles import ROLES
from calldash.problems import Problem
from calldash.templates.content import CALLS, FIGURES, MOST_ACROSS, MOST_METRICS, MOST_ROWS, Content
from calldash.templates.template import OWN, Template


class _Text(BaseModel):
    """The file as a whole; names in it are checked against the catalogue afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str | dict[str, str]
    what: Literal["figures", "calls"] = "figures"
    period: str = ""
    since: date | None = None
    until: date | None = None
    rows: list[str] = []
    across: list[str] = []
    metrics: list[str] = []
    totals: bool = True
    columns: list[str] = []
    sort: str = ""
    order: Literal["up", "down"] = "down"
    shared_with: str = ""
    filter: dict[str, str | list[str]] = {}


def parse(text: str, key: str, origin: str = OWN, owner: str = "") -> Template:
    """The template of a TOML text. Raises Problem that names `key`, the field, and what is wrong with it."""
    try:
        found = _Text.model_validate(tomllib.loads(text))
        return _checked(found, key, origin, owner)
    except tomllib.TOMLDecodeError as error:
        raise Problem("Template {key} is not TOML: {reason}.", key=key, reason=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = first["msg"].removeprefix("Value error, ")
        raise Problem("Template {key}, {place}: {reason}.", key=key, place=place, reason=reason) from error
    except Problem as problem:
        raise Problem("Template {key}: {reason}", key=key, reason=say(problem)) from problem


def _checked(found: _Text, key: str, origin: str, owner: str) -> Template:
    titles = {"": found.title} if isinstance(found.title, str) else dict(found.title)
    if not any(title.strip() for title in titles.values()):
        raise Problem("Give the report a name.")
    _one_of("title", [name for name in titles if name], LANGUAGES)
    _one_of("shared_with", [found.shared_with] if found.shared_with else [], ROLES)
    content, chosen = _content(found), _chosen(found)
    return Template(key, titles, content, chosen, found.period, origin, owner, found.shared_with)


def _content(found: _Text) -> Content:
    descending = found.order == "down"
    if found.what == CALLS:
        _nothing_of(found, ("rows", "across", "metrics"))
        _one_of("columns", found.columns, CALL_COLUMNS)
        _one_of("sort", [found.sort] if found.sort else [], CALL_COLUMNS)
        return Content(columns=tuple(found.columns) or USUAL, sort=found.sort, descending=descending)
    _nothing_of(found, ("columns",))
    _one_of("rows", found.rows, DIMENSIONS, MOST_ROWS)
    _one_of("across", found.across, [key for key in DIMENSIONS if key not in found.rows], MOST_ACROSS)
    _one_of("metrics", found.metrics, METRICS, MOST_METRICS)
    if not found.metrics:
        raise Problem("{place} is empty: name at least one.", place="metrics")
    _one_of("sort", [found.sort] if found.sort else [], found.metrics)
    lists = (tuple(found.rows), tuple(found.across), tuple(found.metrics))
    return Content(FIGURES, *lists, found.totals, sort=found.sort, descending=descending)


def _nothing_of(found: _Text, fields: Sequence[str]) -> None:
    for field in fields:
        if getattr(found, field):
            raise Problem('{place} has no meaning with what = "{what}".', place=field, what=found.what)


def _one_of(place: str, keys: Sequence[str], known: Collection[str], most: int | None = None) -> None:
    for key in keys:
        if key not in known:
            raise Problem(
                "{place}: there is no {key}. Known are: {known}.", place=place, key=key, known=", ".join(known)
            )
    if len(set(keys)) < len(keys):
        raise Problem("{place} names something twice.", place=place)
    if most is not None and len(keys) > most:
        raise Problem("{place}: at most {most}.", place=place, most=most)


def _chosen(found: _Text) -> CallFilter:
    _one_of("period", [found.period] if found.period else [], PRESETS)
    if found.period and (found.since or found.until):
        raise Problem("Give either period, or since and until.")
    if found.since and found.until and found.since > found.until:
        raise Problem("The period ends ({until}) before it begins ({since}).", since=found.since, until=found.until)
    texts = {key: value if isinstance(value, str) else _row(key, value) for key, value in found.filter.items()}
    chosen = strict_filter.read(texts, "filter.")
    return replace(chosen, since=found.since, until=found.until)


def _row(key: str, values: list[str]) -> str:
    """Values as `filters` writes them in one text; "" is "not known"."""
    return to_pairs(CallFilter(chosen=((key, tuple(value or None for value in values)),)))[key]


def write(template: Template) -> str:
    """The TOML text that `parse` reads the same template from."""
    content, chosen = template.content, template.chosen
    titles = dict(template.titles)
    parts: dict[str, Any] = {"title": titles[""] if set(titles) == {""} else titles, "what": content.what}
    if template.period:
        parts["period"] = template.period
    else:
        parts |= {name: day for name, day in (("since", chosen.since), ("until", chosen.until)) if day}
    if content.is_figures:
        parts |= {"rows": content.rows, "across": content.across, "metrics": content.metrics, "totals": content.totals}
    else:
        parts["columns"] = content.columns
    parts |= {"sort": content.sort} if content.sort else {}
    parts |= {} if content.descending else {"order": "up"}
    parts |= {"shared_with": template.shared_with} if template.shared_with else {}
    ranges = {name: text for name, text in to_pairs(chosen).items() if name in RANGES}
    values = {name: [value or "" for value in held] for name, held in chosen.chosen}
    if values or ranges:
        parts["filter"] = values | ranges
    return tomli_w.dumps({name: list(value) if isinstance(value, tuple) else value for name, value in parts.items()})
