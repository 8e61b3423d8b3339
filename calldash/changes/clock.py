"""Around which moment changes are looked for."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from calldash.changes.ringing import Times
from calldash.changes.windows import now_of
from calldash.settings import Settings
from calldash.staffing.days import special


def times(nows: Iterable[datetime], first: date | None, settings: Settings) -> Times | None:
    """From each system's now (UTC) and the first day of the data, which may be cut; None without calls."""
    now = now_of(set(nows))
    if now is None or first is None:
        return None
    local = now.replace(tzinfo=UTC).astimezone(ZoneInfo(settings.zone)).replace(tzinfo=None)
    return Times(local, first + timedelta(days=1), special(settings, local.year))
