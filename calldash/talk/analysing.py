"""Listening to the recordings of calls, each sound once, and keeping what they say about the talk."""

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from calldash import recordings
from calldash.problems import Problem
from calldash.store import Store
from calldash.talk import kept
from calldash.talk.figures import figures
from calldash.talk.kept import Waiting
from calldash.talk.speech import Heard, StoppedError, listen

AGAIN_AFTER = timedelta(days=1)  # a recording that was not there is looked for anew
_TOGETHER_S = 30.0  # figures are written so often: each writing makes the answers given so far old
_SIDES = (0, 1)
log = logging.getLogger(__name__)


@dataclass
class Done:
    """How many calls got figures, how many got a reason instead, and how many sounds were listened to for that."""

    known: int = 0
    unknown: int = 0
    heard: int = 0


@dataclass
class Analysis:
    """A run over the calls not yet listened to, newest first; `stop` is asked before each."""

    store: Store
    stop: Callable[[], bool] = lambda: False
    progress: Callable[[float], None] = lambda _share: None
    done: Done = field(default_factory=Done)
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _written: float = field(default_factory=time.monotonic)

    def run(self, most: int | None = None, again: timedelta = AGAIN_AFTER) -> Done:
        """Analyses the recordings of at most `most` calls (None: all); gives what was done."""
        kept.forget_other_sides(self.store)
        before = datetime.now(UTC).replace(tzinfo=None) - again
        calls = kept.waiting(self.store, before, most)
        for number, call in enumerate(calls, 1):
            if self.stop():
                break
            with suppress(StoppedError):
                self._one(call)
            if time.monotonic() - self._written > _TOGETHER_S:
                self._write()
            self.progress(number / len(calls))
        self._write()
        return self.done

    def _one(self, call: Waiting) -> None:
        side = recordings.agent_channel(self.store.settings, call.system)
        found: dict[str, Any] = {"sha256": None, "why": None}
        try:
            path = recordings.file_of(self.store, call.call_no)
            found["sha256"] = sha256(path)
            known = self._known(found["sha256"], side)
            found |= known or self._heard(path, side)
        except (Problem, OSError):
            found["why"] = "unreadable" if found["sha256"] else "missing"
        except StoppedError:
            raise
        except Exception:
            log.exception("talk analytics of call %s/%s", call.system, call.id)
            found["why"] = "unreadable"
        self.done.unknown += found["why"] is not None
        self.done.known += found["why"] is None
        self._rows.append(asdict(call) | {"agent_channel": side} | found)

    def _known(self, digest: str, side: int) -> dict[str, Any] | None:
        """The figures of the same sound, found for another call."""
        for row in self._rows:
            if row["sha256"] == digest and row["agent_channel"] == side:
                return {name: row.get(name) for name in kept.FIGURES}
        return kept.of_sound(self.store, digest, side)

    def _heard(self, path: Path, side: int) -> dict[str, Any]:
        self.done.heard += 1
        return told(listen(path, self.stop), side)

    def _write(self) -> None:
        if self._rows:
            kept.put(self.store, self._rows)
            self._rows = []
        self._written = time.monotonic()


def told(heard: Heard, side: int) -> dict[str, Any]:
    """The figures of what was heard, the agent being on channel `side`; or `why` there are none."""
    found = {"channels": heard.channels, "duration_s": heard.seconds, "why": _why(heard)}
    if found["why"]:
        return found
    agent, client = heard.sides[side], heard.sides[1 - side]
    return found | asdict(figures(agent, client))


def _why(heard: Heard) -> str | None:
    """Why nothing can be said of the talk: a code, put into words by the pages."""
    if heard.channels != len(_SIDES):
        return "mono" if heard.channels == 1 else "channels"
    if heard.same:
        return "same"
    return None if any(heard.sides) else "no_speech"


def sha256(path: Path) -> str:
    """The hash of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
