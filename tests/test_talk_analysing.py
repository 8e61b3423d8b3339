"""Recordings of calls listened to: each sound once, what cannot be known with its reason, and the figures of it."""

import shutil
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile

from calldash.commands import run
from calldash.filters import from_pairs
from calldash.metrics import METRICS
from calldash.talk import analysing, kept
from calldash.talk import worker as working
from calldash.talk.analysing import Analysis
from calldash.talk.worker import Worker
from tests.drawn import draw, figures, listed, rows

DEMO = Path(__file__).parents[1] / "data/demo"
CALLS = """
id | started_at | direction | client | answered | talk_s | employee | recording
c1 | 09:00      | in        | A      | true     | 60     | Ann      | sales.mp3
c2 | 09:10      | out       | B      | true     | 60     | Bob      | copy/of.mp3
c3 | 09:20      | in        | C      | true     | 60     | Bob      | mono.wav
c4 | 09:30      | in        | D      | true     | 60     | Ann      | gone.mp3
c5 | 09:40      | in        | E      | true     | 60     | Ann      | page.mp3
c6 | 09:50      | in        | F      | false    | 0      | Ann      | sales.mp3
c7 | 09:55      | in        | G      | true     | 60     | Ann      |
c8 | 09:58      | in        | H      | true     | 60     | Ann      | https://example.org/1.mp3
"""
KNOWN = "{known} known, {unknown} unknown, {heard} heard"


@pytest.fixture
def recorded(open_here, tmp_path):
    """A store whose recordings lie beside it."""
    folder = tmp_path / "recordings"
    (folder / "copy").mkdir(parents=True)
    shutil.copy(DEMO / "ru_sales.mp3", folder / "sales.mp3")
    shutil.copy(DEMO / "ru_sales.mp3", folder / "copy/of.mp3")
    soundfile.write(folder / "mono.wav", np.zeros(8000), 8000)
    (folder / "page.mp3").write_text("<html>")

    def opened(**settings: str):
        store = open_here(recordings=folder, **settings)
        if not store.rows("SELECT 1 FROM calls"):
            draw(store, CALLS)
        return store

    return opened


def analysed(store, **how) -> str:
    done = Analysis(store).run(**how)
    return KNOWN.format(known=done.known, unknown=done.unknown, heard=done.heard)


def reasons(store) -> dict[str, str | None]:
    return dict(store.rows("SELECT id, why FROM talk_figures ORDER BY id"))


def test_each_sound_once_and_each_call_with_figures_or_a_reason(recorded):
    store = recorded()
    assert analysed(store) == "2 known, 4 unknown, 3 heard"
    assert reasons(store) == {
        "c1": None, "c2": None, "c3": "mono", "c4": "missing", "c5": "unreadable", "c8": "missing"
    }  # fmt: skip
    one, other = (kept.of_call(store, "plain", call_id) for call_id in ("c1", "c2"))
    assert one == other
    assert one["agent_share"] == pytest.approx(0.62, abs=0.02)
    assert kept.of_call(store, "plain", "c7") is None
    assert kept.progress(store) == (6, 6)
    assert analysed(store) == "0 known, 0 unknown, 0 heard"


def test_what_was_missing_is_looked_for_again(recorded, tmp_path):
    store = recorded()
    analysed(store)
    shutil.copy(DEMO / "ru_complaint.mp3", tmp_path / "recordings/gone.mp3")
    assert analysed(store) == "0 known, 0 unknown, 0 heard"
    assert analysed(store, again=timedelta()) == "1 known, 1 unknown, 1 heard"
    assert reasons(store)["c4"] is None


def test_a_call_with_another_recording_is_heard_anew(recorded):
    store = recorded()
    analysed(store)
    draw(store, CALLS.replace("Bob      | mono.wav", "Bob      | sales.mp3"))
    assert kept.of_call(store, "plain", "c3") is None
    assert analysed(store) == "1 known, 0 unknown, 0 heard"
    assert reasons(store)["c3"] is None


def test_figures_outlive_a_reimport(recorded):
    store = recorded()
    analysed(store)
    draw(store, CALLS.replace("60     | Ann      | sales", "61     | Ann      | sales"))
    assert kept.of_call(store, "plain", "c1") is not None


def test_the_other_side_is_the_agent(recorded):
    first = recorded()
    analysed(first)
    left = kept.of_call(first, "plain", "c1")
    store = recorded(agent_channel="right")
    assert analysed(store) == "2 known, 4 unknown, 3 heard"
    right = kept.of_call(store, "plain", "c1")
    assert right["agent_share"] == pytest.approx(1 - left["agent_share"])
    assert (right["interruptions_by_agent"], left["interruptions_by_agent"]) == (1, 0)


