"""The one way by which packs leave: who took which stands in the audit trail, with the hash of what was taken whole."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from calldash import audit
from calldash.evidence import archive
from calldash.evidence.pack import Pack, make
from calldash.evidence.question import Question
from calldash.i18n import language
from calldash.store import Store

_ASKED, _TAKEN = "evidence", "evidence taken"


def nowhere(_share: float) -> None:
    """Progress that nobody looks at."""


def handed(
    store: Store, who: str, question: Question, progress: Callable[[float], None] = nowhere
) -> tuple[Pack, Iterator[bytes]]:
    """The pack for `who`, and its ZIP in parts; what was made for it is gone when nobody wants more.

    Raises Problem when it cannot be made, and out of the parts when a file changes while it is packed.
    """
    folder = tempfile.TemporaryDirectory(prefix="calldash-evidence-")
    try:
        pack = make(store, question, Path(folder.name))
        _note(store, who, _ASKED, pack, language=language(), missing=pack.missing)
    except BaseException:
        folder.cleanup()
        raise
    return pack, _parts(store, who, pack, folder, progress)


def _parts(
    store: Store,
    who: str,
    pack: Pack,
    folder: "tempfile.TemporaryDirectory[str]",
    progress: Callable[[float], None],
) -> Iterator[bytes]:
    content, size = hashlib.sha256(), 0
    every = sum(member.bytes for member in pack.members)
    with folder:
        for part in archive.parts(pack.members):
            content.update(part)
            size += len(part)
            yield part
            progress(min(1.0, size / every))
    _note(store, who, _TAKEN, pack, sha256=content.hexdigest(), bytes=size)


def _note(store: Store, who: str, action: str, pack: Pack, **more: Any) -> None:
    asked = pack.question
    detail = {"client_id": asked.client_id, "since": asked.since, "until": asked.until}
    audit.record(
        store, who, action, f"client {asked.client_id}", calls=pack.calls, files=len(pack.members), **detail, **more
    )
