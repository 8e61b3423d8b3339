"""Sound made for tests: who speaks when is written down, so that what is computed from it can be checked by eye."""

import wave
from pathlib import Path

import numpy as np
import soundfile

RATE = 8000


def wav(path: Path, seconds: float = 1.0) -> bytes:
    """Silence as PCM at 8 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(bytes(2 * int(RATE * seconds)))
    return path.read_bytes()


def spoken(*sides: str, loud: float = 0.5) -> np.ndarray:
    """Samples by channels: a letter is half a second, `#` speech and `.` silence."""
    tone = np.sin(2 * np.pi * 440 * np.arange(RATE // 2) / RATE) * loud
    channels = [np.concatenate([tone if letter == "#" else tone * 0 for letter in side]) for side in sides]
    return np.stack(channels, axis=1)


def save(path: Path, sound: np.ndarray, subtype: str = "PCM_16", kind: str = "WAV") -> Path:
    """Writes `sound` in a format of soundfile, whatever the name of the file says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound, RATE, subtype=subtype, format=kind)
    return path


def cut(path: Path, share: float = 0.5) -> Path:
    """Takes the end of a file away."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    return path
