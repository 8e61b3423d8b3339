"""Many people at once: sessions of their own, each a page's socket, changing the period of a page for a while.

What a browser sends is sent (Streamlit's own messages); nothing is drawn. Times are from a change to its run's end.
"""

import asyncio
import random
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from urllib.parse import urlencode

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.scratch import Scratch
from bench.table import Line
from calldash import rollups
from calldash.numbers import places
from calldash.people import accounts, invitations, sessions
from calldash.server.entrance import COOKIE
from calldash.settings import load
from calldash.store import open_store
from tests.served import running

_PEOPLE, _SECONDS, _THOUGHT_S = 50, 120.0, 5.0
_PAGES = ("", "missed", "waiting", "employees", "sources")
_PATIENCE_S = 60.0
_PASSWORD = "people of a measurement"


@dataclass
class _Told:
    """What became of all changes up to the last day: seconds of those answered, and how many were not."""

    last: date
    seconds: list[float] = field(default_factory=list)
    refused: int = 0


def people(scratch: Scratch) -> list[Line]:
    """Fifty signed-in heads over a copy of the big store, two minutes, some seconds of thought between changes."""
    place = scratch.folder / "sessions.duckdb"
    shutil.copyfile(scratch.big_store().db, place)
    tokens, last = _sign_in(place)
    try:
        with running(scratch.folder / "sessions.log", db=place, data=scratch.folder) as address:
            told = asyncio.run(_all(address, tokens, last))
    finally:
        place.unlink()
    return _lines(told)


def _sign_in(place: Path) -> tuple[list[str], date]:
    """The cookies of people who are signed in, and the last day there are calls of."""
    store = open_store(load(db=place))
    rollups.refresh(store)
    places.fill(store)  # what the app would do beside the pages, and not only while this is measured
    code = invitations.first(store)
    if code:
        invitations.redeem(store, code, _PASSWORD, "admin")
    for number in range(_PEOPLE):
        accounts.create(store, "admin", f"person{number}", "", "head")
    tokens = [sessions.of(store).begin(f"person{number}", "", "") for number in range(_PEOPLE)]
    last = store.rows("SELECT max(day) FROM calls")[0][0]
    store.close()
    return tokens, last


async def _all(address: str, tokens: list[str], last: date) -> _Told:
    told = _Told(last)
    until = perf_counter() + _SECONDS
    await asyncio.gather(*(_person(address, token, number, until, told) for number, token in enumerate(tokens)))
    return told


async def _person(address: str, token: str, number: int, until: float, told: _Told) -> None:
    """One page left open, its period changed again and again; the first run, of a page just opened, is not counted."""
    chance = random.Random(number)
    page = _PAGES[number % len(_PAGES)]
    await asyncio.sleep(chance.random() * _THOUGHT_S)
    try:
        async with connected(address, {"Cookie": f"{COOKIE}={token}"}) as socket:
            await change(socket, page, told.last, 7)
            while perf_counter() < until:
                await asyncio.sleep(chance.expovariate(1 / _THOUGHT_S))
                told.seconds.append(await change(socket, page, told.last, chance.randint(1, 365)))
    except (OSError, TimeoutError, websockets.WebSocketException):
        told.refused += 1


def connected(address: str, headers: Mapping[str, str] | None = None) -> websockets.connect:
    """The socket of a page of the app at `address`, for `async with`."""
    return websockets.connect(
        address.replace("http://", "ws://") + "/_stcore/stream",
        origin=address,  # type: ignore[arg-type]
        additional_headers=headers,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
    )


async def change(socket: websockets.ClientConnection, page: str, last: date, days: int) -> float:
    """Seconds from the message of a browser until the page's script has ended."""
    message = BackMsg()
    message.rerun_script.query_string = urlencode({"lang": "en", "since": last - timedelta(days - 1), "until": last})
    message.rerun_script.page_name = page
    started = perf_counter()
    await socket.send(message.SerializeToString())
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(bytes(await socket.recv()))  # type: ignore[arg-type]
            if answer.WhichOneof("type") == "script_finished":
                return perf_counter() - started


def _lines(told: _Told) -> list[Line]:
    if len(told.seconds) < 2:
        return [Line(f"{_PEOPLE} people: refused", str(told.refused), told.refused, 0)]
    late = quantiles(told.seconds, n=20)[-1]
    return [
        Line(f"{_PEOPLE} people for {_SECONDS:.0f} s: changes of period", f"{len(told.seconds):,}"),
        Line("  median", f"{median(told.seconds):.2f} s"),
        Line("  19 of 20 within", f"{late:.2f} s"),
        Line("  refused or unanswered", str(told.refused), told.refused, 0),
    ]
