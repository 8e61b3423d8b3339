"""Changes of settings in the audit trail: noticed when a store is opened, for they are made in files, not on pages."""

import json
from typing import Any

from calldash import audit
from calldash.settings import Settings
from calldash.store import Store

_PLACES = {"db", "data"}  # where the store lies: whoever reads the trail has found it
_KEPT = "settings"  # in `meta`: the settings in force, secrets as stars


def note(store: Store) -> None:
    """Adds a line to the trail when settings are others than last time; the first time, than the defaults."""
    now = told(store.settings)
    kept = store.rows("SELECT value FROM meta WHERE name = $1", [_KEPT])
    before: dict[str, Any] = json.loads(kept[0][0]) if kept else told(Settings.model_construct())
    changed = {name: [before.get(name), now.get(name)] for name in now if before.get(name) != now.get(name)}
    if changed:
        audit.record(store, audit.LOCAL, "settings", ", ".join(changed), changed=changed)
    if changed or not kept:
        with store.noting() as cursor:
            cursor.execute("INSERT OR REPLACE INTO meta VALUES ($1, $2)", [_KEPT, json.dumps(now, ensure_ascii=False)])


def told(settings: Settings) -> dict[str, Any]:
    """The settings as plain values; of a secret only whether there is one."""
    return settings.model_dump(mode="json", exclude=_PLACES)
