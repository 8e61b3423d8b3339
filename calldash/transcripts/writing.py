"""A transcript written out: plain text to read, WebVTT and JSON to take elsewhere; what is written can be imported."""

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from calldash.i18n import gettext as _
from calldash.i18n import mark
from calldash.transcripts.lines import AGENT, CLIENT, Line

NAMES = {AGENT: mark("Employee"), CLIENT: mark("Client")}


def name_of(line: Line) -> str:
    """Who speaks, in the reader's language; the name of the file where the side is not known, "" without any."""
    return _(NAMES[line.who]) if line.who else line.speaker


def _txt(lines: Sequence[Line], _language: str | None) -> str:
    rows = []
    for line in lines:
        name = name_of(line)
        rows.append(f"[{_clock(line.start_s)[:-4]}] {f'{name}: ' if name else ''}{line.text}\n")
    return "".join(rows)


def _vtt(lines: Sequence[Line], _language: str | None) -> str:
    cues = []
    for line in lines:
        name = line.who or line.speaker
        words = html.escape(line.text, quote=False)
        voice = f"<v {html.escape(name, quote=False)}>{words}</v>" if name else words
        cues.append(f"{_clock(line.start_s)} --> {_clock(line.end_s)}\n{voice}\n")
    return "\n".join(["WEBVTT\n", *cues])


def _json(lines: Sequence[Line], language: str | None) -> str:
    segments = [
        {"speaker": line.who or line.speaker, "start": line.start_s, "end": line.end_s, "text": line.text}
        for line in lines
    ]
    found = {"language": language} if language else {}
    return json.dumps(found | {"segments": segments}, ensure_ascii=False, indent=1) + "\n"


def _clock(seconds: float) -> str:
    """Seconds as hh:mm:ss.mmm."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"


@dataclass(frozen=True)
class Format:
    """A way to write a transcript: the ending of its file, its content type, and the function that writes it."""

    ending: str
    content_type: str
    write: Callable[[Sequence[Line], str | None], str]


FORMATS = {
    "txt": Format(".txt", "text/plain; charset=utf-8", _txt),
    "vtt": Format(".vtt", "text/vtt; charset=utf-8", _vtt),
    "json": Format(".json", "application/json", _json),
}
