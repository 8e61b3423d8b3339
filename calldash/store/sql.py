"""The store's own SQL files: loading them, and running their statements in order."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

_HERE = Path(__file__).parent


@cache
def statements(name: str) -> tuple[str, ...]:
    """The statements of the file `name`, or of all files of the folder `name`, without comments."""
    place = _HERE / name
    files = sorted(place.glob("*.sql")) if place.is_dir() else [place]
    text = "\n".join(re.sub(r"--[^\n]*", "", file.read_text(encoding="utf-8")) for file in files)
    return tuple(part.strip() for part in text.split(";") if part.strip())


def run(cursor: duckdb.DuckDBPyConnection, name: str, **values: Any) -> None:
    """Runs the file or folder `name`; each statement gets those of `values` that it names as $name."""
    for statement in statements(name):
        named = {key: value for key, value in values.items() if f"${key}" in statement}
        cursor.execute(statement, named or None)
