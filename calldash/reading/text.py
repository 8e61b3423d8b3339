"""Bytes to lines: byte order marks, UTF-8 with repairs, cp1251, every kind of line end."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 16 << 20
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NOT_CP1251 = re.compile(rb"[\x98\x80-\xa7\xa9-\xb7\xb9-\xbf]")
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass
class Block:
    """Whole lines of a file: `lines` without their ends, the first of them numbered `first`."""

    text: str
    first: int
    repaired: int
    complete: bool  # False when the last line has no line end: it may still be being written


def encoding_of(head: bytes) -> tuple[str, int]:
    """The encoding of a file that begins with `head` (bytes), and how many bytes its mark takes."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, len(mark)
    try:
        head[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            return ("utf-8" if _mostly_utf8(head) else "cp1251"), 0
    return "utf-8", 0


def _mostly_utf8(head: bytes) -> bool:
    """More multi-byte letters than stray bytes, or stray bytes that cp1251 would not write."""
    rest, letters = _MULTIBYTE.subn(b"", head)
    stray = [byte for byte in rest if byte >= 0x80]
    odd = len(_NOT_CP1251.findall(rest))
    return letters > len(stray) or odd * 5 > len(stray) or not _russian(rest)


def _russian(rest: bytes) -> bool:
    """Stray bytes stand in runs, as letters of Russian words in cp1251 do."""
    return re.search(rb"[\xc0-\xff\xa8\xb8]{3}", rest) is not None


def blocks(stream: BinaryIO, encoding: str, size: int = BLOCK) -> Iterator[Block]:
    """Blocks of whole lines with LF ends; the last block says whether its last line was finished."""
    decode = _utf16 if encoding.startswith("utf-16") else _bytewise
    number = 1
    rest = b""
    end = "\n".encode(encoding)
    while True:
        chunk = stream.read(size)
        data = rest + chunk
        if not data:
            return
        cut = len(data) if not chunk else _last_end(data, end)
        rest = data[cut:]
        if cut:
            text, repaired = decode(data[:cut], encoding)
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            complete = bool(chunk) or text.endswith("\n")
            yield Block(text, number, repaired, complete)
            number += text.count("\n")
        if not chunk:
            return


def _last_end(data: bytes, end: bytes) -> int:
    """Where the last whole line of `data` ends; a CR at the very end may belong to a CRLF to come."""
    cut = data.rfind(end)
    if cut >= 0:
        return cut + len(end) + (cut % len(end))
    if len(end) == 1:
        cut = data[:-1].rfind(b"\r")
    return cut + 1


def _utf16(data: bytes, encoding: str) -> tuple[str, int]:
    return data.decode(encoding, "replace"), 0


def _bytewise(data: bytes, encoding: str) -> tuple[str, int]:
    """Decoded text and the number of lines in which bytes had to be replaced."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, sum("�" in line for line in text.splitlines())
