"""Reading CDR files: `Master.csv` in its orders of columns, and exports of the CDR table with a header."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calldash.problems import Reject
from calldash.providers import Context, Row
from calldash.providers.asterisk.layouts import DISPOSITIONS, WIDTHS, Layouts, faults, layout_of_header
from calldash.providers.asterisk.records import FieldError, Record, columns_wrong, read, seconds, tidy
from calldash.providers.asterisk.times import absent, id_epoch, instant, utc
from calldash.reading import Sample, Source
from calldash.reading.records import split

PART = "cdr"
_DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT = 50


@dataclass(frozen=True)
class Cdr:
    """A row of a CDR: instants are epoch seconds, durations seconds. `userfield` is the administrator's, not ours."""

    start: int
    end: int
    disposition: str
    channel: str = ""
    answer: int | None = None
    duration: int | None = None
    billsec: int | None = None
    src: str = ""
    dst: str = ""
    dcontext: str = ""
    clid: str = ""
    dstchannel: str = ""
    lastapp: str = ""
    lastdata: str = ""
    uniqueid: str = ""
    linkedid: str = ""
    sequence: str = ""
    did: str = ""
    cnum: str = ""
    outbound_cnum: str = ""
    recordingfile: str = ""


_TEXTS = tuple(name for name, kind in Cdr.__annotations__.items() if kind is str)


def delimiter_of(sample: Sample) -> str | None:
    """What separates the columns of a CDR without header, or None when most lines of the sample are none."""
    some = sample.lines[:_LOOKED_AT]
    for mark in dict.fromkeys((sample.delimiter, *_DELIMITERS)):
        layouts = Layouts()
        fits = sum(layouts.fit(tidy(split(line, mark))) is not None for line in some)
        if fits * 2 >= len(some):
            return mark
    return None


def rows(source: Source, context: Context) -> Iterator[Row | Reject | str]:
    """The rows of a CDR file, with a header or without."""
    header = layout_of_header(source.sample.header)
    known = Layouts((header,)) if header else Layouts()
    mark = source.sample.delimiter if header else delimiter_of(source.sample) or ","
    widths = {len(header)} if header else WIDTHS
    for number, record in enumerate(read(source, mark, widths, growing=not header)):
        if header and (number == 0 or layout_of_header(record.fields) == header):
            continue
        try:
            yield _row(record, known, bool(header), source, context)
        except FieldError as wrong:
            if record.finished:
                yield Reject(record.line, wrong.column, wrong.value[:200], wrong.reason, record.raw, wrong.values)
            else:
                source.partial = record.raw


def _row(record: Record, known: Layouts, headed: bool, source: Source, context: Context) -> Row:
    fitting = known.known[0] if headed else known.fit(record.fields)
    layout = fitting or known.nearest(record.fields)
    fields = record.fields
    while layout and len(fields) > len(layout) and not fields[-1]:
        fields = fields[:-1]
    if layout is None or len(layout) != len(fields):
        raise columns_wrong(fields, len(layout) if layout else f"{min(WIDTHS)}–{max(WIDTHS)}")
    cdr = _cdr(dict(zip(layout, fields, strict=True)), source, context)
    if not fitting:
        wrong = faults(layout, fields)[0]
        raise FieldError(wrong, fields[layout.index(wrong)], "This does not fit its column.")
    refs = tuple(sorted({cdr.linkedid, cdr.uniqueid} - {""})) or (_stand_in(cdr),)
    data = {name: value for name, value in vars(cdr).items() if value not in ("", None)}
    return Row(PART, _key(cdr), record.line, refs, data, at=utc(cdr.start))


def _cdr(values: dict[str, str], source: Source, context: Context) -> Cdr:
    spans = {name: seconds(name, values.get(name, ""), source) for name in ("duration", "billsec")}
    start = _time("start", values, context, id_epoch(values.get("uniqueid") or values.get("linkedid", "")))
    if start is None:
        raise FieldError("start", values.get("start", ""), "This is not a date and time.")
    disposition = DISPOSITIONS.get(values.get("disposition", "").lower())
    if disposition is None:
        raise FieldError("disposition", values.get("disposition", ""), "Unknown disposition.")
    billed = spans["billsec"] or 0
    spent = billed if spans["duration"] is None else spans["duration"]
    end = _time("end", values, context, start + spent)
    answer = _time("answer", values, context, start)
    if "answer" not in values and billed and spans["duration"]:
        answer = start + max(0, spent - billed)
    if billed > spent:
        source.oddities["billsec_over_duration"] += 1
    if end is not None and end < start:
        source.oddities["end_before_start"] += 1
    told: dict[str, Any] = {name: values.get(name, "") for name in _TEXTS} | spans | {"disposition": disposition}
    told |= {"start": start, "answer": answer, "end": max(start, start + spent if end is None else end)}
    return Cdr(**told)


def _time(name: str, values: dict[str, str], context: Context, near: int | None) -> int | None:
    text = values.get(name, "")
    if absent(text):
        return None
    moment = instant(text, context.zone, near)
    if moment is None:
        raise FieldError(name, text, "This is not a date and time.")
    return moment


def _stand_in(cdr: Cdr) -> str:
    """Names the call where the log has no ids: a channel's name is used again, but hardly on one day for one caller."""
    return f"{cdr.channel}/{cdr.src}/{utc(cdr.start):%Y-%m-%d}"


def _key(cdr: Cdr) -> str:
    """The same for a row of `Master.csv` and of an export; where ids are missing, all that tells rows apart."""
    if cdr.uniqueid and cdr.sequence:
        return f"{cdr.uniqueid}#{cdr.sequence}"
    parts = (cdr.uniqueid, cdr.channel, cdr.dstchannel, cdr.start, cdr.dst, cdr.lastapp, cdr.disposition)
    return "/".join(map(str, (*parts, cdr.duration, cdr.billsec)))
