"""The figures of talks in the store: which calls wait for them, what is known of a sound, how far the work has come."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from calldash import recordings
from calldash.store import Store

_KINDS = {
    "why": pa.string(),
    "channels": pa.int32(),
    "duration_s": pa.float64(),
    "talk_s": pa.float64(),
    "agent_s": pa.float64(),
    "client_s": pa.float64(),
    "agent_share": pa.float64(),
    "silence_share": pa.float64(),
    "interruptions_by_agent": pa.int32(),
    "interruptions_by_client": pa.int32(),
    "longest_monologue_agent_s": pa.float64(),
    "longest_monologue_client_s": pa.float64(),
}
FIGURES = tuple(_KINDS)
_ROW = pa.schema(
    [
        ("system", pa.string()),
        ("id", pa.string()),
        ("recording", pa.string()),
        ("agent_channel", pa.int8()),
        ("analysed_at", pa.timestamp("us")),
        ("sha256", pa.string()),
        *_KINDS.items(),
    ]
)
# Calls with a recording of their own, or with a file whose name tells of them.
_RECORDED = (
    "c.answered AND c.kind = 'voice' AND (c.recording IS NOT NULL "
    "OR c.id IN (SELECT call_id FROM recording_files WHERE call_id IS NOT NULL))"
)
_OF_CALL = "t.system = c.system AND t.id = c.id AND t.recording = coalesce(c.recording, '')"


@dataclass(frozen=True)
class Waiting:
    """A call whose recording is to be listened to."""

    call_no: int
    system: str
    id: str
    recording: str


def waiting(store: Store, before: datetime, most: int | None = None) -> list[Waiting]:
    """The newest calls not listened to; those whose recording was missing count again when that was `before` (UTC)."""
    found = store.rows(
        "SELECT c.call_no, c.system, c.id, coalesce(c.recording, '') FROM calls c "
        f"WHERE {_RECORDED} AND NOT EXISTS (SELECT 1 FROM talk_figures t WHERE {_OF_CALL} "
        "AND (t.why IS DISTINCT FROM 'missing' OR t.analysed_at >= $before)) "
        "ORDER BY c.started_at DESC, c.call_no DESC LIMIT coalesce($most, 9223372036854775807)",
        {"before": before, "most": most},
    )
    return [Waiting(*row) for row in found]


def progress(store: Store) -> tuple[int, int]:
    """How many answered calls have a recording, and of how many of these it is known, or why it cannot be."""
    row = store.rows(
        f"SELECT count(*), count(t.id) FROM calls c LEFT JOIN talk_figures t ON {_OF_CALL} WHERE {_RECORDED}"
    )[0]
    return int(row[0]), int(row[1])


def of_call(store: Store, system: str, call_id: str) -> dict[str, Any] | None:
    """The figures of a call by name, `why` among them; None while nobody has listened to its recording."""
    found = store.rows(
        f"SELECT {', '.join('t.' + name for name in FIGURES)} FROM talk_figures t JOIN calls c ON {_OF_CALL} "
        "WHERE c.system = ? AND c.id = ?",
        [system, call_id],
    )
    return dict(zip(FIGURES, found[0], strict=True)) if found else None


def of_sound(store: Store, sha256: str, side: int) -> dict[str, Any] | None:
    """What is known of a sound whose agent is on channel `side`."""
    found = store.rows(
        f"SELECT {', '.join(FIGURES)} FROM talk_figures WHERE sha256 = ? AND agent_channel = ? LIMIT 1", [sha256, side]
    )
    return dict(zip(FIGURES, found[0], strict=True)) if found else None


def put(store: Store, rows: list[dict[str, Any]]) -> None:
    """Writes figures of calls, in place of those they had."""
    now = datetime.now(UTC).replace(tzinfo=None)
    kept = pa.Table.from_pylist([{"analysed_at": now, **row} for row in rows], schema=_ROW)
    with store.writing() as cursor:
        cursor.register("put_figures", kept)
        cursor.execute("DELETE FROM talk_figures t USING put_figures p WHERE t.system = p.system AND t.id = p.id")
        cursor.execute("INSERT INTO talk_figures BY NAME FROM put_figures")
        cursor.unregister("put_figures")


def forget_other_sides(store: Store) -> None:
    """Takes away figures made when the agent was taken to be on the other side than the setting says now."""
    systems = store.rows("SELECT DISTINCT system, agent_channel FROM talk_figures")
    wrong = [pair for pair in systems if recordings.agent_channel(store.settings, pair[0]) != pair[1]]
    if not wrong:
        return
    with store.writing() as cursor:
        for pair in wrong:
            cursor.execute("DELETE FROM talk_figures WHERE system = ? AND agent_channel = ?", list(pair))
