"""Hearing who speaks when: the demo's recordings against what is known of them, and recordings that tell nothing."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from calldash.problems import Problem
from calldash.talk.figures import figures
from calldash.talk.speech import StoppedError, _resampled, listen

DEMO = Path(__file__).parents[1] / "data/demo"
NEAR_S = 0.35


def told(name: str) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    segments = json.loads((DEMO / f"{name}.json").read_text())["segments"]
    sides = (
        [(one["start"], one["end"]) for one in segments if one["speaker"] == side] for side in ("agent", "customer")
    )
    return next(sides), next(sides)


def sound(name: str = "ru_sales") -> tuple[np.ndarray, int]:
    samples, rate = soundfile.read(DEMO / f"{name}.mp3", dtype="float32", always_2d=True)
    return samples, rate


def written(path: Path, samples: np.ndarray, rate: int) -> Path:
    soundfile.write(path, samples, rate)
    return path


@pytest.mark.parametrize("name", ["ru_sales", "ru_complaint", "en_support"])
def test_speech_is_heard_where_it_is(name):
    heard = listen(DEMO / f"{name}.mp3")
    for found, known in zip(heard.sides, told(name), strict=True):
        assert len(found) == len(known)
        assert np.abs(np.array(found) - np.array(known)).max() < NEAR_S
    found, known = figures(*heard.sides), figures(*told(name))
    assert found.agent_share == pytest.approx(known.agent_share, abs=0.02)
    assert found.silence_share == pytest.approx(known.silence_share, abs=0.03)
    assert (found.interruptions_by_agent, found.interruptions_by_client) == (0, 1)
    assert found.longest_monologue_agent_s == pytest.approx(known.longest_monologue_agent_s, abs=NEAR_S)


@pytest.mark.parametrize("rate", [11025, 16000, 44100])
def test_other_rates_tell_the_same(tmp_path, rate):
    samples, was = sound()
    seconds = 20
    padded = samples[: seconds * was]
    spectrum = np.fft.rfft(padded, axis=0)
    again = np.fft.irfft(spectrum, seconds * rate, axis=0).astype(np.float32) * (rate / was)
    found = listen(written(tmp_path / "a.wav", again, rate)).sides
    known = [[one for one in side if one[1] < seconds] for side in told("ru_sales")]
    assert np.abs(np.array(found[1]) - np.array(known[1])).max() < NEAR_S
    assert found[0][0] == pytest.approx(known[0][0], abs=NEAR_S)


def test_resampling_keeps_a_tone():
    seconds = 3
    tone = np.sin(2 * np.pi * 440 * np.arange(seconds * 8000) / 8000).astype(np.float32)[:, None]
    wanted = np.sin(2 * np.pi * 440 * np.arange(seconds * 16000) / 16000)
    assert np.abs(_resampled(tone, 8000)[16000:32000, 0] - wanted[16000:32000]).max() < 1e-3


def test_an_echo_is_not_the_other_side(tmp_path):
    samples, rate = sound()
    late = int(0.08 * rate)
    echo = samples.copy()
    echo[late:, 0] += samples[:-late, 1] * 0.15
    echo[late:, 1] += samples[:-late, 0] * 0.15
    found = figures(*listen(written(tmp_path / "echo.wav", echo * 0.8, rate)).sides)
    known = figures(*told("ru_sales"))
    assert found.agent_share == pytest.approx(known.agent_share, abs=0.03)
    assert found.silence_share == pytest.approx(known.silence_share, abs=0.04)


def test_one_channel_and_one_sound_in_two_tell_no_sides(tmp_path):
    samples, rate = sound()
    mono = samples.sum(axis=1)[: 5 * rate] * 0.5
    assert listen(written(tmp_path / "mono.wav", mono, rate)).channels == 1
    assert listen(written(tmp_path / "same.wav", np.stack([mono, mono], axis=1), rate)).same
    assert listen(written(tmp_path / "three.wav", np.stack([mono] * 3, axis=1), rate)).channels == 3


def test_silence_and_noise_are_no_speech(tmp_path):
    noise = np.random.default_rng(1).normal(0, 0.1, (20 * 8000, 2)).astype(np.float32)
    assert listen(written(tmp_path / "noise.wav", noise, 8000)).sides == ([], [])
    assert listen(written(tmp_path / "silence.wav", noise * 0, 8000)).sides == ([], [])


def test_what_is_cut_off_is_heard_as_far_as_it_goes(tmp_path):
    path = tmp_path / "cut.mp3"
    path.write_bytes((DEMO / "ru_sales.mp3").read_bytes()[:60_000])
    heard = listen(path)
    assert 15 < heard.seconds < 25
    assert heard.sides[0][0] == pytest.approx(told("ru_sales")[0][0], abs=NEAR_S)


def test_what_is_no_sound_is_a_problem(tmp_path):
    path = tmp_path / "page.mp3"
    path.write_text("<html>not found</html>")
    with pytest.raises(Problem, match="is not sound but text"):
        listen(path)


def test_listening_can_be_broken_off():
    with pytest.raises(StoppedError):
        listen(DEMO / "ru_sales.mp3", lambda: True)
