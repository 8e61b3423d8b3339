"""Recordings by the number of their call, in parts as players ask for them; only files below the recordings folder."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from calldash.importing import DEMO
from calldash.problems import Problem
from calldash.server import running

# The demo's recordings come with the program; their paths begin with "demo".
DEMO_FOLDER = Path(__file__).parents[2] / "data"
# What browsers play; a file of another kind is not sent.
_TYPES = {
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
}


def find(recording: str, folder: Path) -> Path:
    """The file of a recording's path. Raises Problem for one that leaves `folder`, is missing, or is no audio."""
    root = folder.resolve()
    path = (root / recording).resolve()
    if not path.is_relative_to(root):
        raise Problem("The recording lies outside the recordings folder.")
    if not path.is_file() or path.stat().st_size == 0:
        raise Problem("The recording {file} is missing.", file=Path(recording).name)
    if path.suffix.lower() not in _TYPES:
        raise Problem("A browser cannot play {file}.", file=Path(recording).name)
    return path


def is_link(recording: str) -> bool:
    """Whether a recording lies at the provider, not in the folder."""
    return recording.startswith(("http://", "https://"))


async def play(request: Request) -> Response:
    """GET /recording/<call_no>: the audio, whole or the range asked for."""
    store = running.store()
    found = store.rows("SELECT recording, system FROM calls WHERE call_no = ?", [request.path_params["call_no"]])
    if not found or not found[0][0] or is_link(found[0][0]):
        return PlainTextResponse("no recording", 404)
    recording, system = found[0]
    try:
        path = find(recording, DEMO_FOLDER if system == DEMO else store.settings.recordings)
    except Problem as problem:
        return PlainTextResponse(str(problem), 404)
    return FileResponse(path, media_type=_TYPES[path.suffix.lower()], content_disposition_type="inline")
