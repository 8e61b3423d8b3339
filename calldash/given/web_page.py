"""A web page whose table is what CRMs give as an Excel file (.xls): its rows as CSV."""

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

_HEAD, _MOST = 4096, 64 << 20
_CELLS = ("td", "th")


class _Rows(HTMLParser):
    """The cells of a page's tables, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "tr" or (tag in _CELLS and not self.rows):
            self.rows.append([])
        if tag in _CELLS:
            self.rows[-1].append("")
        self._inside = tag in _CELLS or (self._inside and tag != "tr")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in (*_CELLS, "tr")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


@contextmanager
def as_table(path: Path) -> Iterator[Path]:
    """The file itself; where it is a web page with a table, a CSV of its rows that is gone afterwards."""
    if not _is_page(path):
        yield path
        return
    found = _Rows()
    found.feed(path.read_bytes()[:_MOST].decode("utf-8", "replace"))
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        with table.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter=";").writerows([" ".join(cell.split()) for cell in row] for row in found.rows)
        yield table


def _is_page(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        head = stream.read(_HEAD).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return head.startswith(b"<") and b"<table" in head
