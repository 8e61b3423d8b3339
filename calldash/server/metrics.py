"""Figures about the app itself for Prometheus: GET /metrics with a token of its own; nothing of people or calls."""

import hmac
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from calldash import beside
from calldash.people.clock import now
from calldash.problems import Problem
from calldash.server import running
from calldash.store import Store

_HEADERS = {"Cache-Control": "no-store"}
_registry = CollectorRegistry()
_requests = Counter("calldash_requests", "Requests answered, by class of their status.", ["status"], registry=_registry)
_ON_DEMAND = {"command": 0, "import": 0}  # what is at work when somebody asks for it; the rest looks by itself
_pages = Counter(
    "calldash_page_runs",
    "Runs of pages, by page and result: ok, problem (told in a sentence), error (in the log), cut off (by the reader).",
    ["page", "result"],
    registry=_registry,
)
# What each number is called, tells, and how it is asked.
_NUMBERS = (
    ("calls", "Calls in the store.", "SELECT count(*) FROM calls"),
    ("imports", "Imports done.", "SELECT count(*) FROM imports"),
    ("rows_rejected", "Rows rejected by these imports.", "SELECT coalesce(sum(rows_rejected), 0) FROM imports"),
    (
        "sign_ins_failed",
        "Sign-ins that failed, as far back as the audit trail is kept.",
        "SELECT count(*) FROM audit WHERE action = 'sign in failed'",
    ),
    (
        "sessions_alive",
        "Sessions by which somebody is signed in.",
        "SELECT count(*) FROM sessions WHERE ended_at IS NULL AND expires_at > $now "
        "AND seen_at > $now - INTERVAL 12 HOUR",
    ),
    ("rollup_days_due", "Days that wait to be added up.", "SELECT count(*) FROM rollup_days WHERE NOT fresh"),
)


class Counting:
    """Pure ASGI: counts what is answered, whoever asked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                _requests.labels(f"{message['status'] // 100}xx").inc()
            await send(message)

        await self._app(scope, receive, counted if scope["type"] == "http" else send)


def page_ran(page: str, result: str) -> None:
    """Counts a run of a page."""
    _pages.labels(page, result).inc()


class _OfStore(Collector):
    """What is asked of the store when somebody looks."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterable[Metric]:
        for name, told, text in _NUMBERS:
            values = {"now": now()} if "$now" in text else ()
            yield _gauge(name, told, self._store.rows(text, values)[0][0])
        yield _gauge("store_bytes", "Size of the store's file.", self._store.settings.db.stat().st_size)
        at_work = GaugeMetricFamily("calldash_jobs_running", "What is at work beside the pages now.", labels=["kind"])
        for kind, number in sorted((_ON_DEMAND | beside.now_at_work()).items()):
            at_work.add_metric([kind], number)
        yield at_work
        ages = GaugeMetricFamily("calldash_newest_call_age_seconds", "Since the newest call began.", labels=["system"])
        for system, newest in self._store.rows("SELECT system, newest_at FROM systems WHERE newest_at IS NOT NULL"):
            ages.add_metric([system], (now() - newest).total_seconds())
        yield ages


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"calldash_{name}", told, value=float(value))


def answer(request: Request) -> Response:
    """The figures as text for whoever has the token; 404 for everybody else, as if there were no such address."""
    try:
        store = running.store()
    except Problem:
        return PlainTextResponse("no store", 503, _HEADERS)
    token = store.settings.metrics_token
    given = request.headers.get("authorization", "").encode()
    wanted = f"Bearer {token.get_secret_value()}".encode() if token and token.get_secret_value() else b""
    if not wanted or not hmac.compare_digest(given, wanted):
        return PlainTextResponse("", 404, _HEADERS)
    of_store = CollectorRegistry()
    of_store.register(_OfStore(store))
    text = generate_latest(_registry) + generate_latest(of_store)
    return Response(text, 200, _HEADERS, media_type=CONTENT_TYPE_PLAIN_0_0_4)
