"""The store's own key, for whoever has no transaction: once it is there nobody waits for who writes."""

from calldash.store import erased
from calldash.store.duck import Store


def key(store: Store) -> bytes:
    """The key of hashes and pseudonyms; made when it is first asked for."""
    found = store.rows("SELECT value FROM meta WHERE name = $1", [erased.KEY])
    if found:
        return bytes.fromhex(str(found[0][0]))
    with store.noting() as cursor:
        return erased.key(cursor)


def hashed(store: Store, text: str) -> str:
    """A text under the key: 64 hexadecimal digits."""
    return erased.hashed(key(store), text)
