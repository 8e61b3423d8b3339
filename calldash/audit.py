"""The audit trail: who did what to which call, template or export, and when."""

import json
from datetime import UTC, datetime
from typing import Any

from calldash.store import Store

# Who acts before there are accounts: whoever sits at the machine on which the app runs.
LOCAL = "local"


def record(store: Store, who: str, action: str, subject: str, **detail: Any) -> None:
    """Adds a line to the trail: `who` did `action` to `subject`; `detail` is kept as JSON."""
    with store.noting() as cursor:
        cursor.execute(
            "INSERT INTO audit (done_at, who, action, subject, detail) "
            "VALUES ($done_at, $who, $action, $subject, $detail)",
            {
                "done_at": datetime.now(UTC).replace(tzinfo=None),
                "who": who,
                "action": action,
                "subject": subject,
                "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str),
            },
        )


def trail(store: Store, subject: str | None = None, most: int = 100) -> list[tuple[datetime, str, str, str, str]]:
    """The newest lines, of one subject or of all: instant (UTC), who, action, subject, detail as JSON."""
    return store.rows(
        "SELECT done_at, who, action, subject, detail FROM audit WHERE $subject IS NULL OR subject = $subject "
        "ORDER BY audit_id DESC LIMIT $most",
        {"subject": subject, "most": most},
    )
