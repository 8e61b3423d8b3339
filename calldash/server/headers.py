"""Headers of every answer: what a browser may do with pages of ours. Answers that say more of themselves keep it."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit writes style attributes, loads the scripts of our components from blobs made on the page, and counts in
# WebAssembly; text that a page was sent becomes code in no way (unsafe-eval).
_POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' {socket}",
    "worker-src": "'self' blob:",
    "frame-src": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
}
_ENCRYPTED = {"Strict-Transport-Security": "max-age=31536000"}
_ADDRESS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]")


class Headers:
    """Pure ASGI, around everything: pages, files, routes and refusals."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                _tell(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, told if scope["type"] == "http" else send)


def policy(host: str, encrypted: bool) -> str:
    """The content security policy of pages at `host`; a socket leads back there and nowhere else."""
    socket = f"{'wss' if encrypted else 'ws'}://{host}" if host and set(host) <= _ADDRESS else ""
    return "; ".join(f"{name} {value.format(socket=socket).strip()}" for name, value in _POLICY.items())


def _tell(scope: Scope, headers: MutableHeaders) -> None:
    encrypted = scope["scheme"] == "https"
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    wanted = {"Content-Security-Policy": policy(host, encrypted), **_ALWAYS, **(_ENCRYPTED if encrypted else {})}
    for name, value in wanted.items():
        headers.setdefault(name, value)
    if encrypted:
        _encrypt_cookies(headers)
    if "access-control-allow-origin" in headers:
        del headers["access-control-allow-origin"]


def _encrypt_cookies(headers: MutableHeaders) -> None:
    """Over https no cookie goes another way: Streamlit does not know of a proxy's certificate."""
    for number, (name, value) in enumerate(headers.raw):
        if name.lower() == b"set-cookie" and b"; secure" not in value.lower():
            headers.raw[number] = (name, value + b"; Secure")
