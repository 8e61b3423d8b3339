"""The transcripts in the store: one for a call, put there whole and taken out whole."""

from datetime import UTC, datetime

import pyarrow as pa

from calldash.store import Store
from calldash.transcripts.lines import Line
from calldash.transcripts.words import indexed

Call = tuple[str, str]  # system and id
_LINES = "who, speaker, start_s, end_s, text"


def lines(store: Store, system: str, call_id: str) -> list[Line]:
    """The lines of a call's transcript in the order of time; none without one."""
    found = store.rows(
        "SELECT start_s, end_s, who, text, speaker FROM transcript_lines WHERE system = ? AND id = ? ORDER BY line_no",
        [system, call_id],
    )
    return [Line(*row) for row in found]


def origin(store: Store, system: str, call_id: str) -> tuple[str, datetime, str | None] | None:
    """The file a call's transcript was read from, when (UTC), and its language; None without one."""
    text = "SELECT file, imported_at, language FROM transcripts WHERE system = ? AND id = ?"
    found = store.rows(text, [system, call_id])
    return (found[0][0], found[0][1], found[0][2]) if found else None


def put(store: Store, calls: list[Call], spoken: list[Line], file: str, sha256: str, language: str | None) -> None:
    """Gives each of `calls` the transcript `spoken`, in place of the one it had."""
    ids = pa.table({"system": [system for system, _call_id in calls], "id": [call_id for _system, call_id in calls]})
    kept = pa.Table.from_pylist(
        [{"line_no": number, **vars(line), "lemmas": indexed(line.text)} for number, line in enumerate(spoken, 1)]
    )
    named = {"file": file, "sha256": sha256, "language": language, "now": datetime.now(UTC).replace(tzinfo=None)}
    with store.writing() as cursor:
        cursor.register("put_calls", ids)
        cursor.register("put_lines", kept)
        for table in ("transcripts", "transcript_lines"):
            cursor.execute(
                f"DELETE FROM {table} USING put_calls p WHERE {table}.system = p.system AND {table}.id = p.id"
            )
        cursor.execute(
            "INSERT INTO transcripts BY NAME SELECT p.*, $file AS file, $sha256 AS sha256, $language AS language, "
            "$now AS imported_at, (SELECT count(*) FROM put_lines) AS lines FROM put_calls p",
            named,
        )
        cursor.execute(
            f"INSERT INTO transcript_lines BY NAME SELECT p.*, line_no, {_LINES}, lemmas FROM put_calls p, put_lines"
        )
        cursor.unregister("put_lines")
        cursor.unregister("put_calls")


def remove(store: Store, system: str, call_id: str) -> None:
    """Takes a call's transcript away."""
    with store.writing() as cursor:
        for table in ("transcripts", "transcript_lines"):
            cursor.execute(f"DELETE FROM {table} WHERE system = ? AND id = ?", [system, call_id])
