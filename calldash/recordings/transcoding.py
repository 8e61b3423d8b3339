"""What browsers cannot play, made into MP3 that all of them can; once for each recording, in little memory."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from calldash.problems import Problem
from calldash.recordings import keeping, places
from calldash.recordings.checking import Sound, opened
from calldash.settings import Settings

_BLOCK_S = 2  # of a file that breaks off at most so much is lost
_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)  # those that MP3 has
MP3_TYPE = "audio/mpeg"


def playable(sound: Sound, settings: Settings) -> tuple[Path, str]:
    """A file that browsers play, and its content type: the recording itself, or a copy of it.

    Raises Problem when a copy cannot be made.
    """
    if sound.kind.played:
        return sound.path, sound.kind.content_type
    if too_long(sound, settings):
        raise Problem(
            "The recording is longer than {hours} h and of a kind that browsers do not play; download it to listen.",
            hours=f"{settings.recording_max_hours:g}",
        )
    folder = places.made(settings, places.PLAYED)
    return keeping.kept(folder, sound.path, ".mp3", lambda part: _copy(sound, part), settings.audio_cache_mb), MP3_TYPE


def too_long(sound: Sound, settings: Settings) -> bool:
    """Whether a recording is longer than anybody's call is likely to be."""
    return sound.seconds is not None and sound.seconds > settings.recording_max_hours * 3600


def blocks(file: soundfile.SoundFile, multiple: int = 1) -> Iterator[np.ndarray]:
    """The sound of a file in blocks of int16, samples by channels, to where it ends or is damaged.

    Each but the last holds a whole `multiple` of samples.
    """
    frames = _BLOCK_S * file.samplerate // multiple * multiple
    while True:
        try:
            block = file.read(frames, dtype="int16", always_2d=True)
        except soundfile.LibsndfileError:
            return
        if not len(block):
            return
        yield block


def _copy(sound: Sound, part: Path) -> None:
    with opened(sound.path, sound.kind) as source:
        if source.samplerate not in _RATES or source.channels > 2:
            raise Problem("The recording {file} cannot be made playable.", file=sound.path.name)
        with soundfile.SoundFile(
            part, "w", source.samplerate, source.channels, format="MP3", subtype="MPEG_LAYER_III"
        ) as copy:
            for block in blocks(source):
                copy.write(block)
