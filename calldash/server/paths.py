"""Whom each address is for, as one table, Streamlit's own included: what stands in no row is there for nobody."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calldash.people import Person

_PAGES = Path(__file__).resolve().parents[2] / "pages"
OPEN, SIGNED_IN = "open", "signed in"
SIGN_IN = "/sign-in"
UPLOAD = "/_stcore/upload_file"
# Who brings large files in; what others upload (a report, a transcript) is small.
IMPORTING = ("imports", "advertising", "tariffs")


@dataclass(frozen=True)
class Row:
    """An address and, where `below`, all beneath it; whom it is for: OPEN, SIGNED_IN, or who has permissions."""

    path: str
    whom: str
    below: bool = True

    def holds(self, path: str) -> bool:
        """Whether the row speaks of `path`."""
        return path == self.path or (self.below and path.startswith(f"{self.path}/"))


TABLE = (
    # Who has no account may ask for these: to sign in, to open a forwarded recording, to watch over the app.
    Row(SIGN_IN, OPEN),
    Row("/shared", OPEN),
    Row("/healthz", OPEN, below=False),
    Row("/metrics", OPEN, below=False),  # asks for a token of its own
    Row("/sign-out", SIGNED_IN, below=False),
    Row("/overview", SIGNED_IN, below=False),
    Row("/assets", SIGNED_IN),
    Row("/recording", "recordings"),
    Row("/export", "export"),
    Row("/evidence", "evidence"),
    Row("/file/transcript", "transcripts export", below=False),
    Row("/file/rejects", "imports numbers export", below=False),  # rows as they came hold numbers
    Row("/file/receipt", "privacy", below=False),
    Row("/file/report", "export", below=False),
    # The frame of every page; which of them somebody may see is the menu's matter, before a page's script runs.
    Row("/", SIGNED_IN, below=False),
    Row("/start", SIGNED_IN, below=False),
    Row("/index.html", SIGNED_IN, below=False),
    Row("/favicon.png", SIGNED_IN, below=False),
    Row("/manifest.json", SIGNED_IN, below=False),
    Row("/static", SIGNED_IN),
    Row("/media", SIGNED_IN),
    Row("/component", SIGNED_IN),
    Row("/_stcore/health", SIGNED_IN, below=False),
    Row("/_stcore/host-config", SIGNED_IN, below=False),
    Row("/_stcore/stream", SIGNED_IN, below=False),
    Row("/_stcore/bidi-components", SIGNED_IN),
    Row(UPLOAD, "figures"),
)


def whom(path: str) -> str | None:
    """Whom an address is for: OPEN, SIGNED_IN, the permissions that it takes together, or None: nobody."""
    if ".." in path.split("/"):
        return None
    found = next((row.whom for row in TABLE if row.holds(path)), None)
    return SIGNED_IN if found is None and path.removeprefix("/").removesuffix("/") in _pages() else found


def is_open(path: str) -> bool:
    """Whether whoever has no account may ask for an address too."""
    return whom(path) == OPEN


def may(person: Person | None, path: str) -> bool:
    """Whether somebody may ask for an address; None is whoever is not signed in."""
    wanted = whom(path)
    if wanted is None or wanted == OPEN:
        return wanted == OPEN
    return person is not None and (wanted == SIGNED_IN or person.may(wanted))


@cache
def _pages() -> frozenset[str]:
    """The addresses of the pages: their names."""
    return frozenset(path.stem for path in _PAGES.glob("*.py"))
