"""Our routes on a port of their own, over the process's store, and what they answer."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette

from calldash.server import routes, running
from calldash.store import named


@contextmanager
def served(folder: Path, monkeypatch: pytest.MonkeyPatch, **settings: object) -> Iterator[http.client.HTTPConnection]:
    """The routes over an empty store in `folder`, recordings below `folder/recordings`; English unless told."""
    given = {"db": folder / "app.duckdb", "data": folder, "recordings": folder / "recordings", "language": "en"}
    for name, value in (given | settings).items():
        monkeypatch.setenv(f"CALLDASH_{name.upper()}", str(value))
    (folder / "recordings").mkdir(exist_ok=True)
    running.close()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes()), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    connection = http.client.HTTPConnection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1], timeout=20)
    yield connection
    connection.close()
    server.should_exit = True
    thread.join()
    running.close()


def ask(server: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict]:
    """Status, body and headers by their names in small letters; `Sec_Fetch_Site` is sent as Sec-Fetch-Site."""
    server.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = server.getresponse()
    return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}


def names() -> dict[str, str]:
    """The name of each call by its id, as addresses have it."""
    ids = dict(running.store().rows("SELECT call_no, id FROM calls"))
    return {ids[number]: name for number, name in named.names(running.store(), ids).items()}
