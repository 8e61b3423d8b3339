"""Formats of one's own: which column is what, kept as a TOML file for all files with these columns."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import tomli_w

from calldash.given.shapes import Shape, plain
from calldash.problems import Problem

_FOLDER = "formats"


def shapes(data: Path, kind: str) -> list[Shape]:
    """The formats kept in the folder `data` for a kind of file: spend or deals."""
    found = []
    for path in sorted((data / _FOLDER).glob(f"{kind}-*.toml")):
        try:
            held = tomllib.loads(path.read_text(encoding="utf-8"))
            found.append(shape(held["name"], held["columns"], held.get("fixed", {})))
        except (tomllib.TOMLDecodeError, KeyError, AttributeError) as error:
            raise Problem("The format {file} cannot be read: {reason}.", file=path.name, reason=str(error)) from error
    return found


def shape(name: str, columns: Mapping[str, str], fixed: Mapping[str, str]) -> Shape:
    """The shape of files in which `columns` (ours -> theirs) are all there; `fixed` are values of every row."""
    names = {ours: (plain(theirs).name,) for ours, theirs in columns.items()}
    return Shape(name, name, names, tuple(names.values()), dict(fixed))


def keep(data: Path, kind: str, name: str, columns: Mapping[str, str], fixed: Mapping[str, str]) -> Path:
    """Writes a format; gives its file. Raises Problem where there is one of that name, or no columns are chosen."""
    stem = re.sub(r"[^\w-]+", "-", name.strip().lower()).strip("-")
    if not stem or not columns:
        raise Problem("A format needs a name and columns.")
    path = data / _FOLDER / f"{kind}-{stem}.toml"
    if path.exists():
        raise Problem("There is a format {file} already: choose another name.", file=path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = tomli_w.dumps({"name": name.strip(), "columns": dict(columns), "fixed": dict(fixed)})
    path.write_text(text, encoding="utf-8")
    return path
