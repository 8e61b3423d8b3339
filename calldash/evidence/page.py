"""The page of a pack, for people: who is asked about, the sums, what is missing, each call, thresholds and sources."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from calldash import __version__
from calldash.evidence import definitions
from calldash.evidence.manifest import Gathered, Told, missing
from calldash.evidence.page_call import fact, local
from calldash.evidence.question import Question
from calldash.formats import number, show
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.labels import period_label, title
from calldash.query import Moment, questions
from calldash.store import Store
from calldash.telling.phones import shown
from calldash.telling.values import records

NAME = "index.html"
FIGURES = (
    "calls", "inbound_calls", "outbound_calls", "answered_calls", "missed_calls", "missed_clients", "called_back_share",
    "avg_wait_s", "total_talk_s", "messages", "sale_calls", "revenue",
)  # fmt: skip
_PART = 1 << 20


def figures(still: Store, question: Question, moment: Moment) -> dict[str, Any]:
    """The sums over the pack, by key."""
    found: dict[str, Any] = {}
    for asked in questions(list(FIGURES), [], question.chosen, moment):
        found |= records(still.frame(asked.sql, asked.values))[0]
    return found


def whole(gathered: Gathered, sums: dict[str, Any], calls: Path) -> Iterator[bytes]:
    """The page in parts; `calls` is a file with the HTML of the calls."""
    texts = _texts(gathered, sums)
    before, after = _halves()
    yield before.substitute(texts).encode()
    if gathered.calls:
        with calls.open("rb") as file:
            while part := file.read(_PART):
                yield part
    else:
        yield f"<p>{escape(_('There are no calls of this client in the period.'))}</p>".encode()
    yield after.substitute(texts).encode()


def _texts(gathered: Gathered, sums: dict[str, Any]) -> dict[str, str]:
    """What stands in the places of the template."""
    question, moment = gathered.question, gathered.moment
    return {
        "language": language(),
        "title": escape(_("Evidence pack: calls of {number}").format(number=shown(question.client))),
        "asked": _asked(question, moment),
        "sums_title": escape(_("In sum")),
        "sums": _sums(sums, gathered.calls),
        "sums_note": escape(_("“—” stands where there is nothing to count, or the phone system does not tell it.")),
        "missing": _missing(gathered.calls),
        "calls_title": escape(_("Calls and messages")),
        "settings_title": escape(_("Thresholds in force")),
        "settings_note": _settings_note(),
        "settings": _settings(moment),
        "imports_title": escape(_("Imports the calls came with")),
        "imports": _imports(gathered.imports, moment.settings.zone),
    }


@cache
def _halves() -> tuple[Template, Template]:
    text = Path(__file__).with_suffix(".html").read_text(encoding="utf-8")
    before, after = text.split("$calls\n")
    return Template(before), Template(after)


def _asked(question: Question, moment: Moment) -> str:
    facts = [
        (_("Client"), shown(question.client)),
        (_("Period, local days"), period_label(question.since, question.until)),
        (_("Time zone of all times"), moment.settings.zone),
        (_("Made by"), f"calldash {__version__}"),
    ]
    for system, now in moment.now.items():
        facts.append((_("Calls of {system} counted as of").format(system=system), local(now, moment.settings.zone)))
    return "".join(fact(name, value) for name, value in facts)


def _sums(sums: dict[str, Any], told: Sequence[Told]) -> str:
    facts = [(title(key), show(key, sums[key])) for key in FIGURES]
    heard = sum(call["recording"]["file"] is not None for call in told)
    spoken = sum(call["transcript"] is not None for call in told)
    facts += [(_("Recordings here"), number(heard)), (_("Transcripts"), number(spoken))]
    return "".join(fact(name, value) for name, value in facts)


def _missing(told: Sequence[Told]) -> str:
    found = missing(told)
    if not found:
        return ""
    items = "".join(
        f'<li><a href="#call-{one["number"]}">{escape(_("No. {number}").format(number=one["number"]))}</a>: '
        f"{escape(one['why'])}</li>"
        for one in found
    )
    return f'<section class="missing"><h2>{escape(_("Recordings that are missing"))}</h2><ul>{items}</ul></section>'


def _settings_note() -> str:
    words = _("What each figure means stands in {file}.").format(file=f"{definitions.NAME}.txt")
    return escape(words).replace("definitions.txt", '<a href="definitions.txt">definitions.txt</a>')


def _settings(moment: Moment) -> str:
    return "".join(
        f"<tr><td>{escape(str(one['words']))}</td><td class='number'>{escape(one['value'] or '—')}</td></tr>"
        for one in definitions.settings(moment)
    )


def _imports(imports: Sequence[Told], zone: str) -> str:
    heads = (_("File"), _("SHA-256 of the file"), _("Imported"), _("Rows read"), _("Rows rejected"))
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    rows = "".join(
        f"<tr><td>{escape(one['file'])}</td><td><code>{escape(one['sha256'] or '—')}</code></td>"
        f"<td>{escape(local(datetime.fromisoformat(one['imported_at'][:-1]), zone))}</td>"
        f"<td class='number'>{number(one['rows_read'])}</td><td class='number'>{number(one['rows_rejected'])}</td></tr>"
        for one in imports
    )
    return f'<table class="wide"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>' if rows else "<p>—</p>"
