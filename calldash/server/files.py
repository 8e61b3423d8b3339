"""Files that are no tables of calls: GET /file/<kind>, each kind a row of the table below; whom for, `paths` says.

All there is to a download stands here once: who asks was let in by the gate, what goes out stands in the audit trail.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from calldash import asking, audit, recordings
from calldash.export import FORMATS as TABLES
from calldash.export import Column, Table
from calldash.filters import from_pairs
from calldash.filters.periods import PRESETS
from calldash.i18n import gettext as _
from calldash.i18n import language
from calldash.importing import ledger
from calldash.people import viewer
from calldash.privacy import receipt
from calldash.problems import Problem
from calldash.server.attached import attached
from calldash.store import Store, named
from calldash.templates import OWN, Template, content, text_form
from calldash.templates.answers import file_name
from calldash.transcripts import exporting
from calldash.transcripts.writing import FORMATS

_LONGEST = 12  # digits of the number of an import
_TITLE = 100  # letters of a report's name


@dataclass(frozen=True)
class File:
    """What goes out, and what the trail says of it: the subject, how many rows, what was asked."""

    name: str
    content_type: str
    parts: Iterable[bytes]
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of file: the action in the audit trail, and what makes it of the pairs in the address."""

    action: str
    make: Callable[[Store, Mapping[str, str]], File]


def send(store: Store, request: Request, who: str) -> Response:
    """The file. The trail knows of it before the first part leaves. Raises Problem for what is not there."""
    kind = KINDS.get(request.path_params["kind"])
    if kind is None:
        raise Problem("There is no such file.")
    made = kind.make(store, dict(request.query_params))
    audit.record(store, who, kind.action, made.subject, file=made.name, **made.detail)
    return attached(made.name, made.content_type, made.parts)


def name_of(store: Store, word: str, call_no: int, ending: str) -> str:
    """The name of a file about one call: when it began and what tells it apart, without the client's number."""
    begun = recordings.call_of(store, call_no).local(store.settings.zone)
    return f"{word}-{begun:%Y-%m-%d-%H-%M}-{named.name(store, call_no).rpartition('-')[2]}.{ending}"


def _transcript(store: Store, asked: Mapping[str, str]) -> File:
    """`call` is the call's name, `form` one of the formats of transcripts."""
    number, form = named.find(store, asked.get("call")), FORMATS.get(asked.get("form", ""))
    if number is None or form is None or not asking.sees(store, number):
        raise Problem("There is no such file.")
    call = recordings.call_of(store, number)
    text, rows = exporting.written(store, call.system, call.id, asked["form"])
    name = name_of(store, "transcript", number, form.ending[1:])
    return File(name, form.content_type, [text.encode()], call.subject, {"format": asked["form"], "rows": rows})


def _rejects(store: Store, asked: Mapping[str, str]) -> File:
    """`import` is the number of an import in the ledger."""
    number = asked.get("import", "")
    if not number.isascii() or not number.isdigit() or len(number) > _LONGEST:
        raise Problem("There is no such file.")
    file, found, rows = ledger.rejects_of(store, int(number))
    columns = tuple(Column(key, _(title), "text") for key, title in ledger.REJECTED.items())
    form = TABLES["csv_excel" if language() == "ru" else "csv"]
    parts = form.write(Table(file, columns, found))
    return File(f"{file}.rejected.csv", form.content_type, parts, file, {"import": int(number), "rows": rows})


def _receipt(store: Store, asked: Mapping[str, str]) -> File:
    """`of` is the keyed hash of the number that was erased."""
    of = asked.get("of", "")
    return File(f"erasure-{of[:12]}.json", "application/json", [receipt.kept(store, of).encode()], f"client {of[:16]}")


def _report(_store: Store, asked: Mapping[str, str]) -> File:
    """The report that the address describes, as the page Reports does, with `title` and a relative `period`."""
    chosen, shown = from_pairs(asked), content.from_pairs(asked)
    period = asked.get("period", "") if asked.get("period") in PRESETS else ""
    key, title = asked.get(content.REPORT, ""), asked.get("title", "")[:_TITLE]
    template = Template(key, {"": title}, shown, chosen, period, OWN, viewer.current().login)
    text = text_form.write(template)
    return File(file_name(key or "report", from_pairs({}), "toml"), "application/toml", [text.encode()], title)


KINDS = {
    "transcript": Kind("export transcript", _transcript),
    "rejects": Kind("export rejects", _rejects),
    "receipt": Kind("export receipt", _receipt),
    "report": Kind("export report", _report),
}
