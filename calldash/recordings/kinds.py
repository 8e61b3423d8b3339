"""What a file of sound is, by how it begins, not by its name: systems give .WAV or .mp3 to anything."""

from dataclasses import dataclass
from pathlib import Path

HEAD = 4096  # bytes that tell what a file is


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, content type, the endings it goes by; whether browsers play it."""

    name: str
    content_type: str
    endings: tuple[str, ...]
    played: bool = True


WAVE = Kind("WAV", "audio/wav", ("wav", "wave", "wav49"))
PACKED_WAVE = Kind("WAV", "audio/wav", WAVE.endings, played=False)
MP3 = Kind("MP3", "audio/mpeg", ("mp3", "mpga", "mpeg"))
AAC = Kind("AAC", "audio/aac", ("aac",))
MP4 = Kind("MP4", "audio/mp4", ("m4a", "mp4"))
GSM = Kind("GSM", "audio/gsm", ("gsm",), played=False)
_BEGINNINGS = (
    (b"ID3", MP3),
    (b"OggS", Kind("Ogg", "audio/ogg", ("ogg", "opus", "oga", "spx"))),
    (b"fLaC", Kind("FLAC", "audio/flac", ("flac",))),
    (b"\x1aE\xdf\xa3", Kind("WebM", "audio/webm", ("webm", "mka"))),
    (b"FORM", Kind("AIFF", "audio/aiff", ("aif", "aiff", "aifc"), played=False)),
    (b".snd", Kind("AU", "audio/basic", ("au", "snd"), played=False)),
    (b"caff", Kind("CAF", "audio/x-caf", ("caf",), played=False)),
)
# How the sound of a WAV file is packed (its format tag); browsers know these: PCM, float, A-law, µ-law, extensible.
_PLAYED_WAVES = frozenset((1, 3, 6, 7, 0xFFFE))
# Sound without any head is known by its ending alone: how it is packed, samples a second.
BARE = {
    "gsm": ("GSM610", 8000),
    "ulaw": ("ULAW", 8000),
    "ul": ("ULAW", 8000),
    "pcm": ("ULAW", 8000),
    "alaw": ("ALAW", 8000),
    "al": ("ALAW", 8000),
    "sln": ("PCM_16", 8000),
    "sln16": ("PCM_16", 16000),
    "vox": ("VOX_ADPCM", 8000),
}
ENDINGS = frozenset((*BARE, *(ending for _start, kind in _BEGINNINGS for ending in kind.endings), *WAVE.endings,
                     *MP3.endings, *AAC.endings, *MP4.endings))  # fmt: skip
_GSM_FRAME = 33
_TEXT = frozenset(range(0x20, 0x7F)) | frozenset(b"\t\r\n") | frozenset(range(0x80, 0x100))


def of(path: Path, head: bytes) -> Kind | None:
    """What a file that begins with `head` is; None when it is no sound known here."""
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        found = head.find(b"fmt ", 12)
        tag = int.from_bytes(head[found + 8 : found + 10], "little") if found > 0 else 0
        return WAVE if tag in _PLAYED_WAVES else PACKED_WAVE
    if head[4:8] == b"ftyp":
        return MP4
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if len(head) > 1 and head[0] == 0xFF and head[1] >= 0xE0:  # a frame of MPEG audio; layer 0 is AAC
        return MP3 if head[1] & 6 else AAC
    if _is_gsm(head):
        return GSM
    return _bare(path, head)


def _is_gsm(head: bytes) -> bool:
    frames = range(0, len(head) - _GSM_FRAME + 1, _GSM_FRAME)
    return len(frames) > 1 and all(head[start] >> 4 == 0xD for start in frames)


def _bare(path: Path, head: bytes) -> Kind | None:
    """Sound without a head, when the name says so and the content is not plainly text."""
    ending = path.suffix[1:].lower()
    if ending not in BARE or ending == "gsm" or is_text(head):
        return None
    return Kind(ending.upper(), "application/octet-stream", (ending,), played=False)


def is_text(head: bytes) -> bool:
    """Whether `head` is that of a text, as of a page that says that there is no such file."""
    return bool(head) and set(head[:256]) <= _TEXT and head[:1].isascii()
