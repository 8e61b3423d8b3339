"""Where clients' numbers belong: country, region, kind and carrier, told by `phonenumbers` once for each number."""

import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

import phonenumbers
import pyarrow as pa
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberType

from calldash.store import Store, rules

_AT_ONCE = 20_000  # numbers in one transaction: under two seconds
_NAME = "number_places"  # in `meta`: the release of the numbering plans that the places are told by
_KINDS = {
    PhoneNumberType.FIXED_LINE: "landline",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "either",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
}
_OTHER = "other"
_PLACED = ("landline", "either")  # kinds whose numbers belong to a region


class Place(NamedTuple):
    """What a number tells: ISO country, region and carrier in words (None: not known), kind (a value of `_KINDS`)."""

    country: str | None
    region: str | None
    number_kind: str
    carrier: str | None


def place(number: str) -> Place:
    """The place of an E.164 number; any other text is of no country and kind `other`."""
    # Loading the tables takes half a second and 90 MB, which most commands can do without.
    from phonenumbers import carrier, geocoder

    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return Place(None, None, _OTHER, None)
    kind = _KINDS.get(phonenumbers.number_type(parsed), _OTHER)
    country = phonenumbers.region_code_for_number(parsed)
    if country in (None, "001"):
        return Place(None, None, kind, None)
    region = _words(geocoder.description_for_valid_number, parsed) if kind in _PLACED else None
    if region == _words(geocoder.country_name_for_number, parsed):
        region = None
    return Place(country, region, kind, _words(carrier.name_for_valid_number, parsed))


def _words(told: Callable[[PhoneNumber, str], str], number: PhoneNumber) -> str | None:
    return told(number, "ru") or told(number, "en") or None


def fill_for(store: Store, asked: Iterable[str]) -> None:
    """The same as `fill` where one of the breakdowns `asked` is told by a number."""
    if set(asked) & set(Place._fields):
        fill(store)


def fill(store: Store, stopped: Callable[[], bool] = lambda: False) -> int:
    """Tells the place of every client's number not told yet; gives how many. It ends early when `stopped` says so."""
    _begin_anew(store)
    done = 0
    while not stopped() and (found := _unknown(store)):
        began = time.thread_time()
        _keep(store, found)
        done += len(found)
        time.sleep(min(1.0, time.thread_time() - began))  # half of the interpreter is the pages'
    return done


def unknown(store: Store) -> int:
    """How many clients' numbers are not told yet."""
    return int(store.remembered(_COUNT)[0][0])


# A client_id may be given again, to another number.
_OF = "of_client = client_id AND of_number = hash(client)"
_COUNT = f"SELECT count(*) FROM clients ANTI JOIN number_places ON {_OF}"


def _unknown(store: Store) -> list[tuple[int, str]]:
    if not unknown(store):
        return []
    return store.rows(f"SELECT client_id, client FROM clients ANTI JOIN number_places ON {_OF} LIMIT $1", [_AT_ONCE])


def _keep(store: Store, found: Iterable[tuple[int, str]]) -> None:
    rows = [(client_id, *place(number)) for client_id, number in found]
    names = ("of_client", *Place._fields)
    texts = pa.string()
    types = (pa.int32(), texts, texts, texts, texts)
    columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
    with store.writing() as cursor:
        cursor.register("told_places", pa.Table.from_arrays(columns, names=list(names)))
        cursor.execute("DELETE FROM number_places WHERE of_client IN (SELECT of_client FROM told_places)")
        cursor.execute(
            "INSERT INTO number_places BY NAME SELECT t.*, hash(client) AS of_number "
            "FROM told_places t JOIN clients ON of_client = client_id"
        )
        rules.follow_placed(cursor, store.settings)
        cursor.unregister("told_places")


def _begin_anew(store: Store) -> None:
    """What other numbering plans told is forgotten."""
    release = phonenumbers.__version__
    if store.rows("SELECT 1 FROM meta WHERE name = $1 AND value = $2", [_NAME, release]):
        return
    with store.writing() as cursor:
        cursor.execute("DELETE FROM number_places")
        cursor.execute("INSERT OR REPLACE INTO meta VALUES ($1, $2)", [_NAME, release])
