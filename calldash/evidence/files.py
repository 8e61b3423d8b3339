"""The files of a pack before they are packed: those written for it in a folder of their own, recordings in place."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Member:
    """A file of the pack: its name there, where it lies, its size and the SHA-256 of its content."""

    name: str
    path: Path
    bytes: int
    sha256: str


class Files:
    """Collects the members of a pack; what is written for it goes below `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._members: dict[str, Member] = {}

    def write(self, name: str, parts: Iterable[bytes]) -> Member:
        """Writes a file of the pack."""
        path, content = self._folder / name, hashlib.sha256()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for part in parts:
                content.update(part)
                file.write(part)
        return self.place(name, path, path.stat().st_size, content.hexdigest())

    def place(self, name: str, path: Path, size: int, sha256: str) -> Member:
        """Takes a file into the pack from where it lies."""
        self._members[name] = Member(name, path, size, sha256)
        return self._members[name]

    def members(self) -> list[Member]:
        """All the files so far, by name."""
        return [self._members[name] for name in sorted(self._members)]
