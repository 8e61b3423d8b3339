"""The shapes in which recognisers write JSON, as tables of paths: where the stretches are, and what is what in them."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any

from calldash.problems import Problem
from calldash.transcripts.cues import seconds
from calldash.transcripts.lines import Spoken, Transcript

# Paths have dots; a number is a place in a list. The first that leads somewhere counts.
_STRETCHES = (
    "",
    "segments",
    "utterances",
    "lines",
    "transcription",
    "results.utterances",
    "results.segments",
    "response.chunks",
    "chunks",
)
_START = (
    "start",
    "start_s",
    "start_time",
    "startTime",
    "begin",
    "timestamps.from",
    "result.0.start",
    "alternatives.0.words.0.startTime",
)
_END = (
    "end",
    "end_s",
    "end_time",
    "endTime",
    "timestamps.to",
    "result.-1.end",
    "alternatives.0.words.-1.endTime",
)
_START_MS, _END_MS = ("start_ms", "startMs"), ("end_ms", "endMs")
_TEXT = ("text", "transcript", "sentence", "alternatives.0.text")
_SPEAKER = ("speaker", "who", "role", "speaker_id")
_CHANNEL, _CHANNEL_FROM_1 = ("channel", "channel_id"), ("channelTag", "channel_tag")
_SIDES = {"left": 0, "right": 1, "0": 0, "1": 1}
_CLOCK = re.compile(r"^(?:(?:(\d{1,4}):)?(\d{1,2}):)?(\d+(?:[.,]\d+)?)s?$")
# Nobody says fewer letters a second, all in all: whole numbers that would mean it are milliseconds.
_SLOWEST = 0.5


def read(text: str) -> Transcript:
    """The talk in a JSON text. Raises Problem with the line, or the number of the stretch, and what is wrong."""
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise Problem("Line {line}: this is no JSON, or it breaks off there.", line=line) from error
    stretches = next((part for path in _STRETCHES if _is_talk(part := _along(found, path))), None)
    if stretches is None:
        raise Problem("The JSON has no list of what was said: segments, utterances or the like.")
    channels = found.get("channels") if isinstance(found, dict) else None
    spoken = [_spoken(one, number, channels) for number, one in enumerate(stretches, 1)]
    language = found.get("language") if isinstance(found, dict) else None
    return Transcript(tuple(_in_seconds(spoken)), language if isinstance(language, str) else None)


def _is_talk(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(one, dict) for one in found)


def _along(found: Any, path: str) -> Any:
    """What the path leads to; None when it leads nowhere."""
    for step in path.split(".") if path else ():
        if isinstance(found, list) and step.lstrip("-").isdigit():
            found = found[int(step)] if found else None
        else:
            found = found.get(step) if isinstance(found, dict) else None
    return found


def _first(stretch: dict[str, Any], paths: Sequence[str]) -> Any:
    return next((value for path in paths if (value := _along(stretch, path)) is not None), None)


def _spoken(stretch: dict[str, Any], number: int, channels: Any) -> Spoken:
    text = _first(stretch, _TEXT)
    if not isinstance(text, str):
        raise Problem("Stretch {number}: its text is missing.", number=number)
    start, end = (_time(stretch, *names) for names in ((_START, _START_MS), (_END, _END_MS)))
    if start is None or end is None:
        raise Problem("Stretch {number}: its start or its end is missing or is no time.", number=number)
    if end < start:
        raise Problem("Stretch {number}: the end is before the start.", number=number)
    channel = _channel(stretch)
    speaker = _first(stretch, _SPEAKER)
    if speaker is None and isinstance(channels, dict) and channel is not None:
        speaker = channels.get(("left", "right")[channel], channels.get(str(channel)))
    return Spoken(start, end, " ".join(text.split()), "" if speaker is None else str(speaker), channel)


def _time(stretch: dict[str, Any], names: Sequence[str], in_ms: Sequence[str]) -> float | None:
    """Seconds, whole ones as an int; None for what is no time."""
    if (found := _seconds(_first(stretch, names))) is not None:
        return found
    thousandths = _seconds(_first(stretch, in_ms))
    return None if thousandths is None else thousandths / 1000


def _seconds(value: Any) -> float | None:
    if isinstance(value, str) and (clock := _CLOCK.match(value.strip())):
        return seconds(*clock.groups())
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        return None
    return value


def _channel(stretch: dict[str, Any]) -> int | None:
    if (named := _first(stretch, _CHANNEL)) is not None:
        return _SIDES.get(str(named).casefold())
    counted = str(_first(stretch, _CHANNEL_FROM_1))
    return int(counted) - 1 if counted in ("1", "2") else None


def _in_seconds(spoken: list[Spoken]) -> list[Spoken]:
    """The stretches, their times divided by a thousand where they are whole milliseconds."""
    whole = all(isinstance(time, int) for one in spoken for time in (one.start_s, one.end_s))
    letters = sum(len(one.text) for one in spoken)
    if not whole or letters >= _SLOWEST * sum(one.end_s - one.start_s for one in spoken):
        return spoken
    return [Spoken(one.start_s / 1000, one.end_s / 1000, one.text, one.speaker, one.channel) for one in spoken]
