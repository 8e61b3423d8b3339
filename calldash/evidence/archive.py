"""Files as a ZIP that goes out while it is made: no clock, no machine, no order of chance in it."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from calldash.evidence.files import Member
from calldash.problems import Problem

_PART = 1 << 20
_UNIX = 3
_READABLE = 0o100644 << 16


class _Sink(io.RawIOBase):
    """Takes what is written, to be handed on. It cannot be sought in, so a ZIP is written from its start to its end."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def parts(members: Sequence[Member]) -> Iterator[bytes]:
    """The ZIP of `members`, in their order. Raises Problem when a file is no longer the one that was looked at."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for member in members:
            yield from _packed(archive, sink, member)
    yield sink.taken()


def _packed(archive: ZipFile, sink: _Sink, member: Member) -> Iterator[bytes]:
    info = ZipInfo(member.name)  # of 1 January 1980
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, _UNIX, _READABLE
    info.file_size = member.bytes
    content = hashlib.sha256()
    try:
        file = member.path.open("rb")
    except OSError as error:
        raise _changed(member) from error
    with file, archive.open(info, "w") as entry:
        while part := file.read(_PART):
            content.update(part)
            entry.write(part)
            yield sink.taken()
    if content.hexdigest() != member.sha256:
        raise _changed(member)


def _changed(member: Member) -> Problem:
    return Problem("The file {file} changed while the pack was made. Make it again.", file=member.name)
