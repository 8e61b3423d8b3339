"""The instant it is, as the store keeps instants: UTC without saying so."""

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
