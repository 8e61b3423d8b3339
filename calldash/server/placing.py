"""Where new clients' numbers belong is told beside the pages, after calls have changed."""

from calldash.beside import Beside
from calldash.numbers import places
from calldash.store import Store


class Placing(Beside):
    """A thread that tells the places of numbers; until it has, pages say how many are not told yet."""

    name = "numbers"
    first_s = 3.0  # the app starts first
    every_s = 2.0

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._seen = -1

    def look(self) -> None:
        """Tells the places of numbers where data are new."""
        if self._store.version != self._seen:
            places.fill(self._store, stopped=self.ending.is_set)
            self._seen = self._store.version
