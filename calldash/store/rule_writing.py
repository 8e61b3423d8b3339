"""Writes what rules say of calls (`reruled`): the lines of `marked`, and on the calls what follows."""

import duckdb

from calldash.store.marks import IN_FORCE
from calldash.store.ruling import AS_WAS

# The columns of a call that follow, and what `reruled_lines` calls what they were.
_FOLLOW = {"spam": "was_spam", "tags": "was_tags", "marked_target": "was_marked_target", "ruled": "was"}


def write(cursor: duckdb.DuckDBPyConnection) -> None:
    """What is said now stands in `marked`, and what follows from it on the calls."""
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE reruled_lines AS SELECT m.* REPLACE ("
        "if(has_line, m.given_outcome, c.outcome) AS given_outcome, if(has_line, m.given_tags, c.tags) AS given_tags), "
        "c.system, c.id, c.tags AS was_tags, c.marked_target AS was_marked_target "
        "FROM reruled m JOIN calls c ON c.call_no = m.call_no"
    )
    cursor.execute(
        "DELETE FROM marked m USING reruled_lines l WHERE l.has_line AND m.system = l.system AND m.id = l.id"
    )
    unwanted = ", ".join((*AS_WAS, "has_line", "was_tags", "was_marked_target"))
    cursor.execute(
        f"INSERT INTO marked BY NAME SELECT * EXCLUDE ({unwanted}) FROM reruled_lines WHERE ruled_tags IS NOT NULL "
        "OR coalesce(outcome, note) IS NOT NULL OR coalesce(target, spam) IS NOT NULL "
        "OR len(tagged) + len(untagged) > 0"
    )
    _write_calls(cursor)
    cursor.execute("DROP TABLE reruled_lines")


def _write_calls(cursor: duckdb.DuckDBPyConnection) -> None:
    """Only what differs is written, for that is what takes long: mostly rules are about one thing."""
    parts = "given_tags, tagged, untagged, ruled_tags"
    # Words are put together once for all calls that have the same: there are few.
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE tag_texts AS SELECT *, {IN_FORCE['tags']} AS tags "
        f"FROM (SELECT DISTINCT {parts} FROM reruled_lines) m"
    )
    same = " AND ".join(f"t.{name} IS NOT DISTINCT FROM m.{name}" for name in parts.split(", "))
    then = ", ".join(f"{IN_FORCE[name]} AS {name}" for name in _FOLLOW if name != "tags")
    cursor.execute(
        f"CREATE OR REPLACE TEMP TABLE ruled_now AS SELECT m.call_no, {then}, t.tags, "
        f"{', '.join(f'm.{was} AS {was}' for was in _FOLLOW.values())} FROM reruled_lines m JOIN tag_texts t ON {same}"
    )
    differs = {name: f"{name} IS DISTINCT FROM {was}" for name, was in _FOLLOW.items()}
    [found] = cursor.execute(
        f"SELECT {', '.join(f'bool_or({one})' for one in differs.values())} FROM ruled_now"
    ).fetchall()
    changed = [name for name, differ in zip(_FOLLOW, found, strict=True) if differ]
    if changed:
        cursor.execute(
            f"UPDATE calls SET {', '.join(f'{name} = n.{name}' for name in changed)} FROM "
            f"(SELECT * FROM ruled_now WHERE {' OR '.join(differs[name] for name in changed)}) n "
            "WHERE calls.call_no = n.call_no"
        )
    for table in ("ruled_now", "tag_texts"):
        cursor.execute(f"DROP TABLE {table}")
