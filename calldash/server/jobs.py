"""Imports that run beside the pages: started by one, watched by any, finished whether anybody watches or not."""

import logging
import tempfile
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from calldash.beside import at_work
from calldash.i18n import gettext as _
from calldash.i18n import language, say, use
from calldash.importing import Receipt, import_file
from calldash.problems import Problem
from calldash.store import Store

_KEPT = 20
_COPY = 4 << 20
log = logging.getLogger(__name__)
_jobs: list["Job"] = []
_lock = threading.Lock()


@dataclass
class Job:
    """An import on its way: `share` done (0 to 1), then either a receipt or the sentence why not."""

    file: str
    share: float = 0.0
    receipt: Receipt | None = None
    trouble: str | None = None
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def running(self) -> bool:
        return self.receipt is None and self.trouble is None


def start(
    store: Store,
    upload: BinaryIO,
    name: str,
    provider: str | None = None,
    system: str | None = None,
    zone: str | None = None,
) -> Job:
    """Copies `upload` (shown as `name`) aside and imports it in a thread of its own."""
    job = Job(name)
    with _lock:
        _jobs.insert(0, job)
        del _jobs[_KEPT:]
    with tempfile.NamedTemporaryFile(prefix="calldash-", suffix=Path(name).suffix, delete=False) as copy:
        while part := upload.read(_COPY):
            copy.write(part)
    work = threading.Thread(
        target=_run, args=(store, job, Path(copy.name), provider, system, zone, language()), daemon=True, name="import"
    )
    work.start()
    return job


def jobs() -> list[Job]:
    """The latest imports of this process, newest first."""
    with _lock:
        return list(_jobs)


def _run(
    store: Store, job: Job, path: Path, provider: str | None, system: str | None, zone: str | None, reader: str
) -> None:
    use(reader)

    def progress(share: float) -> None:
        job.share = share

    try:
        with at_work("import"):
            job.receipt = import_file(store, path, provider, system, zone, name=job.file, progress=progress)
    except Problem as problem:
        job.trouble = say(problem)
    except Exception:
        log.exception("import of an upload")
        job.trouble = _("The import failed and nothing was changed; the log of the app says why.")
    finally:
        path.unlink(missing_ok=True)
