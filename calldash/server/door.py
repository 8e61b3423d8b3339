"""The pages before the door: forms to sign in and to redeem a code. They need no script and load nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from calldash import i18n
from calldash.i18n import gettext as _
from calldash.server import entrance

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",  # with none at all browsers would hide the origin of a form, which is checked
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Field:
    """A field of a form: name, label, its HTML type, and what browsers may fill it with."""

    name: str
    label: str
    kind: str = "text"
    autocomplete: str = "off"
    hint: str = ""
    value: str = ""

    @property
    def html(self) -> str:
        hint = f"<small>{escape(self.hint)}</small>" if self.hint else ""
        named = {"name": self.name, "type": self.kind, "autocomplete": self.autocomplete, "value": self.value}
        inside = " ".join(f'{key}="{escape(value, quote=True)}"' for key, value in named.items() if value)
        return f"<label>{escape(self.label)}<input {inside} maxlength=300 required>{hint}</label>"


def form(action: str, fields: Sequence[Field], button: str, hidden: dict[str, str]) -> str:
    """A form that is posted to `action`."""
    parts = [field.html for field in fields]
    parts += [
        f'<input type="hidden" name="{escape(name, quote=True)}" value="{escape(value, quote=True)}">'
        for name, value in hidden.items()
        if value
    ]
    return f'<form method="post" action="{action}">{"".join(parts)}<button>{escape(button)}</button></form>'


def page(request: Request, title: str, body: str, wrong: str = "", status: int = 200) -> HTMLResponse:
    """A page with one form; `wrong` says what was wrong with the last try."""
    told = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    texts = {
        "language": i18n.language(),
        "title": escape(title),
        "body": told + body,
        "languages": _languages(request),
    }
    return HTMLResponse(_template().substitute(texts), status, headers=_HEADERS)


def _languages(request: Request) -> str:
    kept = {name: value for name, value in request.query_params.items() if name in ("to", "code")}
    links = []
    for code, name in i18n.LANGUAGES.items():
        address = escape(f"{request.url.path}?{urlencode(kept | {'lang': code})}", quote=True)
        links.append(f'<a href="{address}" lang="{code}"{" aria-current=true" * (code == i18n.language())}>{name}</a>')
    return "".join(links)


@cache
def _template() -> Template:
    return Template(Path(__file__).with_name("door.html").read_text(encoding="utf-8"))


def more(href: str, text: str) -> str:
    """A line below a form that leads elsewhere."""
    return f'<p class="more"><a href="{escape(href, quote=True)}">{escape(text)}</a></p>'


def outside(href: str, name: str) -> str:
    """The button that leads to the OpenID provider."""
    text = _("Sign in with {name}").format(name=name)
    return f'<a class="outside" href="{escape(href, quote=True)}">{escape(text)}</a>'


def enter(request: Request, token: str, to: str) -> Response:
    """To the page asked for, with the session's cookie."""
    answer = RedirectResponse(_inside(to), 303, {"Cache-Control": "no-store"})
    scheme = request.url.scheme
    name, secure = entrance.cookie_for(scheme), scheme == "https"
    answer.set_cookie(name, token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


def _inside(to: str) -> str:
    """Addresses of ours only: nobody is led elsewhere by a link to the door."""
    parts = urlsplit(to)
    ours = to.startswith("/") and not to.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return to if ours and "\\" not in to and to.isprintable() else "/"
