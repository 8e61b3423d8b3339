"""What a transcript consists of, and which side of the talk a speaker's name stands for."""

from dataclasses import dataclass

AGENT, CLIENT, UNKNOWN = "agent", "client", ""
# What files call the two sides, without case.
_NAMES = {
    AGENT: "agent operator employee manager support seller агент оператор менеджер сотрудник специалист продавец",
    CLIENT: "client customer caller user buyer клиент абонент покупатель заказчик собеседник",
}
SIDES = {name: side for side, names in _NAMES.items() for name in names.split()}


@dataclass(frozen=True)
class Spoken:
    """A stretch of talk as a file has it: seconds, the speaker's name, the channel (0 left, 1 right) if it is told."""

    start_s: float
    end_s: float
    text: str
    speaker: str = ""
    channel: int | None = None


@dataclass(frozen=True)
class Transcript:
    """A file's talk in the order of time, and its language if the file names it."""

    spoken: tuple[Spoken, ...]
    language: str | None = None


@dataclass(frozen=True)
class Line:
    """A line as the store keeps it: seconds, `agent`, `client` or "" when that is not known, text, speaker's name."""

    start_s: float
    end_s: float
    who: str
    text: str
    speaker: str = ""


def as_line(one: Spoken, agent_channel: int) -> Line:
    """The line of a stretch, in a recording whose agent speaks on `agent_channel`. A name tells more than a channel."""
    who = SIDES.get(one.speaker.strip().casefold(), UNKNOWN)
    if not who and one.channel in (0, 1):
        who = AGENT if one.channel == agent_channel else CLIENT
    return Line(one.start_s, one.end_s, who, one.text, one.speaker)
