"""One call on the page of a pack: its values, why it counts so, legs, marks, recording, transcript, and its source."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from calldash.evidence.entries import Entry
from calldash.evidence.files import Member
from calldash.formats import number
from calldash.i18n import gettext as _
from calldash.settings import Settings
from calldash.telling import legs, marks, notices
from calldash.telling.reasons import reasons
from calldash.telling.values import cell, column_title, moment

# Shown always, "—" when not known, and shown only where there is something to show.
_FACTS = ("client", "line", "direction", "status", "employee", "queue", "wait_s", "talk_s")
_MORE = ("team", "hold_s", "miss_reason", "source", "outcome", "sale_amount", "cost", "tags", "note")


def markup(entry: Entry, settings: Settings) -> str:
    """The call as HTML."""
    call = entry.call
    begin, end = call["started_local"], call["ended_local"]
    last = f"{end:%H:%M:%S}" if begin.date() == end.date() else moment(end)
    head = _("No. {number}: {begin} – {end}").format(number=entry.number, begin=moment(begin), end=last)
    parts = [
        f"<h3>{escape(head)}</h3><dl>{_facts(call)}</dl>",
        _listed(_("Why it counts as it does"), [escape(one) for one in reasons(call, settings)]),
        _listed(_("Legs"), [f"<b>{escape(who)}</b> {escape(words)}" for who, words in legs.told(entry.legs)], "ol"),
        _listed(_("Marks, the newest first"), [escape(one) for one in _marks(entry, settings.zone)]),
        f"<h4>{escape(_('Recording'))}</h4>{_recording(entry)}{_consent(call)}",
        f"<h4>{escape(_('Transcript'))}</h4>{_transcript(entry)}",
        f"<h4>{escape(_('Where it comes from'))}</h4>{_source(entry)}",
    ]
    return f'<article id="call-{entry.number}">{"".join(parts)}</article>\n'


def _facts(call: dict[str, Any]) -> str:
    known = [key for key in _MORE if not pd.isna(call[key]) and call[key] != ""]
    shown = "".join(fact(column_title(key), cell(key, call[key], call["currency"] or None).text)
                    for key in (*_FACTS, *known))  # fmt: skip
    return shown + fact(_("In the phone system"), f"{call['system']}, {call['id']}")


def fact(name: str, value: str) -> str:
    """A name and its value, for a list of them."""
    return f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"


def _listed(title: str, items: Iterable[str], kind: str = "ul") -> str:
    """A list of HTML under a title; nothing without items."""
    found = "".join(f"<li>{one}</li>" for one in items)
    return f"<h4>{escape(title)}</h4><{kind}>{found}</{kind}>" if found else ""


def _marks(entry: Entry, zone: str) -> list[str]:
    found = []
    for what, value, who, made_at in entry.marks:
        words = _("{time}, {who}: {what}")
        found.append(words.format(time=local(made_at, zone), who=marks.who(who), what=marks.title(what, value)))
    return found


def local(instant: datetime, zone: str) -> str:
    """An instant (UTC) by the clock of `zone`, in words."""
    return moment(pd.Timestamp(instant, tz="UTC").tz_convert(ZoneInfo(zone)))


def _recording(entry: Entry) -> str:
    if entry.recording is None:
        return f"<p>{escape(entry.found.why)}</p>"
    name = escape(entry.recording.name)
    player = f'<audio controls preload="none" src="{name}"></audio>' if entry.found.played else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in entry.found.notes)
    return player + _link(entry.recording) + notes


def _consent(call: dict[str, Any]) -> str:
    words = notices.told(call)
    return f"<p>{escape(words)}</p>" if words else ""


def _transcript(entry: Entry) -> str:
    if entry.transcript is None:
        return f"<p>{escape(_('There is no transcript of this call.'))}</p>"
    origin = _("Read from the file {file}.").format(file=entry.transcript.file)
    return f"{_link(entry.transcript.text)}{_link(entry.transcript.data)}<p>{escape(origin)}</p>"


def _link(member: Member) -> str:
    name = escape(member.name)
    return f'<p><a href="{name}">{name}</a><br><code>SHA-256 {member.sha256}</code></p>'


def _source(entry: Entry) -> str:
    if not entry.rows:
        return f"<p>{escape(_('It was made by the program itself; there is no row of a file behind it.'))}</p>"
    found = []
    for row in entry.rows:
        words = _("File {file}, line {lines}, imported {time}").format(
            file=row["file"], lines=number(row["line"]), time=moment(row["imported_local"])
        )
        found.append(f"<p>{escape(words)}</p><pre>{escape(str(row['data']))}</pre>")
    return "".join(found)
