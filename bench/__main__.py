"""`python -m bench`: measures and prints a table. `--only` measures a part of it."""

import argparse
import logging
import tempfile
from pathlib import Path

from bench import app, drawing, export, importing, journal, pages, rules, sessions
from bench.scratch import Scratch
from bench.table import Line, show

PARTS = {
    "import": importing.million,
    "rows": importing.additions,
    "pages": pages.pages,
    "journal": journal.journal,
    "app": app.app,
    "drawing": drawing.drawing,
    "export": export.exports,
    "rules": rules.rules,
    "sessions": sessions.people,
}


def main() -> None:
    """Measures the parts asked for, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=PARTS, help="a part to measure; may stand several times")
    folder = Path(tempfile.gettempdir()) / "calldash-bench"
    parser.add_argument("--folder", type=Path, default=folder, help="where generated files are kept (%(default)s)")
    parser.add_argument("--millions", type=int, default=10, help="calls in the big store, in millions (%(default)s)")
    given = parser.parse_args()
    scratch = Scratch(given.folder.absolute(), given.millions * 1_000_000)
    logging.disable(logging.WARNING)  # Streamlit's, of pages that run without a server
    lines: list[Line] = []
    for name in given.only or PARTS:
        print(f"{name} ...", flush=True)
        lines += PARTS[name](scratch)
    show(lines)


if __name__ == "__main__":
    main()
