"""A file of any of the formats to a transcript, recognised by content; nothing of a file that cannot be understood."""

from dataclasses import replace
from pathlib import Path

from calldash.problems import Problem
from calldash.reading.text import encoding_of
from calldash.transcripts import cues, shapes
from calldash.transcripts.lines import Transcript

ENDINGS = (".json", ".vtt", ".srt")
MOST_MB = 32


def read_file(path: Path) -> tuple[Transcript, bytes]:
    """The transcript in a file, and the file's bytes. Raises Problem when it is none, with the line and the reason."""
    try:
        if path.stat().st_size > MOST_MB << 20:
            raise Problem("The file has more than {most} MB: this is no transcript of a call.", most=MOST_MB)
        data = path.read_bytes()
    except OSError as error:
        raise Problem("There is no file {path}.", path=str(path)) from error
    return read(data), data


def read(data: bytes) -> Transcript:
    """The transcript in the bytes of a file: UTF-8, UTF-16 or cp1251; its lines in the order of time."""
    encoding, mark = encoding_of(data)
    text = data[mark:].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Problem("The file is empty.")
    if text.lstrip()[0] in "{[":
        found = shapes.read(text)
    elif text.startswith("WEBVTT") or cues.ARROW in text:
        found = Transcript(tuple(cues.read(text)))
    else:
        raise Problem("This is no transcript: JSON, WebVTT or SubRip is expected.")
    spoken = tuple(sorted((one for one in found.spoken if one.text), key=lambda one: one.start_s))
    if not spoken:
        raise Problem("The file has no words.")
    return replace(found, spoken=spoken)
