"""Formats that need a whole file to be written: made in a temporary folder, given on in parts, removed afterwards."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

_PART = 1 << 20


def parts(make: Callable[[Path], None]) -> Iterator[bytes]:
    """What `make` writes to the path it is given, in parts; the file is gone when nobody wants more."""
    with tempfile.TemporaryDirectory(prefix="calldash-export-") as folder:
        path = Path(folder) / "export"
        make(path)
        with path.open("rb") as file:
            while part := file.read(_PART):
                yield part
