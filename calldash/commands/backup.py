"""`backup` and `restore`: the store as one file, and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from calldash import audit
from calldash.backups import backup as backups
from calldash.backups import restore as restoring
from calldash.i18n import gettext as _
from calldash.settings import Settings
from calldash.store import Store


def run(store: Store, arguments: dict[str, Any], progress: Callable[[float], None]) -> str:
    """Backs up to `to`, a file or a folder; gives what is in the backup and what is not."""
    place, manifest = backups.make(store, Path(arguments["to"]), progress)
    audit.record(store, audit.LOCAL, "backup", place.name, **backups.details(manifest))
    lines = [
        _("Backup: {path}").format(path=place),
        _described(manifest),
        _("It does not hold: recordings, settings and secrets, other files of the data folder. Back these up too."),
    ]
    return "\n".join(lines)


def restore(settings: Settings, file: Path, progress: Callable[[float], None]) -> str:
    """Puts the backup `file` in the place of the store; for a store that no process has open."""
    manifest, old = restoring.restore(settings, file, progress)
    lines = [_("Restored: {path}").format(path=settings.db), _described(manifest)]
    if old:
        lines.append(_("The store there was is kept as {path}.").format(path=old))
    lines.append(_("Everybody is signed out. Clients erased since the backup was made must be erased again."))
    return "\n".join(lines)


def _described(manifest: backups.Manifest) -> str:
    text = _("Calls: {calls}; made: {made_at}; calldash {version}; SHA-256 of the database: {sha256}")
    calls = manifest.rows.get("calls", 0)
    return text.format(calls=calls, made_at=manifest.made_at, version=manifest.calldash, sha256=manifest.sha256)
