"""An answer that a browser saves as a file: its name in any language, kept by nobody on the way."""

from collections.abc import Iterable, Iterator
from contextvars import Context, copy_context
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse


def attached(name: str, content_type: str, parts: Iterable[bytes]) -> Response:
    """The file `name`, sent in parts as they are made, in the language and with the masks of who asks now."""
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return StreamingResponse(_within(iter(parts), copy_context()), media_type=content_type, headers=headers)


def _within(parts: Iterator[bytes], here: Context) -> Iterator[bytes]:
    """The same parts, each made in the context `here`: the threads that ask for them know nobody's language."""
    while part := here.run(next, parts, b""):
        yield part
