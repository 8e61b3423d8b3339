"""Recordings by the name of their call: the sound in parts as players ask for them, its picture, what was heard."""

import base64
from contextlib import suppress

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from calldash import asking, audit, formats, i18n
from calldash.people import viewer
from calldash.problems import Problem
from calldash.recordings import Call, agent_channel, call_of, checking, find, peaks, transcoding
from calldash.server.files import name_of
from calldash.server.gate import RefusedError
from calldash.settings import Settings
from calldash.store import Store, named

_NEVER_KEPT = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
_LONGEST_S = 7 * 86400
_SLACK_S = 60  # a recording may be longer than its call by so much


def play(store: Store, request: Request, who: str) -> Response:
    """GET /recording/<call>: the sound, whole or the range asked for; with `?download` the file as it lies there."""
    call = _call(store, request)
    if "download" in request.query_params:
        return _download(store, request, call, who)
    return sound(store, request, call, who)


def sound(store: Store, request: Request, call: Call, who: str, **detail: int) -> Response:
    """The sound of a call for a browser. That somebody begins to listen stands in the audit trail, not each range."""
    path, kind = transcoding.playable(checking.check(find(store, call)), store.settings)
    if _begins(request):
        audit.record(store, who, "listen", call.subject, **detail)
    return FileResponse(path, media_type=kind, content_disposition_type="inline", headers=_NEVER_KEPT)


def _begins(request: Request) -> bool:
    """Whether this request is the first of a player; some ask for two bytes before, to see whether ranges work."""
    asked = request.headers.get("range", "bytes=0-").replace(" ", "")
    return request.method == "GET" and asked.startswith("bytes=0-") and asked != "bytes=0-1"


def _download(store: Store, request: Request, call: Call, who: str) -> Response:
    if not viewer.current().may("export"):
        message = "Your role does not allow this."
        raise RefusedError(message)
    found = checking.check(find(store, call))
    if request.method == "GET":
        audit.record(store, who, "download", call.subject)
    name = name_of(store, "call", call.call_no, _ending(found))
    return FileResponse(found.path, media_type=found.kind.content_type, filename=name, headers=_NEVER_KEPT)


def _ending(found: checking.Sound) -> str:
    ending = found.path.suffix[1:].lower()
    return ending if ending in found.kind.endings else found.kind.endings[0]


def picture(store: Store, request: Request, who: str) -> Response:  # noqa: ARG001 (a picture is not heard)
    """GET /recording/<call>/peaks: how loud each side is, the agent first, and what is odd about the recording.

    `sides` are base64 of a byte for each moment; null where only the browser can tell. `silences` are [from, to] s.
    """
    call = _call(store, request)
    found = checking.check(find(store, call))
    known = peaks.of(found, store.settings)
    notes = [i18n.say(note) for note in (*found.notes, *_notes(call, found, known, store))]
    if known is None:
        return JSONResponse({"seconds": found.seconds, "sides": None, "silences": [], "notes": notes})
    values = known.values
    if values.shape[1] == 2 and agent_channel(store.settings, call.system) == 1:
        values = values[:, ::-1]
    sides = [base64.b64encode(values[:, side].tobytes()).decode() for side in range(min(2, values.shape[1]))]
    ready = None if found.kind.played else BackgroundTask(_make_ready, found, store.settings)
    told = {"seconds": known.seconds, "sides": sides, "silences": peaks.silences(known), "notes": notes}
    return JSONResponse(told, headers=_NEVER_KEPT, background=ready)


def _make_ready(found: checking.Sound, settings: Settings) -> None:
    """Begins the copy for browsers while the reader still looks; who plays it waits for the rest only."""
    with suppress(Problem):  # told when it is played
        transcoding.playable(found, settings)


def _notes(call: Call, found: checking.Sound, known: peaks.Peaks | None, store: Store) -> list[Problem]:
    """What only the whole sound tells: that it ends too soon, or goes on for longer than the call."""
    notes = []
    if known and known.cut_short:
        there, promised = formats.duration(known.seconds), formats.duration(known.promised)
        message = "The recording breaks off: {there} of the {promised} that its head promises are there."
        notes.append(Problem(message, there=there, promised=promised))
    if found.seconds and transcoding.too_long(found, store.settings):
        long = formats.duration(found.seconds)
        notes.append(
            Problem("The recording is {long} long: too long for one call, and for a picture of it.", long=long)
        )
    elif found.seconds and found.seconds > call.seconds + _SLACK_S:
        long, short = formats.duration(found.seconds), formats.duration(call.seconds)
        message = (
            "The recording is {long} long, but the call {short}: the line was not hung up, or it is another call's."
        )
        notes.append(Problem(message, long=long, short=short))
    return notes


def listened(store: Store, request: Request, who: str) -> Response:
    """POST /recording/<call>/listened?since=…&until=…: which seconds were heard."""
    call = _call(store, request)
    try:
        since, until = (float(request.query_params[name]) for name in ("since", "until"))
    except (KeyError, ValueError):
        since = until = 0.0
    if not 0 <= since < until <= _LONGEST_S:
        raise Problem("These are no seconds of a recording.")
    audit.record(store, who, "heard", call.subject, since_s=round(since, 1), until_s=round(until, 1))
    return Response(status_code=204)


def _call(store: Store, request: Request) -> Call:
    number = named.find(store, request.path_params["call"])
    if number is None or not asking.sees(store, number):
        raise Problem("There is no recording of this call here.")
    return call_of(store, number)
