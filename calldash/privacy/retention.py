"""What has outlived its time by the settings keep_… goes: calls and what hangs on them by day, the trail by age."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from calldash import audit
from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.privacy import files, renamed
from calldash.privacy.renamed import Move
from calldash.store import Store, ageing, erasing, renaming

_TRAIL = "trail"
# Kinds in the order in which they go, and what they are called.
KINDS = {
    "recordings": mark("Recordings"),
    "transcripts": mark("Texts of talks"),
    "numbers": mark("Numbers of clients"),
    "calls": mark("Calls"),
    _TRAIL: mark("Audit trail"),
}
_PUT_AWAY = ("done", "failed")


class _TriedError(Exception):
    """Ends the transaction of a dry run."""


@dataclass(frozen=True)
class Outlived:
    """Of a kind: how many days it is kept (None: for ever), the first local day that stays, lines and files that go."""

    kind: str
    days: int | None
    first: date | None
    lines: Mapping[str, int]
    files: int = 0
    failed: int = 0


def run(store: Store, who: str, tried: bool = False) -> list[Outlived]:
    """What goes now, kind by kind; `tried`: what would, and nothing does. What went stands in the audit trail."""
    found = [_one(store, kind, tried) for kind in KINDS]
    if not tried and any(one.lines or one.files for one in found):
        told = {one.kind: dict(one.lines) | {"files": one.files, "failed": one.failed} for one in found if one.days}
        audit.record(store, who, "retention", "", **told)
        erasing.settle(store)
    return found


def days_kept(store: Store, kind: str) -> int | None:
    """The setting of a kind."""
    found = getattr(store.settings, f"keep_{kind}_days")
    return None if found is None else int(found)


def _one(store: Store, kind: str, tried: bool) -> Outlived:
    days = days_kept(store, kind)
    if days is None:
        return Outlived(kind, None, None, {})
    first = datetime.now(ZoneInfo(store.settings.zone)).date() - timedelta(days=days)
    if kind == _TRAIL:
        return Outlived(kind, days, first, _trail(store, days, tried))
    paths = _files(store, kind, first)
    moves = renamed.moves(store, first) if kind == "numbers" else []
    if not tried:
        renamed.put(store, moves)
    lines = _lines(store, kind, first, tried, moves)
    done = files.Done(removed=len(paths) if tried else 0)
    if not tried:
        renamed.clear(moves)
        files.remove(store, paths, done)
    return Outlived(kind, days, first, dict(lines), done.removed, len(done.failed))


def _lines(store: Store, kind: str, first: date, tried: bool, moves: list[Move]) -> Counter[str]:
    lines = Counter[str]()
    try:
        with store.writing() as cursor:
            lines = +ageing.KINDS[kind](cursor, store.settings, first)
            if moves:
                lines["recording_names"] = renamed.count(moves)
                renaming.rebind(cursor, {one.call_no: one.name for one in moves if one.call_no is not None})
            if tried or not lines:
                raise _TriedError
    except _TriedError:
        pass
    return lines


def _files(store: Store, kind: str, first: date) -> set[Path]:
    """Recordings of calls from before `first`; with the numbers and the calls, imported files put away before it."""
    if kind in ("numbers", "calls"):
        midnight = datetime(first.year, first.month, first.day, tzinfo=ZoneInfo(store.settings.zone)).timestamp()
        folders = [files.inbox(store.settings) / name for name in _PUT_AWAY]
        away = {path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()}
        away = {path for path in away if path.stat().st_mtime < midnight}
    else:
        away = set()
    if kind in ("recordings", "calls"):
        old = store.rows("SELECT call_no FROM calls WHERE day < $1 AND recording IS NOT NULL", [first])
        return away | files.of_calls(store, (row[0] for row in old))
    return away


def _trail(store: Store, days: int, tried: bool) -> dict[str, int]:
    before = audit.outlived(days)
    if tried:
        count = int(store.rows("SELECT count(*) FROM audit WHERE done_at < $1", [before])[0][0])
    else:
        count = audit.drop_before(store, before)
    return {"audit": count} if count else {}


def told(found: list[Outlived]) -> str:
    """What goes, in words."""
    return "\n".join(f"{_(KINDS[one.kind])}: {in_words(one)}" for one in found)


def in_words(one: Outlived) -> str:
    """How long a kind is kept, and what goes."""
    if one.days is None:
        return _("kept for ever")
    lines = ", ".join(f"{table} {count}" for table, count in sorted(one.lines.items())) or "0"
    return _("kept for {days} days; outlived: {lines}; files: {files}").format(
        days=one.days, lines=lines, files=one.files
    )
