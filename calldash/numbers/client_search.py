"""Finding clients by a number as people write it, or by a part of one."""

import re
from collections.abc import Iterable

import phonenumbers
from phonenumbers import PhoneMetadata

from calldash.numbers.phones import normalise
from calldash.people import masking, viewer
from calldash.store import Store

LIMIT = 8
_SHORTEST = 3  # digits; fewer would match nearly everybody
_WHOLE = 5  # digits that no group within a number has


def find_clients(store: Store, text: str, limit: int = LIMIT) -> list[tuple[int, str]]:
    """(client_id, number) of the clients whose number is `text` in any spelling or has its digits; most calls first.

    Who sees numbers masked finds nobody: else a number could be guessed digit by digit.
    """
    if not viewer.current().may("numbers"):
        return []
    exact = normalise([text], store.settings.region)[text]
    if found := store.rows("SELECT client_id, client FROM clients WHERE client = ?", [exact]):
        return [(int(number), str(client)) for number, client in found]
    digits = re.sub(r"\D", "", text)
    if len(digits) < _SHORTEST:
        return []
    found = store.rows(
        "SELECT client_id, client FROM clients WHERE regexp_replace(client, '\\D', '', 'g') LIKE ? OR client LIKE ? "
        "ORDER BY (SELECT count(*) FROM calls WHERE calls.client_id = clients.client_id) DESC, client LIMIT ?",
        [f"%{digits}%", f"{_abroad(digits, store.settings.region)}%", limit],
    )
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
    """The numbers of clients by id; ids nobody has are left out."""
    found = store.rows("SELECT client_id, client FROM clients WHERE list_contains(?, client_id)", [list(ids)])
    return {int(number): masking.of_client(str(client)) for number, client in found}
