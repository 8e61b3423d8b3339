"""`evidence`: all about one client's calls in a period as a ZIP, with hashes."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from calldash import audit, evidence, i18n
from calldash.commands.kpi import chosen_of
from calldash.commands.outgoing import write_file
from calldash.i18n import gettext as _
from calldash.problems import Problem
from calldash.store import Store


def run(store: Store, arguments: dict[str, Any], progress: Callable[[float], None]) -> str:
    """`number` (in any spelling), `since`, `until`, `fetch`, `out` (a path), `language`; gives what is printed."""
    spoken, reader = arguments.get("language"), i18n.language()
    if spoken and spoken not in i18n.LANGUAGES:
        raise Problem("There is no language {key}. Known are: {known}.", key=spoken, known=", ".join(i18n.LANGUAGES))
    period = chosen_of({"since": arguments.get("since"), "until": arguments.get("until")})
    asked = evidence.of_number(store, arguments["number"], period.since, period.until, bool(arguments.get("fetch")))
    i18n.use(spoken or reader)
    try:
        pack, parts = evidence.handed(store, audit.LOCAL, asked, progress)
    finally:
        i18n.use(reader)
    path = Path(arguments["out"])
    write_file(path, parts)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    text = _("{path}: calls {calls}, recordings {recordings}, missing recordings {missing}, transcripts {transcripts}")
    counts = {name: getattr(pack, name) for name in ("calls", "recordings", "missing", "transcripts")}
    return f"{text.format(path=path, **counts)}\nSHA-256 {sha256}"
