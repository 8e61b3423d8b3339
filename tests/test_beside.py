"""What is done beside the pages: again and again, whatever went wrong, until it is stopped."""

import threading

import pytest

from calldash.beside import Beside
from calldash.problems import Problem


class Counting(Beside):
    name = "counting"
    every_s = 0.001

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.enough = threading.Event()

    def prepare(self) -> None:
        self.done.append(threading.current_thread().name)

    def look(self) -> None:
        self.done.append("look")
        if len(self.done) == 2:
            raise Problem("The file {name} is gone.", name="a.csv")
        if len(self.done) == 3:
            raise ValueError("nobody thought of that")
        self.enough.set()


def test_it_goes_on_after_what_went_wrong_and_ends_when_stopped(caplog: pytest.LogCaptureFixture) -> None:
    counting = Counting()
    counting.start()
    assert counting.enough.wait(10)
    counting.stop()
    done = list(counting.done)
    assert done[:4] == ["counting", "look", "look", "look"]
    assert "counting: The file a.csv is gone." in caplog.text and "nobody thought of that" in caplog.text
    assert not counting._thread.is_alive() and counting.done == done


def test_the_first_look_may_wait_for_longer() -> None:
    counting = Counting()
    counting.first_s = 60.0
    counting.start()
    assert not counting.enough.wait(0.05)
    counting.stop()
    assert counting.done == ["counting"]
