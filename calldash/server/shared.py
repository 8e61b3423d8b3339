"""What a forwarded link opens: a page with the recording and no more about the call than when it was, and its sound."""

from datetime import datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from babel.dates import format_datetime
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from calldash import audit, formats, i18n
from calldash.i18n import gettext as _
from calldash.problems import Problem
from calldash.recordings import Call, call_with_id, checking, find, links, local
from calldash.server import recordings
from calldash.settings import Settings
from calldash.store import Store

_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def page(store: Store, request: Request, who: str) -> Response:
    """GET /shared/<token>: the recording, when the call was and how long, until when the link is valid."""
    token = request.path_params["token"]
    link = links.resolve(store, token)
    call = call_with_id(store, link.system, link.id)
    found = checking.check(find(store, call))
    if request.method == "GET":
        audit.record(store, who, "open", call.subject, link=link.link_no)
    return _page(_body(call, found.seconds, link, f"{token}/audio#t={link.from_s}", store.settings))


def sound(store: Store, request: Request, who: str) -> Response:
    """GET /shared/<token>/audio: the sound, whole or the range asked for."""
    link = links.resolve(store, request.path_params["token"])
    return recordings.sound(store, request, call_with_id(store, link.system, link.id), who, link=link.link_no)


def in_a_page(problem: Problem, status: int) -> Response:
    """A problem as a page of one sentence."""
    return _page(f"<p>{escape(i18n.say(problem))}</p>", status)


def _body(call: Call, seconds: float | None, link: links.Link, source: str, settings: Settings) -> str:
    told = [(_("When the call was"), _moment(call.started_at, settings.zone))]
    told += [(_("Length"), formats.duration(seconds))] if seconds else []
    told += [(_("The link is valid until"), _moment(link.expires_at, settings.zone))]
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in told)
    label = escape(_("Recording of the call"), quote=True)
    audio = f'<audio controls preload="none" src="{escape(source, quote=True)}" aria-label="{label}"></audio>'
    return f"{audio}<dl>{rows}</dl>"


def _moment(instant: datetime, zone: str) -> str:
    return str(format_datetime(local(instant, zone), "d MMMM y, HH:mm", locale=i18n.locale()))


def _page(body: str, status: int = 200) -> Response:
    texts = {"language": i18n.language(), "title": escape(_("Recording of a call")), "body": body}
    return HTMLResponse(_template().substitute(texts), status, headers=_HEADERS)


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("shared.html").read_text(encoding="utf-8"))
