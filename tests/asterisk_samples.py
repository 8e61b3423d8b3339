"""Small invented logs of an Asterisk in Moscow, drawn as text: 2026-03-02, ids and epochs counted from 10:00:00."""

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

from calldash.problems import Reject
from calldash.providers import BuiltCall, Context, Row
from calldash.providers.asterisk import PROVIDER
from calldash.reading import Source, open_source

BASE = 1772434800
MOSCOW = Context(ZoneInfo("Europe/Moscow"))
_COLUMNS = "start answer end src dst context channel dstchannel app data duration billsec disposition id linked number"


class Read:
    """What reading a file gave."""

    def __init__(self, path: Path, text: str | bytes, context: Context = MOSCOW) -> None:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.source: Source = open_source(path, 1 << 20)
        assert PROVIDER.recognise(self.source.sample) and PROVIDER.rows
        found = list(PROVIDER.rows(self.source, context))
        self.rows = [item for item in found if isinstance(item, Row)]
        self.rejects = [item for item in found if isinstance(item, Reject)]
        self.ignored = Counter(item for item in found if isinstance(item, str))


def together(*files: list[Row]) -> list[Row]:
    """Rows of several files as a store keeps them: a later row replaces the earlier of the same key."""
    return list({(row.part, row.key): row for rows in files for row in rows}.values())


def build(rows: list[Row], context: Context = MOSCOW) -> list[BuiltCall]:
    assert PROVIDER.build
    return list(PROVIDER.build(rows, context))


def master(table: str) -> str:
    """`Master.csv` of 21 columns from a table; `-` is nothing, times are hh:mm:ss."""
    lines = []
    for row in table.strip().splitlines():
        cell = dict(zip(_COLUMNS.split(), ["" if text == "-" else text for text in row.split()], strict=True))
        times = [f'"2026-03-02 {cell[name]}"' if cell[name] else '""' for name in ("start", "answer", "end")]
        texts = ("src", "dst", "context", "clid", "channel", "dstchannel", "app", "data")
        cell["clid"] = f'""Name"" <{cell["src"]}>'
        head = ",".join(['""', *(f'"{cell[name]}"' for name in texts), *times, cell["duration"], cell["billsec"]])
        ids = f'"{BASE}.{cell["id"]}","scenario","","{BASE}.{cell["linked"]}",{cell["number"]}'
        lines.append(f'{head},"{cell["disposition"].replace("_", " ")}","DOCUMENTATION",{ids}\n')
    return "".join(lines)


def log(text: str) -> str:
    """A native queue_log from lines whose time and call id are counted from 10:00:00."""
    lines = []
    for line in text.split():
        at, callid, rest = line.replace("_", " ").split("|", 2)
        lines.append(f"{BASE + int(at)}|{f'{BASE}.{callid}' if callid.isdigit() else callid}|{rest}\n")
    return "".join(lines)


def told(call: BuiltCall) -> str:
    """A call as one line: what it was, its client, wait, talk, employee, queue, reason; `-` is unknown."""
    values = call.values
    names = ("client", "wait_s", "talk_s", "employee", "queue", "miss_reason")
    result = "answered" if values["answered"] == "true" else "missed"
    return " ".join(
        [values["direction"] or "", result, *((values.get(name) or "-").replace(" ", "_") for name in names)]
    )


def legs_told(call: BuiltCall) -> list[str]:
    """A call's legs, one line each: kind, employee, queue, seconds from 10:00 to start, answer and end, talk, reason."""
    moments = [(leg, (leg.started_at, leg.answered_at, leg.ended_at)) for leg in call.legs]
    return [
        " ".join(
            [leg.kind, leg.employee or "-", leg.queue or "-"]
            + ["-" if at is None else str(at.minute * 60 + at.second) for at in times]
            + ["-" if leg.talk_s is None else str(leg.talk_s), leg.reason or "-"]
        )
        for leg, times in moments
    ]
