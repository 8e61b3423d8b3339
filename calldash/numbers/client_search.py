"""Finding clients by a number as people write it, or by a part of one."""

import re
from collections.abc import Iterable
from typing import Any

import phonenumbers
from phonenumbers import PhoneMetadata

from calldash.numbers.phones import normalise
from calldash.people import masking, viewer
from calldash.query import Moment, Question, visible
from calldash.store import Store

LIMIT = 8
_SHORTEST = 3  # digits; fewer would match nearly everybody
_WHOLE = 5  # digits that no group within a number has


def find_clients(store: Store, text: str, limit: int = LIMIT) -> list[tuple[int, str]]:
    """(client_id, number) of the clients whose number is `text` in any spelling or has its digits; most calls first.

    Who sees numbers masked finds nobody: else a number could be guessed digit by digit. Others find
    whose calls they see.
    """
    if not viewer.current().may("numbers"):
        return []
    exact = normalise([text], store.settings.region)[text]
    if found := _clients(store, "client = $exact", {"exact": exact}):
        return found
    digits = re.sub(r"\D", "", text)
    if len(digits) < _SHORTEST:
        return []
    return _clients(
        store,
        "regexp_replace(client, '\\D', '', 'g') LIKE $part OR client LIKE $beginning",
        {"part": f"%{digits}%", "beginning": f"{_abroad(digits, store.settings.region)}%", "limit": limit},
        "ORDER BY (SELECT count(*) FROM calls WHERE calls.client_id = clients.client_id) DESC, client LIMIT $limit",
    )


def _clients(store: Store, which: str, values: dict[str, Any], order: str = "") -> list[tuple[int, str]]:
    """Clients by a condition, of those with a call that who asks may see: a number is told to nobody else."""
    asked, moment = Question(values=values), Moment(store.settings)
    if moment.limits:
        which = f"({which}) AND client_id IN (SELECT client_id FROM calls WHERE {visible(moment, asked)})"
    found = store.rows(f"SELECT client_id, client FROM clients WHERE {which} {order}", asked.values)
    return [(int(number), str(client)) for number, client in found]


def numbers_in(store: Store, text: str) -> list[str]:
    """The numbers, or parts of such, in a text of several: between them `,` `;` a new line, or a space before `+`.

    A space alone parts them where together they are nobody's number and each is long enough for one.
    """
    found: list[str] = []
    for part in re.split(r"[,;\n]|\s+(?=\+)", text):
        words = part.split()
        several = len(words) > 1 and all(len(re.sub(r"\D", "", word)) >= _WHOLE for word in words)
        found += words if several and not find_clients(store, part.strip(), 1) else [part.strip()]
    return list(dict.fromkeys(number for number in found if number))


def _abroad(digits: str, region: str) -> str:
    """How a number begins in E.164 that begins with `digits` as dialled within the region."""
    metadata = PhoneMetadata.metadata_for_region(region)
    prefix = (metadata.national_prefix or "") if metadata else ""
    return f"+{phonenumbers.country_code_for_region(region)}{digits.removeprefix(prefix)}"


def client_numbers(store: Store, ids: Iterable[int]) -> dict[int, str]:
    """The numbers of clients by id; ids that nobody has, or whose calls are not seen, are left out."""
    found = _clients(store, "list_contains($ids, client_id)", {"ids": list(ids)})
    return {number: masking.of_client(client) for number, client in found}
