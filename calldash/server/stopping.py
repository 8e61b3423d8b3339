"""How the app's process ends: what runs is told at once, so that nobody waits for a statement of minutes."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from calldash.beside import Beside
from calldash.server import running

_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_AGAIN_S = 0.2  # between interrupts: whoever asks one question after the other is interrupted in each
_PATIENCE_S = 10.0  # for all that runs beside the pages together
log = logging.getLogger(__name__)


@contextmanager
def first_of_all(act: Callable[[], None]) -> Iterator[None]:
    """Within the block signals to end do `act` beside what they do anyway; only the main thread is told of signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def handle(number: int, frame: FrameType | None) -> None:
        # A thread of its own: what the signal came in the midst of may hold the locks that `act` needs.
        threading.Thread(target=act, name="ending", daemon=True).start()
        known: Any = before[signal.Signals(number)]
        known(number, frame)

    ours = [number for number, known in before.items() if callable(known)]
    for number in ours:
        signal.signal(number, handle)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, before[number])


@contextmanager
def ends_at_once() -> Iterator[None]:
    """Within the block, before anything is served, a signal to end ends the process where it is.

    The store is whole after that. An exception would not do: DuckDB waits for what its threads do before it passes on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_DFL) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, known in before.items():
            signal.signal(number, known)


class Ending:
    """The end of what runs beside the pages, and of all that the store is asked."""

    def __init__(self, beside: Sequence[Beside]) -> None:
        self._beside = beside
        self._begun, self._over = threading.Lock(), threading.Event()

    def begin(self) -> None:
        """Tells everybody, and interrupts what the store is asked until `finish` is done; once."""
        if not self._begun.acquire(blocking=False):
            return
        for one in self._beside:
            one.ending.set()
        while not self._over.is_set():
            running.interrupt()
            self._over.wait(_AGAIN_S)

    def finish(self) -> None:
        """Returns when all have ended, or patience has; who did not is named in the log."""
        interrupting = threading.Thread(target=self.begin, name="ending", daemon=True)
        interrupting.start()
        until = time.monotonic() + _PATIENCE_S
        late = [one.name for one in self._beside if not one.stop(max(0.0, until - time.monotonic()))]
        if late:
            log.warning("Still at work, and left alone: %s", ", ".join(late))
        self._over.set()
        interrupting.join()
