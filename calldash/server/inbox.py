"""The app's inbox: requests of the command line are answered, files dropped by others are imported."""

import json
import logging
import threading
import time
from dataclasses import asdict
from pathlib import Path

from calldash.beside import Beside, at_work
from calldash.commands import Outcome, run
from calldash.commands.imports import told
from calldash.handover import RECEIPT, REQUEST, SHARE, TAKEN, Request, inbox_of, write
from calldash.i18n import gettext as _
from calldash.i18n import say, use
from calldash.importing import import_file
from calldash.people import LOCAL, viewer
from calldash.problems import Problem
from calldash.store import Store

_QUIET_S = 3.0  # a dropped file is taken when nobody has written to it for so long
_OURS = (REQUEST, TAKEN, SHARE, RECEIPT, ".part")
log = logging.getLogger(__name__)


class Inbox(Beside):
    """A thread that watches the folder beside the store."""

    name = "inbox"
    every_s = 0.2

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._folder = inbox_of(store.settings.db)

    def start(self) -> None:
        """Begins to watch; the folder is made when missing."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().start()

    def prepare(self) -> None:
        """Receipts of dropped files are in the language of the settings."""
        use(self._store.settings.language)

    def look(self) -> None:
        """Takes everything that lies in the folder now."""
        for path in sorted(self._folder.iterdir()):
            if path.name.endswith(REQUEST):
                self._answer(path)
            elif path.is_file() and not path.name.startswith(".") and not path.name.endswith(_OURS):
                self._take(path)

    def _answer(self, path: Path) -> None:
        stem = path.with_name(path.name.removesuffix(REQUEST))
        try:
            request = Request(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError):
            _put_away(path, "failed", _("This is not a request of calldash."))
            return
        if Path(request.db) != self._store.settings.db.absolute():
            return
        path.replace(stem.with_suffix(TAKEN))
        threading.Thread(target=self._run, args=(request, stem), daemon=True).start()

    def _run(self, request: Request, stem: Path) -> None:
        viewer.use(LOCAL)  # whoever may write into the folder owns the machine's calldash
        use(request.language)
        said = [0.0]

        def progress(share: float) -> None:
            if share - said[0] >= 0.01:
                said[0] = share
                write(stem.with_suffix(SHARE), share)

        try:
            with at_work("command"):
                outcome = run(self._store, request.command, request.arguments, progress)
        except Exception:
            log.exception("command %s", request.command)
            outcome = Outcome(_("The command failed; the log of the app says why."), 1)
        write(stem.with_suffix(RECEIPT), asdict(outcome))

    def _take(self, path: Path) -> None:
        """Imports a dropped file when it has come to rest, then puts it into `done` or `failed`."""
        if time.time() - path.stat().st_mtime < _QUIET_S:
            return
        try:
            receipt = import_file(self._store, path, live=True)
            text, folder = told(receipt), "done"
            counts = (receipt.rows_read, receipt.rows_new, receipt.rows_rejected)
            log.info("inbox: import %d: %d rows read, %d new, %d rejected", receipt.import_id, *counts)
        except Problem as problem:
            text, folder = say(problem), "failed"
            log.info("inbox: a file was not taken, why is written beside it")
        except Exception:
            log.exception("inbox: a file")
            text, folder = _("The command failed; the log of the app says why."), "failed"
        _put_away(path, folder, text)


def _put_away(path: Path, folder: str, text: str) -> None:
    target = path.parent / folder
    target.mkdir(exist_ok=True)
    place = target / path.name
    number = 1
    while place.exists():
        number += 1
        place = target / f"{path.stem} ({number}){path.suffix}"
    path.replace(place)
    place.with_name(place.name + ".txt").write_text(text + "\n", encoding="utf-8")
