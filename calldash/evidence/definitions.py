"""The definitions in force: what each figure means, the thresholds, the moment and the version of the program."""

import json
from datetime import datetime
from typing import Any

from calldash import __version__, glossary
from calldash.evidence.files import Files
from calldash.i18n import gettext as _
from calldash.labels import definition, title
from calldash.query import Moment

NAME = "definitions"


def write(moment: Moment, files: Files) -> None:
    """Writes them, for people and for programs."""
    known = _known(moment)
    files.write(f"{NAME}.json", [as_json(known)])
    files.write(f"{NAME}.txt", [_text(known).encode()])


def as_json(value: Any) -> bytes:
    """JSON that people can read, too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def instant(value: datetime) -> str:
    """An instant (UTC) as ISO 8601, to the second."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"


def settings(moment: Moment) -> list[dict[str, str | None]]:
    """The thresholds: name, words and value; None where a threshold is off."""
    values = ((name, words, getattr(moment.settings, name)) for name, words in glossary.SETTINGS.items())
    return [{"name": name, "words": _(words), "value": _value(value)} for name, words, value in values]


def _value(value: Any) -> str | None:
    if value is None:
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def _known(moment: Moment) -> dict[str, Any]:
    figures = [
        {
            "key": term.metric.key,
            "subject": _(term.subject),
            "title": title(term.metric.key),
            "definition": definition(term.metric.key),
            "unit": term.metric.unit,
            "settings": list(glossary.settings_of(term.metric)),
            "sql": glossary.in_force(term.metric.sql, moment),
        }
        for term in glossary.terms()
    ]
    now = {system: instant(at) for system, at in moment.now.items()}
    return {
        "program": f"calldash {__version__}",
        "counted_as_of": now,
        "settings": settings(moment),
        "figures": figures,
    }


def _text(known: dict[str, Any]) -> str:
    lines = [_("Definitions in force, {program}").format(program=known["program"]), ""]
    for system, at in known["counted_as_of"].items():
        lines.append(_("Calls of {system} are counted as of {time}.").format(system=system, time=at))
    lines += ["", _("Settings"), ""]
    lines += [f"{one['words']} ({one['name']}): {one['value'] or '—'}" for one in known["settings"]]
    subject = ""
    for figure in known["figures"]:
        if figure["subject"] != subject:
            subject = figure["subject"]
            lines += ["", subject, ""]
        lines.append(f"{figure['title']} ({figure['key']}): {figure['definition']}")
    return "\n".join(lines) + "\n"
