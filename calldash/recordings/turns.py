"""Work that is done once however many ask for it at the same time: the others wait their turn and find it done."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock for each subject, held only while somebody needs it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[threading.Lock, int]] = {}

    @contextmanager
    def of(self, subject: str) -> Iterator[None]:
        """Waits until nobody else is at work on `subject`."""
        with self._lock:
            lock, waiting = self._held.get(subject, (threading.Lock(), 0))
            self._held[subject] = (lock, waiting + 1)
        try:
            with lock:
                yield
        finally:
            with self._lock:
                lock, waiting = self._held.pop(subject)
                if waiting > 1:
                    self._held[subject] = (lock, waiting - 1)
