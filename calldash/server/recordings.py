"""Recordings by the number of their call, in parts as players ask for them; only files below the recordings folder."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from calldash import i18n
from calldash.importing import DEMO
from calldash.problems import Problem
from calldash.server import running
from calldash.settings import Settings
from calldash.store import Store

# The demo's recordings come with the program; their paths begin with "demo".
DEMO_FOLDER = Path(__file__).parents[2] / "data"
# What a file is, by how it begins: systems give .WAV or .mp3 to anything.
_BEGINNINGS = (
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "audio/webm"),
)
_WAVE, _MP4 = "audio/wav", "audio/mp4"
# How the sound of a WAV file is packed (its format tag); browsers know these: PCM, float, A-law, µ-law, extensible.
_PLAYED_WAVES = frozenset((1, 3, 6, 7, 0xFFFE))
_HEAD = 4096


def find(recording: str, folder: Path) -> tuple[Path, str]:
    """The file of a recording's path and its content type.

    Raises Problem for one that leaves `folder`, is missing or empty, or cannot be played by a browser.
    """
    path = _inside(recording, folder)
    name = Path(recording).name
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise Problem("The recording {file} is missing.", file=name) from error
    except OSError as error:
        raise Problem("The recording {file} cannot be read.", file=name) from error
    if not head:
        raise Problem("The recording {file} is empty.", file=name)
    kind = _content_type(head)
    if kind is None:
        raise Problem("A browser cannot play {file}.", file=name)
    return path, kind


def _inside(recording: str, folder: Path) -> Path:
    try:
        root = folder.resolve()
        path = (root / recording).resolve()
    except (OSError, ValueError) as error:
        raise Problem("The recording has no valid path.") from error
    if not path.is_relative_to(root):
        raise Problem("The recording lies outside the recordings folder.")
    return path


def _content_type(head: bytes) -> str | None:
    """What a file that begins with `head` is; None for what browsers do not play."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        at = head.find(b"fmt ", 12)
        return _WAVE if at > 0 and int.from_bytes(head[at + 8 : at + 10], "little") in _PLAYED_WAVES else None
    if head[4:8] == b"ftyp":
        return _MP4
    if head[0] == 0xFF and head[1:2] >= b"\xe0":  # a frame of MPEG audio; layer 0 is AAC
        return "audio/mpeg" if head[1] & 6 else "audio/aac"
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)


def of_call(recording: str, system: str, settings: Settings) -> tuple[Path, str]:
    """The file of the recording of a call of `system`, and its content type. Raises Problem as `find` does."""
    return find(recording, DEMO_FOLDER if system == DEMO else settings.recordings)


def is_link(recording: str) -> bool:
    """Whether a recording lies at the provider, not in the folder."""
    return recording.lower().startswith(("http://", "https://"))


def _recording(store: Store, number: str) -> tuple[str, str]:
    """Recording and system of the call with a number. Raises Problem when there is none, or none in a file."""
    text = "SELECT recording, system FROM calls WHERE call_no = TRY_CAST(? AS BIGINT) AND recording IS NOT NULL"
    found = store.rows(text, [number]) if number.isdecimal() else []
    if not found or is_link(found[0][0]):
        raise Problem("There is no recording of this call here.")
    return found[0][0], found[0][1]


def play(request: Request) -> Response:
    """GET /recording/<call_no>: the audio, whole or the range asked for; 404 with a sentence when there is none."""
    try:
        store = running.store()
        i18n.use(store.settings.language)
        path, kind = of_call(*_recording(store, request.path_params["call_no"]), store.settings)
    except Problem as problem:
        return PlainTextResponse(i18n.say(problem), 404)
    headers = {"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=kind, content_disposition_type="inline", headers=headers)
