"""WebVTT and SubRip: blocks of lines, each with its times and its text."""

import html
import re
from collections.abc import Iterator

from calldash.problems import Problem
from calldash.transcripts.lines import SIDES, Spoken

ARROW = "-->"
_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d{1,6})?)"
_TIMES = re.compile(rf"^\s*{_CLOCK}\s*{ARROW}\s*{_CLOCK}(?:\s.*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"<[^>]*>")
_NAMED = re.compile(r"^([^\W\d_]{2,20})\s*:\s+(?=\S)")
_NO_CUES = re.compile(r"^(WEBVTT|NOTE|STYLE|REGION)\b")


def read(text: str) -> list[Spoken]:
    """The cues of a WebVTT or SubRip file. Raises Problem naming the line that cannot be understood."""
    found: list[Spoken] = []
    for first, block in _blocks(text):
        if _NO_CUES.match(block[0]):
            continue
        at = next((place for place, line in enumerate(block[:2]) if ARROW in line), None)
        if at is None:
            raise Problem("Line {line}: a time such as 00:01.500 --> 00:03.000 is missing.", line=first)
        start, end = _times(block[at], first + at)
        found += [Spoken(start, end, words, speaker) for speaker, words in _voices("\n".join(block[at + 1 :]))]
    return found


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines up to an empty one, with the number of the first."""
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _times(line: str, number: int) -> tuple[float, float]:
    found = _TIMES.match(line)
    if not found:
        message = "Line {line}: {text} are no times such as 00:01.500 --> 00:03.000."
        raise Problem(message, line=number, text=line.strip()[:60])
    start, end = (seconds(*found.groups()[at : at + 3]) for at in (0, 3))
    if end < start:
        raise Problem("Line {line}: the end is before the start.", line=number)
    return start, end


def seconds(hours: str | None, minutes: str | None, rest: str) -> float:
    """The seconds of the parts of a clock; a comma may stand for the point."""
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest.replace(",", "."))


def _voices(text: str) -> Iterator[tuple[str, str]]:
    """(speaker, words) of each voice in a cue; where no tag names one, a known name and a colon may."""
    before, *rest = _VOICE.split(text)
    parts = [("", before), *zip(rest[::2], rest[1::2], strict=True)]
    for speaker, tagged in parts:
        words = " ".join(html.unescape(_TAG.sub("", tagged)).split())
        named = _NAMED.match(words)
        if not speaker and named and named[1].casefold() in SIDES:
            speaker, words = named[1], words[named.end() :]
        if words:
            yield html.unescape(speaker.strip()), words
