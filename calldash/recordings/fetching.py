"""Recordings that lie at the provider: fetched once, within limits, and kept under the hash of their content."""

import asyncio
import hashlib
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import httpx

from calldash.problems import Problem
from calldash.recordings import addresses, checking, places
from calldash.recordings.turns import Turns
from calldash.settings import Settings
from calldash.store import Store

_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_turns = Turns()


def fetched(store: Store, link: str) -> Path | None:
    """The file that was fetched from a link; None when none was, or it is no longer there."""
    found = store.rows("SELECT file FROM fetched_recordings WHERE link_sha256 = ?", [_hash(link)])
    if not found:
        return None
    path = places.made(store.settings, places.FETCHED) / str(found[0][0])
    return path if path.exists() else None


def fetch(store: Store, link: str) -> Path:
    """Fetches a recording unless it is there already. Raises Problem that says why it cannot be had."""
    with _turns.of(link):
        if path := fetched(store, link):
            return path
        folder = places.made(store.settings, places.FETCHED)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as aside:
            part = Path(aside) / "recording"
            asyncio.run(_within_time(link, part, store.settings))
            sha256, size = _of_content(part), part.stat().st_size
            path = folder / f"{sha256}.{_ending(part)}"
            part.replace(path)
        with store.noting() as cursor:
            cursor.execute(
                "INSERT OR REPLACE INTO fetched_recordings VALUES (?, ?, ?, ?, ?)",
                [_hash(link), sha256, path.name, size, datetime.now(UTC).replace(tzinfo=None)],
            )
        return path


def _ending(part: Path) -> str:
    """The usual ending of what was fetched. Raises Problem when it is no recording."""
    try:
        return checking.check(part).kind.endings[0]
    except Problem as problem:
        raise Problem("The provider sent something that is not a recording.") from problem


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _of_content(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _within_time(link: str, part: Path, settings: Settings) -> None:
    try:
        async with asyncio.timeout(settings.recording_timeout_s):
            await _through_redirects(link, part, settings)
    except TimeoutError as error:
        raise Problem(
            "The provider took longer than {seconds} s.", seconds=f"{settings.recording_timeout_s:g}"
        ) from error
    except httpx.HTTPError as error:
        raise Problem("The provider cannot be reached, or broke off.") from error


async def _through_redirects(link: str, part: Path, settings: Settings) -> None:
    """Follows a link from machine to machine, each checked. The environment's proxies are not asked: they would
    look names up anew."""
    async with httpx.AsyncClient(trust_env=False, timeout=settings.recording_timeout_s) as client:
        for _step in range(settings.recording_max_redirects + 1):
            request = await _request(client, link, settings)
            answer = await client.send(request, stream=True)
            try:
                if answer.status_code not in _REDIRECTS:
                    await _save(answer, part, settings)
                    return
                link = _next(link, answer.headers.get("location", ""))
            finally:
                await answer.aclose()
    raise Problem(
        "The provider passes the request on more than {number} times.", number=settings.recording_max_redirects
    )


def _next(link: str, location: str) -> str:
    following = urljoin(link, location)
    if link.lower().startswith("https:") and not following.lower().startswith("https:"):
        raise Problem("The provider passes the request on to an unprotected address.")
    return following


async def _request(client: httpx.AsyncClient, link: str, settings: Settings) -> httpx.Request:
    """A request to the address that was checked, under the name that the link has."""
    try:
        url = httpx.URL(link)
    except httpx.InvalidURL as error:
        raise Problem("The recording's link is not valid.") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise Problem("The recording's link is not valid.")
    port = url.port or (443 if url.scheme == "https" else 80)
    address = await addresses.checked(url.host, port, settings.recording_hosts)
    headers = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "identity", "User-Agent": "calldash"}
    return client.build_request(
        "GET", url.copy_with(host=address), headers=headers, extensions={"sni_hostname": url.host}
    )


async def _save(answer: httpx.Response, part: Path, settings: Settings) -> None:
    if answer.status_code != httpx.codes.OK:
        raise Problem("The provider answered {status} to the request for the recording.", status=answer.status_code)
    limit = settings.recording_max_mb << 20
    declared = answer.headers.get("content-length", "")
    size = int(declared) if declared.isascii() and declared.isdigit() else 0
    with part.open("wb") as file:
        async for block in answer.aiter_bytes():
            size = max(size, file.tell() + len(block))
            if size > limit:
                break
            file.write(block)
    if size > limit:
        raise Problem("The recording is larger than {limit} MB.", limit=settings.recording_max_mb)
