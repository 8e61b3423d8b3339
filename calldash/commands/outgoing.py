"""Files that commands write."""

import os
from collections.abc import Iterable
from pathlib import Path

from calldash.problems import Problem


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Writes a file that is there as a whole or not at all. Raises Problem when it cannot be written."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise Problem("The file {path} cannot be written: {reason}.", path=str(path), reason=str(error)) from error
    finally:
        part.unlink(missing_ok=True)
