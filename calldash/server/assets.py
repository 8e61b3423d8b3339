"""Files of the program that pages load by themselves; those named here and no others."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

_VENDOR = Path(__file__).parents[1] / "ui/player/vendor"
FILES = {"wavesurfer.esm.js": (_VENDOR / "wavesurfer.esm.js", "text/javascript")}


def send(request: Request) -> Response:
    """GET /assets/<name>: one of `FILES`, else 404."""
    found = FILES.get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("", 404)
    headers = {"Cache-Control": "public, no-cache", "X-Content-Type-Options": "nosniff"}
    return FileResponse(found[0], media_type=found[1], headers=headers)
