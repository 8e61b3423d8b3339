"""What is wrong with a file of sound: refused with one sentence where it cannot be heard, noted where it can."""

import os
from dataclasses import dataclass
from pathlib import Path

import soundfile

from calldash.problems import Problem
from calldash.recordings import kinds
from calldash.recordings.kinds import Kind

_TAIL = 1 << 16
_OGG_END = 4  # the flag of the last page of an Ogg stream
_UNKNOWN_SIZE = 0xFFFFFFFF  # what a recorder writes before it knows how long the sound will be
_LONG_HEAD = 1024  # bytes; behind as many there is sound, whatever the head says


@dataclass(frozen=True)
class Sound:
    """A file that can be heard. `seconds` and `channels` are None where only the browser can tell.

    `notes` say what is odd about it, as problems that do not keep it from being played.
    """

    path: Path
    kind: Kind
    seconds: float | None
    channels: int | None
    notes: tuple[Problem, ...] = ()


def check(path: Path) -> Sound:
    """Looks at a file. Raises Problem where it is missing, empty, no sound, or damaged so that nothing can be heard."""
    head = _head(path)
    kind = kinds.of(path, head)
    if kind is None:
        if kinds.is_text(head):
            raise Problem("The recording {file} is not sound but text.", file=path.name)
        raise Problem("The recording {file} is not sound, or of a kind that is not known here.", file=path.name)
    seconds, channels = None, None
    if kind not in (kinds.MP4, kinds.AAC) and kind.name != "WebM":
        try:
            with opened(path, kind) as file:
                seconds, channels = file.frames / file.samplerate, file.channels
        except soundfile.LibsndfileError as error:
            raise Problem("The recording {file} is damaged: its beginning cannot be read.", file=path.name) from error
        if not seconds:
            raise _without_sound(path, head)
    notes = (_wrong_ending(path, kind), _cut_short(path, kind, head))
    return Sound(path, kind, seconds, channels, tuple(note for note in notes if note))


def _without_sound(path: Path, head: bytes) -> Problem:
    if path.stat().st_size - head.find(b"data", 12) > _LONG_HEAD:
        return Problem("The recording {file} was not finished, or is being written now.", file=path.name)
    return Problem("The recording {file} has a head but no sound in it.", file=path.name)


def opened(path: Path, kind: Kind) -> soundfile.SoundFile:
    """The file ready to be read in blocks. Raises LibsndfileError."""
    bare = kinds.BARE.get(kind.endings[0])
    if not bare:
        # By number, not by name: the library would let the ending decide. It closes what it cannot open, too.
        return soundfile.SoundFile(os.open(path, os.O_RDONLY), closefd=True)
    return soundfile.SoundFile(path, samplerate=bare[1], channels=1, format="RAW", subtype=bare[0])


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(kinds.HEAD)
    except FileNotFoundError as error:
        raise Problem("The recording {file} is missing.", file=path.name) from error
    except OSError as error:
        raise Problem("The recording {file} cannot be read.", file=path.name) from error
    if not head:
        raise Problem("The recording {file} is empty.", file=path.name)
    return head


def _wrong_ending(path: Path, kind: Kind) -> Problem | None:
    ending = path.suffix[1:].lower()
    if not ending or ending in kind.endings:
        return None
    return Problem("The file is called {ending}, but it is {kind}.", ending=path.suffix, kind=kind.name)


def _cut_short(path: Path, kind: Kind, head: bytes) -> Problem | None:
    """What its own head or end tells of a file that breaks off."""
    if kind.name == "WAV":
        return _cut_short_wave(path, head)
    if kind.name == "Ogg":
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            tail = file.read()
        last = tail.rfind(b"OggS")
        if last < 0 or not tail[last + 5 : last + 6] or not tail[last + 5] & _OGG_END:
            return Problem("The recording breaks off: the end of the file is missing.")
    return None


def _cut_short_wave(path: Path, head: bytes) -> Problem | None:
    start = head.find(b"data", 12)
    if start < 0:
        return None
    declared = int.from_bytes(head[start + 4 : start + 8], "little")
    there = path.stat().st_size - start - 8
    if declared == _UNKNOWN_SIZE:
        return Problem("The recording was not finished: its head does not say how long it is.")
    if there >= declared:
        return None
    share = f"{100 * there // declared}"
    return Problem("The recording breaks off: only {share} % of what its head promises is there.", share=share)
