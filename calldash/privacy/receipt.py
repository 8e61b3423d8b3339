"""What erasing a client did, as it is handed out: without the number, which only the keyed hash stands for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from calldash.i18n import gettext as _
from calldash.problems import Problem
from calldash.store import Store


@dataclass(frozen=True)
class Receipt:
    """When (UTC), by whom, whom (a keyed hash); lines by table, files, and what is left."""

    erased_at: datetime
    who: str
    number_hmac: str
    tried: bool
    calls_removed: bool
    lines: Mapping[str, int]
    reports: int
    files_removed: int
    files_changed: int
    files_failed: Sequence[str] = field(default_factory=tuple)
    files_unread: Sequence[str] = field(default_factory=tuple)
    audit_lines: int = 0

    def as_json(self) -> str:
        """The receipt for machines."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=str)

    def as_text(self) -> str:
        """The receipt for people."""
        head = _("This would be erased:") if self.tried else _("Erased {moment} UTC by {who}.")
        found = [head.format(moment=self.erased_at.strftime("%Y-%m-%d %H:%M:%S"), who=self.who)]
        found.append(_("Keyed hash of the number: {hash}").format(hash=self.number_hmac))
        found.append(_("The calls are removed.") if self.calls_removed else _("The calls stay, of nobody known."))
        found += [f"  {table}: {count}" for table, count in sorted(self.lines.items())]
        counts = {"reports": self.reports, "removed": self.files_removed, "changed": self.files_changed}
        found.append(_("Saved reports: {reports}; files removed: {removed}, changed: {changed}").format(**counts))
        if self.files_failed:
            found.append(_("Could not be removed: {files}").format(files=", ".join(self.files_failed)))
        if self.files_unread:
            found.append(_("Packed files to look into yourself: {files}").format(files=", ".join(self.files_unread)))
        if self.audit_lines:
            found.append(_("Lines of the audit trail that name it stay: {number}").format(number=self.audit_lines))
        return "\n".join(found)


def keep(store: Store, receipt: Receipt) -> None:
    """Keeps a receipt for whoever asks later."""
    with store.noting() as cursor:
        row = [receipt.number_hmac, receipt.erased_at, receipt.as_json()]
        cursor.execute("INSERT INTO erasure_receipts VALUES (?, ?, ?)", row)


def kept(store: Store, number_hmac: str) -> str:
    """The newest receipt of a number as JSON. Raises Problem when there is none."""
    text = "SELECT body FROM erasure_receipts WHERE number_hmac = ? ORDER BY erased_at DESC LIMIT 1"
    found = store.rows(text, [number_hmac])
    if not found:
        raise Problem("There is no such file.")
    return str(found[0][0])


def newest(store: Store, most: int) -> list[tuple[str, datetime]]:
    """Of the newest receipts, one for each number: the keyed hash, and when (UTC) it was erased."""
    text = "SELECT number_hmac, max(erased_at) FROM erasure_receipts GROUP BY ALL ORDER BY 2 DESC LIMIT ?"
    return [(str(told), erased_at) for told, erased_at in store.rows(text, [most])]
