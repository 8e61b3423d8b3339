"""The files that measuring needs: made once in a folder of one's choice, used again when they are there."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from bench import calls
from bench.calls import Range
from calldash.importing import import_file
from calldash.settings import Settings, load
from calldash.store import open_store
from calldash.store.sql import statements

MILLION = 1_000_000
_BIG = 10 * MILLION
_BIG_YEARLY = _BIG // 3
_NEW = 1_000


@dataclass(frozen=True)
class Scratch:
    """The folder of generated files; `big` is how many calls the big store has."""

    folder: Path
    big: int = _BIG

    def million(self) -> Path:
        """A plain CSV of a million calls of one year."""
        return self._csv("million.csv", Range(0, MILLION, MILLION))

    def additions(self, number: int) -> Path:
        """A plain CSV of the `number`th thousand calls after those of the big store."""
        start = self.big + number * _NEW
        return self._csv(f"additions{number}.csv", Range(start, start + _NEW, _BIG_YEARLY))

    def big_store(self) -> Settings:
        """Settings of a store with many calls of three years, imported million by million; one of today's schema."""
        schema = hashlib.sha256(repr(statements("schema/calls.sql")).encode()).hexdigest()[:8]
        name = f"calls{self.big // MILLION}m"
        settings = load(db=self.folder / f"{name}-{schema}.duckdb")
        if not settings.db.exists():
            for old in self.folder.glob(f"{name}-*"):
                old.unlink()
            self._fill(load(db=settings.db.with_suffix(".part")))
            settings.db.with_suffix(".part").replace(settings.db)
        return settings

    def _fill(self, settings: Settings) -> None:
        settings.db.unlink(missing_ok=True)
        store = open_store(settings)
        for start in range(0, self.big, MILLION):
            path = self._csv(f"part{start}.csv", Range(start, min(start + MILLION, self.big), _BIG_YEARLY))
            receipt = import_file(store, path)
            print(f"  {receipt.rows_new:,} calls imported in {receipt.seconds:.0f} s", flush=True)
            path.unlink()
        with store.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        store.close()

    def _csv(self, name: str, asked: Range) -> Path:
        path = self.folder / name
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            calls.write(path, asked)
        return path
