"""Where files of sound lie: recordings below their folder, never outside it; what we make of them below the data."""

from pathlib import Path

from calldash.importing import DEMO
from calldash.problems import Problem
from calldash.settings import Settings

# The demo's recordings come with the program; their paths begin with "demo".
_DEMO_FOLDER = Path(__file__).parents[2] / "data"
FETCHED, PLAYED, PEAKS = "fetched", "played", "peaks"


def folder_of(settings: Settings, system: str) -> Path:
    """The folder that the paths of a system's recordings are below."""
    return _DEMO_FOLDER if system == DEMO else settings.recordings


def made(settings: Settings, what: str) -> Path:
    """The folder of what calldash itself keeps: `FETCHED`, `PLAYED` or `PEAKS`."""
    return settings.data / "audio" / what


def below(folder: Path, recording: str) -> Path:
    """The path of a recording below `folder`, whether the file is there or not. Raises Problem if it leads out."""
    try:
        root = folder.resolve()
        path = (root / recording).resolve()
    except (OSError, ValueError) as error:
        raise Problem("The recording has no valid path.") from error
    if not path.is_relative_to(root):
        raise Problem("The recording lies outside the recordings folder.")
    return path


def is_link(recording: str) -> bool:
    """Whether a recording lies at the provider, not in the folder."""
    return recording.lower().startswith(("http://", "https://"))