def test_only_so_many_and_a_run_that_is_stopped(recorded):
    store = recorded()
    assert run(store, "talks analyse", {"most": 0}, lambda _share: None).code == 1
    text = run(store, "talks analyse", {"most": 5}, lambda _share: None).text
    assert text == "Calls analysed: 1; not to be analysed: 4; recordings listened to: 3"
    assert set(reasons(store)) == {"c2", "c3", "c4", "c5", "c8"}
    assert Analysis(store, stop=lambda: True).run().known == 0


def test_what_goes_wrong_unexpectedly_is_logged_and_not_tried_for_ever(recorded, monkeypatch, caplog):
    def broken(*_given):
        raise RuntimeError("the model is gone")

    monkeypatch.setattr(analysing, "listen", broken)
    store = recorded()
    assert analysed(store) == "0 known, 6 unknown, 3 heard"
    assert "the model is gone" in caplog.text
    assert analysed(store) == "0 known, 0 unknown, 0 heard"


@pytest.mark.parametrize("at_once", [2, 6, 5000])
def test_the_worker_does_it_beside_the_pages(recorded, monkeypatch, at_once):
    monkeypatch.setattr(Worker, "first_s", 0.01)
    monkeypatch.setattr(Worker, "every_s", 0.01)
    monkeypatch.setattr(working, "_AT_ONCE", at_once)
    store = recorded()
    worker = Worker(store)
    worker.start()
    for _attempt in range(600):
        if kept.progress(store) == (6, 6):
            break
        worker.ending.wait(0.05)
    worker.stop()
    assert kept.progress(store) == (6, 6)


FIGURES = """
key                     | all  | Ann  | Bob
talks_analysed          | 3    | 1    | 2
avg_agent_share         | 0.5  | 0.8  | 0.35
avg_silence_share       | 0.2  | 0.1  | 0.25
interruptions_per_talk  | 2    | 1    | 2.5
interrupted_per_talk    | 1    | 0    | 1.5
avg_longest_monologue_s | 20   | 30   | 15
"""


@pytest.fixture
def talked(store):
    """Figures that a human can add up: two talks of Bob's, one of Ann's, one of mono, and one of spam."""
    draw(store, CALLS.replace("gone.mp3", "four.mp3"))
    with store.writing() as cursor:
        cursor.execute("UPDATE calls SET spam = TRUE WHERE id = 'c5'")
    values = {
        "c1": (None, 0.8, 0.1, 1, 0, 30.0),
        "c2": (None, 0.5, 0.2, 2, 1, 10.0),
        "c3": (None, 0.2, 0.3, 3, 2, 20.0),
        "c4": ("mono", None, None, None, None, None),
        "c5": (None, 1.0, 1.0, 9, 9, 90.0),
    }
    names = (
        "why",
        "agent_share",
        "silence_share",
        "interruptions_by_agent",
        "interruptions_by_client",
        "longest_monologue_agent_s",
    )
    waiting = {row[0]: row[1] for row in store.rows("SELECT id, recording FROM calls")}
    kept.put(store, [
        {"system": "plain", "id": call, "recording": waiting[call], "agent_channel": 0} | dict(zip(names, row, strict=True))
        for call, row in values.items()
    ])  # fmt: skip
    return store


def test_figures_by_employee_are_those_of_the_table(talked):
    lines = [line.split("|") for line in FIGURES.strip().splitlines()]
    expected = {line[0].strip(): [float(cell) for cell in line[1:]] for line in lines[1:]}
    assert list(expected) == [key for key, metric in METRICS.items() if metric.table == "talks"]
    assert figures(talked, " ".join(expected)) == pytest.approx({key: row[0] for key, row in expected.items()})
    for at, row in enumerate(rows(talked, list(expected), ["employee"]), 1):
        assert row == pytest.approx(
            {"employee": ("Ann", "Bob")[at - 1]} | {key: row[at] for key, row in expected.items()}
        )


def test_of_no_talks_nothing_is_known(talked):
    nothing = figures(
        talked, " ".join(key for key, metric in METRICS.items() if metric.table == "talks"), employee="Zoe"
    )
    assert nothing.pop("talks_analysed") == 0
    assert set(nothing.values()) == {None}


def test_the_calls_behind_a_figure_are_the_analysed_ones(talked):
    assert sorted(row[1] for row in listed(talked, from_pairs({"behind": "avg_agent_share"}))) == ["c1", "c2", "c3"]
    chosen = from_pairs({"behind": "talks_analysed", "employee": "Bob"})
    assert sorted(row[1] for row in listed(talked, chosen)) == ["c2", "c3"]
