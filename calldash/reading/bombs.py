"""Workbooks that unpack to more than a machine holds are refused before anything is unpacked into memory."""

import re
import zipfile
from pathlib import Path

from calldash.problems import Problem

_BLOCK = 1 << 20
_MOST_CELLS = 60_000_000  # of the rectangle that a sheet spans: a reader lays all of it out, empty or not
_LONGEST = 20  # bytes of the address of a cell, which may stand across two blocks
_CELL = re.compile(rb"\sr\s?=\s?[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")


def check(path: Path, limit: int) -> None:
    """Reads a workbook through, whatever it says of itself. Raises Problem where it has more than `limit` bytes
    unpacked, or a sheet spans too many cells."""
    left = limit
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                left = _read(archive, entry, left, limit)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Problem("The workbook cannot be read: {reason}.", reason=str(error)) from error


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limit: int) -> int:
    """What is left of the limit after one part of the workbook."""
    width = height = 0
    begun = b""
    with archive.open(entry) as stream:
        while block := stream.read(_BLOCK):
            left -= len(block)
            if left < 0:
                raise Problem("Unpacked the workbook is larger than the limit of {limit} MB.", limit=limit >> 20)
            text = begun + block
            width, height = _spanned(text, width, height)
            begun = text[-_LONGEST:]
    return left


def _spanned(text: bytes, width: int, height: int) -> tuple[int, int]:
    """How far the cells named in a text reach. Raises Problem where that is too far."""
    found = _CELL.findall(text)
    if found:
        width = max(width, *(_number(letters) for letters in {letters for letters, _row in found}))
        height = max(height, *(int(row) for row in {row for _letters, row in found}))
    if width * height > _MOST_CELLS:
        raise Problem(
            "A sheet of the workbook reaches to column {column}, row {row}: too far.", column=width, row=height
        )
    return width, height


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
