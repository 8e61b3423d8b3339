"""`report`: a template's answer as text or as a file, and the list of the templates there are."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from calldash import audit
from calldash.commands.kpi import chosen_of
from calldash.commands.outgoing import write_file
from calldash.export import FORMATS
from calldash.filters import CallFilter
from calldash.i18n import gettext as _
from calldash.i18n import language, ngettext, say
from calldash.numbers import places
from calldash.privacy import pseudonyms
from calldash.problems import Problem
from calldash.store import Store
from calldash.templates import Template, answers, from_file, shelf, span

_ENDING = ".toml"


def run(store: Store, arguments: dict[str, Any], _progress: Callable[[float], None]) -> str:
    """`name` (a key, or the path of a TOML file), `format`, `out` (a path), `since`, `until`, `where`, `pseudonyms`
    (in place of numbers); gives what is printed. With `list` that are the templates.
    """
    if arguments.get("list"):
        return _listed(store)
    if not arguments.get("pseudonyms"):
        return _answer(store, arguments)
    with pseudonyms.shown(store):
        return _answer(store, arguments)


def _answer(store: Store, arguments: dict[str, Any]) -> str:
    form = FORMATS[arguments["format"]]
    if not (form.is_text or arguments.get("out")):
        raise Problem("{format} is no text: say with --out which file to write.", format=form.key)
    template = _template(store, arguments["name"])
    chosen = _narrowed(template.filter(*span(store)), chosen_of(arguments))
    content = template.content
    places.fill_for(store, [*content.rows, *content.across, *(name for name, _values in chosen.chosen)])
    table, rows = answers.answer(store, content, chosen, template.title(language()))
    parts = form.write(table)
    if not arguments.get("out"):
        return b"".join(parts).decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    write_file(Path(arguments["out"]), parts)
    return ngettext("{path}: {number} row", "{path}: {number} rows", rows).format(path=arguments["out"], number=rows)


def _template(store: Store, name: str | None) -> Template:
    if not name:
        raise Problem("Name a report, or list them with --list.")
    return from_file(Path(name)) if name.endswith(_ENDING) else shelf(store, audit.LOCAL).find(name)


def _narrowed(chosen: CallFilter, given: CallFilter) -> CallFilter:
    """A template's filter with what the command says instead of parts of it."""
    if given.since or given.until:
        chosen = replace(chosen, since=given.since, until=given.until)
    for dimension, values in given.chosen:
        chosen = chosen.choose(dimension, values)
    for name, low, high in given.ranges:
        chosen = chosen.between(name, low, high)
    return chosen


def _listed(store: Store) -> str:
    found = shelf(store, audit.LOCAL)
    width = max(len(key) for key in found.templates)
    lines = [f"{key.ljust(width)}  {template.title(language())}" for key, template in found.templates.items()]
    return "\n".join([*lines, *(_("Left out: {problem}").format(problem=say(one)) for one in found.problems)])
