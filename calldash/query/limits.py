"""Whose calls somebody may see, as part of every question: no page, export or command can ask without it."""

from dataclasses import replace

from calldash.filters import CallFilter
from calldash.query.terms import Limits


def limited(chosen: CallFilter, limits: Limits) -> CallFilter:
    """The same calls, of those within the limits; where both speak of a dimension, what they share."""
    kept = dict(chosen.chosen)
    for name, allowed in limits:
        kept[name] = tuple(value for value in kept.get(name, allowed) if value in allowed)
    return replace(chosen, chosen=tuple(sorted(kept.items()))) if limits else chosen
