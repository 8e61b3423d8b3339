"""Commands for a store that the running app holds: requests in its inbox, receipts beside them.

Only one process can open the store. While the app has it, the command line writes what it was asked into the folder
`inbox` beside the database; the app answers. Whoever finds no answer says so.
"""

import json
import os
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from calldash.commands import Outcome
from calldash.problems import Problem

REQUEST, TAKEN, SHARE, RECEIPT = ".request.json", ".taken.json", ".share.json", ".receipt.json"
_PATIENCE_S = 20.0
_STEP_S = 0.1


def inbox_of(db: Path) -> Path:
    """The folder in which the app that holds `db` takes requests and files."""
    return db.absolute().parent / "inbox"


@dataclass(frozen=True)
class Request:
    """A command for the app: its name, its arguments (paths absolute), its database, the reader's language."""

    command: str
    arguments: dict[str, Any]
    db: str
    language: str


def write(path: Path, content: Any) -> None:
    """Writes JSON so that a reader sees all of it or nothing."""
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)


def hand_over(request: Request, alive: Callable[[], bool], progress: Callable[[float], None]) -> Outcome:
    """Gives `request` to the app and waits for its receipt; `alive` tells whether somebody still holds the store.

    Raises Problem when nobody takes the request, or the app ends before it answers.
    """
    inbox = inbox_of(Path(request.db))
    inbox.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = inbox / uuid.uuid4().hex
    write(stem.with_suffix(REQUEST), asdict(request))
    asked = time.monotonic()
    while not stem.with_suffix(RECEIPT).exists():
        waiting = stem.with_suffix(REQUEST).exists()
        if waiting and time.monotonic() - asked > _PATIENCE_S:
            stem.with_suffix(REQUEST).unlink(missing_ok=True)
            raise Problem("The store {db} is open in another process that does not answer.", db=request.db)
        if not waiting and not alive() and not stem.with_suffix(RECEIPT).exists():
            raise Problem("The app ended before it answered; nothing is half done. Run the command again.")
        progress(_share(stem))
        time.sleep(_STEP_S)
    answer = json.loads(stem.with_suffix(RECEIPT).read_text(encoding="utf-8"))
    for ending in (RECEIPT, SHARE, TAKEN):
        stem.with_suffix(ending).unlink(missing_ok=True)
    return Outcome(**answer)


def _share(stem: Path) -> float:
    try:
        return float(json.loads(stem.with_suffix(SHARE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return 0.0
