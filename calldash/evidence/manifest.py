"""The manifest of a pack: the question, every file with its hash, calls, imports, and what is missing and why."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from calldash import __version__
from calldash.evidence.definitions import as_json, instant
from calldash.evidence.entries import Entry
from calldash.evidence.files import Files, Member
from calldash.evidence.question import Question
from calldash.i18n import language
from calldash.query import Moment
from calldash.store import Store

NAME, SUMS = "manifest.json", "SHA256SUMS"
_FORMAT = 1

Told = dict[str, Any]


@dataclass(frozen=True)
class Gathered:
    """What was asked, as of which moment, the calls and the imports they came with, both as the manifest has them."""

    question: Question
    moment: Moment
    calls: Sequence[Told]
    imports: Sequence[Told]


def told(entry: Entry) -> Told:
    """A call as the manifest has it."""
    call, spoken = entry.call, entry.transcript
    return {
        "number": entry.number,
        "system": call["system"],
        "id": call["id"],
        "started_at": instant(call["started_at"]),
        "recording": {
            "named": _text(call["recording"]),
            **_file(entry.recording),
            "why_missing": entry.found.why or None,
            "expected": bool(call["answered"] and call["kind"] == "voice") or _text(call["recording"]) is not None,
            "notes": list(entry.found.notes),
        },
        "transcript": spoken
        and {
            **_file(spoken.text),
            "from": spoken.file,
            "imported_at": instant(spoken.imported_at),
            "language": spoken.language,
        },
        "imports": sorted({int(call["import_id"]), *(int(row["import_id"]) for row in entry.rows)}),
    }


def missing(calls: Sequence[Told]) -> list[Told]:
    """The recordings that ought to be there and are not: where one is named, or somebody talked."""
    return [
        {"number": call["number"], "what": "recording", "named": call["recording"]["named"], "why": why}
        for call in calls
        if (why := call["recording"]["why_missing"]) and call["recording"]["expected"]
    ]


def ledger(still: Store, calls: Sequence[Told]) -> list[Told]:
    """The entries of the imports that the calls came with, the oldest first."""
    numbers = sorted({number for call in calls for number in call["imports"]})
    found = still.frame("SELECT * FROM imports WHERE import_id IN (SELECT unnest($1)) ORDER BY import_id", [numbers])
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    return [
        {str(name): instant(value) if isinstance(value, datetime) else value for name, value in row.items()}
        | {"oddities": json.loads(row["oddities"])}
        for row in rows
    ]


def write(gathered: Gathered, files: Files) -> None:
    """Writes the manifest of the files so far, and the sums of these and of the manifest."""
    question, moment = gathered.question, gathered.moment
    since, until = (day.isoformat() if day else None for day in (question.since, question.until))
    found = {
        "format": _FORMAT,
        "program": {"name": "calldash", "version": __version__},
        "question": {
            "client": question.client,
            "since": since,
            "until": until,
            "zone": moment.settings.zone,
            "language": language(),
        },
        "counted_as_of": {system: instant(now) for system, now in moment.now.items()},
        "calls": list(gathered.calls),
        "missing": missing(gathered.calls),
        "imports": list(gathered.imports),
        "files": [{"name": one.name, "bytes": one.bytes, "sha256": one.sha256} for one in files.members()],
    }
    files.write(NAME, [as_json(found)])
    files.write(SUMS, ["".join(f"{one.sha256}  {one.name}\n" for one in files.members()).encode()])


def _file(member: Member | None) -> Told:
    return {"file": member and member.name, "sha256": member and member.sha256}


def _text(value: Any) -> str | None:
    return None if pd.isna(value) else str(value)
